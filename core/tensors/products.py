"""Products of tensors, with their factors as they were multiplied: by entries, dot, matrix-vector, matrix-matrix.

They are computed by torch. Where torch refuses a mixture of dtypes, both factors are taken as float64, and it is said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import InputError
from core.language import _

if TYPE_CHECKING:
    import torch

Array: TypeAlias = NDArray[Any]
MOST_ENTRIES = 10_000  # of a product; beyond, nobody can see them
LARGEST_INTEGER = 2.0**63


@dataclass(frozen=True, eq=False)
class Product:
    """Two factors as they were multiplied, and their product. `notes` are sentences on what was done to dtypes."""

    left: Array
    right: Array
    result: Array
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Transposed:
    """A matrix and its transpose; `symmetric` says whether they are equal, None where they differ in shape."""

    matrix: Array
    result: Array
    symmetric: bool | None


def transpose(A: ArrayLike) -> Transposed:
    """Turn a matrix (n, m) over its diagonal: entry [i, j] becomes entry [j, i] of the result (m, n).

    Empty matrices are turned too. NaN is equal to nothing, itself not excepted, so a matrix that holds it is not
    symmetric. Raises InputError unless A has two axes.

    >>> transpose([[1, 2, 3], [4, 5, 6]]).result.tolist()
    [[1, 4], [2, 5], [3, 6]]
    """
    matrix = np.asarray(A)
    if matrix.ndim != 2:
        told = _("A transpose swaps the two axes of a matrix, and this tensor has {axes} axes, shape {shape}; "
                 "type rows in brackets, such as [[1, 2, 3]].")  # fmt: skip
        raise InputError(told.format(axes=matrix.ndim, shape=matrix.shape))
    square = matrix.shape[0] == matrix.shape[1]
    return Transposed(matrix, matrix.T.copy(), bool((matrix == matrix.T).all()) if square else None)


def hadamard(A: ArrayLike, B: ArrayLike) -> Product:
    """Multiply two tensors of the same shape entry by entry; the dtype is the one torch promotes both to.

    Raises InputError where the shapes differ, though torch would stretch some of them (broadcasting).
    """
    left, right = np.asarray(A), np.asarray(B)
    if left.shape != right.shape:
        told = _("A has shape {left} and B has shape {right}; a Hadamard product needs two tensors of the same shape.")
        raise InputError(told.format(left=left.shape, right=right.shape))
    product = by_torch(lambda a, b: a * b, left, right)
    with np.errstate(all="ignore"):
        exact = left.astype(float) * right.astype(float)
    return Product(left, right, product, wrapping(exact, product))


def dot(x: ArrayLike, y: ArrayLike) -> Product:
    """Return the dot product, a scalar: the products of entries that stand at the same place, summed.

    Without entries it is 0. NaN in either makes it NaN. Raises InputError unless both are vectors of one length.

    >>> dot([0, 1, 2, 3], [1.0, 1.0, 1.0, 1.0]).result.item()
    6.0
    """
    left, right = np.asarray(x), np.asarray(y)
    for name, vector in (("x", left), ("y", right)):
        _need_axes(name, vector, 1)
    if left.shape != right.shape:
        told = _("x has {left} entries and y has {right}; a dot product pairs them off, so give both as many.")
        raise InputError(told.format(left=left.size, right=right.size))
    return _multiplied(left, right)


def matrix_vector(A: ArrayLike, x: ArrayLike) -> Product:
    """Return A x: for A of shape (n, m) and x of shape (m,) the vector (n,) of the dot products of A's rows with x.

    Raises InputError for other shapes.
    """
    left, right = np.asarray(A), np.asarray(x)
    _need_axes("A", left, 2)
    _need_axes("x", right, 1)
    if left.shape[1] != right.size:
        told = _("A has {columns} columns and x has {entries} entries; each row of A meets x entry by entry, so give "
                 "as many entries as columns.")  # fmt: skip
        raise InputError(told.format(columns=left.shape[1], entries=right.size))
    return _multiplied(left, right)


def matrix_matrix(A: ArrayLike, B: ArrayLike) -> Product:
    """Return A B: for shapes (n, k) and (k, m) the matrix (n, m) of the dot products of A's rows with B's columns.

    With k = 0 all entries are 0, sums of nothing. Raises InputError for other shapes, naming a transpose that would
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
        told = _(
            "This product would have {entries} entries; at most {most} can be seen, so give fewer rows or columns."
        )
        raise InputError(told.format(entries=f"{entries:,}", most=f"{MOST_ENTRIES:,}"))
    return _multiplied(left, right)


def _misfit(left: tuple[int, ...], right: tuple[int, ...]) -> str:
    told = _(
        "A has {columns} columns and B has {rows} rows; a row of A meets a column of B, so both have to be as many."
    )
    said = told.format(columns=left[1], rows=right[0])
    ways = [
        name
        for name, fits in (
            ("A @ B.T", left[1] == right[1]),
            ("A.T @ B", left[0] == right[0]),
            ("B @ A", right[1] == left[0]),
        )
        if fits
    ]
    return f"{said} {_('What would fit: {ways}.').format(ways=', '.join(ways))}" if ways else said


def by_torch(compute: "Callable[..., torch.Tensor]", *arrays: Array) -> Array:
    """Return what torch computes from these arrays, which it does not get to change."""
    import torch

    with torch.no_grad():
        result: Array = compute(*(torch.from_numpy(array.copy()) for array in arrays)).numpy()
    return result


def _multiplied(left: Array, right: Array) -> Product:
    """Sum products with `@`, in one dtype that torch takes."""
    a, b, notes = _alike(left, right)
    product = by_torch(lambda a, b: a @ b, a, b)
    with np.errstate(all="ignore"):
        exact = np.asarray(a.astype(float) @ b.astype(float))
    return Product(a, b, product, (*notes, *wrapping(exact, product)))


def _alike(left: Array, right: Array) -> tuple[Array, Array, tuple[str, ...]]:
    """Return both in the same dtype, floats or integers, and a sentence if that took a change."""
    notes = []
    if bool in (left.dtype, right.dtype):
        left, right = (array.astype(np.int64) if array.dtype == bool else array for array in (left, right))
        notes.append(_("torch has no sum of products of true and false; they are taken as 1 and 0."))
    if left.dtype != right.dtype:
        told = _("torch refuses to multiply {left} by {right} here; both are taken as float64.")
        notes.append(told.format(left=left.dtype, right=right.dtype))
        left, right = left.astype(np.float64), right.astype(np.float64)
    return left, right, tuple(notes)


def wrapping(exact: NDArray[np.float64], product: Array) -> tuple[str, ...]:
    """Return a sentence if integers have grown beyond those that int64 can hold."""
    if product.dtype.kind != "i" or not np.any(np.abs(exact) >= LARGEST_INTEGER):
        return ()
    return (_("Some entries are beyond the largest int64, 2⁶³ − 1, and have wrapped round: they are wrong. With a "
              "point in one number, as in 1.0, they are computed as floats."),)  # fmt: skip


def _need_axes(name: str, array: Array, axes: int) -> None:
    if array.ndim == axes:
        return
    told = {
        1: _("{name} has to be a vector, one row of numbers; what came has {axes} axes, shape {shape}."),
        2: _("{name} has to be a matrix, with rows and columns; what came has {axes} axes, shape {shape}."),
    }[axes]
    raise InputError(told.format(name=name, axes=array.ndim, shape=array.shape))
