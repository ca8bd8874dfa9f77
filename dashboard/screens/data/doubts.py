"""Columns that can as well be read in another way: what both make of a few cells, and the choice."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.language import _
from core.preprocessing.schema import Alternative, Doubt, Table
from dashboard.screens.data.reading_form import choose_for_columns, show_refused
from dashboard.screens.data.reading_names import century_name, order_names
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit import state

PLACE = "doubts"
MOST_SHOWN = 3  # of more, one is chosen from a list


def draw_doubts(table: Table) -> None:
    """Draw each column that can be read in two ways, with what both make of its cells; nothing if there is none."""
    if not table.doubts:
        return
    st.header(_("What can be read in two ways"), anchor=False)
    for place in _shown(table.doubts):
        with st.container(border=True):
            _draw(table.doubts[place], f"data_doubt_{place}")
    show_refused(PLACE)


def way_name(way: Alternative) -> str:
    """Return a few words for one of the two readings."""
    if way.option == "date_orders":
        return order_names()[way.value]
    if way.option == "centuries":
        return century_name(int(way.value or 0))
    names: dict[Any, str] = {
        ".": _("the point is a decimal mark"),
        ",": _("the comma is a decimal mark"),
        None: _("text, as it is in the file"),
    }
    return names[way.value]


def comparison(doubt: Doubt) -> pd.DataFrame:
    """Return the cells of a doubt as text, a row each: as in the file, and as either reading takes them."""
    names = [f"{letter}: {way_name(way)}" for letter, way in zip("AB", doubt.readings, strict=True)]
    names[doubt.in_use] = _("{way} (in use)").format(way=names[doubt.in_use])
    ways = dict(zip(names, (way.values for way in doubt.readings), strict=True))
    return pd.DataFrame({_("In the file"): doubt.cells, **ways}, dtype="str")


def _shown(doubts: Sequence[Doubt]) -> Sequence[int]:
    """Return which doubts are drawn: all if they are few, else the one that is chosen from a list."""
    if len(doubts) <= MOST_SHOWN:
        return range(len(doubts))
    if state.get("data_doubt") not in range(len(doubts)):
        state.forget("data_doubt")
    chosen: int = st.selectbox(
        _("{count} columns can be read in two ways").format(count=len({doubt.column for doubt in doubts})),
        range(len(doubts)),
        format_func=lambda place: f"{doubts[place].column}: {' / '.join(map(way_name, doubts[place].readings))}",
        key="data_doubt",
    )
    return [chosen]


def _draw(doubt: Doubt, key: str) -> None:
    name = escape_markdown(doubt.column)
    st.markdown(_("Column **{name}** can be read in two ways").format(name=name))
    show_table(
        comparison(doubt),
        hide_index=True,
        placeholder=_("missing"),
        alt=_("Some cells as they are in the file, and what either reading makes of them."),
    )
    state.put(key, doubt.in_use)
    st.radio(
        _("Read {name} like this").format(name=name),
        [0, 1],
        format_func=lambda place: f"{'AB'[place]}: {way_name(doubt.readings[place])}",
        key=key,
        horizontal=True,
        on_change=_take,
        args=[doubt, key],
    )


def _take(doubt: Doubt, key: str) -> None:
    way = doubt.readings[state.get(key)]
    choose_for_columns(way.option, {doubt.column: way.value}, PLACE)
