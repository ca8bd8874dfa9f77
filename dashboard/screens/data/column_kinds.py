"""The kind of a column and its codes for missing: chosen for one column or for many at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.language import _
from core.preprocessing.schema import DateFormat, Table
from dashboard.pipeline import results, tables
from dashboard.screens.data import reading_form
from dashboard.screens.data.reading_facts import token
from dashboard.screens.data.reading_form import CODES_FOR_MISSING, GUESSED
from dashboard.screens.data.reading_names import century_name, order_names
from dashboard.ui.escape import escape_markdown
from dashboard.visit import state

PLACE = "kinds"
CENTURIES = range(1850, 2010, 10)  # the years with which a hundred years may begin


def draw_kinds_editor(table: Table) -> None:
    """Draw the fields for the kinds of columns and their codes for missing."""
    with st.expander(_("Change kinds, or add codes for missing values"), icon=":material/edit:"):
        _choose_columns(table)
        _change(table)
    reading_form.show_refused(PLACE)


def _choose_columns(table: Table) -> None:
    names = list(table.frame.columns)
    chosen = state.get("data_columns", [])
    if not set(chosen) <= set(names):  # columns of another table
        state.put("data_columns", [name for name in chosen if name in names])
    kinds = table.reading.kinds
    picks = st.container(horizontal=True)
    for kind, label in kind_picks().items():
        of_kind = [name for name in names if kinds[name] == kind]
        if of_kind:
            picks.button(
                label.format(count=len(of_kind)),
                key=f"data_pick_{kind}",
                on_click=state.put,
                args=["data_columns", of_kind],
                type="tertiary",
                icon=":material/done_all:",
            )
    st.multiselect(
        _("Columns to change"),
        names,
        key="data_columns",
        placeholder=_("Choose columns, or all of a kind above"),
        persist_state="session",
    )


def kind_picks() -> dict[str, str]:
    """Return the labels of the buttons that choose all columns of a kind."""
    return {
        "number": _("all numbers ({count})"),
        "category": _("all categories ({count})"),
        "yes_no": _("all yes/no ({count})"),
        "date": _("all dates ({count})"),
        "identifier": _("all identifiers ({count})"),
        "text": _("all texts ({count})"),
        "empty": _("all empty ones ({count})"),
    }


def _change(table: Table) -> None:
    chosen: list[str] = state.get("data_columns", [])
    kind, codes = st.columns(2)
    kinds = [kind for kind in results.kind_names() if kind != "empty"]
    present = {GUESSED if table.reading.column(name).guessed else table.reading.column(name).kind for name in chosen}
    state.put("data_kind", present.pop() if len(present) == 1 else None)
    names = {GUESSED: _("as detected"), **results.kind_names()}
    kind.selectbox(
        _("Kind"),
        [GUESSED, *kinds],
        format_func=names.__getitem__,
        key="data_kind",
        placeholder=_("differs") if chosen else _("no column chosen"),
        disabled=not chosen,
        on_change=_retype,
        help=_("A cell that does not fit the kind becomes missing and is listed under “What reading changed”."),
    )
    state.put("data_codes", _shared([table.reading.column(name).codes for name in chosen]))
    codes.multiselect(
        _("Also missing in these columns"),
        list(dict.fromkeys([*CODES_FOR_MISSING, *state.get("data_codes", [])])),
        format_func=token,
        accept_new_options=True,
        key="data_codes",
        placeholder=_("such as -200") if chosen else _("no column chosen"),
        disabled=not chosen,
        on_change=_recode,
        help=_("Codes for the whole file are under “Read it differently”."),
    )
    _change_dates(table, chosen)


def _change_dates(table: Table, chosen: Sequence[str]) -> None:
    """Draw the order and the century of dates, if the chosen columns hold some that are written as text."""
    formats = [table.reading.column(name).conversion for name in chosen]
    dates = [spelled for spelled in formats if isinstance(spelled, DateFormat)]
    reading = state.choice("reading", {})
    orders, centuries = (
        [reading.get(what, {}).get(name, GUESSED) for name in chosen] for what in ("date_orders", "centuries")
    )
    places = st.columns(2)
    if dates or set(orders) - {GUESSED}:
        names = {GUESSED: _("as detected"), **order_names()}
        _select_shared(places[0], "date_orders", _("Order of day, month and year"), list(names), orders, names)
    used = [spelled.century for spelled in dates if spelled.century is not None]
    firsts = {first for first in centuries if first != GUESSED}
    if used or firsts:
        options = [GUESSED, *sorted({*CENTURIES, *used, *firsts})]
        names = {GUESSED: _("as detected"), **{first: century_name(first) for first in options[1:]}}
        _select_shared(places[1], "centuries", _("Years of two digits are"), options, centuries, names)


def _select_shared(
    place: st.delta_generator.DeltaGenerator,
    what: str,
    label: str,
    options: Sequence[Any],
    chosen: Sequence[Any],
    names: Mapping[Any, str],
) -> None:
    """Draw the choice of one argument for all chosen columns, which shows no value where theirs differ."""
    state.put(f"data_{what}", chosen[0] if len(set(chosen)) == 1 else None)
    place.selectbox(
        label,
        options,
        format_func=names.__getitem__,
        key=f"data_{what}",
        placeholder=_("differs"),
        on_change=_choose,
        args=[what],
    )


def _choose(what: str) -> None:
    value = state.get(f"data_{what}")
    if value is not None:
        _set(what, dict.fromkeys(state.get("data_columns", []), None if value == GUESSED else value))


def _shared(codes: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the codes that all of these columns have."""
    return [code for code in (codes[0] if codes else ()) if all(code in others for others in codes)]


def _retype() -> None:
    kind = state.get("data_kind")
    if kind is not None:
        _set("kinds", dict.fromkeys(state.get("data_columns", []), None if kind == GUESSED else kind))


def _recode() -> None:
    """Add the new codes to each chosen column, and remove those that were removed."""
    chosen: list[str] = state.get("data_columns", [])
    before = state.choice("reading", {}).get("codes", {})
    wanted = [code.strip() for code in state.get("data_codes", [])]
    shared = _shared([tuple(before.get(name, ())) for name in chosen])
    _set(
        "codes",
        {
            name: list(dict.fromkeys([*(code for code in before.get(name, ()) if code not in shared), *wanted]))
            for name in chosen
        },
    )


def add_code(code: str, columns: Sequence[str]) -> None:
    """Read this code as missing in these columns, in addition to theirs."""
    before = state.choice("reading", {}).get("codes", {})
    _set("codes", {name: [*before.get(name, ()), code] for name in columns})


def _set(what: str, values: dict[str, Any]) -> None:
    """Read the table with this argument for some columns; None or no codes undo a choice."""
    reading_form.choose_for_columns(what, values, PLACE)


MOST_SHOWN = 3


def draw_code_hints() -> None:
    """Draw a hint for each suspicious number; nothing if there is none."""
    for place, suspect in enumerate(tables.suspects()[:MOST_SHOWN]):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(escape_markdown(suspect.sentence), width="stretch")
            st.button(
                escape_markdown(_("Read {code} as missing").format(code=suspect.code)),
                key=f"data_suspect_{place}",
                icon=":material/block:",
                on_click=add_code,
                args=[suspect.code, suspect.columns],
            )
