"""How well both models predict, how far apart they are, and how long each took."""

import streamlit as st

from core.language import _
from dashboard.parts.figures import duration, figure
from dashboard.parts.frame import boxes
from dashboard.parts.training import Problem, Result


def draw_scores(problem: Problem, result: Result) -> None:
    """Draw the figures in boxes and the table of scores."""
    st.header(_("How well, how far apart, how fast"), anchor=False)
    fit, run = result.fit, result.run
    condition = figure(fit.condition_number, 4)
    boxes(
        [
            (_("Gap in loss"), figure(result.comparison.gap, 3)),
            (_("Time for SGD"), duration(run.seconds)),
            (_("Time for the closed form"), duration(result.closed_form_seconds)),
            (
                _("Rank"),
                _("{rank} of {columns}").format(rank=fit.rank, columns=fit.columns),
                _("How many columns, the column of ones for the bias among them, say something of their own."),
            ),
            (
                _("Condition number"),
                condition,
                _("How much the answer can magnify a small change of the data, with columns of length 1; 1 is best."),
            ),
        ]
    )
    names = {
        "sgd": _("SGD"),
        "closed_form": _("closed form"),
        "least_squares": _("least squares, no penalty"),
        "train": _("training rows"),
        "test": _("test rows"),
    }
    scores = result.comparison.scores.assign(
        model=lambda rows: rows["model"].map(names), part=lambda rows: rows["part"].map(names)
    )
    unit = problem.label
    st.dataframe(
        scores,
        hide_index=True,
        column_config={
            "model": st.column_config.TextColumn(_("Model")),
            "part": st.column_config.TextColumn(_("Judged on")),
            "rows": st.column_config.NumberColumn(_("Rows")),
            "loss": st.column_config.NumberColumn(_("Loss ({unit}²)").format(unit=unit), format="%.8g"),
            "rmse": st.column_config.NumberColumn(_("RMSE ({unit})").format(unit=unit), format="%.8g"),
            "r_squared": st.column_config.NumberColumn(_("R²"), format="%.8g"),
        },
        alt=_("Loss, root mean squared error and R squared of both models on training and test rows."),
    )
