"""Classes in groups, the cost of a near miss, and the decisions that a cost asks for.

A mistake within the group costs `near`, from 0 to 1, and one across groups 1. The decision with the least expected cost
is that of Bayes; see Bishop, Pattern Recognition and Machine Learning (2006), 1.5. Here it is the class j with the
largest near · P(j) + (1 − near) · P(group of j): between the most probable class, at 1, and group, at 0.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.foundations.softmax import fit_softmax
from core.foundations.two_classes import with_ones
from core.language import _
from core.problems.linear_descent import probabilities

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
DECIMALS = 9  # to which costs are compared, so that rounding decides nothing


@dataclass(frozen=True, eq=False)
class TwoLevels:
    """Probabilities of the same rows by one softmax for all classes, and by two levels.

    Attributes:
        flat: (n, K), one softmax.
        groups: (n, G), a softmax of the groups.
        tree: (n, K), the probability of the group times that of the class within it.
    """

    flat: Array
    groups: Array
    tree: Array


def cost_table(groups: Places, near: float) -> Array:
    """Return what each prediction (across) costs for each true class (down), (K, K), from the group of each class.

    >>> cost_table(np.array([0, 1, 1]), 0.25).tolist()
    [[0.0, 1.0, 1.0], [1.0, 0.0, 0.25], [1.0, 0.25, 0.0]]
    """
    same = groups[:, np.newaxis] == groups
    costs: Array = np.where(same, near, 1.0)
    np.fill_diagonal(costs, 0.0)
    return costs


def least_cost(shares: Array, costs: Array) -> Places:
    """Return the decision (n,) with the least expected cost under probabilities (n, K), by trying all K of them.

    Among equal costs the most probable class is taken, and among those the first.
    """
    expected = (shares @ costs).round(DECIMALS)
    cheapest = expected == expected.min(axis=1, keepdims=True)
    chosen: Places = np.where(cheapest, shares.round(DECIMALS), -1.0).argmax(axis=1)
    return chosen


def most_probable(shares: Array) -> Places:
    """Return the class (n,) with the largest probability (n, K), the first of equal ones."""
    chosen: Places = shares.round(DECIMALS).argmax(axis=1)
    return chosen


def group_first(levels: TwoLevels, groups: Places) -> Places:
    """Return the decision (n,) of going down the tree: the most probable group, then the most probable class in it."""
    chosen = most_probable(levels.groups)
    inside = np.where(groups == chosen[:, np.newaxis], levels.tree.round(DECIMALS), -1.0)
    found: Places = inside.argmax(axis=1)
    return found


def fit_two_levels(Z: Array, y: Places, groups: Places, penalty: float, new: Array) -> TwoLevels:
    """Return the probabilities of rows `new` (m, d) by models fitted to their optimum on rows Z (n, d) of classes y.

    Each softmax has the same penalty, above 0, so that its optimum exists. A group of one class needs no model of its
    own. Raises InputError as `fit_softmax`.
    """
    inner = np.zeros((len(new), len(groups)))
    for group in np.unique(groups):
        members = np.flatnonzero(groups == group)
        inside = np.isin(y, members)
        inner[:, members] = _shares(Z[inside], np.searchsorted(members, y[inside]), len(members), penalty, new)
    outer = _shares(Z, groups[y], int(groups.max()) + 1, penalty, new)
    flat = _shares(Z, y, len(groups), penalty, new)
    return TwoLevels(flat, outer, outer[:, groups] * inner)


def _shares(Z: Array, y: Places, classes: int, penalty: float, new: Array) -> Array:
    if classes == 1:
        return np.ones((len(new), 1))
    fit = fit_softmax(Z, y, penalty)
    found = probabilities(with_ones(new) @ np.column_stack([fit.weights.numpy(), fit.bias.numpy()]).T)
    return found


def closest_groups(Z: Array, y: Places, count: int) -> Places:
    """Return the group (K,) of each class: those whose means lie close are joined until `count` groups are left.

    Ward's method joins the two groups that add least to the squares about their centres; groups are numbered by their
    first class. Z (n, d) are standardised features and y (n,) the classes 0 to K − 1, each with a row.
    """
    from scipy.cluster.hierarchy import cut_tree, linkage

    means = np.array([Z[y == place].mean(axis=0) for place in range(int(y.max()) + 1)])
    return in_order(cut_tree(linkage(means.round(DECIMALS), "ward"), count).ravel())


def in_order(groups: npt.ArrayLike) -> Places:
    """Return the same groups numbered from 0 by their first class.

    >>> in_order([4, 2, 2, 4]).tolist()
    [0, 1, 1, 0]
    """
    found, first, places = np.unique(np.asarray(groups), return_index=True, return_inverse=True)
    ranks = np.empty(len(found), dtype=np.int64)
    ranks[np.argsort(first)] = np.arange(len(found))
    ordered: Places = ranks[places]
    return ordered


def read_groups(text: str, classes: int) -> Places:
    """Return the group of each class from a text such as "0,1,1". Raises InputError if it does not fit the classes.

    At least two groups are needed, and one of them with two classes.
    """
    words = [word.strip() for word in text.split(",")]
    groups = in_order(words)
    if len(words) != classes or not all(word.isdecimal() for word in words):
        raise InputError(
            _("One group for each of {classes} classes is needed, such as 0,1,1; got {text}.").format(
                classes=classes, text=text[:60])
        )  # fmt: skip
    if not 2 <= groups.max() + 1 < classes:
        raise InputError(
            _("At least two groups are needed, one of them with two classes or more; got {groups} for {classes} "
              "classes. Move a class to another group.").format(groups=int(groups.max()) + 1, classes=classes)
        )  # fmt: skip
    return groups


def halves(y: Places, seed: int) -> tuple[Places, Places]:
    """Return the places of rows to learn from and of those held out: half of each class, drawn; at least one to learn.

    >>> [half.tolist() for half in halves(np.array([0, 0, 1]), 0)]
    [[0, 2], [1]]
    """
    rng = np.random.default_rng(seed)
    learned = np.zeros(len(y), dtype=bool)
    for place in np.unique(y):
        members = rng.permutation(np.flatnonzero(y == place))
        learned[members[: -(-len(members) // 2)]] = True
    return np.flatnonzero(learned), np.flatnonzero(~learned)
