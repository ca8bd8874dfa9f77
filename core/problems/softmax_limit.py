"""How low the loss of softmax can get where no weights are the best: it falls for ever towards a limit.

Each row compares its class with every other one: a pair. Along a direction v that ranks no pair wrongly, the pairs it
ranks rightly add less and less to the loss, and the others keep what they add. So the limit is the smallest loss of the
pairs that no such direction ranks rightly. Source: Albert and Anderson (1984), On the existence of maximum
likelihood estimates in logistic regression models, which has the cases; Geyer (2009), Likelihood inference in
exponential families and directions of recession, which has the limit.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_count
from core.foundations.softmax import MOST_PARAMETERS
from core.foundations.two_classes import with_ones
from core.language import _

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
MOST_STEPS = 60
MOST_ENTRIES = 150_000  # of the linear programme that are not 0: half a second
SMALL = 1e-20  # twice the promised fall of the loss at the optimum


@dataclass(frozen=True, eq=False)
class SoftmaxLimit:
    """The limit of the loss, and the direction along which the loss falls to it.

    Attributes:
        exists: whether some weights have the smallest loss; then the direction is 0.
        loss: the smallest loss, or the limit that is never reached.
        direction: (K, d + 1), along which no pair gets worse and the separated ones get ever better.
        separated: (n, K), whether that direction ranks the row's class above the other one.
        parameters: (K, d + 1), the best ones for all other pairs.
        probabilities: (n, K), those of the rows in the limit.
    """

    exists: bool
    loss: float
    direction: Array
    separated: Mask
    parameters: Array
    probabilities: Array


def softmax_limit(Z: Array, y: Places, classes: int) -> SoftmaxLimit:
    """Return the infimum of the mean cross-entropy over all weights, without a penalty, and whether it is reached.

    Z (n, d) holds standardised features, y (n,) places of classes. A linear programme finds a direction that separates
    all pairs that can be separated at once; Newton's method does the rest. Raises InputError for more than 400
    parameters or too large a programme, and if its solver fails.

    >>> limit = softmax_limit(np.array([[-1.0], [-0.5], [1.0]]), np.array([0, 0, 1]), 2)
    >>> limit.exists, round(limit.loss, 9)
    (False, 0.0)
    """
    _check_size(len(y), Z.shape[1] + 1, classes)
    Z1 = with_ones(Z)
    direction = separating_direction(Z1, y, classes)
    ranked = Z1 @ direction.T
    gaps = ranked[np.arange(len(y)), y][:, np.newaxis] - ranked
    separated = gaps > 0.5
    parameters = _newton(Z1, y, ~separated)
    shares, loss = _shares(Z1 @ parameters.T, y, ~separated)
    return SoftmaxLimit(not separated.any(), loss, direction, separated, parameters, shares)


def _check_size(rows: int, columns: int, classes: int) -> None:
    entries = 2 * rows * (classes - 1) * columns
    if classes * columns > MOST_PARAMETERS or entries > MOST_ENTRIES:
        raise InputError(
            _("Whether a best fit exists is decided up to {most} parameters and {limit} entries of a linear programme; "
              "these rows have {count} and {entries}. Choose two features, fewer classes or a penalty.").format(
                most=format_count(MOST_PARAMETERS), limit=format_count(MOST_ENTRIES),
                count=format_count(classes * columns), entries=format_count(entries))
        )  # fmt: skip


def separating_direction(Z1: Array, y: Places, classes: int) -> Array:
    """Return v (K, d + 1) that ranks every row's class no lower than another, and by 1 at least wherever any v does.

    The programme: the largest sum of t with 0 ≤ t ≤ 1 and each pair's difference at least t. Where a pair can be
    separated, a multiple of v has t = 1. The last class has scores 0, which changes no difference.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, eye_array, hstack

    k = Z1.shape[1]
    rows, wrong = np.nonzero(np.arange(classes) != y[:, np.newaxis])
    pairs = np.arange(len(rows))[:, np.newaxis]
    places = np.hstack([y[rows][:, np.newaxis] * k + np.arange(k), wrong[:, np.newaxis] * k + np.arange(k)])
    values = np.hstack([Z1[rows], -Z1[rows]])
    A = csr_array((values.ravel(), (np.broadcast_to(pairs, places.shape).ravel(), places.ravel())),
                  (len(rows), classes * k))[:, : (classes - 1) * k]  # fmt: skip
    cost = np.concatenate([np.zeros(A.shape[1]), -np.ones(len(rows))])
    bounds = [(None, None)] * A.shape[1] + [(0.0, 1.0)] * len(rows)
    solved = linprog(cost, A_ub=hstack([-A, eye_array(len(rows))]), b_ub=np.zeros(len(rows)), bounds=bounds)
    if solved.x is None:
        raise InputError(_("The linear programme on separability found no answer; choose fewer columns."))
    v = np.zeros(classes * k)
    v[: A.shape[1]] = solved.x[: A.shape[1]]
    found: Array = v.reshape(classes, k)
    return found


def _shares(scores: Array, y: Places, kept: Mask) -> tuple[Array, float]:
    """Return the probabilities where only the kept classes of each row compete, and the mean cross-entropy."""
    masked = np.where(kept, scores, -np.inf)
    powers = np.exp(masked - masked.max(axis=1, keepdims=True))
    shares: Array = powers / powers.sum(axis=1, keepdims=True)
    right = np.maximum(shares[np.arange(len(y)), y], np.finfo(np.float64).tiny)
    return shares, float(-np.log(right).mean()) + 0.0  # -0.0 is 0


def _newton(Z1: Array, y: Places, kept: Mask) -> Array:
    """Return the parameters (K, d + 1) of smallest norm per step with the smallest loss of the kept pairs."""
    classes, columns = kept.shape[1], Z1.shape[1]
    W = np.zeros((classes, columns))
    for _step in range(MOST_STEPS):
        shares, loss = _shares(Z1 @ W.T, y, kept)
        gradient = (shares - np.eye(classes)[y]).T @ Z1 / len(y)
        weight = shares[:, :, np.newaxis] * (np.eye(classes) - shares[:, np.newaxis])
        hessian = np.einsum("nkj,na,nb->kajb", weight, Z1, Z1, optimize=True).reshape(classes * columns, -1) / len(y)
        move = -np.linalg.lstsq(hessian, gradient.ravel(), rcond=1e-12)[0].reshape(W.shape)
        promise, share = abs(float((gradient * move).sum())), 1.0
        while promise > 1e-9 and share > 1e-9 and not _shares(Z1 @ (W + share * move).T, y, kept)[1] < loss:
            share /= 2
        W = W + share * move
        if promise <= SMALL:
            break
    return W
