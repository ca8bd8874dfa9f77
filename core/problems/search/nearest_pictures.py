"""Which pictures are nearest to one, by a p-norm or the cosine, and how many of them show the same digit."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_general
from core.language import _
from core.problems.search.digit_pictures import Array, DigitPictures, Places

LOWEST_P = 0.5
COSINE = "cosine"
DIGITS = 9  # significant digits of distances that are compared: what differs in the last bits is a tie


@dataclass(frozen=True, eq=False)
class Found:
    """The pictures searched, nearest first.

    Attributes:
        places (n,): their places among all pictures.
        distances (n,): of each from the query.
        right (n,): whether each shows the digit of the query.
    """

    places: Places
    distances: Array
    right: npt.NDArray[np.bool_]


def distances(X: Array, query: Array, p: float | str = 2.0) -> Array:
    """Return the distance of each row of X (n, d) from the query (d,), shape (n,).

    With a number p it is the p-norm of the difference, (Σ |xᵢ − qᵢ|ᵖ)^(1/p), and the largest |xᵢ − qᵢ| for p = ∞; below
    p = 1 this is no norm, but an order all the same. Each difference is divided by its largest entry first, so that no
    power overflows. With "cosine" it is 1 less the cosine of the angle, and 1 for a row or query of zeros, which has
    no direction. Raises InputError for p below 0.5 or another word.

    >>> distances(np.array([[3.0, 4.0], [0.0, 0.0]]), np.zeros(2), 1.0).tolist()
    [7.0, 0.0]
    """
    if p == COSINE:
        sizes = np.linalg.norm(X, axis=1) * np.linalg.norm(query)
        return 1 - (X @ query) / np.where(sizes > 0, sizes, 1.0)
    if isinstance(p, str) or not p >= LOWEST_P:
        template = _("A distance is a p-norm with p of {low} or more, or the cosine, but got {p}; choose one of these.")
        raise InputError(
            template.format(low=format_general(LOWEST_P), p=p if isinstance(p, str) else format_general(p))
        )
    gaps = np.abs(X - query)
    peaks: Array = gaps.max(axis=1, initial=0.0)
    if math.isinf(p):
        return peaks
    scaled = gaps / np.where(peaks > 0, peaks, 1.0)[:, None]
    return np.asarray(peaks * (scaled**p).sum(axis=1) ** (1 / p), dtype=np.float64)


def rank(lengths: Array) -> Places:
    """Return the places of distances (n,) in order, nearest first; of those as near to 9 digits, the first one first.

    >>> rank(np.array([0.3, 0.1, 0.1 + 1e-14, 0.1])).tolist()
    [1, 2, 3, 0]
    """
    scale = float(np.abs(lengths).max(initial=0.0))
    rounded = np.round(lengths / scale, DIGITS) if scale > 0 else lengths
    return np.argsort(rounded, kind="stable").astype(np.int64)


def find(space: Array, query: Array, label: int, of: DigitPictures, among: Places, p: float | str = 2.0) -> Found:
    """Return the pictures at the places `among`, ranked by their distance from the query (d,) in a space (1797, d)."""
    lengths = distances(space[among], query, p)
    order = rank(lengths)
    return Found(among[order], lengths[order], of.labels[among[order]] == label)


def search_many(
    space: Array, of: DigitPictures, among: Places, queries: Places, p: float | str, most: int
) -> tuple[Array, Array]:
    """Search for each query among the others of `among`.

    Returns precision at 1 to `most` of each, (queries, most), and its distance from the nearest, (queries,).
    """
    table, nearest = np.empty((len(queries), most)), np.empty(len(queries))
    for at, query in enumerate(queries):
        found = find(space, space[query], int(of.labels[query]), of, among[among != query], p)
        table[at], nearest[at] = np.cumsum(found.right[:most]) / np.arange(1, most + 1), found.distances[0]
    return table, nearest
