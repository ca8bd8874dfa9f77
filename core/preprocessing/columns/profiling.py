"""What is in a table, one row per column."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.columns.kinds import Kind, as_labels, as_numbers, holds_numbers, is_gap, judge_labels
from core.preprocessing.frames import check_frame

BINS = 10


def profile(frame: pd.DataFrame) -> pd.DataFrame:
    """Describe every column of the table; one row each, in the table's order.

    Columns: `column` (its name), `kind` (see `column_kind`), `missing` (count), `missing_share` (0 to 1; 0 without
    rows), `distinct` (values that differ, missing left out), `example` (the first value as text, "" if there is none),
    `distribution` (a list of counts: numbers in ten bins of equal width from the smallest to the largest, other values
    the ten most frequent, the largest count first; [] for an empty column). An infinite number counts as missing.
    Raises InputError if the column names are not text or not unique.
    """
    check_frame(frame)
    plain = frame.copy(deep=False)
    plain.attrs = {}
    rows = [_describe(str(name), plain[name]) for name in plain.columns]
    columns = ["column", "kind", "missing", "missing_share", "distinct", "example", "distribution"]
    return pd.DataFrame(rows, columns=columns)


def _describe(name: str, values: pd.Series) -> dict[str, object]:
    gaps = is_gap(values)
    present = values[~gaps]
    missing = int(gaps.sum())
    kind: Kind
    distribution: list[float]
    if present.empty:
        kind, distinct, distribution = "empty", 0, []
    elif holds_numbers(present):
        numbers = as_numbers(present, name)
        kind, distinct, distribution = "number", len(pd.unique(numbers)), _bin_counts(numbers)
    else:
        counts = as_labels(present).value_counts()
        kind, distinct = judge_labels(len(present), len(counts)), len(counts)
        distribution = [float(count) for count in counts.iloc[:BINS]]
    return {
        "column": name,
        "kind": kind,
        "missing": missing,
        "missing_share": missing / len(values) if len(values) else 0.0,
        "distinct": distinct,
        "example": str(as_labels(present.iloc[:1]).iloc[0]) if len(present) else "",
        "distribution": distribution,
    }


def _bin_counts(numbers: npt.NDArray[np.float64]) -> list[float]:
    """Count in ten bins; a column that never varies fills the sixth, in the middle.

    `np.histogram` refuses neighbouring floats, between which its edges find no room.
    """
    numbers = numbers / 4 if np.abs(numbers).max() > 1e307 else numbers  # else max - min may overflow
    low, width = numbers.min(), np.ptp(numbers)
    places = (numbers - low) / width if width else np.full(len(numbers), 0.5)
    bins = np.minimum((places * BINS).astype(np.intp), BINS - 1)
    return [float(count) for count in np.bincount(bins, minlength=BINS)]
