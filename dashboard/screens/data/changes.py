"""What reading changed: each kind of change in a line, and the cells."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.export.tables import defuse_names
from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing.schema import MOST_CELLS_LISTED, Change, Table
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit import state

CELLS_SHOWN = 200
ALL = -1  # the option for all kinds of change


def draw_changes(table: Table) -> None:
    """List every change with its count, and show the cells for download."""
    st.header(_("What reading changed"), anchor=False)
    if not table.changes:
        st.markdown(_("Nothing: every row is in the table, and every cell is as in the file."))
        return
    st.markdown("\n".join(f"- {escape_markdown(_line(change))}" for change in table.changes))
    with_cells = [change for change in table.changes if change.cells]
    if not with_cells:
        return
    cells = cell_table(with_cells)
    label = ngettext("See the cell", "See the {count} cells", len(cells)).format(count=format_count(len(cells)))
    with st.expander(label, icon=":material/search:"):
        _show_cells(with_cells, cells)


def _line(change: Change) -> str:
    """Return the sentence with the count, unless it begins with that count."""
    count = format_count(change.count)
    if change.sentence.startswith(f"{count} "):
        return change.sentence
    if change.kind == "rows_left_out":
        counted = ngettext("{count} row", "{count} rows", change.count)
    elif change.kind in ("columns_renamed", "columns_left_out"):
        counted = ngettext("{count} column", "{count} columns", change.count)
    else:
        counted = ngettext("{count} cell", "{count} cells", change.count)
    return _("{sentence} ({counted})").format(sentence=change.sentence, counted=counted.format(count=count))


def cell_table(changes: Sequence[Change]) -> pd.DataFrame:
    """Return the cells of these changes, one row each, all but `row` and `line` as text.

    Columns: `row` (its label in the table; missing if it is not in it), `line` (in the file, from 1; missing where
    there are no lines), `column`, `before`, `after`, `change` (the sentence).
    """
    rows = [
        (cell.row, cell.line, cell.column, cell.before, cell.after, change.sentence)
        for change in changes
        for cell in change.cells
    ]
    frame = pd.DataFrame(rows, columns=["row", "line", "column", "before", "after", "change"])
    return frame.astype({"row": "Int64", "line": "Int64"})


def as_csv(cells: pd.DataFrame) -> bytes:
    """Write the cells for a spreadsheet; a text that it would run as a formula gets an apostrophe in front."""
    texts = {name: defuse_names(list(cells[name])) for name in ("column", "before", "after", "change")}
    return cells.assign(**texts).to_csv(index=False).encode("utf-8-sig")


def _show_cells(changes: Sequence[Change], cells: pd.DataFrame) -> None:
    chosen = _choose_change(changes)
    shown = cells if chosen == ALL else cell_table([changes[chosen]])
    show_table(
        shown.drop(columns="change").head(CELLS_SHOWN),
        hide_index=True,
        placeholder="–",
        column_config={
            "row": st.column_config.NumberColumn(_("Row"), format="%d", help=_("In the table, counted from 0.")),
            "line": st.column_config.NumberColumn(_("Line"), format="%d", help=_("In the file, counted from 1.")),
            "column": st.column_config.TextColumn(_("Column")),
            "before": st.column_config.TextColumn(_("In the file")),
            "after": st.column_config.TextColumn(_("In the table")),
        },
        alt=_("The cells that reading changed: their place, before and after."),
    )
    for sentence in _left_out(changes, len(shown)):
        st.caption(sentence)
    st.download_button(
        _("All listed cells (CSV)"),
        lambda: as_csv(cells),
        file_name=f"{state.source().name.rpartition('.')[0] or state.source().name}_changes.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _choose_change(changes: Sequence[Change]) -> int:
    """Draw the choice of one kind of change."""
    if len(changes) < 2:
        return ALL
    options = [ALL, *range(len(changes))]
    if state.get("data_change") not in options:
        state.forget("data_change")
    chosen: int = st.selectbox(
        _("Cells of"),
        options,
        format_func=lambda place: _("all changes") if place == ALL else changes[place].sentence,
        key="data_change",
    )
    return chosen


def _left_out(changes: Sequence[Change], shown: int) -> list[str]:
    sentences = []
    if shown > CELLS_SHOWN:
        sentences.append(
            _("Shown are the first {shown} of {count} cells; the download has them all.").format(
                shown=CELLS_SHOWN, count=format_count(shown)
            )
        )
    if any(len(change.cells) == MOST_CELLS_LISTED for change in changes):
        sentences.append(
            _("The first {most} changes of each kind are listed.").format(most=format_count(MOST_CELLS_LISTED))
        )
    return sentences
