"""A note on rows that are copies of an earlier row."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.formatting import format_count
from core.language import ngettext
from core.preprocessing.column_types.duplicates import Places, count_copies, first_equal_rows
from core.preprocessing.naming import quote_names
from core.preprocessing.schema import ColumnReading

FEWEST_COLUMNS = 2  # in a table of one column, equal rows are but equal values


def note_copies(frame: pd.DataFrame, columns: Sequence[ColumnReading]) -> tuple[str, ...]:
    """Return a note on the rows that equal an earlier one in every column, and one on those that do but for their
    identifiers; () if there are none.

    Missing equals missing. Columns without a value do not count; with a single other column nothing is noted.
    """
    identifiers = [column.name for column in columns if column.kind == "identifier"]
    others = [column.name for column in columns if column.kind not in ("identifier", "empty")]
    if len(others) < FEWEST_COLUMNS:
        return ()
    first = first_equal_rows(frame[others])
    alike = count_copies(first)
    copies = _count_equal_in_these_too(first, frame[identifiers]) if alike and identifiers else alike
    notes = []
    if copies:
        notes.append(
            ngettext(
                "{count} of {rows} rows is a copy of an earlier row: equal in every column. If one of the two is "
                "tested on and the other trained on, the test error looks too small.",
                "{count} of {rows} rows are copies of an earlier row: equal in every column. Where rows tested on are "
                "copies of rows trained on, the test error looks too small.",
                copies,
            ).format(count=format_count(copies), rows=format_count(len(frame)))
        )
    if alike > copies:
        notes.append(
            ngettext(
                "{count} of {rows} rows equals an earlier row in every column but {names}.",
                "{count} of {rows} rows equal an earlier row in every column but {names}.",
                alike,
            ).format(count=format_count(alike), rows=format_count(len(frame)), names=quote_names(identifiers))
        )
    return tuple(notes)


def _count_equal_in_these_too(first: Places, more: pd.DataFrame) -> int:
    """Return how many of the rows that equal an earlier one equal one in these columns too."""
    later = np.flatnonzero(first != np.arange(len(first)))
    rows = np.union1d(later, first[later])
    keys = pd.DataFrame({"first": first[rows]})
    return count_copies(first_equal_rows(pd.concat([keys, more.iloc[rows].reset_index(drop=True)], axis="columns")))
