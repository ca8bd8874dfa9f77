"""Data: choose a sample or bring a table; see what is in it and how it was read; choose what to predict."""

import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_percent, format_size
from core.language import _
from core.preprocessing import Table
from dashboard.pipeline import far_values, opening, tables
from dashboard.screens.data import changes, column_kinds, columns_table, doubts, preview, reading_form, refusals
from dashboard.ui.escape import show_error
from dashboard.ui.page import boxes, explained, heading, link
from dashboard.visit import state
from dashboard.visit.samples import samples

LARGEST_UPLOAD = 200  # MB, as in .streamlit/config.toml
SUFFIXES = (
    "csv", "tsv", "tab", "psv", "txt", "dat", "data", "asc", "gz", "bz2", "xz", "zst", "zip", "parquet", "pq",
    "xlsx", "xlsm", "xlsb", "xls", "ods",
)  # fmt: skip


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Data"),
        _("Choose a table, or bring your own. Rows are **samples**; the column to predict is the **label**, the "
          "others are **features**."),
    )  # fmt: skip
    opening.attend()
    _choose_table()
    try:
        table = tables.table()
    except InputError as problem:
        show_error(str(problem))
        return
    _show_size(table)
    _choose_target()
    reading_form.draw_reading_form(table)
    doubts.draw_doubts(table)
    preview.draw_preview(table)
    columns_table.draw_columns_table()
    column_kinds.draw_kinds_editor(table)
    column_kinds.draw_code_hints()
    far_values.warn_of_table()
    changes.draw_changes(table)
    link("prepare", _("Next: fill missing values and encode the categories"))


def _choose_table() -> None:
    chosen, brought = st.columns([1, 1], gap="large")
    names = {key: sample.title for key, sample in samples().items()}
    if state.upload_name():
        names[state.UPLOAD] = _("Your file")
    if state.get("sample") not in names:
        state.forget("sample")
    with chosen:
        key = st.selectbox(
            _("Table"),
            list(names),
            format_func=names.__getitem__,
            key="sample",
            persist_state="session",  # bound to the query parameters it would show its title there
            on_change=opening.drop,
        )
        if key == state.UPLOAD:
            st.text(state.upload_name())
        else:
            st.caption(samples()[key].about)
    with brought:
        st.file_uploader(
            _("Your own table: CSV, TSV, Excel or Parquet, compressed or not, up to {size} MB").format(
                size=LARGEST_UPLOAD
            ),
            type=list(SUFFIXES),
            max_upload_size=LARGEST_UPLOAD,
            key=state.UPLOAD,
            on_change=opening.take_upload,
        )
        st.caption(_("It is kept in memory for this visit only and never written to disk."))
    refusals.draw_refusals()


def _show_size(table: Table) -> None:
    rows, columns = table.frame.shape
    missing = int(tables.table_profile()["missing"].sum())
    boxes(
        [
            (_("Rows"), format_count(rows)),
            (_("Columns"), format_count(columns)),
            (_("Missing cells"), f"{format_count(missing)} ({format_percent(missing / max(rows * columns, 1), 1)})"),
            (_("Size of the file"), format_size(len(state.source().content))),
        ]
    )


def _choose_target() -> None:
    possible = tables.possible_targets()
    if not possible:
        show_error(
            _("Linear regression predicts a number, and no column of this table is numeric. Check below how the "
              "file was read, or choose another table.")
        )  # fmt: skip
        return
    state.put("target", tables.target())
    st.selectbox(
        _("Column to predict"),
        possible,
        possible.index(str(tables.usual_target())),
        key="target",
        bind=state.bound("target"),
        help=_("The label, y. Only columns that hold numbers can be predicted by linear regression."),
    )
