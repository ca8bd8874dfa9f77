"""Products of tall tables, a block of rows at a time."""

from collections.abc import Iterable, Iterator

import numpy as np

from core.regression.data.validation import Array

# OpenBLAS computes a product of fewer multiplications on one thread. Thread synchronisation costs more than it saves on
# small products, a hundredfold where others use the processor too.
_MULTIPLICATIONS = 190_000
_FEWEST, _MOST = 64, 8192


def rows_at_once(columns: int) -> int:
    """Return how many rows of so many columns to multiply at once, a multiple of 64 that stays in the cache."""
    rows = _MULTIPLICATIONS // columns**2
    return min(rows - rows % _FEWEST, _MOST) or 1024


def row_blocks(X: Array) -> Iterator[Array]:
    """Yield the rows of X (n, d) in blocks."""
    step = rows_at_once(X.shape[1])
    for first in range(0, len(X), step):
        yield X[first : first + step]


def inner_products(blocks: Iterable[Array], columns: int) -> Array:
    """Return the sum of blockᵀblock, shape (columns, columns)."""
    total = np.zeros((columns, columns))
    for block in blocks:
        total += block.T @ block
    return total
