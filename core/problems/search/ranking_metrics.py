"""Metrics of a ranked list: precision, recall, average precision and nDCG after each place of it.

What is found is right or wrong, without degrees. Every function takes the list in its order, the best place first,
and gives all its prefixes at once, so that entry k − 1 belongs to the first k places.
"""

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_count
from core.language import _

Array = npt.NDArray[np.float64]
Right = npt.NDArray[np.bool_]


def precision_at(right: npt.ArrayLike) -> Array:
    """Return the share of right ones among the first k, for each k, shape (n,). An empty list gives none.

    >>> precision_at([True, False, True, True]).round(2).tolist()
    [1.0, 0.5, 0.67, 0.75]
    """
    found = _list_of(right)
    return np.cumsum(found) / np.arange(1, len(found) + 1)


def recall_at(right: npt.ArrayLike, total: int) -> Array:
    """Return the share of all `total` right ones that stand among the first k, for each k, shape (n,).

    Raises InputError if there are fewer than 1 in total, or more right ones in the list than in total.

    >>> recall_at([True, False, True], 4).tolist()
    [0.25, 0.25, 0.5]
    """
    found = _list_of(right)
    return np.cumsum(found) / _check_total(found, total)


def average_precision_at(right: npt.ArrayLike, total: int) -> Array:
    """Return the average precision of the first k, for each k, shape (n,): 1 if nothing wrong is among them.

    It is the sum of the precisions at the places of the right ones, divided by how many could be right: k, or `total`
    where that is smaller. Over the whole list it is scikit-learn's `average_precision_score`. Raises as `recall_at`.

    >>> average_precision_at([True, False, True], 2).round(3).tolist()
    [1.0, 0.5, 0.833]
    """
    found = _list_of(right)
    most = np.minimum(np.arange(1, len(found) + 1), _check_total(found, total))
    return np.asarray(np.cumsum(precision_at(found) * found) / most, dtype=np.float64)


def ndcg_at(right: npt.ArrayLike, total: int) -> Array:
    """Return the normalised discounted cumulative gain of the first k, for each k, shape (n,).

    A right one at place i counts 1 / log₂(i + 1) (Järvelin and Kekäläinen 2002); the sum is divided by that of a list
    with all right ones in front. scikit-learn's `ndcg_score` gives the same. Raises as `recall_at`.

    >>> ndcg_at([False, True], 1).round(3).tolist()
    [0.0, 0.631]
    """
    found = _list_of(right)
    gains = 1 / np.log2(np.arange(len(found)) + 2)
    ideal = np.cumsum(gains * (np.arange(len(found)) < _check_total(found, total)))
    return np.asarray(np.cumsum(gains * found) / ideal, dtype=np.float64)


def average_precision_by_chance(total: int, rows: int) -> float:
    """Return the expected average precision of `rows` in random order with `total` right ones among them.

    At a right one in place i, the i − 1 before it are right with probability (total − 1) / (rows − 1); the place is
    equally likely to be any. Raises InputError unless 1 ≤ total ≤ rows.

    >>> average_precision_by_chance(1, 1), round(average_precision_by_chance(1, 2), 3)
    (1.0, 0.75)
    """
    _check_total(np.zeros(rows, dtype=np.bool_), total)
    if total > rows:
        template = _("Of {rows} rows no more than {rows} can be right, but got {total}.")
        raise InputError(template.format(rows=format_count(rows), total=format_count(total)))
    places = np.arange(1, rows + 1)
    others = (total - 1) / (rows - 1) if rows > 1 else 0.0
    return float(((1 + (places - 1) * others) / places).mean())


def _list_of(right: npt.ArrayLike) -> Right:
    found = np.asarray(right, dtype=np.bool_)
    if found.ndim != 1:
        template = _("A ranked list has one axis, but got {axes}; give one list at a time.")
        raise InputError(template.format(axes=found.ndim))
    return found


def _check_total(found: Right, total: int) -> int:
    if total < max(1, int(found.sum())):
        template = _(
            "At least one is to be found, and no fewer than the {found} in the list, but got {total} in total."
        )
        raise InputError(template.format(found=format_count(int(found.sum())), total=format_count(total)))
    return total
