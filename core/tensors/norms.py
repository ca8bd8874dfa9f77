"""Norms of vectors and matrices.

Entries are first divided by a common factor, so that powers overflow or underflow only where the norm itself does. Sums
are computed in the widest floats of the machine, and the result is rounded to float64 once, at the end.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_general
from core.language import _
from core.masked import masked_as_nan

if TYPE_CHECKING:
    import torch

Array: TypeAlias = npt.NDArray[np.float64]
ArrayLike: TypeAlias = "npt.ArrayLike | torch.Tensor"
Wide: TypeAlias = npt.NDArray[np.longdouble]
LARGEST_UNSCALED = 64.0  # up to this power nothing underflows after division by a power of two near the largest entry


def vector_norm(x: ArrayLike, p: float = 2.0) -> "torch.Tensor":
    """Return (Σ |xᵢ|ᵖ)^(1/p) over all entries of x, whatever its shape; the largest |xᵢ| for p = ∞. Shape (), float64.

    Arrays, lists and tensors are accepted; gradients are not tracked. The result is accurate to the last digits within
    the range of float64, and ∞ above it. An empty x has norm 0, for any p. One NaN makes the norm NaN; without one, an
    infinite entry makes it ∞.
    For 0 < p < 1 the same formula is computed, though it is not a norm: it violates the triangle inequality.
    Raises InputError for p ≤ 0 or NaN, and for entries that are not real numbers.

    >>> vector_norm([3, -4], 2).item(), vector_norm([3e300, -4e300], 2).item(), vector_norm([1, 1], 0.5).item()
    (5.0, 5e+300, 4.0)
    """
    return _tensor(length(x, p))


def frobenius_norm(A: ArrayLike) -> "torch.Tensor":
    """Return the root of the sum of the squares of all entries of a matrix (m, n). Shape (), float64.

    Empty, NaN and infinite: as `vector_norm`. Raises InputError unless there are two axes.

    >>> frobenius_norm(np.ones((4, 9))).item()
    6.0
    """
    return _tensor(length(_matrix(A), 2.0))


def spectral_norm(A: ArrayLike) -> "torch.Tensor":
    """Return the largest singular value of a matrix (m, n): how much it stretches a vector at most, in L2. Shape ().

    An empty matrix has norm 0. One NaN makes the norm NaN; without one, an infinite entry makes it ∞.
    Raises InputError unless there are two axes.

    >>> spectral_norm([[3, 0], [0, -4]]).item()
    4.0
    """
    return _tensor(float(singular_values(A).max(initial=0.0)))


def nuclear_norm(A: ArrayLike) -> "torch.Tensor":
    """Return the sum of the singular values of a matrix (m, n). Shape (), float64. All else as `spectral_norm`.

    >>> nuclear_norm([[3, 0], [0, -4]]).item()
    7.0
    """
    return _tensor(length(singular_values(A), 1.0))


@dataclass(frozen=True, eq=False)
class Terms:
    """A norm term by term: norm = unit · (Σ powers)^(1/p); the largest entry, for p = ∞.

    Attributes:
        p: of the norm.
        sizes (n,): of the entries.
        unit: 1, or the largest entry where the powers themselves would overflow or underflow.
        powers (n,): (sizes / unit)ᵖ.
        total: the sum of the powers.
        norm: the result.
    """

    p: float
    sizes: Array
    unit: float
    powers: Array
    total: float
    norm: float


def norm_terms(x: ArrayLike, p: float) -> Terms:
    """Return the norm of all entries of x with its terms. Raises InputError as `vector_norm`."""
    p, sizes = power_of_norm(p), np.abs(entries(x)).astype(np.float64).ravel()
    norm, unit = length(x, p), 1.0
    with np.errstate(over="ignore", under="ignore"):
        powers = sizes if math.isinf(p) else sizes**p
        total = float(powers.sum())
        lost = math.isinf(total) or bool(((powers < np.finfo(float).tiny) & (sizes > 0)).any())
        if lost and 0 < sizes.max() < math.inf:
            unit = float(sizes.max())
            powers = (sizes / unit) ** p
            total = float(powers.sum())
    return Terms(p, sizes, unit, powers, total, norm)


def length(x: ArrayLike, p: float) -> float:
    """Return what `vector_norm` returns, as a float."""
    p, sizes = power_of_norm(p), np.abs(entries(x))
    peak = sizes.max(initial=0.0)  # NaN if there is one
    if not 0 < peak < math.inf or math.isinf(p):
        return _rounded(peak)
    unit = peak
    if 1 <= p <= LARGEST_UNSCALED:
        unit = np.ldexp(np.longdouble(1.0), np.frexp(peak)[1])  # dividing by a power of two rounds nothing
    power = np.longdouble(p)
    with np.errstate(under="ignore", over="ignore"):
        total = ((sizes / unit) ** power).sum()
        return _rounded(unit * total ** (1 / power))


def singular_values(A: ArrayLike) -> Array:
    """Return the singular values of a matrix (m, n), the largest first, shape (min(m, n),).

    They are all NaN if there is a NaN, and all ∞ if there is an infinite entry. Raises InputError unless there are two
    axes.
    """
    matrix = _matrix(A)
    peak = float(np.abs(matrix).max(initial=0.0))
    if not 0 < peak < math.inf:
        return np.full(min(matrix.shape), peak)
    power = math.frexp(peak)[1]
    values: Array = np.linalg.svd(np.ldexp(matrix, -power).astype(np.float64), compute_uv=False)
    with np.errstate(over="ignore"):
        return np.ldexp(values, power)


def power_of_norm(p: float) -> float:
    """Return p as a float. Raises InputError unless it is a number above 0, or ∞."""
    try:
        power = float(p)
    except (TypeError, ValueError, OverflowError, RuntimeError):
        raise InputError(_("The p of a norm has to be a number above 0, or ∞.")) from None
    if power > 0:
        return power
    template = _("The p of a norm has to be above 0, but got {p}; p = 0 would only count the entries that are not 0.")
    raise InputError(template.format(p=format_general(power)))


def entries(values: ArrayLike, name: str = "x") -> Wide:
    """Return real numbers as an array of the widest floats, of the same shape; NaN and infinite ones stay.

    Raises InputError for anything but real numbers; the sentence uses `name`.
    """
    try:
        array = np.asarray(_detached(masked_as_nan(values)))
        if array.dtype.kind == "O":
            array = np.vectorize(_real, otypes=[np.float64])(array) if array.size else array.astype(np.float64)
        if array.dtype.kind not in "biuf":
            raise TypeError
    except (TypeError, ValueError, RuntimeError, OverflowError):
        raise InputError(
            _("{name} may hold real numbers only, in rows of equal length; encode other values first.").format(
                name=name
            )
        ) from None
    return array.astype(np.longdouble)


def _detached(values: ArrayLike) -> npt.ArrayLike:
    """Return the numbers of a tensor on any device, with or without a graph; anything else unchanged."""
    if not hasattr(values, "detach"):
        return cast(npt.ArrayLike, values)
    there = values.detach().cpu()
    return cast(npt.ArrayLike, (there.double() if there.is_floating_point() else there).numpy())


def _real(value: object) -> float:
    if isinstance(value, str | bytes):
        raise TypeError
    return float(value)  # type: ignore[arg-type]  # raises TypeError if it cannot be converted


def _matrix(values: ArrayLike) -> Wide:
    matrix = entries(values, "A")
    if matrix.ndim != 2:
        template = _("A matrix has two axes, but this has shape {shape}; for all entries as one vector, use the norm "
                     "of a vector.")  # fmt: skip
        raise InputError(template.format(shape=tuple(matrix.shape)))
    return matrix


def _rounded(value: np.longdouble) -> float:
    with np.errstate(over="ignore"):
        return float(np.float64(value))


def _tensor(value: float) -> "torch.Tensor":
    import torch

    return torch.tensor(value, dtype=torch.float64)
