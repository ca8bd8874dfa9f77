"""How a file was read: every guess in one line, each of them open to change."""

import streamlit as st

from core.language import _
from core.preprocessing.reading.table import Table
from dashboard.parts import opening, reading_facts, reading_fields, state
from dashboard.parts.plain import show_error, show_notes


def draw_reading_form(table: Table) -> None:
    """Say how the table was read, and offer every guess for a change."""
    st.header(_("How the file was read"), anchor=False)
    st.markdown(reading_facts.line(table, state.choice("reading", {})))
    changed = {change.sentence for change in table.changes}
    show_notes([note for note in table.notes if note not in changed])
    with st.expander(_("Read it differently"), icon=":material/edit:"):
        reading_fields.draw_reading_fields(table)
        st.button(
            _("Go back to what was guessed"),
            on_click=_guess_again,
            icon=":material/undo:",
            disabled=not state.choice("reading"),
        )
        st.caption(_("The kinds of the columns and their own codes for missing are below, beside the columns."))
    show_refused(reading_fields.PLACE)


def show_refused(place: str) -> None:
    """Say why the table was not read as asked for at this place of the screen."""
    refused = state.choice("refused_reading")
    if refused and refused["place"] == place:
        show_error(refused["sentence"])
        st.caption(_("The table is shown as it was read before."))


def _guess_again() -> None:
    opening.reread({}, reading_fields.PLACE)
