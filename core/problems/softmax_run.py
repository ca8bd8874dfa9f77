"""A run of softmax regression: SGD, and beside it the best fit, or the limit where there is none."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.foundations.softmax import fit_softmax
from core.foundations.two_classes import with_ones
from core.problems.class_rows import Drawn
from core.problems.linear_descent import LinearDescent, probabilities
from core.problems.rows import Rows
from core.problems.softmax_limit import SoftmaxLimit, softmax_limit

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class BestFit:
    """What no weights can beat.

    Attributes:
        exists: whether some weights have the smallest loss.
        loss: the smallest loss with its penalty, or the limit that the loss never reaches.
        parameters: (K, d + 1), of the smallest loss; none if there is none.
        probabilities: (n, K), at the smallest loss or in its limit.
        limit: where there is no penalty, how it was decided.
    """

    exists: bool
    loss: float
    parameters: Array | None
    probabilities: Array
    limit: SoftmaxLimit | None = None


def best_fit(Z: Array, y: Places, classes: int, penalty: float = 0.0) -> BestFit:
    """Return the smallest loss of softmax on standardised features Z (n, d) and places of classes y (n,).

    Raises InputError where the model or the programme that decides on separability would be too large.
    """
    if penalty:
        fit = fit_softmax(Z, y, penalty)
        parameters = np.column_stack([fit.weights.numpy(), fit.bias.numpy()])
        loss = fit.loss + penalty * float((parameters[:, :-1] ** 2).sum()) / 2
        return BestFit(True, loss, parameters, probabilities(with_ones(Z) @ parameters.T))
    limit = softmax_limit(Z, y, classes)
    return BestFit(limit.exists, limit.loss, limit.parameters if limit.exists else None, limit.probabilities, limit)


@dataclass(frozen=True, eq=False)
class SoftmaxRun:
    """SGD on rows with classes, beside the best fit.

    Attributes:
        rows: what was learned from.
        y: (n,), the places of the classes.
        drawn: the features of the model and of the plane.
        path: of SGD.
        shares: (frames, n, K), the probabilities of each row.
        best: what no weights can beat.
        row: the place of the row whose probabilities are drawn.
    """

    rows: Rows
    y: Places
    drawn: Drawn
    path: LinearDescent
    shares: Array
    best: BestFit
    row: int

    @property
    def right(self) -> Places:
        """How many rows have their class as the most probable one, (frames,)."""
        counts: Places = (self.shares.argmax(axis=2) == self.y).sum(axis=1)
        return counts

    @property
    def size(self) -> float:
        """The largest weight of the last frame."""
        return float(np.abs(self.path.parameters[-1, :, :-1]).max())
