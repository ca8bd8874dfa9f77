"""A field for a tensor, which may also take its numbers from the prepared table."""

import numpy as np
import streamlit as st

from core.errors import InputError
from core.language import _
from core.tensors import tensor_text
from dashboard.pipeline import training
from dashboard.ui import text_fields
from dashboard.ui.escape import escape_markdown, show_error
from dashboard.visit import state

MOST_ROWS = 100


def tensor_field(key: str, label: str, *, lines: int = 1, help: str | None = None) -> str:
    """Draw one of the `TEXTS` as a field for a tensor, with a way to fill it from the table; return what is typed."""
    help = help or _(
        "Type it as code does, [[1, 2], [3, 4]], or as rows: 1 2; 3 4. A pasted part of a table will do, and so will "
        "X = torch.arange(12).reshape(3, 4), ones(2, 3), zeros(3), eye(3) and what torch or NumPy prints."
    )
    row = st.container(horizontal=True, vertical_alignment="bottom" if lines == 1 else "top", gap="small")
    with row:
        text = text_fields.field(key, label, lines=lines, help=help)
    opened = row.popover(
        _("Table"),
        type="tertiary",
        icon=":material/table:",
        key=f"{key}_from",
        on_change="rerun",
        help=escape_markdown(_("Fill “{label}” with features of the prepared table.").format(label=label)),
    )
    if opened.open:
        with opened:
            _choose(key)
    return text


def _choose(key: str) -> None:
    """Ask for columns and rows of X, and y, and fill the field with them."""
    try:
        of = training.table_problem()
    except InputError as problem:
        show_error(str(problem))
        return
    names, rows = [*of.feature_names, of.label], len(of.X_train)
    chosen = st.multiselect(
        _("Columns"), range(len(names)), [0], lambda at: escape_markdown(names[at]), key=f"{key}_columns"
    )
    count = st.number_input(_("Rows"), 1, min(rows, MOST_ROWS), min(rows, 5), key=f"{key}_rows")
    first = st.number_input(_("First row"), 1, rows, 1, key=f"{key}_first")
    if chosen:
        values = np.column_stack([of.X_train.numpy(), of.y_train.numpy()])[first - 1 : first - 1 + count, chosen]
        text = tensor_text(values[:, 0] if len(chosen) == 1 else values)
        st.button(_("Use these"), key=f"{key}_use", type="primary", on_click=_use, args=[key, text])
        st.caption(
            _("Training rows as prepared, of shape ({rows}, {columns}).").format(rows=len(values), columns=len(chosen))
        )


def _use(key: str, text: str) -> None:
    state.put(key, text)
