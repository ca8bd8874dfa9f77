"""Which rows are in which minibatch: the only place where training draws random numbers."""

from collections.abc import Iterator, Sequence
from numbers import Integral
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _
from core.regression.data.validation import Array, check_count

Rows: TypeAlias = npt.NDArray[np.int64]

SHUFFLES = ("every_epoch", "once", "never")

_SHUFFLED_AT_ONCE = 200_000  # rows shuffled by one call: few calls for small tables, little memory for large ones


def check_seed(seed: object) -> int:
    """Return a whole number of at least 0, or raise InputError."""
    if isinstance(seed, bool) or not isinstance(seed, Integral) or int(seed) < 0:
        raise InputError(_("seed has to be a whole number of at least 0; {value} came.").format(value=seed))
    return int(seed)


def _generator(seed: object, purpose: int) -> np.random.Generator:
    """Return a stream of its own for each purpose, so that start, order and synthetic rows are unrelated."""
    return np.random.default_rng(np.random.SeedSequence(check_seed(seed), spawn_key=(purpose,)))


def draw_start(columns: int, seed: int = 0, spread: float = 0.01) -> Array:
    """Return initial parameters, shape (columns + 1,): weights from N(0, spread²), then a bias of 0."""
    start = np.zeros(columns + 1)
    start[:columns] = spread * _generator(seed, 0).standard_normal(columns)
    return start


def updates_per_epoch(n: int, batch_size: int) -> int:
    """Return how many minibatches one pass over n rows has, a last shorter one included."""
    return -(-n // batch_size)


def shuffled_epochs(
    n: int, batch_size: int, epochs: int, seed: int = 0, shuffle: str = "every_epoch"
) -> Iterator[Rows]:
    """Yield blocks of shape (k, n): the row order of the next k epochs, each a permutation of 0 … n - 1.

    Cut an order every `batch_size` rows to get its minibatches. Rows are shuffled by NumPy's default generator: again
    in every epoch, or `once`, so that all epochs have the order of the first, or `never`: the order of the table. When
    one minibatch holds all rows their order has no meaning, and they stay in the order of the table.
    """
    check_count(batch_size, "batch_size", n)
    in_order = np.arange(n)
    rng = _generator(seed, 1)
    at_once = max(1, _SHUFFLED_AT_ONCE // n)
    if shuffle == "once" and batch_size < n:
        in_order = rng.permuted(in_order[None], axis=1)[0]
    for first in range(0, epochs, at_once):
        block = np.tile(in_order, (min(at_once, epochs - first), 1))
        stays = batch_size == n or shuffle != "every_epoch"
        yield block if stays else rng.permuted(block, axis=1, out=block)


def minibatch_order(n: int, batch_size: int, epochs: int, seed: int = 0, shuffle: str = "every_epoch") -> Rows:
    """Return the order in which the rows are visited, shape (epochs, n); see `shuffled_epochs`.

    >>> minibatch_order(5, batch_size=2, epochs=2, seed=0)
    array([[4, 3, 2, 0, 1],
           [3, 1, 0, 4, 2]])
    """
    return np.concatenate(list(shuffled_epochs(n, batch_size, epochs, seed, shuffle)))


def rows_of_updates(
    n: int, batch_size: int, updates: Sequence[int], seed: int = 0, shuffle: str = "every_epoch"
) -> list[Rows]:
    """Return the rows of the updates with these numbers, counted from 1, by shuffling again from the seed, in one pass.

    >>> [rows.tolist() for rows in rows_of_updates(5, batch_size=2, updates=[4, 1], seed=0)]
    [[3, 1], [4, 3]]
    """
    places = [divmod(update - 1, updates_per_epoch(n, batch_size)) for update in updates]
    found: dict[tuple[int, int], Rows] = {}
    wanted = sorted(set(places), reverse=True)
    epochs = wanted[0][0] + 1 if wanted else 0
    first = 0
    for block in shuffled_epochs(n, batch_size, epochs, seed, shuffle):
        while wanted and wanted[-1][0] < first + len(block):
            epoch, batch = place = wanted.pop()
            found[place] = block[epoch - first, batch * batch_size : (batch + 1) * batch_size].copy()
        first += len(block)
    return [found[place] for place in places]
