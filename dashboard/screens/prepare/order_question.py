"""The question for the order of categories that become 0, 1, 2, ... and whose order nobody has said."""

from collections.abc import Sequence

import streamlit as st

from core.errors import InputError
from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing import KnownOrder
from dashboard.pipeline import level_orders, tables
from dashboard.pipeline.plan_names import level_name
from dashboard.screens.prepare.plan_changes import state_order
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.visit import state

MOST_ASKED = 3
MOST_LEVELS = 6


def ask_for_orders() -> None:
    """Ask for the order of each such column, with what may be its order to choose; nothing if there is none."""
    try:
        waiting = level_orders.unanswered(tables.recipe())
    except InputError:  # the table has no plan, which is told below
        return
    for plan in waiting[:MOST_ASKED]:
        _ask(plan.column)
    more = len(waiting) - MOST_ASKED
    if more > 0:
        show_warning(
            ngettext(
                "{count} more column is ordinal and follows the alphabet, as a guess.",
                "{count} more columns are ordinal and follow the alphabet, as a guess.",
                more,
            ).format(count=format_count(more))
        )


def explain_order(columns: Sequence[str], order: Sequence[str | float]) -> None:
    """Say where an order is from, if it is known rather than typed."""
    found = level_orders.known(columns[0])
    if found and tuple(order) == found.levels:
        st.caption(_reason(found))


def _ask(column: str) -> None:
    levels, found = list(map(level_name, tables.levels(column))), level_orders.known(column)
    show_warning(
        _(
            "Which order do the categories of “{column}” have, the lowest first? Until you say, the order of the "
            "alphabet is used, as a guess: {order}."
        ).format(column=column, order=_written(levels))
    )
    row = st.container(horizontal=True, gap="small")
    if found:
        _offer(row, column, "known", _("Use {order}").format(order=_written(found.levels)), found.levels)
    if not found or found.levels != tuple(levels):
        _offer(row, column, "alphabet", _("The alphabet's order is right"), levels)
    row.button(
        _("State the order"),
        key=f"prepare_order_edit_{column}",
        on_click=state.put,
        args=["prepare_columns", [column]],
        icon=":material/edit:",
        type="tertiary",
        help=_("The column is chosen in the editor below, where its order can be changed."),
    )
    if found:
        st.caption(_reason(found))


def _offer(row: st.delta_generator.DeltaGenerator, column: str, which: str, label: str, order: Sequence[str]) -> None:
    row.button(
        escape_markdown(label),
        key=f"prepare_order_{which}_{column}",
        on_click=state_order,
        args=[column, list(order)],
        icon=":material/check:",
    )


def _written(levels: Sequence[str]) -> str:
    shown = " < ".join(levels[:MOST_LEVELS])
    return f"{shown} < …" if len(levels) > MOST_LEVELS else shown


def _reason(found: KnownOrder) -> str:
    return {
        "file": _("The file declares this order."),
        "scale": _("This is the order of a known scale; change it if the categories mean something else."),
        "grades": _("This is the order of grades of school; change it if the letters mean something else."),
        "numbers": _("This is the order of the first number in each category; change it if they mean something else."),
    }[found.source]
