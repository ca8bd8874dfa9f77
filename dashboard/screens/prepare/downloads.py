"""The downloads of the screen Prepare: tables, tensors, the plan and the script."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from core.export.tables import (
    defusing_note,
    filled_csv,
    prepared_csv,
    prepared_parquet,
    prepared_pt,
    prepared_safetensors,
)
from core.language import _
from dashboard.pipeline import tables
from dashboard.pipeline.tables import Preparation
from dashboard.ui.escape import escape_markdown
from dashboard.ui.page import link
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

BINARY = "application/octet-stream"
TALLEST_CODE = 600  # pixels
LONGEST_CODE = 26  # lines that fit


def draw_take_home(ready: Preparation) -> None:
    """Draw the buttons, each of which creates its file when clicked, and the script."""
    st.header(_("Take it home"), anchor=False)
    name = state.source().name
    stem = name.rpartition(".")[0] or name
    frame, prepared = (
        tables.table().frame,
        ready.prepared,
    )  # files are created after this run
    share, seed = settings.value("prepare_test_share"), settings.value("prepare_split_seed")
    script = ready.fitted.to_script(name, split=(share / 100, seed))
    st.markdown(_("The tensors **X** and **y**:"))
    _row(
        [
            ("CSV", f"{stem}_prepared.csv", "text/csv", lambda: prepared_csv(prepared)),
            ("Parquet", f"{stem}_prepared.parquet", BINARY, lambda: prepared_parquet(prepared)),
            ("PyTorch", f"{stem}.pt", BINARY, lambda: prepared_pt(prepared)),
            ("safetensors", f"{stem}.safetensors", BINARY, lambda: prepared_safetensors(prepared, recipe=ready.recipe)),
        ]
    )
    st.markdown(_("The table with its gaps filled, the plan, and a script that does the same:"))
    _row(
        [
            (_("Filled table (CSV)"), f"{stem}_filled.csv", "text/csv", lambda: filled_csv(_filled(ready, frame))),
            (_("Recipe (JSON)"), f"{stem}_recipe.json", "application/json", ready.recipe.to_json().encode),
            (_("Script (Python)"), f"prepare_{stem}.py", "text/x-python", script.encode),
        ]
    )
    note = _defused(ready.key, ready)
    if note:
        st.caption(escape_markdown(note))
    _show(script, name)
    link("recipe", _("Load a plan, share this one in a link, or apply it to a second file"))


def _row(files: list[tuple[str, str, str, Callable[[], bytes]]]) -> None:
    row = st.container(horizontal=True)
    for label, file_name, mime, write in files:
        row.download_button(
            label,
            write,
            file_name=file_name,
            mime=mime,
            key=f"prepare_download_{file_name}",
            on_click="ignore",
            icon=":material/download:",
        )


def _filled(ready: Preparation, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of X, filled, and the label, in the order of the table."""
    target = ready.recipe.target
    filled = ready.fitted.filled(frame)
    filled[target] = frame.loc[filled.index, target]
    return filled[[name for name in frame.columns if name in filled.columns]]


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _defused(key: str, _ready: Preparation) -> str | None:
    """Return a note on defused cells. The table is filled for it only if it or the plan has anything to defuse."""
    fills = [str(column.fill_value) for column in _ready.fitted.columns]
    names = [*_ready.prepared.feature_names, _ready.prepared.target]
    frame = tables.table().frame
    if not _has_formulas(tables.table_key(), frame) and defusing_note(fills) is None:
        return defusing_note(names)
    filled = _filled(_ready, frame)
    return defusing_note(list(dict.fromkeys([*names, *filled.columns])), filled)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _has_formulas(key: str, _frame: pd.DataFrame) -> bool:
    return defusing_note(list(_frame.columns), _frame) is not None


def _show(script: str, name: str) -> None:
    with st.expander(_("The code: the same with pandas and torch"), icon=":material/code:", expanded=True):
        st.code(script, language="python", height=TALLEST_CODE if script.count("\n") > LONGEST_CODE else "content")
        st.caption(
            escape_markdown(
                _("Save it beside {name} and run it: X and y are the tensors above, bit for bit.").format(name=name)
            )
        )
