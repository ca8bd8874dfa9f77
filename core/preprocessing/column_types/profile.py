"""The profile of a table, one row per column."""

from bisect import bisect_left
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.language import with_context
from core.preprocessing.column_types.arrow_text import to_arrow
from core.preprocessing.column_types.frames import check_frame
from core.preprocessing.column_types.infer import KindGuess, kind_guesses
from core.preprocessing.column_types.values import as_labels, as_numbers, holds_dates, holds_numbers, is_missing

BINS = 10
THREADS = 2


def profile(frame: pd.DataFrame) -> pd.DataFrame:
    """Describe every column of the table; one row each, in the table's order.

    Columns: `column` (its name), `kind` and `reason` (see `kind_guesses`), `missing` (count), `missing_share` (0 to 1;
    0 without rows), `distinct` (the number of distinct values, without missing ones), `example` (the first value as
    text, "" if there is none), `distribution` (a list of counts: numbers and dates in ten bins of equal width from the
    smallest to the largest, other values the ten most frequent, the largest count first; [] for a column without a
    value). An infinite number counts as missing.
    Raises InputError if the column names are not text or not unique.
    """
    check_frame(frame)
    guesses = kind_guesses(frame)
    plain = frame.copy(deep=False)
    plain.attrs = {}
    with ThreadPoolExecutor(THREADS) as threads:
        rows = list(
            threads.map(with_context(_describe), guesses, [plain[name] for name in plain.columns], guesses.values())
        )
    columns = ["column", "kind", "reason", "missing", "missing_share", "distinct", "example", "distribution"]
    return pd.DataFrame(rows, columns=columns)


def _describe(name: str, values: pd.Series, guess: KindGuess) -> dict[str, object]:
    gaps = is_missing(values)
    missing = int(gaps.sum())
    present = values[~gaps] if missing else values
    distinct: int
    distribution: list[float]
    if present.empty:
        distinct, distribution = 0, []
    elif holds_numbers(present) or holds_dates(present):
        ordered = np.sort(as_numbers(present, name))
        distinct = 1 + int(np.count_nonzero(ordered[1:] != ordered[:-1]))
        distribution = _bin_counts(ordered)
    else:
        counts = _count_labels(as_labels(present))
        distinct, distribution = len(counts), [float(count) for count in np.sort(counts)[::-1][:BINS]]
    return {
        "column": name,
        "kind": guess.kind,
        "reason": guess.reason,
        "missing": missing,
        "missing_share": missing / len(values) if len(values) else 0.0,
        "distinct": distinct,
        "example": str(as_labels(present.iloc[:1]).iloc[0]) if len(present) else "",
        "distribution": distribution,
    }


def _count_labels(labels: pd.Series) -> npt.NDArray[np.intp]:
    """Return how often each text occurs, shape (k,)."""
    codes = to_arrow(labels.astype("str")).dictionary_encode().indices.to_numpy()
    return np.bincount(codes)


def _bin_counts(ordered: npt.NDArray[np.float64]) -> list[float]:
    """Count sorted numbers in ten bins; a constant column fills the sixth, in the middle.

    `np.histogram` raises for neighbouring floats, between which no edges fit.
    """
    if max(abs(ordered[0]), abs(ordered[-1])) > 1e307:
        ordered = ordered / 4  # else largest - smallest may overflow
    low, width = float(ordered[0]), float(ordered[-1] - ordered[0])
    if not width:
        return [float(len(ordered)) if place == BINS // 2 else 0.0 for place in range(BINS)]

    def place(number: float) -> int:
        return int((number - low) / width * BINS)

    edges = [bisect_left(ordered, edge, key=place) for edge in range(1, BINS)]  # they are sorted, so few are compared
    return [float(end - start) for start, end in pairwise([0, *edges, len(ordered)])]
