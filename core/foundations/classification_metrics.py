"""How good probabilities of two classes are: mistakes at a threshold, their cost, and calibration."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import InputError
from core.formatting import format_number
from core.language import _
from core.regression.data.validation import Array, ArrayLike, as_array, check_size

LARGEST_COUNT = 1_000_000


@dataclass(frozen=True)
class Confusion:
    """The four counts of predictions of two classes.

    Attributes:
        true_positives: positive rows predicted positive.
        false_positives: negative rows predicted positive.
        false_negatives: positive rows predicted negative.
        true_negatives: negative rows predicted negative.
    """

    true_positives: int
    false_positives: int
    false_negatives: int
    true_negatives: int

    @property
    def rows(self) -> int:
        """The number of all rows."""
        return self.true_positives + self.false_positives + self.false_negatives + self.true_negatives

    @property
    def accuracy(self) -> float:
        """The share of rows predicted right."""
        return (self.true_positives + self.true_negatives) / self.rows

    @property
    def precision(self) -> float:
        """The share of positives among the rows predicted positive; NaN if none is."""
        return _share(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> float:
        """The share of the positive rows predicted positive; NaN if there is none."""
        return _share(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def specificity(self) -> float:
        """The share of the negative rows predicted negative; NaN if there is none."""
        return _share(self.true_negatives, self.true_negatives + self.false_positives)

    @property
    def balanced_accuracy(self) -> float:
        """The mean of recall and specificity, 1/2 for a model that always says the same; NaN without both classes."""
        return (self.recall + self.specificity) / 2

    def cost(self, false_positive: float, false_negative: float) -> float:
        """Return the cost of all mistakes, given that of each kind."""
        return self.false_positives * false_positive + self.false_negatives * false_negative


def confusion(probabilities: ArrayLike, positive: ArrayLike, threshold: float = 0.5) -> Confusion:
    """Return the counts for probabilities (n,) and labels (n,), 1 for positive; predicted positive from `threshold` on.

    Raises InputError for probabilities outside 0 to 1, labels other than 0 and 1, no rows, or different lengths.

    >>> confusion([0.2, 0.5, 0.9], [0, 0, 1])
    Confusion(true_positives=1, false_positives=1, false_negatives=0, true_negatives=1)
    """
    p, y = _checked(probabilities, positive)
    chosen = p >= threshold
    counts = [int(np.sum(a & b)) for a, b in ((chosen, y), (chosen, ~y), (~chosen, y), (~chosen, ~y))]
    return Confusion(*counts)


def every_threshold(
    probabilities: ArrayLike, positive: ArrayLike, false_positive: float = 1.0, false_negative: float = 1.0
) -> pd.DataFrame:
    """Return the counts and the cost of every threshold that makes a difference, from the largest down.

    The first is infinity, at which no row is predicted positive; each next one is a probability of some row. Columns:
    `threshold`, the counts as in `Confusion`, `cost`. No other threshold gives other counts, so the row with the
    smallest cost is the cheapest of all. Raises InputError as `confusion`, and for costs below 0 or above 1e100.
    """
    p, y = _checked(probabilities, positive)
    prices = check_size(false_positive, "false_positive"), check_size(false_negative, "false_negative")
    order = np.argsort(-p, kind="stable")
    last = np.flatnonzero(np.diff(p[order], append=-1.0) != 0)
    hits = np.concatenate([[0], np.cumsum(y[order])[last]])
    misses = np.concatenate([[0], np.cumsum(~y[order])[last]])
    table = pd.DataFrame({"threshold": np.concatenate([[np.inf], p[order][last]])})
    table["true_positives"], table["false_positives"] = hits, misses
    table["false_negatives"], table["true_negatives"] = y.sum() - hits, (~y).sum() - misses
    return table.assign(cost=table["false_positives"] * prices[0] + table["false_negatives"] * prices[1])


def calibration(probabilities: ArrayLike, positive: ArrayLike, bins: int = 10) -> pd.DataFrame:
    """Return what was predicted and what came true, for bins of equal width from 0 to 1; empty bins are left out.

    Columns: `low`, `high` (a bin has its lower end, the last one both), `rows`, `predicted` (the mean probability),
    `observed` (the share of positives), `error` (the standard deviation that a share of so many rows has if the
    predictions are right). Raises InputError as `confusion`, and for a number of bins below 1 or above a million.
    """
    p, y = _checked(probabilities, positive)
    if not 1 <= bins <= LARGEST_COUNT:
        raise InputError(_("bins has to be a number from 1 to a million; got {bins}.").format(bins=bins))
    place = np.minimum((p * bins).astype(int), bins - 1)
    frame = pd.DataFrame({"place": place, "p": p, "y": y, "variance": p * (1 - p)})
    found = frame.groupby("place").agg(
        rows=("p", "size"), predicted=("p", "mean"), observed=("y", "mean"), variance=("variance", "sum")
    )
    return pd.DataFrame(
        {
            "low": found.index / bins,
            "high": (found.index + 1) / bins,
            "rows": found["rows"].to_numpy(),
            "predicted": found["predicted"].to_numpy(),
            "observed": found["observed"].to_numpy(),
            "error": np.sqrt(found["variance"].to_numpy()) / found["rows"].to_numpy(),
        }
    )


def _checked(probabilities: ArrayLike, positive: ArrayLike) -> tuple[Array, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    p, y = as_array(probabilities, "probabilities"), as_array(positive, "positive")
    if p.ndim != 1 or p.shape != y.shape or not len(p):
        raise InputError(
            _("Each row needs one probability and one label; the shapes are {p} and {y}.").format(
                p=tuple(p.shape), y=tuple(y.shape)
            )
        )
    if p.min() < 0 or p.max() > 1:
        raise InputError(
            _("Probabilities have to be from 0 to 1; got {low} to {high}.").format(
                low=format_number(float(p.min())), high=format_number(float(p.max()))
            )
        )
    if not np.isin(y, (0.0, 1.0)).all():
        raise InputError(_("Labels have to be 0 or 1, with 1 for the positive class."))
    return p, y == 1


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
