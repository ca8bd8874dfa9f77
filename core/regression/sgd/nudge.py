"""Each parameter of a model moved by an amount: what the loss does, and what the gradient foretold."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.regression.data.validation import Array, ArrayLike, as_array, check_parameters, check_size, check_X_y


@dataclass(frozen=True, eq=False)
class Nudges:
    """The loss before, and one row for each parameter that is moved alone, the bias last.

    The columns of table: value (the parameter before), gradient, curvature (the second derivative), loss (after the
    move, from the rows), change (of the loss, from the rows), first (gradient · amount) and second
    (½ · curvature · amount²). The loss is quadratic, so change = first + second, up to rounding.

    Attributes:
        loss: half the mean squared error, plus penalty/2 · ‖w‖².
        amount: by which each parameter is moved.
        table: as above.
    """

    loss: float
    amount: float
    table: pd.DataFrame

    @property
    def rounding(self) -> float:
        """The largest difference between a change from the rows and the two terms that foretell it."""
        return float((self.table["change"] - self.table["first"] - self.table["second"]).abs().max())


def nudge_parameters(X: ArrayLike, y: ArrayLike, parameters: ArrayLike, amount: float, penalty: float = 0.0) -> Nudges:
    """Move each of the parameters (d + 1,), the bias last, of the model of X (n, d) and y (n,) by `amount`, alone.

    The change of the loss is the mean over the rows of ((ŷ + x·amount - y)² - (ŷ - y)²)/2, each difference of squares
    taken as a product, so that a small change of a large loss keeps its digits.
    Raises InputError for missing or infinite values and for shapes that do not match.

    >>> nudge_parameters([[1.0], [3.0]], [2.0, 4.0], parameters=[1.0, 0.0], amount=0.5).table
       value  gradient  curvature   loss  change  first  second
    0    1.0      -2.0        5.0  0.125  -0.375   -1.0   0.625
    1    0.0      -1.0        1.0  0.125  -0.375   -0.5   0.125
    """
    matrix, labels = check_X_y(X, y)
    place, strength = check_parameters(parameters, matrix.shape[1]), check_size(penalty, "penalty")
    step = float(as_array(amount, "amount").reshape(()))
    weights = place[:-1]
    with np.errstate(over="ignore", invalid="ignore"):
        errors = matrix @ weights + place[-1] - labels
        loss = 0.5 * float(np.square(errors).mean()) + 0.5 * strength * float(weights @ weights)
        rows = [_moved(column, errors, step) for column in (*matrix.T, np.ones(len(labels)))]
        gradient, curvature, change = (np.array(values) for values in zip(*rows, strict=True))
        gradient[:-1] += strength * weights
        curvature[:-1] += strength
        change[:-1] += 0.5 * strength * step * (2.0 * weights + step)
        table = pd.DataFrame(
            {
                "value": place,
                "gradient": gradient,
                "curvature": curvature,
                "loss": loss + change,
                "change": change,
                "first": gradient * step,
                "second": 0.5 * curvature * step**2,
            }
        )
    return Nudges(loss, step, table)


def _moved(column: Array, errors: Array, step: float) -> tuple[float, float, float]:
    """Return slope and curvature of the loss along a column, and what a step changes, row by row."""
    moves = column * step
    change = float((moves * (errors + errors + moves)).mean()) / 2.0
    return float((column * errors).mean()), float(np.square(column).mean()), change
