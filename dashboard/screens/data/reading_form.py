"""The fields that change how the table in use is read: each shows what was detected or chosen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing import DEFAULT_MISSING, DELIMITERS
from core.preprocessing.schema import Table
from dashboard.pipeline import opening
from dashboard.screens.data import reading_facts, reading_names
from dashboard.ui.escape import show_error, show_notes
from dashboard.visit import state

PLACE = "form"  # where the screen shows why a change was refused
GUESSED = "guessed"  # the option to detect it
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "cp1252", "latin-1", "shift_jis", "big5")
CODES_FOR_MISSING = ("None", "none", "-999", "-200", "999")  # suggested, never applied automatically
SAMPLES = (1_000, 10_000, 100_000, 1_000_000)  # rows
ROWS_OFFERED = 20  # as the row of names
LONGEST_ROW = 60  # characters


def draw_reading_fields(table: Table) -> None:
    """Draw the fields. They always show how the table on the screen was read."""
    if table.members or table.sheets:
        _change_part(table)
    if table.reading.format == "csv":
        _change_cutting(table)
    if table.reading.format != "parquet":
        _change_rows(table)
    _change_values(table)
    _change_extent(table)


def _change_part(table: Table) -> None:
    """Draw the choice of a table in a ZIP archive, or of a sheet in a workbook."""
    places = st.columns(2)
    if table.members:
        _select(places[0], "member", _("Table of the ZIP file"), table.members, table.reading.member)
    if table.sheets:
        _select(places[1], "sheet", _("Sheet of the workbook"), table.sheets, table.reading.sheet)


def _change_cutting(table: Table) -> None:
    marks = reading_facts.mark_names()
    places = st.columns(4)
    _select(places[0], "delimiter", _("Delimiter"), [*DELIMITERS, table.delimiter], table.delimiter, marks)
    _select(places[1], "encoding", _("Encoding"), [*ENCODINGS, table.encoding], table.encoding)
    _select(places[2], "decimal", _("Decimal mark"), [".", ","], table.decimal, marks)
    quotes = {GUESSED: _("as detected"), **reading_names.quote_names()}
    chosen = state.choice("reading", {}).get("quote", GUESSED)
    _select(places[3], "quote", _("Quotation marks"), list(quotes), chosen, quotes)


def _change_rows(table: Table) -> None:
    places = st.columns(3)
    header = "none" if table.reading.header_row is None else table.reading.header_row
    names: dict[int | str, str] = {"none": _("no row; the columns are numbered")}
    names |= _rows_offered(table)
    _select(places[0], "header", _("Header row"), [*names, header], header, names)
    state.put("data_skip_end", reading_facts.rows_left_out(table.reading)[1])
    places[1].number_input(
        _("Rows to leave out at the end"), 0, None, step=1, key="data_skip_end", on_change=_reread, args=["skip_end"]
    )
    marks = {GUESSED: _("detected for each column"), "": _("none"), **reading_facts.mark_names()}
    options, chosen = [GUESSED, "", ",", ".", "'", " "], state.choice("reading", {}).get("thousands", GUESSED)
    _select(places[2], "thousands", _("Thousands separator"), options, chosen, marks)
    state.put("data_keep_sums", state.choice("reading", {}).get("keep_sums", False))
    st.checkbox(
        _("Keep rows of sums"),
        key="data_keep_sums",
        on_change=_reread_sums,
        help=_("A last row such as “Total” whose numbers are the sums of the rows above is left out otherwise."),
    )


def _rows_offered(table: Table) -> dict[int | str, str]:
    """Return the first rows of the file by position, to choose the row of names."""
    rows = table.raw.beginning(ROWS_OFFERED) if table.raw else ()
    return {
        place: _("row {number}: {cells}").format(number=place + 1, cells=_shorten(" | ".join(map(str.strip, row))))
        for place, row in enumerate(rows)
    }


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_ROW else text[: LONGEST_ROW - 1] + "…"


def _change_values(table: Table) -> None:
    tokens, dates = st.columns([2, 1])
    state.put("data_missing", list(table.missing))
    tokens.multiselect(
        _("Cells read as missing"),
        list(dict.fromkeys([*DEFAULT_MISSING, *CODES_FOR_MISSING, *table.missing])),
        format_func=reading_facts.token,
        accept_new_options=True,
        wrap=True,
        key="data_missing",
        on_change=_reread,
        args=["missing"],
        help=_("A cell counts as missing if it holds exactly one of these. Type another one to add it."),
    )
    orders = {
        GUESSED: _("detected for each column"),
        True: _("day first: 31/12/2020"),
        False: _("month first: 12/31/2020"),
    }
    chosen = state.choice("reading", {}).get("day_first", GUESSED)
    _select(dates, "day_first", _("Dates like 01/02/2020"), list(orders), chosen, orders)


def _change_extent(table: Table) -> None:
    names, rows = st.columns([2, 1])
    state.put("data_only", state.choice("reading", {}).get("columns") or [])
    names.multiselect(
        _("Columns to read"),
        table.reading.names,
        key="data_only",
        placeholder=_("all of them"),
        on_change=_reread_columns,
    )
    drawn = table.reading.sample
    sizes = [size for size in SAMPLES if drawn or size < len(table.frame)]
    sizes = sorted({*sizes, drawn} if drawn else sizes)
    _select(rows, "sample", _("Rows to read"), [GUESSED, *sizes], drawn or GUESSED, _sample_name)


def _sample_name(rows: int | str) -> str:
    if isinstance(rows, str):
        return _("all of them")
    return ngettext("a sample of {count} row", "a sample of {count} rows", rows).format(count=format_count(rows))


def _select(
    place: st.delta_generator.DeltaGenerator,
    what: str,
    label: str,
    options: Sequence[Any],
    value: Any,
    names: dict[Any, str] | Callable[[Any], str] | None = None,
) -> None:
    """Draw the choice of one argument of `read_table`; a value without a name is shown as it is."""
    state.put(f"data_{what}", value)
    written = names if callable(names) else lambda option: (names or {}).get(option, str(option))
    place.selectbox(
        label,
        list(dict.fromkeys(options)),
        format_func=written,
        key=f"data_{what}",
        on_change=_reread,
        args=[what],
    )


def _reread(what: str) -> None:
    """Read the table with these arguments; on an error show the reason and keep the table."""
    wanted = {**state.choice("reading", {}), what: state.get(f"data_{what}")}
    opening.reread({name: value for name, value in wanted.items() if value != GUESSED}, PLACE)


def _reread_sums() -> None:
    wanted = dict(state.choice("reading", {}))
    wanted.pop("keep_sums", None)
    opening.reread({**wanted, "keep_sums": True} if state.get("data_keep_sums") else wanted, PLACE)


def choose_for_columns(what: str, values: Mapping[str, Any], place: str) -> None:
    """Read the table with this argument for some columns, by name; a value without content takes a choice back."""
    reading = dict(state.choice("reading", {}))
    merged = {**reading.pop(what, {}), **values}
    merged = {name: value for name, value in merged.items() if value}
    opening.reread({**reading, what: merged} if merged else reading, place)


def _reread_columns() -> None:
    wanted = dict(state.choice("reading", {}))
    wanted.pop("columns", None)
    chosen = state.get("data_only")
    opening.reread({**wanted, "columns": chosen} if chosen else wanted, PLACE)


def draw_reading_form(table: Table) -> None:
    """Draw how the table was read, and the fields to change it."""
    st.header(_("How the file was read"), anchor=False)
    st.markdown(reading_facts.line(table, state.choice("reading", {})))
    changed = {change.sentence for change in table.changes}
    show_notes([note for note in table.notes if note not in changed])
    with st.expander(_("Read it differently"), icon=":material/edit:"):
        draw_reading_fields(table)
        st.button(
            _("Go back to what was detected"),
            on_click=_guess_again,
            icon=":material/undo:",
            disabled=not state.choice("reading"),
        )
        st.caption(_("The kinds of the columns and their own codes for missing values are below, with the columns."))
    show_refused(PLACE)


def show_refused(place: str) -> None:
    """Draw why a change was refused, at its place on the screen."""
    refused = state.choice("refused_reading")
    if refused and refused["place"] == place:
        show_error(refused["sentence"])
        st.caption(_("Showing the table as it was last read."))


def _guess_again() -> None:
    opening.reread({}, PLACE)
