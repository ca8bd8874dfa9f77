"""Statistics and counts of one column before and after its missing values are filled.

The table has n rows labelled 0 to n - 1. A series is measured; its labels say which of the rows it has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.column_types.infer import as_labels, as_numbers, holds_numbers, is_missing

Numbers = npt.NDArray[np.float64]

BINS = 24
MOST = np.finfo(np.float64).max


def mean_and_spread(values: Numbers) -> tuple[float, float]:
    """Return mean and standard deviation (n in the divisor) of the present values; NaN and NaN if there are none.

    >>> mean_and_spread(np.array([1.0, np.nan, 3.0]))
    (2.0, 1.0)
    """
    present = values[~np.isnan(values)]
    if not len(present):
        return np.nan, np.nan
    scale = _scale(present)
    shrunk = present / scale
    return float(shrunk.mean() * scale), float(shrunk.std() * scale)


def root_mean_square(values: Numbers) -> float:
    """Return the root mean square; NaN without values."""
    if not len(values):
        return np.nan
    scale = _scale(values)
    return float(np.sqrt(np.mean((values / scale) ** 2)) * scale)


def correlation(first: Numbers, second: Numbers) -> float:
    """Return Pearson's correlation over the rows where both are present; NaN if fewer than two, or one is constant.

    >>> round(correlation(np.array([1.0, 2.0, 3.0, np.nan]), np.array([2.0, 4.0, 6.0, 0.0])), 12)
    1.0
    """
    both = ~(np.isnan(first) | np.isnan(second))
    x, y = first[both], second[both]
    if len(x) < 2 or x.min() == x.max() or y.min() == y.max():
        return np.nan
    x, y = _centred(x), _centred(y)
    # Sums, not dot products: at these sizes BLAS takes longer to start its threads than to add.
    return float(np.clip((x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum()), -1.0, 1.0))


def correlations(values: Numbers, others: Mapping[str, Numbers]) -> dict[str, float]:
    """Return the correlation of a column with each of the others, NaN where there is none."""
    return {name: correlation(values, other) for name, other in others.items()}


def largest_change(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[float, str]:
    """Return the largest change of a correlation, and with which column.

    NaN and "" if no correlation exists in both; 0 and "" without a change.
    """
    changes = {name: after[name] - before[name] for name in before if not np.isnan(after[name] - before[name])}
    if not changes:
        return np.nan, ""
    name = max(changes, key=lambda other: abs(changes[other]))
    return changes[name], name if changes[name] else ""


def equal_bins(arrays: Sequence[Numbers]) -> Numbers:
    """Return the edges of 24 bins of equal width over all present values, shape (25,); ±1/2 around a single value.

    Without any value the bins go from 0 to 1.
    """
    present = np.concatenate([values[~np.isnan(values)] for values in arrays]) if arrays else np.zeros(0)
    if not len(present):
        return np.linspace(0.0, 1.0, BINS + 1)
    low, high = float(present.min()), float(present.max())
    if low == high:
        half = max(0.5, abs(low) * 1e-3)
        low, high = np.clip([low - half, high + half], -MOST, MOST)
    steps = np.arange(BINS + 1) / BINS
    return np.asarray(low * (1 - steps) + high * steps)


def count_in_bins(values: Numbers, edges: Numbers) -> npt.NDArray[np.int64]:
    """Count the present values in each bin, the last one closed on both sides; shape (bins,)."""
    present = values[~np.isnan(values)]
    places = np.searchsorted(edges, present, side="right") - 1
    return np.bincount(np.clip(places, 0, len(edges) - 2), minlength=len(edges) - 1)


def _scale(values: Numbers) -> float:
    """Return a power of two to divide values far from 1 by, so that their squares stay in range."""
    largest = float(np.abs(values).max())
    if largest == 0 or 1e-100 < largest < 1e100:
        return 1.0
    return float(2.0 ** np.clip(np.floor(np.log2(largest)), -1000, 1000))


def _centred(values: Numbers) -> Numbers:
    shrunk = values / _scale(values)
    return np.asarray(shrunk - shrunk.mean())


MOST_OTHERS = 40  # columns whose correlation is compared
MOST_WATCHED_ROWS = 100_000  # for these correlations
MOST_VALUES = 12  # categories that are shown separately
MOST_NEW = 2  # of those that occur only in a fill, or in the truth
OWN_CLASS = "nan"  # its name in get_dummies

Measures = dict[str, object]


def is_date(values: pd.Series) -> bool:
    """Return whether a column holds dates."""
    return bool(pd.api.types.is_datetime64_any_dtype(values.dtype))


def is_numeric(values: pd.Series) -> bool:
    """Return whether a column holds numbers, or dates, which can be measured as days."""
    return is_date(values) or (holds_numbers(values) and not bool(values.isna().all()))


def to_numbers(values: pd.Series) -> Numbers:
    """Return numbers as they are and dates as days since 1970, NaN where missing, shape (n,)."""
    if is_date(values):
        naive = values.dt.tz_convert("UTC").dt.tz_localize(None) if values.dt.tz is not None else values
        return np.asarray((naive - pd.Timestamp(0)) / pd.Timedelta(days=1), dtype=np.float64)
    return as_numbers(values, str(values.name))


def watch_step(rows: int) -> int:
    """Return the step between the rows used for the correlations with other columns."""
    return max(1, -(-rows // MOST_WATCHED_ROWS))


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """A column of numbers or dates.

    Attributes:
        values: of the column, NaN where missing.
        target: the label of each row.
        others: the other columns of numbers that it is correlated with, by name.
        step: of the others every `step`-th row is kept.
        truth: all values, where they are known.
    """

    values: Numbers
    target: Numbers
    others: Mapping[str, Numbers]
    step: int
    truth: Numbers | None = None

    @staticmethod
    def of(frame: pd.DataFrame, name: str, target: str, truth: pd.Series | None = None) -> "NumberColumn":
        """Return the column to study. Of the other numeric columns the first 40 are compared."""
        others = [other for other in frame.columns if other not in (name, target) and is_numeric(frame[other])]
        step = watch_step(len(frame))
        watched = {str(other): to_numbers(frame[other].iloc[::step]) for other in others[:MOST_OTHERS]}
        known = None if truth is None else to_numbers(truth)
        return NumberColumn(to_numbers(frame[name]), to_numbers(frame[target]), watched, step, known)

    @cached_property
    def before(self) -> dict[str, float]:
        """The correlation of the present values with each other column."""
        return correlations(self.values[:: self.step], self.others)

    def measure(self, filled: pd.Series) -> Measures:
        """Measure the column with these rows; see `FillComparison.measured`."""
        numbers = self._place(filled)
        mean, spread = mean_and_spread(numbers)
        after = correlations(numbers[:: self.step], self.others)
        change, name = largest_change(self.before, after)
        was_gap = np.isnan(self.values) & ~np.isnan(numbers)
        error = np.nan
        if self.truth is not None:
            error = root_mean_square((numbers - self.truth)[was_gap & ~np.isnan(self.truth)])
        return {
            "rows": int((~np.isnan(numbers)).sum()),
            "filled": int(was_gap.sum()),
            "mean": mean,
            "spread": spread,
            "correlation": correlation(numbers, self.target),
            "largest_change": change,
            "changed_with": name,
            "error": error,
        }

    def count(self, ways: Mapping[str, pd.Series]) -> pd.DataFrame:
        """Count present and filled values in bins shared by all ways, except for a constant outside of them."""
        placed = {way: self._place(filled) for way, filled in ways.items()}
        shared = equal_bins([numbers for way, numbers in placed.items() if way != "constant"])
        was_gap = np.isnan(self.values)
        tables = []
        for way, numbers in placed.items():
            outside = way == "constant" and not shared[0] <= np.nanmin(numbers) <= np.nanmax(numbers) <= shared[-1]
            edges = equal_bins([numbers]) if outside else shared
            for part, rows in (("present", ~was_gap), ("filled", was_gap)):
                counts = count_in_bins(numbers[rows], edges)
                bins = {"way": way, "part": part, "low": edges[:-1], "high": edges[1:], "count": counts}
                tables.append(pd.DataFrame(bins))
        return pd.concat(tables, ignore_index=True)

    def _place(self, filled: pd.Series) -> Numbers:
        """Return the numbers at their rows, NaN at absent rows, shape (n,)."""
        numbers = np.full(len(self.values), np.nan)
        numbers[filled.index.to_numpy()] = to_numbers(filled)
        return numbers


@dataclass(frozen=True, eq=False)
class LabelColumn:
    """A column of anything but numbers: categories, yes and no, text. Missing values that stay are a class of their
    own.

    Attributes:
        gaps: whether the value of a row is missing.
        present: the values that are there.
        truth: all values, where they are known.
    """

    gaps: npt.NDArray[np.bool_]
    present: pd.Series = field(repr=False)
    truth: pd.Series | None = None

    @staticmethod
    def of(frame: pd.DataFrame, name: str, truth: pd.Series | None = None) -> "LabelColumn":
        """Return the column to study."""
        gaps = is_missing(frame[name])
        return LabelColumn(gaps, as_labels(frame[name])[~gaps], None if truth is None else as_labels(truth))

    def measure(self, filled: pd.Series) -> Measures:
        """Measure the column with these rows; see `FillComparison.measured`."""
        labels = as_labels(filled)
        was_gap = self.gaps[labels.index.to_numpy()]
        counts = _shares(labels)
        return {
            "rows": len(labels),
            "filled": int(was_gap.sum()),
            "classes": len(counts),
            "top": str(counts.index[0]) if len(counts) else "",
            "top_share": float(counts.iloc[0]) if len(counts) else np.nan,
            "error": self._wrong(labels[was_gap]),
        }

    def count(self, ways: Mapping[str, pd.Series]) -> pd.DataFrame:
        """Count by value: the 12 most frequent present ones, those that a fill adds, and the rest as one."""
        present = self.present.value_counts().index
        known = list(present[:MOST_VALUES])
        tables = []
        for way, filled in ways.items():
            labels = as_labels(filled).fillna(OWN_CLASS)
            was_gap = self.gaps[labels.index.to_numpy()]
            new = labels[was_gap].drop_duplicates()
            shown = [*known, *new[~new.isin(present)][:MOST_NEW]]
            for part, rows in (("present", ~was_gap), ("filled", was_gap)):
                counts = labels[rows].value_counts()
                named = counts.reindex(shown, fill_value=0)
                rest = int(counts.sum() - named.sum())
                values = [*named.index, *([None] if rest else [])]
                tables.append(
                    pd.DataFrame({
                        "way": way,
                        "part": part,
                        "value": pd.Series(values, dtype=object),
                        "count": [*named.to_numpy(), *([rest] if rest else [])],
                    })
                )  # fmt: skip
        return pd.concat(tables, ignore_index=True)

    def _wrong(self, labels: pd.Series) -> float:
        """Return the share of filled values that are not the true ones; a class of its own does not count."""
        if self.truth is None:
            return np.nan
        truth = self.truth.loc[labels.index]
        judged = labels.notna() & truth.notna()
        return float((labels[judged] != truth[judged]).mean()) if judged.any() else np.nan


def _shares(labels: pd.Series) -> pd.Series:
    counts = labels.fillna(OWN_CLASS).value_counts()
    return counts / max(counts.sum(), 1)
