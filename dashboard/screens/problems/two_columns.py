"""The choice of two columns of the rows in use."""

import streamlit as st

from core.language import _
from core.problems.rows import Rows
from dashboard.visit import state


def two_columns(kind: str, rows: Rows) -> dict[str, int]:
    """Draw the choice of a column across and of one up; return their places as x and y.

    Names of another table give way to the first two columns.
    """
    names = list(rows.names)
    across = _column(across_key(kind), _("Column across, x"), names, 0)
    return {"x": across, "y": _column(up_key(kind), _("Column up, y"), names, 1)}


def across_key(kind: str) -> str:
    """Return the key of the column across."""
    return f"problems_{kind}_across"


def up_key(kind: str) -> str:
    """Return the key of the column up."""
    return f"problems_{kind}_up"


def _column(key: str, label: str, names: list[str], usual: int) -> int:
    if state.get(key) not in names:
        state.put(key, names[min(usual, len(names) - 1)])
    return names.index(str(st.selectbox(label, names, key=key, bind=state.bound(key), width=170)))
