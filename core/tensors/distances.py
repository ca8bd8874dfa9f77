"""Distances between rows under a norm, and nearest rows."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.tensors.norms import Array, ArrayLike, entries, power_of_norm

MOST_PAIRED = 1_000  # rows for pairwise distances


def distances_from(X: ArrayLike, row: int, p: float) -> Array:
    """Return the norm of the difference of each row of X (n, d) and one of its rows, shape (n,).

    Powers overflow or underflow only where the distance itself does. Raises InputError unless X is a matrix of finite
    numbers with a row of this number, and for p ≤ 0.
    """
    matrix, p = _rows(X), power_of_norm(p)
    if not 0 <= row < len(matrix):
        template = _("There is no row {row}: the {rows} rows are counted from 0.")
        raise InputError(template.format(rows=len(matrix), row=row))
    with np.errstate(over="ignore"):
        return _lengths(matrix - matrix[row], p)


def distances_between(X: ArrayLike, p: float) -> Array:
    """Return the distances of all pairs of rows of X (n, d), shape (n, n), with 0 along the diagonal.

    Raises InputError as `distances_from`, and for more than 1,000 rows.
    """
    matrix, p = _rows(X), power_of_norm(p)
    if len(matrix) > MOST_PAIRED:
        template = _("Pairwise distances are computed for at most {most} rows; got {rows}. Use fewer.")
        raise InputError(template.format(most=format_count(MOST_PAIRED), rows=format_count(len(matrix))))
    with np.errstate(over="ignore"):
        return np.stack([_lengths(matrix - row, p) for row in matrix]) if len(matrix) else np.zeros((0, 0))


def column_shares(X: ArrayLike, row: int, p: float) -> Array:
    """Return each column's mean share of the distances from one row to all others, shape (d,).

    The share in one distance is |difference|ᵖ over their sum; for p = ∞ the column with the largest difference has all
    of it; ties share it equally. Equal rows are left out; if all are equal, all shares are 0.
    Raises InputError as `distances_from`.
    """
    matrix, p = _rows(X), power_of_norm(p)
    sizes = np.abs(matrix / 2 - matrix[row] / 2)  # halves, which never overflow
    peaks = sizes.max(axis=1, keepdims=True, initial=0.0)
    sizes, peaks = sizes[peaks[:, 0] > 0], peaks[peaks[:, 0] > 0]
    if not len(sizes):
        return np.zeros(matrix.shape[1])
    with np.errstate(under="ignore"):
        powers = (sizes == peaks).astype(np.float64) if math.isinf(p) else (sizes / peaks) ** p
    return np.asarray((powers / powers.sum(axis=1, keepdims=True)).mean(axis=0), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Who is nearest to whom. Of rows that are as near, the first counts.

    Attributes:
        nearest (n,): the index of the nearest other row.
        distance (n,): its distance.
    """

    nearest: npt.NDArray[np.int64]
    distance: Array

    def label_gap(self, labels: ArrayLike) -> float:
        """Return the mean absolute difference between the finite labels (n,) of a row and its nearest row."""
        values = np.asarray(labels, dtype=np.float64)
        return float(np.abs(values - values[self.nearest]).mean())


def nearest_rows(between: Array) -> Neighbours:
    """Return the nearest row of each row from the pairwise distances (n, n).

    Raises InputError for fewer than two rows.
    """
    if len(between) < 2:
        raise InputError(_("A nearest row needs at least two rows; choose a longer table."))
    others = between.copy()
    np.fill_diagonal(others, np.inf)
    nearest = others.argmin(axis=1)
    first_other = np.where(np.arange(len(between)) == 0, 1, 0)
    nearest = np.where(np.isinf(others.min(axis=1)), first_other, nearest)  # all distances exceed float64
    return Neighbours(nearest.astype(np.int64), between[np.arange(len(between)), nearest])


def label_gap_of_any(labels: ArrayLike) -> float:
    """Return the mean absolute difference between the labels of two rows over all pairs, from finite labels (n,)."""
    values = np.sort(np.asarray(labels, dtype=np.float64))
    count = len(values)
    above = 2 * np.arange(count) - count + 1  # how many intervals each value ends, less how many it starts
    return float((above / (count * (count - 1) / 2) * values).sum()) if count > 1 else 0.0


def _rows(X: ArrayLike) -> Array:
    matrix = entries(X, "X").astype(np.float64)
    if matrix.ndim != 2 or not np.isfinite(matrix).all():
        raise InputError(_("Distances need a table of finite numbers; fill its missing values first."))
    return matrix


def _lengths(differences: Array, p: float) -> Array:
    """Return the norm of each row of (n, d), each divided by its largest difference first."""
    sizes: Array = np.abs(differences)  # ∞ where a distance exceeds float64
    peaks: Array = sizes.max(axis=1, initial=0.0)
    if math.isinf(p):
        return peaks
    unit: Array = np.where((peaks > 0) & np.isfinite(peaks), peaks, 1.0)
    with np.errstate(under="ignore", over="ignore"):
        scaled: Array = sizes / unit[:, np.newaxis]
        powers: Array = scaled if p == 1 else np.square(scaled) if p == 2 else scaled**p
        total: Array = powers.sum(axis=1)
        lengths: Array = unit * (np.sqrt(total) if p == 2 else total ** (1 / p))
    return lengths
