"""The first and the last rows of a table, as read."""

from typing import Any

import pandas as pd
import streamlit as st

from core.formatting import format_count
from core.language import _
from core.preprocessing.schema import Table

ROWS_SHOWN = 10
COLUMNS_SHOWN = 50


def draw_preview(table: Table) -> None:
    """Draw both ends of the table, with the rows' lines in the file; of a wide one the first columns only."""
    frame = table.frame.iloc[:, :COLUMNS_SHOWN]
    if len(frame) <= ROWS_SHOWN:
        st.header(_("All rows"), anchor=False)
        _show(table, frame, _("All rows of the table."))
    else:
        st.header(_("First and last rows"), anchor=False)
        first, last = st.tabs([_("First rows"), _("Last rows")])
        with first:
            _show(table, frame.head(ROWS_SHOWN), _("The first rows of the table."))
        with last:
            _show(table, frame.tail(ROWS_SHOWN), _("The last rows of the table."))
    width = table.frame.shape[1]
    if width > COLUMNS_SHOWN:
        st.caption(
            _("Shown are the first {shown} of {count} columns.").format(shown=COLUMNS_SHOWN, count=format_count(width))
        )


def _show(table: Table, rows: pd.DataFrame, alt: str) -> None:
    config: dict[Any, Any] = {
        str(name): st.column_config.DatetimeColumn(format=_clock(rows[name])) for name in rows.select_dtypes("datetime")
    }
    config[0] = st.column_config.NumberColumn(_("Row"), format="%d", help=_("Counted from 0."))
    if table.reading.format == "csv" and table.raw is not None:
        rows = rows.set_axis(pd.Index([table.raw.line_of(label) for label in rows.index]))
        config[0] = st.column_config.NumberColumn(_("Line"), format="%d", help=_("In the file, counted from 1."))
    rows.attrs = {}  # how the file was read is not sent to the browser
    st.dataframe(rows, placeholder=_("missing"), column_config=config, alt=alt)


def _clock(dates: pd.Series) -> str:
    """Return the format of these dates: without a time if all are at midnight."""
    present = dates.dropna()
    return "YYYY-MM-DD" if (present == present.dt.normalize()).all() else "YYYY-MM-DD HH:mm:ss"
