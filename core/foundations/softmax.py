"""More than two classes: softmax of one score a class, and its maximum likelihood by Newton's method."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from core.errors import InputError, LimitError
from core.formatting import format_count
from core.foundations.separability import robust_scaling, weak_direction
from core.foundations.two_classes import fit_safe_scaling, with_ones
from core.language import _
from core.regression.data.validation import Array, ArrayLike, as_array, check_size, check_X_y

if TYPE_CHECKING:
    import torch
    from scipy.sparse import csr_array

Places: TypeAlias = npt.NDArray[np.int64]
MOST_PARAMETERS = 400  # the Hessian has the square of this many entries
MOST_CHECKED = 20_000_000  # entries of the linear programme on separability that are not 0
MOST_STEPS = 100
SURE = 10.0  # differences of scores above which a fit may be on its way to infinity
NEAR = 1e-9  # twice the promised fall of the loss below which a step is taken whole
SMALL = 1e-22


@dataclass(frozen=True, eq=False)
class SoftmaxFit:
    """The softmax model with the smallest cross-entropy: P(class k) is the softmax of x · weights[k] + bias[k].

    The same vector added to the weights of every class changes no probability; these add up to 0 over the classes.

    Attributes:
        weights (K, d): in the units of X, a row for each class.
        bias (K,): in the order of the classes.
        loss: the mean cross-entropy, in nats, the penalty left out.
        classes (K,): the labels, sorted.
        penalty: on half the squares of the weights per standard deviation.
    """

    weights: "torch.Tensor"
    bias: "torch.Tensor"
    loss: float
    classes: tuple[float, ...]
    penalty: float

    def scores(self, X: ArrayLike) -> "torch.Tensor":
        """Return z (n, K) for rows X (n, d)."""
        import torch

        return torch.from_numpy(as_array(X, "X") @ self.weights.numpy().T + self.bias.numpy())

    def probabilities(self, X: ArrayLike) -> "torch.Tensor":
        """Return P (n, K) for rows X (n, d); each row adds up to 1."""
        return softmax(self.scores(X))


def softmax(z: ArrayLike) -> "torch.Tensor":
    """Return exp(z_k) divided by the sum of all exp(z_j), along the last axis; shape of z.

    The largest score is subtracted first, which changes nothing and keeps exp from overflowing.
    Raises InputError for no scores, missing or infinite ones.

    >>> softmax([0.0, 0.0]).tolist(), softmax([1e300, 0.0]).tolist()
    ([0.5, 0.5], [1.0, 0.0])
    """
    import torch

    scores = as_array(z, "z")
    if scores.ndim == 0 or scores.shape[-1] == 0:
        raise InputError(_("Softmax needs at least one score; the shape is {shape}.").format(shape=scores.shape))
    return torch.from_numpy(_softmax(scores))


def fit_softmax(X: ArrayLike, y: ArrayLike, penalty: float = 0.0) -> SoftmaxFit:
    """Return the maximum likelihood of the softmax model for X (n, d) and labels y (n,), two classes or more.

    The objective is the mean cross-entropy plus penalty/2 times the sum of squared weights per standard deviation,
    biases left out; scikit-learn's C is 1/(n · penalty). Without a penalty it raises InputError where no finite weights
    are the best, which a linear programme decides.
    Raises InputError also for one class, more than 400 parameters, missing or infinite values; LimitError where that
    programme would be too large.
    """
    import torch

    matrix, labels = check_X_y(X, y)
    size = check_size(penalty, "penalty")
    classes, place = np.unique(labels, return_inverse=True)
    count = len(classes) * (matrix.shape[1] + 1)
    if len(classes) < 2:
        raise InputError(_("Two classes are needed at least, but all labels are the same; choose rows of two classes."))
    if count > MOST_PARAMETERS:
        raise InputError(
            _(
                "The model would have {count} parameters, {most} is the limit here; choose fewer columns or classes."
            ).format(count=format_count(count), most=MOST_PARAMETERS)
        )
    scaling = fit_safe_scaling(matrix)
    Z = with_ones(scaling.transform(matrix))
    parameters, loss = _newton(Z, place, len(classes), size)
    if not size and _spread(Z @ parameters.T) > SURE and _separable(matrix, place, len(classes)):
        raise InputError(
            _("Some of the classes are separable, so no finite weights have the largest likelihood: they would grow "
              "for ever. Choose other columns or add a penalty.")
        )  # fmt: skip
    weights, bias = scaling.to_table(parameters[:, :-1], parameters[:, -1])
    return SoftmaxFit(
        torch.from_numpy(weights), torch.from_numpy(np.asarray(bias)), loss, tuple(map(float, classes)), size
    )


def _newton(Z: Array, place: Places, classes: int, penalty: float) -> tuple[Array, float]:
    """Return the parameters (K, d + 1) in standardised units, with sums of 0 over the classes, and their loss."""
    wanted = np.eye(classes)[place]
    ridge = np.full(Z.shape[1], penalty)
    ridge[-1] = 0.0
    found = np.zeros((classes, Z.shape[1]))
    for _step in range(MOST_STEPS):
        shares = _softmax(Z @ found.T)
        gradient = (shares - wanted).T @ Z / len(Z) + found * ridge
        move = -np.linalg.lstsq(_hessian(Z, shares, ridge), gradient.ravel(), rcond=1e-13)[0].reshape(found.shape)
        before, share = _objective(Z, place, found, ridge), 1.0
        promise = abs(float((gradient * move).sum()))
        while promise > NEAR and not _objective(Z, place, found + share * move, ridge) < before and share > 1e-12:
            share /= 2
        found = found + share * move
        if promise <= SMALL or share <= 1e-12:
            break
    found -= found.mean(axis=0)
    return found, _objective(Z, place, found, 0 * ridge)


def _objective(Z: Array, place: Places, parameters: Array, ridge: Array) -> float:
    z = Z @ parameters.T
    top = z.max(axis=1)
    losses = top + np.log(np.exp(z - top[:, np.newaxis]).sum(axis=1)) - z[np.arange(len(z)), place]
    return float(losses.mean() + (parameters**2 @ ridge).sum() / 2)


def _hessian(Z: Array, shares: Array, ridge: Array) -> Array:
    """Return the matrix of second derivatives, (K(d + 1), K(d + 1))."""
    classes, columns = shares.shape[1], Z.shape[1]
    blocks = np.empty((classes, columns, classes, columns))
    for k in range(classes):
        for j in range(k, classes):
            weight = shares[:, k] * ((k == j) - shares[:, j])
            blocks[k, :, j] = blocks[j, :, k] = Z.T @ (weight[:, np.newaxis] * Z) / len(Z)
        blocks[k, :, k] += np.diag(ridge)
    hessian: Array = blocks.reshape(classes * columns, -1)
    return hessian


def _separable(X: Array, place: Places, classes: int) -> bool:
    entries = 2 * len(X) * (classes - 1) * (X.shape[1] + 1)
    if entries > MOST_CHECKED:
        raise LimitError(
            _("Whether the classes are separable is decided up to {most} entries of a linear programme, and these rows "
              "and classes make {count}; choose fewer columns or classes, or add a penalty.").format(
                most=format_count(MOST_CHECKED), count=format_count(entries)),
            limit="work", most=MOST_CHECKED, came=entries,
        )  # fmt: skip
    Z = with_ones(robust_scaling(X).transform(X))
    return weak_direction(_differences(Z, place, classes)) is not None


def _differences(Z: Array, place: Places, classes: int) -> "csr_array":
    """Return a row for each row of Z and each wrong class: how the right score exceeds that one, by the parameters."""
    from scipy.sparse import csr_array

    rows, wrong = np.nonzero(np.arange(classes) != place[:, np.newaxis])
    columns = np.arange(Z.shape[1])
    starts = np.column_stack([place[rows], wrong])[:, :, np.newaxis] * Z.shape[1]
    values = Z[rows][:, np.newaxis] * np.array([1.0, -1.0])[:, np.newaxis]
    ends = 2 * Z.shape[1] * np.arange(len(rows) + 1)
    return csr_array((values.ravel(), (starts + columns).ravel(), ends), (len(rows), classes * Z.shape[1]))


def _softmax(z: Array) -> Array:
    with np.errstate(over="ignore"):  # a difference of -infinity has the share 0
        powers = np.exp(z - z.max(axis=-1, keepdims=True))
    shares: Array = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _spread(z: Array) -> float:
    return float(np.ptp(z, axis=1).max())
