"""What the inverse of a transformed target does to the mean: Duan's smearing factor, and corrected predictions."""

import pandas as pd
import streamlit as st

from core.formatting import format_number
from core.language import _
from dashboard.pipeline import target_units
from dashboard.pipeline.training import Problem, Result
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.ui.page import boxes

Figure = tuple[str, str] | tuple[str, str, str]


def draw_smearing(problem: Problem, result: Result, trained: "pd.Series[float]", told: "pd.Series[float]") -> None:
    """Draw both corrected predictions for one row and their factors; nothing for a target that stays in its units.

    `trained` has the predictions on the scale that is trained on, `told` the same in the units of the table.
    """
    target = problem.target
    if target is None:
        return
    _warn_of_no_inverse(problem, trained, told)
    if target.is_linear:
        return
    figures: list[Figure] = []
    names = {"sgd": _("SGD"), "closed_form": _("closed form")}
    for key, left in target_units.residuals(problem, result).items():
        mean = target.corrected(float(trained[key]), left)
        figures.append((_("Mean by {model}").format(model=names[key]), format_number(mean)))
        factor = mean / told[key] if told[key] else float("nan")
        figures.append(
            (
                _("Smearing factor, {model}").format(model=names[key]),
                format_number(factor, 5),
                _("The mean divided by the inverted prediction (Duan 1983)."),
            )
        )
    boxes(figures)
    st.caption(
        escape_markdown(
            _(
                "The model predicts a mean of {label}. Its inverse is a median of {unit}, not a mean: the inverse of a "
                "mean is not the mean of the inverses. The smearing estimate of the mean adds the residual of each "
                "training row to the prediction, inverts the sums, and averages them. It is a dash where one of the "
                "sums has no inverse."
            ).format(label=problem.label, unit=target.column)
        )
    )


def _warn_of_no_inverse(problem: Problem, trained: "pd.Series[float]", told: "pd.Series[float]") -> None:
    lost = [key for key in ("sgd", "closed_form") if pd.isna(told[key]) and pd.notna(trained[key])]
    if problem.target is not None and lost:
        show_warning(
            _("No finite {unit} becomes {label} = {value}, so this prediction has no inverse.").format(
                unit=problem.target.column, label=problem.label, value=format_number(trained[lost[0]])
            )
        )
