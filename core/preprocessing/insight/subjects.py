"""One column under study: how it is measured and counted before and after its gaps are filled.

The table has n rows labelled 0 to n - 1. What is measured is a series whose labels say which of the rows are there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.columns.kinds import as_labels, as_numbers, holds_numbers, is_gap
from core.preprocessing.insight import measures
from core.preprocessing.insight.measures import Numbers

MOST_OTHERS = 40  # columns whose correlation is watched
MOST_WATCHED_ROWS = 100_000  # for these correlations
MOST_VALUES = 12  # categories that are told apart
MOST_NEW = 2  # of those that only a fill, or the truth, brings in
OWN_CLASS = "nan"  # as get_dummies calls it

Measures = dict[str, object]


def is_date(values: pd.Series) -> bool:
    """Say whether a column holds dates."""
    return bool(pd.api.types.is_datetime64_any_dtype(values.dtype))


def is_numeric(values: pd.Series) -> bool:
    """Say whether a column holds numbers, or dates, which can be measured as days."""
    return is_date(values) or (holds_numbers(values) and not bool(values.isna().all()))


def to_numbers(values: pd.Series) -> Numbers:
    """Return numbers as they are and dates as days since 1970, NaN where missing, shape (n,)."""
    if is_date(values):
        naive = values.dt.tz_convert("UTC").dt.tz_localize(None) if values.dt.tz is not None else values
        return np.asarray((naive - pd.Timestamp(0)) / pd.Timedelta(days=1), dtype=np.float64)
    return as_numbers(values, str(values.name))


def watch_step(rows: int) -> int:
    """Return every how many rows one is taken for the correlations with other columns."""
    return max(1, -(-rows // MOST_WATCHED_ROWS))


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """A column of numbers or dates, the label of each row, and the other columns of numbers it is correlated with.

    Of the others every `step`-th row is kept.
    """

    values: Numbers
    target: Numbers
    others: Mapping[str, Numbers]
    step: int
    truth: Numbers | None = None

    @staticmethod
    def of(frame: pd.DataFrame, name: str, target: str, truth: pd.Series | None = None) -> "NumberColumn":
        """Take the column up for study. Of the other columns of numbers the first 40 are watched."""
        others = [other for other in frame.columns if other not in (name, target) and is_numeric(frame[other])]
        step = watch_step(len(frame))
        watched = {str(other): to_numbers(frame[other].iloc[::step]) for other in others[:MOST_OTHERS]}
        known = None if truth is None else to_numbers(truth)
        return NumberColumn(to_numbers(frame[name]), to_numbers(frame[target]), watched, step, known)

    @cached_property
    def before(self) -> dict[str, float]:
        """The correlation of the present values with each other column."""
        return measures.correlations(self.values[:: self.step], self.others)

    def measure(self, filled: pd.Series) -> Measures:
        """Measure the column with these rows; see `FillComparison.measured`."""
        numbers = self._place(filled)
        mean, spread = measures.mean_and_spread(numbers)
        after = measures.correlations(numbers[:: self.step], self.others)
        change, name = measures.largest_change(self.before, after)
        was_gap = np.isnan(self.values) & ~np.isnan(numbers)
        error = np.nan
        if self.truth is not None:
            error = measures.root_mean_square((numbers - self.truth)[was_gap & ~np.isnan(self.truth)])
        return {
            "rows": int((~np.isnan(numbers)).sum()),
            "filled": int(was_gap.sum()),
            "mean": mean,
            "spread": spread,
            "correlation": measures.correlation(numbers, self.target),
            "largest_change": change,
            "changed_with": name,
            "error": error,
        }

    def count(self, ways: Mapping[str, pd.Series]) -> pd.DataFrame:
        """Count present and filled values in bins shared by all ways, but for a constant that lies outside of them."""
        placed = {way: self._place(filled) for way, filled in ways.items()}
        shared = measures.equal_bins([numbers for way, numbers in placed.items() if way != "constant"])
        was_gap = np.isnan(self.values)
        tables = []
        for way, numbers in placed.items():
            outside = way == "constant" and not shared[0] <= np.nanmin(numbers) <= np.nanmax(numbers) <= shared[-1]
            edges = measures.equal_bins([numbers]) if outside else shared
            for part, rows in (("present", ~was_gap), ("filled", was_gap)):
                counts = measures.count_in_bins(numbers[rows], edges)
                bins = {"way": way, "part": part, "low": edges[:-1], "high": edges[1:], "count": counts}
                tables.append(pd.DataFrame(bins))
        return pd.concat(tables, ignore_index=True)

    def _place(self, filled: pd.Series) -> Numbers:
        """Return the numbers at their rows, NaN at rows that are not there, shape (n,)."""
        numbers = np.full(len(self.values), np.nan)
        numbers[filled.index.to_numpy()] = to_numbers(filled)
        return numbers


@dataclass(frozen=True, eq=False)
class LabelColumn:
    """A column of anything but numbers: categories, yes and no, text. Gaps that are left are a class of their own."""

    gaps: npt.NDArray[np.bool_]
    present: pd.Series = field(repr=False)
    truth: pd.Series | None = None

    @staticmethod
    def of(frame: pd.DataFrame, name: str, truth: pd.Series | None = None) -> "LabelColumn":
        """Take the column up for study."""
        gaps = is_gap(frame[name])
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
        """Count by value: the 12 most frequent present ones, those that a fill brings in, and the rest as one."""
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
        """Return the share of filled values that are not the true ones; a class of its own claims nothing."""
        if self.truth is None:
            return np.nan
        truth = self.truth.loc[labels.index]
        judged = labels.notna() & truth.notna()
        return float((labels[judged] != truth[judged]).mean()) if judged.any() else np.nan


def _shares(labels: pd.Series) -> pd.Series:
    counts = labels.fillna(OWN_CLASS).value_counts()
    return counts / max(counts.sum(), 1)
