"""Why a file was not opened, with buttons for what can be done."""

from typing import Any

import streamlit as st

from core.formatting import format_count
from core.language import _
from dashboard.pipeline import opening
from dashboard.ui.escape import escape_markdown, show_error, show_warning
from dashboard.visit import state

SAMPLE = 100_000  # rows


def draw_refusals() -> None:
    """Draw what was refused or stopped, and what can be done about it; nothing if there is none."""
    job, refused = opening.stopped(), state.get("_refused")
    if job:
        show_warning(_("Reading “{name}” was stopped.").format(name=job["name"]))
    elif refused:
        show_error(refused["sentence"])
    else:
        return
    st.caption(_("The table that was open before is still open."))
    if job:
        st.button(_("Read it anyway"), key="data_resume", icon=":material/play_arrow:", on_click=opening.resume)
    else:
        _offer(refused)


def _offer(refused: dict[str, Any]) -> None:
    if refused["members"]:
        st.selectbox(
            _("Which table of the ZIP file?"),
            refused["members"],
            index=None,
            placeholder=_("Choose a table"),
            key="data_refused_member",
            on_change=_open_member,
        )
    if refused["names"]:
        st.multiselect(
            _("Columns to open"),
            refused["names"],
            key="data_refused_columns",
            placeholder=escape_markdown(
                _("Choose among {count} columns").format(count=format_count(len(refused["names"])))
            ),
            max_selections=refused["most"],
        )
        st.button(
            _("Open these columns"),
            key="data_open_columns",
            icon=":material/view_column:",
            disabled=not state.get("data_refused_columns"),
            on_click=_open_columns,
        )
    if refused["quotes"]:
        st.button(
            _("Read quotes as letters"),
            key="data_open_quotes",
            icon=":material/format_quote:",
            on_click=_open_with,
            args=["quote", ""],
        )
    if refused["sample"]:
        st.button(
            _("Open a sample of {count} rows").format(count=format_count(SAMPLE)),
            key="data_open_sample",
            icon=":material/filter_alt:",
            help=_("Rows drawn at random from the whole file, always the same ones, in the file's order."),
            on_click=_open_with,
            args=["sample", SAMPLE],
        )


def _open_member() -> None:
    if state.get("data_refused_member"):
        _open_with("member", state.get("data_refused_member"))


def _open_columns() -> None:
    _open_with("columns", state.get("data_refused_columns"))


def _open_with(what: str, value: Any) -> None:
    refused = state.get("_refused")
    if refused:
        opening.open_file(refused["name"], refused["content"], {**refused["reading"], what: value})
