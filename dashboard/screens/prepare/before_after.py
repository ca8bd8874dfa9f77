"""The table before and after, row by row: rows with missing values first."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from core.formatting import format_count, format_general
from core.language import _, ngettext
from core.preprocessing.naming import unique_names
from dashboard.pipeline import tables
from dashboard.pipeline.tables import Preparation
from dashboard.ui.escape import show_notes
from dashboard.visit.cache import cache_resource

ROWS_SHOWN = 30
COLUMNS_SHOWN = 50
SHORT_NAME, MARKED_WIDTH = 9, 80  # letters and pixels: a narrow column would truncate the word in its missing cells
FILLED = "background-color: rgba(230, 159, 0, 0.35)"  # visible on light and on dark, and explained in words


@dataclass(frozen=True, eq=False)
class Look:
    """A few rows before and after, which of their cells were filled, and how many were filled in all rows."""

    before: pd.DataFrame
    filled_before: pd.DataFrame
    after: pd.DataFrame
    filled_after: pd.DataFrame
    cells: int
    rows_with_gaps: int
    more_features: int


def draw_before_after(ready: Preparation) -> None:
    """Draw both sides and what is shown of them."""
    st.header(_("Before and after"), anchor=False)
    look = _look(ready.key, ready, tables.table().frame)
    row: dict[str, Any] = {"_index": st.column_config.Column(_("Row"))}
    left, right = st.columns(2, gap="large")
    left.markdown(_("**Before**: the table as it was read"))
    left.dataframe(
        _painted(look.before, look.filled_before),
        placeholder=_("missing"),
        column_config={
            name: st.column_config.Column(width=MARKED_WIDTH)
            for name in look.before.columns[look.filled_before.any()]
            if len(name) < SHORT_NAME
        }
        | row,
        alt=_("The table before, missing cells shaded."),
    )
    right.markdown(_("**After**: the tensors X and y"))
    right.dataframe(
        _painted(look.after, look.filled_after), column_config=row, alt=_("The tensors, filled cells shaded.")
    )
    st.caption(" ".join(_caption_lines(look)))
    show_notes(ready.notes)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _look(key: str, _ready: Preparation, _frame: pd.DataFrame) -> Look:
    """Select the rows after preparing the table: prepared alone, a forward fill would give other values."""
    prepared, columns = _ready.prepared, _ready.fitted.columns
    marks = _ready.fitted.filled_cells(_frame)
    places = _frame.index.get_indexer(prepared.rows)  # the position in the table of each row of X
    filled = marks.to_numpy()[places]
    with_gaps = filled.any(axis=1)
    shown = (np.flatnonzero(with_gaps) if with_gaps.any() else np.arange(len(places)))[:ROWS_SHOWN]
    labels = prepared.rows[shown]
    few = pd.DataFrame(filled[shown], index=labels, columns=marks.columns)
    source = [column.plan.column for column in columns for _feature in column.feature_names]
    filled_features = few[source].set_axis(pd.Index(prepared.feature_names), axis=1)
    order = _filled_first(filled_features)
    after = pd.DataFrame(prepared.X[shown][:, order].numpy(), index=labels, columns=filled_features.columns[order])
    target = unique_names([*prepared.feature_names, prepared.target])[-1]
    after[target] = prepared.y[shown].numpy()
    before = _frame.iloc[places[shown]][[*few.columns[_filled_first(few)], _ready.recipe.target]]
    before.attrs = {}  # how the file was read is not sent to the browser
    return Look(
        before,
        few.reindex(columns=before.columns, fill_value=False),
        after,
        filled_features.reindex(columns=after.columns, fill_value=False),
        int(filled.sum()),
        int(with_gaps.sum()),
        len(prepared.feature_names) - len(order),
    )


def _filled_first(filled: pd.DataFrame) -> list[int]:
    """Return the positions of the columns to show, those with filled cells first."""
    return sorted(range(filled.shape[1]), key=lambda place: not filled.iloc[:, place].any())[:COLUMNS_SHOWN]


def _in_full(value: Any) -> str:
    return format_general(value, 10)


def _as_moment(value: Any) -> str:
    """Return a date, with its time unless it is midnight, as the preview on Data has it; nothing if it is missing."""
    if pd.isna(value):
        return ""
    return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M:%S}"


def _painted(frame: pd.DataFrame, filled: pd.DataFrame) -> Styler:
    shades = filled.map(lambda mark: FILLED if mark else "")
    numbers = frame.select_dtypes("number").columns
    painted = frame.style.apply(lambda _frame: shades, axis=None).format(_in_full, subset=numbers)
    return painted.format(_as_moment, subset=frame.select_dtypes(["datetime", "datetimetz"]).columns)


def _caption_lines(look: Look) -> list[str]:
    lines = [
        ngettext("{count} cell was filled.", "{count} cells were filled.", look.cells).format(
            count=format_count(look.cells)
        )
    ]
    if look.cells:
        lines.append(
            _(
                "Shown are the first {shown} of {rows} rows with missing values; filled columns are shaded and come "
                "first."
            ).format(shown=len(look.before), rows=format_count(look.rows_with_gaps))
        )
    else:
        lines.append(_("Shown are the first {shown} rows.").format(shown=len(look.before)))
    if look.more_features:
        lines.append(
            ngettext(
                "{count} more tensor column is not shown.", "{count} more tensor columns are not shown.",
                look.more_features,
            ).format(count=look.more_features)
        )  # fmt: skip
    return lines
