"""Data: choose a sample or bring a table; see what is in it and how it was read; choose what to predict."""

import streamlit as st

from core.errors import InputError
from core.language import _, ngettext
from core.preprocessing import Table
from dashboard.parts import reading_form, state, tables, views
from dashboard.parts.figures import size
from dashboard.parts.frame import boxes, explained, heading, link
from dashboard.parts.plain import show_error
from dashboard.parts.samples import samples

LARGEST_UPLOAD = 100  # MB, as in .streamlit/config.toml
FIRST_ROWS = 10


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Data"),
        _("Choose a table, or bring your own. Rows are **samples**; the column to predict is the **label**, the "
          "others are **features**."),
    )  # fmt: skip
    _choose_table()
    try:
        table = tables.table()
    except InputError as problem:
        show_error(str(problem))
        return
    _show_size(table)
    _choose_target()
    _show_rows(table)
    reading_form.draw(table)
    _show_profile()
    link("prepare", _("Next: fill the gaps and encode the categories"))


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
            bind="query-params",
            on_change=_forget_problem,
        )
        if key == state.UPLOAD:
            st.text(state.upload_name())
        else:
            st.caption(samples()[key].about)
    with brought:
        st.file_uploader(
            _("Your own table: CSV or TSV, up to {size} MB").format(size=LARGEST_UPLOAD),
            type=["csv", "tsv", "txt", "dat", "data", "tab"],
            max_upload_size=LARGEST_UPLOAD,
            key=state.UPLOAD,
            on_change=_take_upload,
        )
        st.caption(_("It stays in the memory of this program, for this visit, and is written nowhere."))
    refused = state.get("_refused")
    if refused:
        show_error(refused)
        st.caption(_("The table that was open before is still open."))


def _take_upload() -> None:
    """Read an uploaded file before it replaces anything: a table that cannot be read changes nothing."""
    file = state.get(state.UPLOAD)
    if file is None:
        return
    content = file.getvalue()
    try:
        tables.read(state.digest(content), content, {})
    except InputError as problem:
        state.put("_refused", _("“{name}” was not opened. {problem}").format(name=file.name, problem=problem))
        return
    _forget_problem()
    state.forget("target")
    state.keep_upload(file.name, content)


def _forget_problem() -> None:
    state.forget("_refused")


def _show_size(table: Table) -> None:
    rows, columns = table.frame.shape
    missing = int(table.frame.isna().sum().sum())
    boxes(
        [
            (_("Rows"), f"{rows:,}"),
            (_("Columns"), f"{columns:,}"),
            (_("Missing cells"), f"{missing:,} ({missing / max(rows * columns, 1):.1%})"),
            (_("Size of the file"), size(len(state.source().content))),
        ]
    )


def _choose_target() -> None:
    possible = tables.possible_targets()
    if not possible:
        show_error(
            _("Linear regression predicts a number, and no column of this table holds numbers only. "
              "Check below how the file was read, or choose another table.")
        )  # fmt: skip
        return
    state.put("target", tables.target())
    st.selectbox(
        _("Column to predict"),
        possible,
        key="target",
        bind="query-params",
        help=_("The label, y. Only columns that hold numbers can be predicted by linear regression."),
    )


def _show_rows(table: Table) -> None:
    st.subheader(_("First rows"), anchor=False)
    st.dataframe(table.frame.head(FIRST_ROWS), placeholder=_("missing"), alt=_("The first rows of the table."))


def _show_profile() -> None:
    st.subheader(_("Columns"), anchor=False)
    columns = tables.table_profile()
    gaps = int((columns["missing"] > 0).sum())
    st.markdown(
        ngettext(
            "{count} column has missing cells.", "{count} columns have missing cells.", gaps
        ).format(count=gaps)
    )  # fmt: skip
    config = st.column_config
    st.dataframe(
        columns.assign(kind=columns["kind"].map(views.kind_names())),
        hide_index=True,
        column_config={
            "column": config.TextColumn(_("Column"), pinned=True),
            "kind": config.TextColumn(_("Kind"), help=_("number, category, text (too many values), or empty")),
            "missing": config.NumberColumn(_("Missing")),
            "missing_share": config.ProgressColumn(_("Share missing"), format="percent", min_value=0, max_value=1),
            "distinct": config.NumberColumn(_("Distinct values")),
            "example": config.TextColumn(_("First value")),
            "distribution": config.BarChartColumn(
                _("Distribution"),
                help=_("Numbers: rows in ten equal steps from the least to the greatest. Categories: the most "
                       "frequent ones."),
                y_min=0,
            ),
        },
        alt=_("One row per column of the table: kind, missing cells, distinct values, distribution."),
    )  # fmt: skip
