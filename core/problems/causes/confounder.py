"""The slope of y on x, with and without others held fixed: Simpson's paradox, as exact least squares."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.language import _
from core.problems.rows import Array, Places

NOTHING_LEFT = 1e-9  # of the length of the centred x: with less than this, x is taken as determined by the others
ROUNDING = 1e-13  # of the length of y


@dataclass(frozen=True)
class SlopeFit:
    """The slope of y on x in a regression with an intercept.

    Attributes:
        slope: the coefficient of x.
        error: its classical standard error; None where no row is left to estimate the noise from.
        rows: n.
        freedom: n less the number of independent coefficients.
    """

    slope: float
    error: float | None
    rows: int
    freedom: int

    @property
    def direction(self) -> int:
        """1 or −1 if the slope is more than two standard errors above or below 0, and 0 otherwise.

        A slope without a standard error has its sign.
        """
        least = 0.0 if self.error is None else 2 * self.error
        return int(np.sign(self.slope)) if abs(self.slope) > least else 0


def fit_slope(x: Array, y: Array, others: Array | None = None) -> SlopeFit:
    """Regress y (n,) on x (n,), on the columns of `others` (n, k) where there are some, and on an intercept.

    What x has in common with the others is removed first; y on what is left has the same slope as the regression on
    all columns (Frisch and Waugh 1933, Lovell 1963). Constant y has slope 0.
    Raises InputError if x is constant, or nothing is left of it once the others are known.

    >>> fit_slope(np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0])).slope
    2.0
    """
    if len(x) < 2 or np.ptp(x) == 0:
        raise InputError(_("A slope needs a column that varies, but x has one value only; choose another column."))
    x_scale, y_scale = float(np.abs(x).max()), float(np.abs(y).max()) or 1.0  # squares of huge numbers are ∞
    columns = np.ones((len(x), 1)) if others is None else np.column_stack((np.ones(len(x)), others))
    x_left, rank = _left_of(x / x_scale, columns)
    y_left, _rank = _left_of(y / y_scale, columns)
    centred = x / x_scale - np.mean(x / x_scale)
    if np.linalg.norm(x_left) <= NOTHING_LEFT * np.linalg.norm(centred):
        raise InputError(
            _("With the other columns held fixed x has to vary, but it is determined by them; choose another column.")
        )
    if np.linalg.norm(y_left) <= ROUNDING * np.linalg.norm(y / y_scale):
        y_left = np.zeros_like(y_left)  # the others determine y
    slope = float(x_left @ y_left / (x_left @ x_left))
    freedom = len(x) - rank - 1
    noise = float(np.linalg.norm(y_left - slope * x_left)) / np.sqrt(freedom) if freedom > 0 else np.nan
    error = float(noise / np.linalg.norm(x_left) * (y_scale / x_scale)) if freedom > 0 else None
    return SlopeFit(slope * (y_scale / x_scale), error, len(x), freedom)


def one_hot(classes: Places) -> Array:
    """Return a column of 0 and 1 for each class that has rows but the first, (n, classes − 1).

    >>> one_hot(np.array([0, 2, 2]))
    array([[0.],
           [1.],
           [1.]])
    """
    return np.asarray(classes[:, None] == np.unique(classes)[1:], dtype=np.float64)


def slopes_by_class(x: Array, y: Array, classes: Places, count: int) -> list[SlopeFit | None]:
    """Return the slope within each of `count` classes; None for a class in which x does not vary."""
    members = [classes == each for each in range(count)]
    return [fit_slope(x[rows], y[rows]) if rows.any() and np.ptp(x[rows]) > 0 else None for rows in members]


def class_means(values: Array, classes: Places) -> Array:
    """Return for each row the mean of its class, (n,)."""
    count = np.bincount(classes)
    means = np.bincount(classes, weights=values) / np.maximum(count, 1)
    return np.asarray(means[classes], dtype=np.float64)


def slid_together(values: Array, classes: Places, share: float) -> Array:
    """Return the values with the mean of each class moved by this share of its way to the mean of all rows.

    With share 1 all classes have the same mean, and the slope of y on x is the one with the class held fixed.
    """
    return np.asarray(values - share * (class_means(values, classes) - values.mean()), dtype=np.float64)


@dataclass(frozen=True)
class Twins:
    """Two structural models of x, y and their class that fit the same rows equally well.

    In one the class acts on both, and x on y. In the other the class acts on both, and y on x. Within a class both are
    the same Gaussian with the covariance of the rows, so no number of rows distinguishes them; yet only in the first
    does setting x change y.

    Attributes:
        shares: (k,), the share of rows of each class.
        x_means: (k,), the mean of x in each class.
        y_means: (k,), the mean of y in each class.
        effect: of x on y in the first model, the slope with the class held fixed.
        back_effect: of y on x in the second model.
        y_given_x: the standard deviation of y around its line, with class and x known.
        y_given_class: the standard deviation of y with only the class known.
    """

    shares: Array
    x_means: Array
    y_means: Array
    effect: float
    back_effect: float
    y_given_x: float
    y_given_class: float

    def mean_when_set(self, values: Array, forward: bool) -> Array:
        """Return the exact mean of y where x is set to each of the values, in the first model or in the second."""
        x_mean, y_mean = float(self.shares @ self.x_means), float(self.shares @ self.y_means)
        return y_mean + (self.effect if forward else 0.0) * (values - x_mean)

    def draw_when_set(self, values: Array, forward: bool, rng: np.random.Generator) -> Array:
        """Carry out do(x = value), once for each of the values: x no longer listens to its causes. (n,)."""
        classes = rng.choice(len(self.shares), size=values.shape, p=self.shares)
        noise = rng.standard_normal(values.shape)
        if not forward:
            return np.asarray(self.y_means[classes] + self.y_given_class * noise, dtype=np.float64)
        line = self.y_means[classes] + self.effect * (values - self.x_means[classes])
        return np.asarray(line + self.y_given_x * noise, dtype=np.float64)

    @classmethod
    def fit(cls, x: Array, y: Array, classes: Places, count: int) -> "Twins":
        """Fit both models by maximum likelihood. Each of the `count` classes needs a row."""
        sizes = np.bincount(classes, minlength=count)
        x_left, y_left = x - class_means(x, classes), y - class_means(y, classes)
        if np.linalg.norm(y_left) <= ROUNDING * np.linalg.norm(y):
            y_left = np.zeros_like(y_left)  # the class determines y
        xx, xy, yy = float(x_left @ x_left), float(x_left @ y_left), float(y_left @ y_left)
        effect, back = xy / xx, xy / yy if yy > 0 else 0.0
        spread = np.sqrt(np.mean((y_left - effect * x_left) ** 2))
        x_means, y_means = (np.bincount(classes, weights=each, minlength=count) / sizes for each in (x, y))
        return cls(sizes / len(x), x_means, y_means, effect, back, float(spread), float(np.sqrt(yy / len(x))))


def _left_of(values: Array, columns: Array) -> tuple[Array, int]:
    """Return what the columns leave of the values, and how many columns are independent."""
    coefficients, _residual, rank, _singular = np.linalg.lstsq(columns, values, rcond=None)
    return np.asarray(values - columns @ coefficients, dtype=np.float64), int(rank)


def kept_classes(classes: Places, names: Sequence[str]) -> tuple[Places, list[str]]:
    """Return the classes that have rows, numbered anew from 0, and their names."""
    present, places = np.unique(classes, return_inverse=True)
    return places.astype(np.int64), [names[each] for each in present]
