"""Copies of rows: the test error with them on both sides of the split, beside that with them on one side."""

import pandas as pd
import streamlit as st

from core.formatting import format_count
from core.language import N_, _
from core.preprocessing import Recipe
from core.preprocessing.analysis.leakage.copies import CopiesLeak, measure_copies
from dashboard.charts.leakage import paired_errors
from dashboard.pipeline import tables
from dashboard.ui.escape import escape_markdown
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource


def draw_copies() -> None:
    """Draw what the copies among the rows do to the test error, or the sentence that there are none."""
    st.header(_("Copies of rows"), anchor=False)
    share, seed = settings.value("prepare_test_share"), settings.value("prepare_split_seed")
    recipe = tables.recipe()
    leak = _measured(tables.table_key(), recipe.to_json(), share, seed, tables.table().frame)
    st.markdown(f"**{escape_markdown(leak.sentence)}**" if leak.copies else escape_markdown(leak.sentence))
    if not len(leak.errors):
        return
    words = {"honest_test": _("copies on one side"), "leaky_test": _("copies on both sides")}
    chart, why = st.columns([1.6, 1], gap="large")
    title = _("Test error over {rows} rows").format(rows=format_count(leak.rows))
    pairs = paired_errors(leak.errors, recipe.label, title, _("A line joins the two errors of a split."), words)
    chart.altair_chart(pairs, alt=leak.sentence)
    why.markdown(
        _("A test row that was trained on tells nothing about new rows. A copy is such a row, wherever it comes from: "
          "a file that was exported twice, or one line for every item of the same order. “Keep copies on one side” "
          "above splits them together.")
    )  # fmt: skip


@cache_resource(scope="session", max_entries=4, show_spinner=N_("Measuring what copies do"))
def _measured(key: str, recipe_json: str, share: int, seed: int, _frame: pd.DataFrame) -> CopiesLeak:
    return measure_copies(_frame, Recipe.from_json(recipe_json), share / 100, seed)
