"""The coefficients of both models side by side, with intervals, and how well each predicts."""

from typing import Any

import pandas as pd
import streamlit as st

from core.language import _
from core.regression.config import SgdConfig
from dashboard.parts import knobs
from dashboard.parts.compare import conversion, scores
from dashboard.parts.compare.coefficient_rows import arranged, has_error, in_units, judgement, plot, verdict
from dashboard.parts.figures import figure
from dashboard.parts.plain import plain, show_notes
from dashboard.parts.training import Problem, Result

TALLEST_TABLE = 600  # pixels


def draw_coefficients(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the coefficients, then the scores."""
    st.header(_("Coefficients"), anchor=False)
    units, order, confidence, in_errors = _choose()
    rows = arranged(in_units(result.comparison.at(confidence / 100), units), order)
    st.markdown(plain(verdict(rows, confidence)))
    _show_table(rows, confidence)
    _explain_units(problem, units)
    notes = [note for note in result.comparison.notes if note != result.run.note]
    chart, words = st.columns([1.4, 1], gap="large") if notes else (st.container(), st.container())
    with chart:
        _show_chart(problem, result, rows, confidence, in_errors)
    with words:
        show_notes(notes)
        show_notes(result.fit.dependencies)
        conversion.draw_difference(problem, result, confidence / 100)
    conversion.draw_conversion(problem, result)
    scores.draw_scores(problem, result)


def _choose() -> tuple[str, str, int, bool]:
    """Draw the controls; return units, order, confidence in percent, and whether the plot is in standard errors."""
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    with row:
        units = knobs.either("compare_units", _("Units"))
        confidence = knobs.either("compare_confidence", _("Confidence"))
        axis = knobs.either("compare_axis", _("Plot"))
        order = knobs.select("compare_sort", _("Sort by"))
    return units, order, int(confidence), axis == "errors"


def _show_table(rows: pd.DataFrame, confidence: int) -> None:
    share = f"{confidence}%"
    numbers = {
        "true": _("True"),
        "sgd": _("SGD"),
        "closed_form": _("Closed form"),
        "difference": _("Difference"),
        "low": _("{confidence} from").format(confidence=share),
        "high": _("{confidence} to").format(confidence=share),
        "errors_away": _("Standard errors apart"),
        "least_squares": _("Least squares"),
        "sgd_as_it_landed": _("SGD, as it landed"),
    }
    judged = {"sgd_within": _("SGD in the interval"), "true_within": _("True in the interval")}
    shown = rows.assign(
        **{column: judgement(rows, column.removesuffix("_within")) for column in judged if column in rows}
    )
    order = ["coefficient", "true", "sgd", "closed_form", "least_squares", "difference", "low", "high", "sgd_within",
             "errors_away", "true_within", "sgd_as_it_landed"]  # fmt: skip
    columns = {name: st.column_config.Column(label) for name, label in (numbers | judged).items()}
    columns["coefficient"] = st.column_config.Column(_("Coefficient"), pinned=True)
    table = shown[[column for column in order if column in shown]]
    st.dataframe(
        table.style.format(_written, subset=[name for name in table if name in numbers]),
        hide_index=True,
        height=min(38 + 35 * len(rows), TALLEST_TABLE),
        column_config=columns,
        placeholder="–",
        alt=_("One row per coefficient: SGD, closed form, their difference, and the interval of the closed form."),
    )


def _written(value: Any) -> str:
    return figure(value)


def _explain_units(problem: Problem, units: str) -> None:
    told = (
        _("Weights are in {label} per unit of the feature; the bias is what is predicted where all features are 0.")
        if units == "raw"
        else _("Weights are in {label} per standard deviation of the feature; the bias is taken at the mean row.")
    )
    st.caption(plain(told.format(label=problem.label)))


def _show_chart(problem: Problem, result: Result, rows: pd.DataFrame, confidence: int, in_errors: bool) -> None:
    if in_errors and not has_error(rows).any():
        st.caption(_("No coefficient has a standard error, so there is nothing to draw in units of it."))
        return
    chart = plot(rows, problem, result, knobs.value("compare_units"), confidence, in_errors=in_errors)
    st.altair_chart(chart, alt=verdict(rows, confidence))
