"""How a file was read: every guess in one line, each of them open to change."""

import pandas as pd
import streamlit as st

from core.errors import InputError
from core.language import _
from core.preprocessing import DEFAULT_MISSING, DELIMITERS, Table
from dashboard.parts import state, tables
from dashboard.parts.plain import show_error, show_notes

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "cp1252", "latin-1", "shift_jis", "big5")
CODES_FOR_MISSING = ("None", "none", "-999", "-200", "999")  # offered, never taken unasked


def draw(table: Table) -> None:
    """Say how the table was read, and offer every guess for a change."""
    names = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("vertical bar"), ".": _("point")}
    st.subheader(_("How the file was read"), anchor=False)
    facts = pd.DataFrame(
        {
            _("Delimiter"): [names.get(table.delimiter, table.delimiter)],
            _("Encoding"): [table.encoding],
            _("Decimal mark"): [names.get(table.decimal, table.decimal)],
            _("Taken as missing"): [_tokens(table.missing)],
        }
    )
    st.dataframe(facts, hide_index=True, alt=_("What was guessed about the file."))
    show_notes(table.notes)
    with st.expander(_("Read it differently"), icon=":material/edit:"):
        _change_reading(table, names)
    refused = state.choice("refused_reading")
    if refused:
        show_error(refused)
        st.caption(_("The table is shown as it was read before."))


def _change_reading(table: Table, names: dict[str, str]) -> None:
    """Offer every guess for a change. The widgets always show how the table on the screen was read."""
    state.put("data_delimiter", table.delimiter)
    state.put("data_encoding", table.encoding)
    state.put("data_decimal", table.decimal)
    state.put("data_missing", list(table.missing))
    places = st.columns(3)
    places[0].selectbox(
        _("Delimiter"),
        list(dict.fromkeys([*DELIMITERS, table.delimiter])),
        format_func=lambda mark: names.get(mark, mark),
        key="data_delimiter",
        on_change=_reread,
        args=["delimiter"],
    )
    places[1].selectbox(
        _("Encoding"),
        list(dict.fromkeys([*ENCODINGS, table.encoding])),
        key="data_encoding",
        on_change=_reread,
        args=["encoding"],
    )
    places[2].selectbox(
        _("Decimal mark"),
        [".", ","],
        format_func=names.__getitem__,
        key="data_decimal",
        on_change=_reread,
        args=["decimal"],
    )
    st.multiselect(
        _("Cells taken as missing"),
        list(dict.fromkeys([*DEFAULT_MISSING, *CODES_FOR_MISSING, *table.missing])),
        format_func=_token,
        accept_new_options=True,
        key="data_missing",
        on_change=_reread,
        args=["missing"],
        help=_("A cell counts as missing if it holds exactly one of these. Type another one to add it."),
    )
    st.button(_("Go back to what was guessed"), on_click=_guess_again, disabled=not state.choice("reading"))


def _reread(what: str) -> None:
    """Read the table as asked; if that cannot be done, say why and leave it as it was."""
    wanted = {**state.choice("reading", {}), what: state.get(f"data_{what}")}
    try:
        tables.read(state.source().digest, state.source().content, wanted)
    except InputError as problem:
        state.choose("refused_reading", str(problem))
    else:
        state.choose("reading", wanted)
        state.choose("refused_reading", None)


def _guess_again() -> None:
    state.choose("reading", {})
    state.choose("refused_reading", None)


def _tokens(tokens: tuple[str, ...]) -> str:
    return ", ".join(_token(token) for token in tokens)


def _token(token: str) -> str:
    return token or _("(empty)")
