"""Fitted columns, written into one matrix."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import _, ngettext
from core.preprocessing.columns.kinds import as_labels, as_numbers, is_gap
from core.preprocessing.naming import quote_names

if TYPE_CHECKING:
    from core.preprocessing.recipes.fitted import FittedColumn

MOST_CELLS = 2**28  # 2 GiB of float64

GAP, UNSEEN = -1, -2


def write_features(columns: "Sequence[FittedColumn]", frame: pd.DataFrame) -> tuple[npt.NDArray[np.float64], list[str]]:
    """Return the features (n, d) of these rows, and notes on values the training rows did not have.

    The matrix is allocated once and each column written into its place: on large tables several times quicker than
    joining tables of indicators. Raises InputError if it would have more than 2**28 cells.
    """
    width = sum(len(column.feature_names) for column in columns)
    if len(frame) * width > MOST_CELLS:
        raise InputError(
            _("{rows} rows with {width} features are too many at once; leave out columns or rows.").format(
                rows=f"{len(frame):,}", width=f"{width:,}"
            )
        )
    matrix = np.zeros((len(frame), width))
    notes: list[str] = []
    start = 0
    for column in columns:
        end = start + len(column.feature_names)
        values = frame[column.plan.column]
        if column.plan.encode == "number":
            _write_number(column, values, matrix[:, start])
        else:
            notes += _write_one_hot(column, values, matrix[:, start:end])
        start = end
    return matrix, notes


def _write_number(column: "FittedColumn", values: pd.Series, out: npt.NDArray[np.float64]) -> None:
    out[:] = as_numbers(values, column.plan.column)
    if column.fill_value is not None:
        out[np.isnan(out)] = column.fill_value


def _write_one_hot(column: "FittedColumn", values: pd.Series, out: npt.NDArray[np.float64]) -> list[str]:
    gaps = is_gap(values)
    codes = _find_categories(column, values, gaps)
    unseen = sorted(set(as_labels(values[codes == UNSEEN])))
    if column.fill_value in column.categories:
        codes[gaps] = column.categories.index(column.fill_value)
    elif column.has_missing_column:
        codes[gaps] = len(column.categories)
    rows = np.flatnonzero(codes >= 0)
    out[rows, codes[rows]] = 1.0
    return _unseen_notes(column, unseen, int((codes == UNSEEN).sum()), int((codes == GAP).sum()))


def _find_categories(column: "FittedColumn", values: pd.Series, gaps: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Return for each row the place of its category, or GAP or UNSEEN."""
    of_numbers = isinstance(column.categories[0], float)
    found: pd.Series = pd.Series(as_numbers(values, column.plan.column)) if of_numbers else as_labels(values)
    codes, distinct = pd.factorize(found)
    places = pd.Index(column.categories).get_indexer(pd.Index(distinct))
    places = np.append(np.where(places < 0, UNSEEN, places), GAP)  # a gap has the code -1: the last place
    codes = places[codes]
    codes[gaps] = GAP
    return codes


def _unseen_notes(column: "FittedColumn", unseen: list[str], unseen_rows: int, gap_rows: int) -> list[str]:
    notes = []
    name = quote_names([column.plan.column])
    if unseen_rows:
        notes.append(
            ngettext(
                "{name}: {count} row holds a category the training rows did not have ({unseen}); "
                "its features are 0 there.",
                "{name}: {count} rows hold categories the training rows did not have ({unseen}); "
                "its features are 0 there.",
                unseen_rows,
            ).format(name=name, count=unseen_rows, unseen=quote_names(unseen))
        )
    if gap_rows:
        notes.append(
            ngettext(
                "{name}: {count} row has a gap, for which the training rows give no category; "
                "its features are 0 there.",
                "{name}: {count} rows have a gap, for which the training rows give no category; "
                "its features are 0 there.",
                gap_rows,
            ).format(name=name, count=gap_rows)
        )
    return notes
