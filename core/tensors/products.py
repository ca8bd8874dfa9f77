"""Products of tensors and their factors: elementwise, dot, matrix-vector, matrix-matrix.

torch computes them. Where torch does not accept a mixture of dtypes, both factors become float64, and a note says so.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import InputError
from core.formatting import format_count, format_list
from core.language import _

if TYPE_CHECKING:
    import torch


Array: TypeAlias = NDArray[Any]
MOST_ENTRIES = 10_000  # of a product; more cannot be shown
LARGEST_INTEGER = 2.0**63


@dataclass(frozen=True, eq=False)
class Product:
    """Two factors as they were multiplied, and their product.

    Attributes:
        left: the first factor.
        right: the second factor.
        result: the product.
        notes: sentences on conversions of dtypes.
    """

    left: Array
    right: Array
    result: Array
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Transposed:
    """A matrix and its transpose.

    Attributes:
        matrix: the matrix.
        result: its transpose.
        symmetric: whether they are equal, None where they differ in shape.
    """

    matrix: Array
    result: Array
    symmetric: bool | None


def transpose(A: ArrayLike) -> Transposed:
    """Return the transpose of a matrix (n, m): entry [i, j] becomes entry [j, i] of the result (m, n).

    Empty matrices are accepted. NaN is not equal to itself, so a matrix that holds it is not
    symmetric. Raises InputError unless A has two axes.

    >>> transpose([[1, 2, 3], [4, 5, 6]]).result.tolist()
    [[1, 4], [2, 5], [3, 6]]
    """
    matrix = np.asarray(A)
    if matrix.ndim != 2:
        template = _("A transpose swaps the two axes of a matrix, but this tensor has shape {shape}; type "
                     "rows in brackets, such as [[1, 2, 3]].")  # fmt: skip
        raise InputError(template.format(shape=matrix.shape))
    square = matrix.shape[0] == matrix.shape[1]
    return Transposed(matrix, matrix.T.copy(), bool((matrix == matrix.T).all()) if square else None)


def hadamard(A: ArrayLike, B: ArrayLike) -> Product:
    """Multiply two tensors of the same shape elementwise; the dtype is the one torch promotes both to.

    Raises InputError where the shapes differ, though torch would broadcast some of them.
    """
    left, right = np.asarray(A), np.asarray(B)
    if left.shape != right.shape:
        template = _(
            "A has shape {left} and B has shape {right}; a Hadamard product needs two tensors of the same shape."
        )
        raise InputError(template.format(left=left.shape, right=right.shape))
    product = by_torch(lambda a, b: a * b, left, right)
    with np.errstate(all="ignore"):
        exact = left.astype(float) * right.astype(float)
    return Product(left, right, product, wrapping(exact, product))


def dot(x: ArrayLike, y: ArrayLike) -> Product:
    """Return the dot product, a scalar: the sum of the products of corresponding entries.

    It is 0 for empty vectors and NaN if either holds NaN. Raises InputError unless both are vectors of the same length.

    >>> dot([0, 1, 2, 3], [1.0, 1.0, 1.0, 1.0]).result.item()
    6.0
    """
    left, right = np.asarray(x), np.asarray(y)
    for name, vector in (("x", left), ("y", right)):
        _need_axes(name, vector, 1)
    if left.shape != right.shape:
        template = _("x has length {left} and y has length {right}; a dot product needs equal lengths.")
        raise InputError(template.format(left=left.size, right=right.size))
    return _multiplied(left, right)


def matrix_vector(A: ArrayLike, x: ArrayLike) -> Product:
    """Return A x: for A of shape (n, m) and x of shape (m,) the vector (n,) of the dot products of A's rows with x.

    Raises InputError for other shapes.
    """
    left, right = np.asarray(A), np.asarray(x)
    _need_axes("A", left, 2)
    _need_axes("x", right, 1)
    if left.shape[1] != right.size:
        template = _(
            "The rows of A have length {columns} and x has length {entries}; the product needs these to be equal."
        )
        raise InputError(template.format(columns=left.shape[1], entries=right.size))
    return _multiplied(left, right)


def matrix_matrix(A: ArrayLike, B: ArrayLike) -> Product:
    """Return A B: for shapes (n, k) and (k, m) the matrix (n, m) of the dot products of A's rows with B's columns.

    With k = 0 all entries are 0, empty sums. Raises InputError for other shapes, naming a transpose that would
    fit, and for a product of more than 10,000 entries.

    >>> matrix_matrix([[1, 2], [3, 4]], [[1, 0], [1, 1]]).result.tolist()
    [[3, 2], [7, 4]]
    """
    left, right = np.asarray(A), np.asarray(B)
    for name, matrix in (("A", left), ("B", right)):
        _need_axes(name, matrix, 2)
    if left.shape[1] != right.shape[0]:
        raise InputError(_misfit(left.shape, right.shape))
    entries = left.shape[0] * right.shape[1]
    if entries > MOST_ENTRIES:
        template = _(
            "This product would have {entries} entries; at most {most} can be shown. Use fewer rows or columns."
        )
        raise InputError(template.format(entries=format_count(entries), most=format_count(MOST_ENTRIES)))
    return _multiplied(left, right)


def _misfit(left: tuple[int, ...], right: tuple[int, ...]) -> str:
    template = _(
        "The rows of A have length {columns} and the columns of B length {rows}; the product needs these to be equal."
    )
    sentence = template.format(columns=left[1], rows=right[0])
    ways = [
        name
        for name, fits in (
            ("A @ B.T", left[1] == right[1]),
            ("A.T @ B", left[0] == right[0]),
            ("B @ A", right[1] == left[0]),
        )
        if fits
    ]
    return sentence + " " + _("What would fit: {ways}.").format(ways=format_list(ways)) if ways else sentence


def by_torch(compute: "Callable[..., torch.Tensor]", *arrays: Array) -> Array:
    """Return what torch computes from copies of these arrays."""
    import torch

    with torch.no_grad():
        result: Array = compute(*(torch.from_numpy(array.copy()) for array in arrays)).numpy()
    return result


def _multiplied(left: Array, right: Array) -> Product:
    """Multiply with `@`, in a common dtype that torch accepts."""
    a, b, notes = _alike(left, right)
    product = by_torch(lambda a, b: a @ b, a, b)
    with np.errstate(all="ignore"):
        exact = np.asarray(a.astype(float) @ b.astype(float))
    return Product(a, b, product, (*notes, *wrapping(exact, product)))


def _alike(left: Array, right: Array) -> tuple[Array, Array, tuple[str, ...]]:
    """Return both in the same dtype, floats or integers, and a sentence if that changed one."""
    notes = []
    if bool in (left.dtype, right.dtype):
        left, right = (array.astype(np.int64) if array.dtype == bool else array for array in (left, right))
        notes.append(_("torch does not sum products of booleans; they are taken as 1 and 0."))
    if left.dtype != right.dtype:
        template = _("torch does not multiply {left} by {right} here; both are taken as float64.")
        notes.append(template.format(left=left.dtype, right=right.dtype))
        left, right = left.astype(np.float64), right.astype(np.float64)
    return left, right, tuple(notes)


def wrapping(exact: NDArray[np.float64], product: Array) -> tuple[str, ...]:
    """Return a sentence if integers have overflowed int64."""
    if product.dtype.kind != "i" or not np.any(np.abs(exact) >= LARGEST_INTEGER):
        return ()
    return (_("Some entries exceed the largest int64, 2⁶³ − 1, and have overflowed: they are wrong. Write one "
              "number with a point, as in 1.0, to compute with floats."),)  # fmt: skip


def _need_axes(name: str, array: Array, axes: int) -> None:
    if array.ndim == axes:
        return
    template = {
        1: _("{name} has to be a vector, one row of numbers; got shape {shape}."),
        2: _("{name} has to be a matrix, with rows and columns; got shape {shape}."),
    }[axes]
    raise InputError(template.format(name=name, shape=array.shape))


ScalarOperation: TypeAlias = Literal["add", "subtract", "multiply", "divide", "power"]
OPERATIONS: tuple[ScalarOperation, ...] = get_args(ScalarOperation)
SIGNS: dict[ScalarOperation, str] = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**"}


def with_scalar(X: ArrayLike, operation: ScalarOperation, a: float) -> Product:
    """Return X + a, X - a, X * a, X / a or X ** a, entry by entry, in torch's dtype.

    The shape is that of X. `a` is a Python number: a float turns integers into float32, torch's default. Division
    by 0 gives infinity, 0 / 0 NaN; powers without a real value are NaN too.
    Raises InputError where torch raises: an integer to a negative integer power, and `-` of booleans.

    >>> with_scalar([1, 2], "multiply", 2.5).result.dtype
    dtype('float32')
    """
    values, number = np.asarray(X), _number(a)
    if values.dtype == bool and (operation == "subtract" or isinstance(number, bool)):
        raise InputError(_("torch has no such arithmetic for booleans; use numbers, for example 1 and 0."))
    whole = values.dtype.kind in "ib" and not isinstance(number, float)
    if operation == "power" and whole and number < 0:
        raise InputError(_("torch does not raise whole numbers to a negative whole power; write one of them with a "
                           "point, as in 2.0."))  # fmt: skip
    if whole and operation != "divide" and abs(number) >= 2**63:
        raise InputError(_("{number} exceeds the largest int64; write it with a point.").format(number=number))
    result = by_torch(lambda x: _RUN[operation](x, number), values)
    with np.errstate(all="ignore"):
        exact = np.asarray(_RUN[operation](values.astype(float), float(number)))
    return Product(values, np.asarray(number), result, (*_widened(values, result), *wrapping(exact, result)))


_RUN: dict[ScalarOperation, Callable[[Any, float], Any]] = {
    "add": lambda x, a: x + a,
    "subtract": lambda x, a: x - a,
    "multiply": lambda x, a: x * a,
    "divide": lambda x, a: x / a,
    "power": lambda x, a: x**a,
}


def _number(a: float) -> float:
    value = np.asarray(a)
    if value.size != 1:
        raise InputError(_("a has to be one number; got {count}.").format(count=value.size))
    number: float = value.reshape(()).item()
    return number


def _widened(values: Array, result: Array) -> tuple[str, ...]:
    if values.dtype.kind in "ib" and result.dtype.kind == "f":
        template = _("The whole numbers became {dtype}, torch's default float dtype.")
        return (template.format(dtype=result.dtype),)
    return ()


@dataclass(frozen=True, eq=False)
class WeightedMean:
    """A weighted mean; float64 throughout.

    Attributes:
        values: as given.
        weights: as given.
        total: the sum of the weights.
        shares: the weights divided by their sum, so that they sum to 1.
        mean: the dot product of values and shares.
        plain: the unweighted mean.
    """

    values: NDArray[np.float64]
    weights: NDArray[np.float64]
    total: float
    shares: NDArray[np.float64]
    mean: float
    plain: float


def weighted_mean(values: ArrayLike, weights: ArrayLike) -> WeightedMean:
    """Return the weighted mean of values (n,) with weights (n,).

    Equal weights give the plain mean; the mean always lies between the smallest and the largest value with a
    weight above 0. Raises InputError unless both are vectors of the same length, at least 1, weights finite and not
    negative, at least one of them above 0, values finite.

    >>> weighted_mean([2, 4, 9], [1, 1, 2]).mean
    6.0
    """
    pair = dot(np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64))
    of, by = pair.left.astype(np.float64), pair.right.astype(np.float64)
    if not np.isfinite(of).all() or not np.isfinite(by).all():
        raise InputError(_("A mean needs finite numbers; remove nan and inf."))
    if (by < 0).any():
        raise InputError(_("Weights have to be 0 or more; {weight} is below 0.").format(
            weight=by.min()))  # fmt: skip
    largest = by.max(initial=0.0)
    if not largest:
        raise InputError(_("All weights are 0; give at least one weight above 0."))
    scaled = by / largest  # so that no sum of weights is infinite
    shares = scaled / scaled.sum()
    with np.errstate(over="ignore"):
        total = float(by.sum())
    return WeightedMean(of, by, total, shares, float(dot(of, shares).result), float((of / of.size).sum()))


def angle(x: ArrayLike, y: ArrayLike) -> float | None:
    """Return the angle between two vectors of the same length in degrees, from 0 to 180.

    None where it is not defined: a vector of length 0, without entries, or with nan or inf. Norms far from 1
    do no harm, and small angles keep their digits (Kahan 2006, How futile are mindless assessments of roundoff, §12).

    >>> angle([1, 0], [0, 2]), angle([1, 1], [1, 1]), angle([0, 0], [1, 1])
    (90.0, 0.0, None)
    """
    u, v = (_unit(np.asarray(vector, dtype=np.float64)) for vector in (x, y))
    if u is None or v is None:
        return None
    return math.degrees(2 * math.atan2(float(np.linalg.norm(u - v)), float(np.linalg.norm(u + v))))


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return the vector scaled to length 1."""
    largest = np.abs(vector).max(initial=0.0)
    if not 0 < largest < np.inf:
        return None
    scaled = vector / largest
    unit: NDArray[np.float64] = scaled / np.linalg.norm(scaled)
    return unit
