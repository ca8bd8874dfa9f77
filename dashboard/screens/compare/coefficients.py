"""The coefficients of both models side by side, with intervals, and how well each predicts."""

from typing import Any

import pandas as pd
import streamlit as st

from core.formatting import as_factor, format_duration, format_number
from core.language import _
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline import target_units
from dashboard.pipeline.coefficient_rows import arranged, has_error, in_units, judgement, plot, verdict
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.compare import conversion, levels
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_notes
from dashboard.ui.page import boxes
from dashboard.ui.tables import show_table
from dashboard.visit import settings


def draw_scores(problem: Problem, result: Result) -> None:
    """Draw the metrics in boxes and the table of scores."""
    st.header(_("Loss, gap and time"), anchor=False)
    fit, run = result.fit, result.run
    condition = format_number(fit.condition_number, 4)
    boxes(
        [
            (_("Gap in loss"), format_number(result.comparison.gap, 3)),
            (_("Time for SGD"), format_duration(run.seconds)),
            (_("Time for the closed form"), format_duration(result.closed_form_seconds)),
            (
                _("Rank"),
                _("{rank} of {columns}").format(rank=fit.rank, columns=fit.columns),
                _("Number of linearly independent columns, the column of ones for the bias included."),
            ),
            (
                _("Condition number"),
                condition,
                _("How much the solution can magnify a small change of the data, with columns of length 1; 1 is best."),
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
    if problem.target is not None:
        scores = scores.assign(rmse_in_units=target_units.scores(problem, result)["rmse"].to_numpy())
    show_table(
        scores,
        hide_index=True,
        column_config={
            "model": st.column_config.TextColumn(_("Model")),
            "part": st.column_config.TextColumn(_("Evaluated on")),
            "rows": st.column_config.NumberColumn(_("Rows")),
            "loss": st.column_config.NumberColumn(_("Loss ({unit}²)").format(unit=as_factor(unit)), format="%.8g"),
            "rmse": st.column_config.NumberColumn(_("RMSE ({unit})").format(unit=unit), format="%.8g"),
            "rmse_in_units": st.column_config.NumberColumn(_("RMSE ({unit})").format(unit=problem.unit), format="%.8g"),
            "r_squared": st.column_config.NumberColumn(_("R²"), format="%.8g"),
        },
        alt=_("Loss, root mean squared error and R squared of both models on training and test rows."),
    )


TALLEST_TABLE = 600  # pixels
SORT_WIDTH = 240  # pixels


def draw_coefficients(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the coefficients, then the scores."""
    st.header(_("Coefficients"), anchor=False)
    units, order, confidence, in_errors = _choose(problem)
    against = levels.is_against(problem)
    if against:
        levels.draw_references(problem)
        comparison = levels.against(problem, result, confidence / 100)
    else:
        comparison = result.comparison.at(confidence / 100)
    rows = arranged(in_units(comparison, units), order)
    st.markdown(escape_markdown(verdict(rows, confidence)))
    _show_table(rows, confidence)
    if against:
        levels.explain(problem, result, rows, units)
    else:
        _explain_units(problem, units)
    notes = [note for note in result.comparison.notes if note != result.run.note]
    chart, words = st.columns([1.4, 1], gap="large") if notes else (st.container(), st.container())
    with chart:
        _show_chart(problem, result, rows, confidence, in_errors)
    with words:
        show_notes(notes)
        show_notes(result.fit.dependencies)
        if not against:
            conversion.draw_difference(problem, result, confidence / 100)
    levels.draw_categories(problem, result)
    conversion.draw_conversion(problem, result)
    draw_scores(problem, result)


def _choose(problem: Problem) -> tuple[str, str, int, bool]:
    """Draw the controls; return units, order, confidence in percent, and whether the plot is in standard errors."""
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    with row:
        if levels.is_offered(problem):
            controls.either("compare_levels", _("Categories"))
        units = controls.either("compare_units", _("Units"))
        confidence = controls.either("compare_confidence", _("Confidence"))
        axis = controls.either("compare_axis", _("Plot"))
        order = controls.select("compare_sort", _("Sort by"), width=SORT_WIDTH)
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
        "errors_away": _("Difference in standard errors"),
        "least_squares": _("Least squares"),
        "sgd_as_it_landed": _("SGD, as trained"),
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
    show_table(
        table.style.format(_written, subset=[name for name in table if name in numbers]),
        hide_index=True,
        height=min(38 + 35 * len(rows), TALLEST_TABLE),
        column_config=columns,
        placeholder="–",
        alt=_("One row per coefficient: SGD, closed form, their difference, and the interval of the closed form."),
    )


def _written(value: Any) -> str:
    return format_number(value)


def _explain_units(problem: Problem, units: str) -> None:
    template = (
        _("Weights are in {label} per unit of the feature; the bias is what is predicted where all features are 0.")
        if units == "raw"
        else _(
            "Weights are in {label} per standard deviation of the feature; the bias is what is predicted for the "
            "mean row."
        )
    )
    st.caption(escape_markdown(template.format(label=problem.label)))


def _show_chart(problem: Problem, result: Result, rows: pd.DataFrame, confidence: int, in_errors: bool) -> None:
    if in_errors and not has_error(rows).any():
        st.caption(_("No coefficient has a standard error, so nothing can be drawn in units of it."))
        return
    chart = plot(rows, problem, result, settings.value("compare_units"), confidence, in_errors=in_errors)
    st.altair_chart(chart, alt=verdict(rows, confidence))
