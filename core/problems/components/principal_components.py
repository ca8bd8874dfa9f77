"""Principal components: the directions in which rows vary most, by the singular value decomposition.

Of all planes with k dimensions the one of the first k components is nearest to the rows: no other way to keep k numbers
of each row and rebuild it from them by a matrix has a smaller squared error (Eckart and Young, 1936). The error that
remains is the sum of the variances of the other components.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _

Array = npt.NDArray[np.float64]
LARGEST, SMALLEST = 1e100, 1e-100  # of numbers and of their spread, so that squares neither overflow nor vanish
NO_GAP = 1e-6  # two variances that differ by less than this share of the larger count as equal


@dataclass(frozen=True, eq=False)
class PrincipalComponents:
    """The principal components of rows (n, d); r = min(n, d).

    Attributes:
        mean: (d,), of the rows.
        axes: (r, d), orthonormal directions, those of the largest variance first; the entry of each that is largest in
            size (of equally large ones the first) is positive.
        variances: (r,), of the rows along each, divided by n.
    """

    mean: Array
    axes: Array
    variances: Array

    @property
    def total(self) -> float:
        """The variance of the rows: the mean squared distance to their mean."""
        return float(self.variances.sum())

    @property
    def rank(self) -> int:
        """How many components have a variance above rounding."""
        return int((self.variances > self.variances.max(initial=0.0) * 1e-20).sum())

    @property
    def shares(self) -> Array:
        """The (r,) shares of the variance of the components."""
        return np.asarray(self.variances / self.total)

    def lost(self, k: int) -> float:
        """Return the share of the variance that no k numbers can keep: the least possible error."""
        return float(self.shares[k:].sum())

    def has_gap(self, k: int) -> bool:
        """Return whether component k has a larger variance than the next; otherwise other planes are as good."""
        return k >= len(self.variances) or bool(
            self.variances[k - 1] - self.variances[k] > NO_GAP * self.variances[k - 1]
        )

    def rebuilt(self, X: Array, k: int) -> Array:
        """Return rows (n, d) as they are rebuilt from their first k numbers."""
        return np.asarray(self.mean + (X - self.mean) @ self.axes[:k].T @ self.axes[:k])


def principal_components(X: Array) -> PrincipalComponents:
    """Return the principal components of rows X (n, d), finite.

    Raises InputError where nothing varies, and for numbers that are too large or too close together to be squared.
    """
    if np.abs(X).max(initial=0.0) > LARGEST or 0 < np.ptp(X, axis=0).max(initial=0.0) < SMALLEST:
        raise InputError(
            _("These numbers are too large, or too close together, to be squared; standardise them, or choose others.")
        )
    if len(X) < 2 or not np.ptp(X, axis=0).any():
        raise InputError(_("Rows that differ are needed, but all rows are the same; choose another table."))
    mean = X.mean(axis=0)
    _left, singular, axes = np.linalg.svd(X - mean, full_matrices=False)
    return PrincipalComponents(mean, axes * signs_of(axes)[:, None], singular**2 / len(X))


def signs_of(axes: Array) -> Array:
    """Return 1 or −1 for each row of `axes` (r, d), with which its entry that is largest in size becomes positive.

    A direction and its opposite are the same axis; the rule makes the result the same on every machine.

    >>> signs_of(np.array([[0.6, -0.8], [0.8, 0.6]]))
    array([-1.,  1.])
    """
    largest = np.round(np.abs(axes), 9).argmax(axis=1)
    return np.where(axes[np.arange(len(axes)), largest] < 0, -1.0, 1.0)


def basis_of(rows: Array) -> Array:
    """Return orthonormal rows (k, d) that span the same plane as linearly independent rows (k, d)."""
    return np.asarray(np.linalg.qr(rows.T)[0].T)


def largest_angle(rows: Array, others: Array) -> float:
    """Return the largest principal angle in degrees between the planes that rows (k, d) and others (k, d) span.

    It is 0 if the planes are the same, and 90 if one of them has a direction at right angles to the whole other one.
    Small angles are taken from their sine, since the cosine of 1e-8 is 1 (Björck and Golub, 1973).

    >>> round(largest_angle(np.array([[1.0, 0, 0]]), np.array([[1.0, 1, 0]])), 9)
    45.0
    """
    first, second = basis_of(rows), basis_of(others)
    inner = second @ first.T
    sine = np.linalg.norm(second - inner @ first, 2)
    cosine = np.linalg.svd(inner, compute_uv=False).min()
    return float(np.degrees(np.arctan2(sine, cosine)))


def turned_to(rows: Array, axes: Array) -> Array:
    """Return an orthonormal basis (k, d) of the plane of `rows` (k, d) that is as near as it can be to `axes` (k, d).

    An autoencoder learns a plane, not axes in it; turned like this it can be drawn beside the components. (The turn is
    the solution of the orthogonal Procrustes problem: Schönemann, 1966.)
    """
    basis = basis_of(rows)
    left, _cosines, right = np.linalg.svd(axes @ basis.T)
    return np.asarray(left @ right @ basis)
