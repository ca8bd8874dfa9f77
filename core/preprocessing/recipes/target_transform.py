"""Transforms of the target: learnt from the training rows, applied to every row, and inverted for predictions.

The functions `standard_target` to `sqrt_inverse` are copied into the scripts, so each is self-contained.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.formatting import format_count, format_list
from core.language import _, ngettext
from core.preprocessing.recipes.choices import TargetTransform
from core.preprocessing.recipes.scale import learn_scale

Array = npt.NDArray[np.float64]

POWER_ENDS: Mapping[str, tuple[float, float]] = MappingProxyType({"box_cox": (-5.0, 5.0), "yeo_johnson": (-4.0, 6.0)})
_STEP = 0.25  # of the grid of powers before the search
_DIGITS = 6  # of a power, so that it is the same on every processor; the likelihood is flat at its top
_GOLDEN = (5**0.5 - 1) / 2
_ROWS_NAMED = 5


def standard_target(values: np.ndarray, centre: float, spread: float) -> np.ndarray:
    """Return (y - centre) / spread; the largest float at most."""
    with np.errstate(over="ignore"):
        return np.clip((values - centre) / spread, -np.finfo(np.float64).max, np.finfo(np.float64).max)


def box_cox(values: np.ndarray, power: float) -> np.ndarray:
    """Return (y^power - 1) / power of values above 0, the logarithm for power 0; the largest float at most."""
    with np.errstate(over="ignore"):
        result: np.ndarray = np.log(values) if power == 0 else np.expm1(power * np.log(values)) / power
    return np.asarray(np.clip(result, -np.finfo(np.float64).max, np.finfo(np.float64).max))


def box_cox_inverse(values: np.ndarray, power: float) -> np.ndarray:
    """Return y, NaN where no y becomes this value: where power * value + 1 is not above 0."""
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        return np.exp(values) if power == 0 else np.exp(np.log1p(power * values) / power)


def yeo_johnson(values: np.ndarray, power: float) -> np.ndarray:
    """Return Box-Cox of 1 + y for y of at least 0, and minus Box-Cox of 1 - y with 2 - power for y below 0."""
    limit = np.finfo(np.float64).max
    above, below = np.log1p(np.maximum(values, 0.0)), np.log1p(np.maximum(-values, 0.0))
    other = 2.0 - power
    with np.errstate(over="ignore"):
        above = above if power == 0 else np.expm1(power * above) / power
        below = below if other == 0 else np.expm1(other * below) / other
    result: np.ndarray = np.where(values >= 0, above, -below)
    return np.asarray(np.clip(result, -limit, limit))


def yeo_johnson_inverse(values: np.ndarray, power: float) -> np.ndarray:
    """Return y, NaN where no y becomes this value."""
    other = 2.0 - power
    above, below = np.maximum(values, 0.0), np.maximum(-values, 0.0)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        above = above if power == 0 else np.log1p(power * above) / power
        below = below if other == 0 else np.log1p(other * below) / other
        result: np.ndarray = np.where(values >= 0, np.expm1(above), -np.expm1(below))
    return result


def sqrt_inverse(values: np.ndarray) -> np.ndarray:
    """Return the square, NaN for a negative value: no number has a negative root."""
    with np.errstate(over="ignore"):
        return np.where(values >= 0, values * values, np.nan)


@dataclass(frozen=True)
class FittedTarget:
    """A transform of the target with what the training rows taught.

    Attributes:
        column: the target.
        transform: the transform.
        power: of Box-Cox and Yeo-Johnson, λ of the largest likelihood.
        centre: of a standardised target, its mean.
        spread: of a standardised target, its standard deviation; 1 if it never varies.
    """

    column: str
    transform: TargetTransform
    power: float = 1.0
    centre: float = 0.0
    spread: float = 1.0

    @property
    def label(self) -> str:
        """The name of what is predicted: the target as it is trained on."""
        return target_label(self.transform, self.column)

    @property
    def is_linear(self) -> bool:
        """Whether the mean of the transformed target is the transformed mean, so that nothing is to be corrected."""
        return self.transform in ("none", "standard")

    def forward(self, values: Array) -> Array:
        """Return finite values (n,) of the target as they are trained on.

        The transform has to be defined for them (see `forbidden_rows`). A result beyond float64 is its largest number.
        """
        if self.transform == "log":
            return np.log(values)
        if self.transform == "sqrt":
            return np.sqrt(values)
        if self.transform == "standard":
            return standard_target(values, self.centre, self.spread)
        if self.transform == "none":
            return values
        result: Array = (box_cox if self.transform == "box_cox" else yeo_johnson)(values, self.power)
        return result

    def inverse(self, values: Array) -> Array:
        """Return predictions (n,) in the units of the target; NaN where no finite number becomes this value.

        The inverse of a mean on the scale of the transform is a median in the target's units, as long as the errors on
        that scale are symmetric.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            result: Array = self._inverse(np.asarray(values, dtype=np.float64))
        return np.where(np.isfinite(result), result, np.nan)

    def inverse_ends(self, values: Array) -> Array:
        """Return ends of intervals (n,) in the units of the target.

        An end below all that the transform gives becomes the least value of the target that there can be (0, or
        -infinity), one above infinity: the interval holds every value on that side.
        """
        values = np.asarray(values, dtype=np.float64)
        result = self.inverse(values)
        least = 0.0 if self.transform in ("log", "sqrt", "box_cox") else -np.inf
        beyond = np.isnan(result) & ~np.isnan(values)
        return np.where(beyond, np.where(values < 0, least, np.inf), result)

    def corrected(self, prediction: float, residuals: Array) -> float:
        """Return the mean of the target for a prediction on the scale of the transform: Duan's smearing estimate.

        The mean over the residuals (n,) of the training rows of the inverse of prediction + residual (Duan 1983). NaN
        if the inverse is not defined for one of them.
        """
        if not len(residuals):
            return float("nan")
        with np.errstate(over="ignore"):
            return float(np.mean(self.inverse(prediction + residuals)))

    def _inverse(self, values: Array) -> Array:
        result: Array
        if self.transform == "log":
            result = np.exp(values)
        elif self.transform == "sqrt":
            result = sqrt_inverse(values)
        elif self.transform == "standard":
            result = values * self.spread + self.centre
        elif self.transform == "none":
            result = values
        else:
            result = (box_cox_inverse if self.transform == "box_cox" else yeo_johnson_inverse)(values, self.power)
        return result


def target_label(transform: TargetTransform, column: str) -> str:
    """Return the name of the transformed target, such as “log Price”.

    >>> target_label("log", "Price"), target_label("none", "Price")
    ('log Price', 'Price')
    """
    names = {
        "log": _("log {column}"),
        "sqrt": _("sqrt {column}"),
        "box_cox": _("Box-Cox {column}"),
        "yeo_johnson": _("Yeo-Johnson {column}"),
        "standard": _("standardised {column}"),
    }
    return names.get(transform, "{column}").format(column=column)


def check_target_transform(value: object) -> None:
    """Raise InputError unless this is the name of a transform."""
    if not isinstance(value, str) or value not in get_args(TargetTransform):
        raise InputError(
            _("The target's transform has to be one of {choices}; got {value}.").format(
                choices=format_list(get_args(TargetTransform)), value=repr(value)[:60]
            )
        )


def forbidden_rows(transform: TargetTransform, values: Array) -> npt.NDArray[np.bool_]:
    """Mark the values (n,) for which the transform is not defined; a missing value is none of them."""
    if transform in ("log", "box_cox"):
        return values <= 0
    return values < 0 if transform == "sqrt" else np.zeros(len(values), dtype=bool)


def explain_forbidden(transform: TargetTransform, column: str, values: Array, rows: pd.Index) -> str | None:
    """Return a sentence on the rows (labels, n) whose values forbid the transform; None if it is defined for all."""
    marks = forbidden_rows(transform, values)
    count = int(marks.sum())
    if not count:
        return None
    named = format_list(rows[marks][:_ROWS_NAMED])
    sentence = (
        ngettext(
            "The square root needs values of at least 0, and “{column}” is below 0 in {count} row: {rows}.",
            "The square root needs values of at least 0, and “{column}” is below 0 in {count} rows: {rows}.",
            count,
        )
        if transform == "sqrt"
        else ngettext(
            "Logarithm and Box-Cox need values above 0, and “{column}” is 0 or less in {count} row: {rows}.",
            "Logarithm and Box-Cox need values above 0, and “{column}” is 0 or less in {count} rows: {rows}.",
            count,
        )
    )
    return sentence.format(
        column=column, count=format_count(count), rows=named + (", …" if count > _ROWS_NAMED else "")
    )


def transform_target(fitted: FittedTarget, values: Array, rows: pd.Index) -> Array:
    """Return the target (n,) of these rows as it is trained on.

    Raises InputError, naming rows, where the transform is not defined.
    """
    refusal = explain_forbidden(fitted.transform, fitted.column, values, rows)
    if refusal is not None:
        raise InputError(refusal)
    return fitted.forward(values)


def fit_target(transform: TargetTransform, column: str, values: Array, rows: pd.Index) -> FittedTarget:
    """Learn the transform from the target (n,) of the training rows, all finite, at least one.

    Raises InputError, naming rows, where it is not defined.
    """
    refusal = explain_forbidden(transform, column, values, rows)
    if refusal is not None:
        raise InputError(refusal)
    if transform == "standard":
        centre, spread = learn_scale("standard", values)
        return FittedTarget(column, transform, centre=centre, spread=spread)
    power = fit_power(transform, values) if transform in POWER_ENDS else 1.0
    return FittedTarget(column, transform, power)


def fit_power(transform: TargetTransform, values: Array) -> float:
    """Return λ of Box-Cox or Yeo-Johnson with the largest likelihood, within `POWER_ENDS`, to six decimals.

    The likelihood (Box and Cox 1964; Yeo and Johnson 2000) is that of a normal distribution after the transform, with
    its mean and variance fitted. It is searched on a grid, then between the neighbours of its best point by golden
    section. Values that never vary have no best power and keep 1, which only shifts them.
    """
    if values.min() == values.max():
        return 1.0
    likelihood = log_likelihood(transform, values)
    low, high = POWER_ENDS[transform]
    grid = np.arange(low, high + _STEP / 2, _STEP)
    reached = [likelihood(float(power)) for power in grid]
    best = int(np.argmax(reached))
    if not np.isfinite(reached[best]):  # they vary by less than their logarithms can tell
        return 1.0
    left, right = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)])
    found = round(_highest(likelihood, left, right), _DIGITS) + 0.0  # -0.0 is 0
    return found if likelihood(found) >= reached[best] else float(grid[best])


def log_likelihood(transform: TargetTransform, values: Array) -> Callable[[float], float]:
    """Return the function from λ to the log-likelihood of values (n,) that vary, up to a constant.

    Where all values are on one side of 0, Yeo-Johnson is Box-Cox of 1 + |y|: then the variance is computed from the
    logarithms, so that nothing overflows and the spread of values close to each other is not rounded away.
    """
    n = len(values)
    if transform == "box_cox":
        return lambda power: -n / 2 * _log_variance(np.log(values), power)
    logs = np.log1p(np.abs(values))
    if values.min() >= 0:
        return lambda power: -n / 2 * _log_variance(logs, power)
    if values.max() <= 0:
        return lambda power: -n / 2 * _log_variance(logs, 2.0 - power)
    lean = float((np.sign(values) * logs).sum())

    def likelihood(power: float) -> float:
        result = yeo_johnson(values, power)
        size = float(np.abs(result).max())
        if size >= np.finfo(np.float64).max:
            return -np.inf
        return float(-n / 2 * (np.log(np.var(result / size)) + 2 * np.log(size)) + (power - 1) * lean)

    return likelihood


def _log_variance(logs: Array, power: float) -> float:
    """Return the log of the variance of exp(power (l - mean)) / power for logarithms l (n,): -2/n of the likelihood."""
    logs = logs - logs.mean()
    with np.errstate(divide="ignore"):
        if power == 0:
            return float(np.log(np.var(logs)))
        exponents = power * logs
        top = float(exponents.max())
        return float(np.log(np.var(np.expm1(exponents - top))) + 2 * top - 2 * np.log(abs(power)))


def _highest(function: Callable[[float], float], left: float, right: float) -> float:
    """Return the place of the maximum between both, of a function with one, by golden section."""
    inner, outer = right - _GOLDEN * (right - left), left + _GOLDEN * (right - left)
    at_inner, at_outer = function(inner), function(outer)
    while right - left > 10.0 ** -(_DIGITS + 2):
        if at_inner >= at_outer:
            right, outer, at_outer = outer, inner, at_inner
            inner = right - _GOLDEN * (right - left)
            at_inner = function(inner)
        else:
            left, inner, at_inner = inner, outer, at_outer
            outer = left + _GOLDEN * (right - left)
            at_outer = function(outer)
    return (left + right) / 2
