"""The last valid rows of a view, for choices that give none."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from core.errors import InputError
from core.language import _
from dashboard.ui import page
from dashboard.ui.escape import show_error
from dashboard.visit import state

R = TypeVar("R")


def or_last(key: str, choose: Callable[[], R], usual: Callable[[], R]) -> R:
    """Return the rows that `choose` gives. On InputError, show it and return the last ones, or else the usual ones.

    `key` names the rows in the visit.
    """
    remembered = f"_good_{key}"
    try:
        rows = choose()
    except InputError as problem:
        show_error(str(problem))
        page.link("data", _("Choose another table or target"))
        st.caption(_("Showing the last valid result."))
        kept: R | None = state.get(remembered)
        return usual() if kept is None else kept
    state.put(remembered, rows)
    return rows
