"""The fitted plan applied to a second file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.errors import InputError
from core.export.tables import prepared_csv, prepared_parquet, prepared_pt
from core.formatting import format_count
from core.language import N_, _, ngettext
from core.preprocessing import Features, Table, read_table
from dashboard.pipeline import plan_choices
from dashboard.pipeline.tables import Preparation
from dashboard.ui.escape import escape_markdown, show_error, show_notes
from dashboard.ui.page import boxes
from dashboard.ui.tables import show_table
from dashboard.visit import state
from dashboard.visit.cache import cache_resource

LARGEST = 200  # MB, as on the Data screen
ROWS_SHOWN, COLUMNS_SHOWN = 30, 50
GUESSED_ANEW = (
    "delimiter", "encoding", "decimal", "thousands", "header", "skip_end", "sheet", "member", "columns", "sample",
    "quote",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Second:
    """A second table, how it differs from the first, and its features; None and why, if there are none."""

    table: Table
    differences: tuple[str, ...]
    features: Features | None
    problem: str


def draw_second_file(ready: Preparation) -> None:
    """Draw the upload of a second file and its features."""
    st.header(_("Apply it to a second file"), anchor=False)
    st.markdown(
        _("Fill values, categories and scales are those learnt from the training rows of the table above: nothing "
          "is learnt from the second file. It needs no column to predict.")
    )  # fmt: skip
    st.file_uploader(
        _("A second file with the same columns, up to {size} MB").format(size=LARGEST),
        max_upload_size=LARGEST,
        key="recipe_second",
        on_change=_take,
    )
    kept, refused = state.choice("second_file"), state.choice("refused_second")
    if refused:
        show_error(refused)
    if kept is None:
        return
    try:
        second = _apply(ready.key, kept["digest"], kept["content"], ready)
    except InputError as problem:
        show_error(_("“{name}” was not opened. {problem}").format(name=kept["name"], problem=problem))
        return
    st.markdown(
        _("**{name}** compared with {first}:").format(
            name=escape_markdown(kept["name"]), first=escape_markdown(state.source().name)
        )
    )
    if second.differences:
        show_notes(second.differences)
    else:
        st.success(
            _("It has the same columns and no category that the training rows did not have."), icon=":material/check:"
        )
    if second.features is None:
        show_error(second.problem)
        return
    _show_features(second, second.features, ready, kept["name"])


def _take() -> None:
    """Store an uploaded file with the table in use; a removed file is forgotten."""
    file = state.get("recipe_second")
    state.choose("second_file", None)
    if file is not None:
        content = file.getvalue()
        state.choose("second_file", {"name": file.name, "content": content, "digest": state.digest(content)})


@cache_resource(scope="session", max_entries=2, show_spinner=N_("Reading the second table"))
def _apply(key: str, digest: str, _content: bytes, _ready: Preparation) -> Second:
    table = read_table(_content, **_reading())
    differences = _ready.fitted.differences(table.frame)
    try:
        return Second(table, differences, _ready.fitted.features(table.frame), "")
    except InputError as problem:
        return Second(table, differences, None, str(problem))


def _reading() -> Mapping[str, Any]:
    """Return how to read the second file: kinds and codes for missing as in the first, the layout detected again."""
    chosen = {name: value for name, value in state.choice("reading", {}).items() if name not in GUESSED_ANEW}
    return {**chosen, "kinds": dict(plan_choices.kinds())}


def _show_features(second: Second, features: Features, ready: Preparation, name: str) -> None:
    kept, rows = len(features.rows), len(second.table.frame)
    boxes([(_("Rows in the file"), format_count(rows)), ("X.shape", str(tuple(features.X.shape)))])
    if kept < rows:
        st.caption(
            ngettext(
                "{count} row with a missing value was dropped, as set in the plan.",
                "{count} rows with missing values were dropped, as set in the plan.",
                rows - kept,
            ).format(count=format_count(rows - kept))
        )
    show_notes([note for note in features.notes if note not in second.differences])
    names = list(ready.fitted.feature_names)
    few = features.X[:ROWS_SHOWN, :COLUMNS_SHOWN].numpy()
    show_table(
        pd.DataFrame(few, index=features.rows[:ROWS_SHOWN], columns=pd.Index(names[:COLUMNS_SHOWN])),
        column_config={"_index": st.column_config.Column(_("Row"))},
        alt=_("The first rows of the features of the second file."),
    )
    st.caption(
        _("Rows shown: {rows}. Columns shown: {columns}.").format(rows=len(few), columns=min(len(names), COLUMNS_SHOWN))
    )
    _offer(features, names, name.rpartition(".")[0] or name)


def _offer(features: Features, names: list[str], stem: str) -> None:
    files: list[tuple[str, str, str, Callable[[], bytes]]] = [
        ("CSV", "csv", "text/csv", lambda: prepared_csv(features, names)),
        ("Parquet", "parquet", "application/vnd.apache.parquet", lambda: prepared_parquet(features, names)),
        ("PyTorch .pt", "pt", "application/octet-stream", lambda: prepared_pt(features, names)),
    ]
    row = st.container(horizontal=True)
    for label, ending, mime, write in files:
        row.download_button(
            label,
            write,
            file_name=f"{stem}_features.{ending}",
            mime=mime,
            key=f"recipe_download_{ending}",
            on_click="ignore",
            icon=":material/download:",
        )
