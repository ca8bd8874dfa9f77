"""The most influential rows, and the closed form without them."""

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_count, format_list, format_number
from core.language import _, ngettext
from core.regression.data.minibatches import Rows
from core.regression.diagnostics.influence import Influence, cook_contours, leave_each_out
from core.regression.diagnostics.residuals import largest_rows, rows_to_draw
from core.regression.sgd.config import SgdConfig
from dashboard.charts.compare.diagnostics import leverage_plot
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.compare import influence_together, refit_without
from dashboard.screens.compare.diagnosed import MOST_DRAWN, influence, row_numbers, show_reason
from dashboard.ui.escape import escape_markdown, show_notes, show_warning
from dashboard.ui.page import boxes
from dashboard.ui.tables import show_table

LISTED, NAMED = 10, 4
KEPT_IN_SIGHT = 200  # of the most influential rows, however many are drawn
LEVELS = (0.5, 1.0)


def draw_influence(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw leverage and residual of each row, the ten that matter most, and the fit without those chosen."""
    found = influence(problem, result)
    rows = row_numbers(problem)[0]
    _show_leverage(found)
    if show_reason(found.residuals, len(rows)):
        if found.pinned.all():
            st.markdown(_("Every leverage is 1: each row alone determines its own prediction, whatever its label."))
        return
    most = largest_rows(found.cook, LISTED)
    groups = influence_together.find_groups(problem, result)
    chart, words = st.columns([1.5, 1], gap="large")
    with words:
        others = [group.rows[:LISTED] for group in groups]
        out = refit_without.choose(rows, np.concatenate([*others, most, np.flatnonzero(found.pinned)[:LISTED]]))
        refit_without.show_outcome(problem, result, out)
    with chart:
        drawn, sentence = _points(found, rows, out)
        named = _named(found, rows, most[:NAMED])
        reach = max(3.0, 1.15 * float(drawn["internally_studentized"].abs().max()))
        highest = min(1.05 * float(drawn["leverage"].max()), 1 - 1e-6)
        contours = cook_contours(result.fit.rank, highest, reach, LEVELS)
        if not len(contours):
            sentence = _("No row is close to a Cook's distance of 0.5.")
        verdict = _verdict(found, rows, most, bool(groups))
        st.altair_chart(leverage_plot(drawn, contours, named, sentence), alt=verdict)
    for group in groups:
        show_warning(group.sentence(rows))
    st.markdown(escape_markdown(verdict))
    _show_table(problem, result, found, rows, most)
    refit_without.show_coefficients(problem, result, out)


def _show_leverage(found: Influence) -> None:
    average = found.rows.average
    high = int((found.leverage > 2 * average).sum())
    boxes(
        [
            (
                _("Highest leverage"),
                format_number(float(found.leverage.max()), 3),
                _("By how much the prediction for a row moves when its own label moves by 1; at most 1."),
            ),
            (_("Average leverage"), format_number(average, 3), _("Independent parameters divided by rows.")),
            (_("Rows of high leverage"), format_count(high), _("Those above twice the average.")),
        ]
    )


def _points(found: Influence, rows: pd.Index, out: Rows) -> tuple[pd.DataFrame, str]:
    """Return the rows to draw, and a sentence if not all are."""
    always = np.concatenate([largest_rows(found.cook, KEPT_IN_SIGHT), out])
    chosen = rows_to_draw(len(rows), MOST_DRAWN, always)
    chosen = chosen[~found.pinned[chosen]]
    points = pd.DataFrame(
        {
            "leverage": found.leverage[chosen],
            "internally_studentized": found.internally_studentized[chosen],
            "cook": found.cook[chosen],
            "part": np.where(np.isin(chosen, out), _("left out"), _("in the fit")),
            "row": rows[chosen].astype(str),
        }
    )
    if len(rows) <= MOST_DRAWN:
        return points, _("Beyond the curve D = 0.5 a row is influential.")
    template = _("{shown} of {rows} rows, the most influential among them.")
    return points, template.format(shown=format_count(len(points)), rows=format_count(len(rows)))


def _named(found: Influence, rows: pd.Index, which: Rows) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "leverage": found.leverage[which],
            "internally_studentized": found.internally_studentized[which],
            "row": rows[which].astype(str),
        }
    )


def _verdict(found: Influence, rows: pd.Index, most: Rows, together: bool) -> str:
    """Return whether a single row is influential, as a sentence."""
    if not len(most):
        return _("Every row alone determines its own prediction, so none can be compared with the fit of the others.")
    first = _("Row {row} is the most influential: its Cook's distance is {cook}.").format(
        row=rows[most[0]], cook=format_number(float(found.cook[most[0]]), 2)
    )
    strong = int((found.cook > LEVELS[0]).sum())
    if not strong and together:
        return first + " " + _("None is above 0.5 alone, but rows that are far from all others move the fit together.")
    if not strong and found.pinned.any():
        return first + " " + _("None is above 0.5, but each row of leverage 1 decides a coefficient alone: see below.")
    if not strong:
        return first + " " + _("None is above 0.5, so no single row moves the coefficients far.")
    return (
        first
        + " "
        + ngettext(
            "{count} row is above 0.5 and deserves a look: is it an error in the data, or a case the model does not "
            "cover?",
            "{count} rows are above 0.5 and deserve a look: errors in the data, or cases the model does not cover?",
            strong,
        ).format(count=format_count(strong))
    )


def _show_table(problem: Problem, result: Result, found: Influence, rows: pd.Index, most: Rows) -> None:
    st.header(_("The most influential rows"), anchor=False)
    table = leave_each_out(found, problem.X_train, result.fit, most, problem.feature_names)
    endless = bool(np.isinf(table["externally_studentized"]).any())
    shown = table.replace([np.inf, -np.inf], np.nan).assign(row=rows[most].astype(str))
    label = problem.label
    form = "%.4g"
    show_table(
        shown,
        hide_index=True,
        placeholder="–",
        column_config={
            "row": st.column_config.TextColumn(_("Row"), pinned=True, help=_("Of the table, counted from 0.")),
            "cook": st.column_config.NumberColumn(
                _("Cook's D"), help=_("Cook's distance: how far all coefficients move without it."), format=form
            ),
            "leverage": st.column_config.NumberColumn(_("Leverage"), format=form),
            "residual": st.column_config.NumberColumn(
                _("Residual"), help=_("True less predicted, in {label}.").format(label=label), format=form
            ),
            "externally_studentized": st.column_config.NumberColumn(
                _("Studentised"), help=_("In residual standard deviations of the fit without the row."), format=form
            ),
            "fitted": st.column_config.NumberColumn(_("Prediction"), format=form),
            "without": st.column_config.NumberColumn(
                _("Without it"), help=_("The prediction for the row by the fit without it."), format=form
            ),
            "coefficient": st.column_config.TextColumn(
                _("Moves most"), help=_("The coefficient that the row moves most.")
            ),
            "dfbetas": st.column_config.NumberColumn(
                _("By standard errors"),
                help=_("DFBETAS: the change of that coefficient, in its standard errors."),
                format=form,
            ),
        },
        alt=_("The ten most influential rows: distance, leverage, residual, and what the fit would be without each."),
    )
    notes = []
    if endless:
        notes.append(
            _("Without one of these rows the fit is perfect, so no finite number says how far off that row is.")
        )
    if np.isnan(table["externally_studentized"]).all():
        notes.append(
            _(
                "Without one of the rows no residuals would be left to estimate the noise from, so some values are "
                "missing."
            )
        )
    pinned = np.flatnonzero(found.pinned)
    if len(pinned):
        notes.append(
            ngettext(
                "{count} row has leverage 1, {rows}: it alone determines its own prediction, and without it a "
                "coefficient would not be determined. It has no Cook's distance.",
                "{count} rows have leverage 1, among them {rows}: each alone determines its own prediction, and "
                "without it a coefficient would not be determined. They have no Cook's distance.",
                len(pinned),
            ).format(count=format_count(len(pinned)), rows=format_list(rows[pinned[:LISTED]].astype(str)))
        )
    if result.fit.rank < result.fit.columns:
        notes.append(_("The columns are linearly dependent; the coefficients of minimum norm are compared."))
    show_notes(notes)
