"""Densities of noise: normal, Laplace and uniform, which are one family, and how likely residuals are under each.

The family is the generalised normal, p / (2 s Γ(1/p)) · exp(-|r/s|ᵖ) with width s > 0 (M. T. Subbotin 1923). p = 1 is
Laplace with scale s; p = 2 is normal with variance s²/2; p = ∞ is uniform on [-s, s].
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.formatting import format_general
from core.language import _
from core.regression.data.validation import Array, ArrayLike, as_array, check_positive

if TYPE_CHECKING:
    import torch

LAWS = {"normal": 2.0, "laplace": 1.0, "uniform": math.inf}  # each with its p


def normal_log_density(x: ArrayLike, mean: float, variance: float) -> Array:
    """Return log p(x) = -½ log(2πσ²) - (x - μ)² / (2σ²) for x of any shape, in the same shape.

    Raises InputError for missing or infinite values, and for a variance that is not above 0.

    >>> float(normal_log_density([0.0], 0.0, 1.0).round(6)[0])  # -½ log(2π)
    -0.918939
    """
    sigma = math.sqrt(check_positive(variance, "variance"))
    values = as_array(x, "x")
    with np.errstate(over="ignore"):
        return -0.5 * math.log(2.0 * math.pi) - math.log(sigma) - 0.5 * np.square((values - mean) / sigma)


def normal_density(x: ArrayLike, mean: float, variance: float) -> Array:
    """Return the normal density of x of any shape, per unit of x; it may be above 1. Raises as its logarithm does."""
    return np.exp(normal_log_density(x, mean, variance))


def share_within(deviations: float) -> float:
    """Return the probability that a normal value is within so many standard deviations of its mean: erf(k/√2).

    >>> [round(share_within(k), 4) for k in (1, 2, 3)]
    [0.6827, 0.9545, 0.9973]
    """
    return math.erf(deviations / math.sqrt(2.0))


def draw_standard_normal(n: int, seed: int) -> "torch.Tensor":
    """Return n draws (n,) with mean 0 and variance 1, float64: those of `torch.randn` with a generator of this seed."""
    import torch

    return torch.randn(n, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def log_density(residuals: ArrayLike, p: float, width: float) -> Array:
    """Return the log of the density of the family at residuals of any shape, in the same shape; -∞ where it is 0.

    The ends of the uniform law belong to it. Raises InputError for missing or infinite residuals, for a width that is
    not above 0, and for p below 1.

    >>> log_density([0.0, 3.0], p=math.inf, width=2.0).round(4).tolist()  # 1/4 inside, 0 outside
    [-1.3863, -inf]
    """
    power, scale = check_power(p), check_positive(width, "width")
    sizes = np.abs(as_array(residuals, "residuals")) / scale
    if math.isinf(power):
        return np.where(sizes <= 1.0, -math.log(2.0) - math.log(scale), -math.inf)
    with np.errstate(over="ignore", under="ignore"):
        return _log_height(power) - math.log(scale) - sizes**power


def fit_width(residuals: ArrayLike, p: float) -> float:
    """Return the width of the largest likelihood around 0: (p · mean of |r|ᵖ)^(1/p); the largest size, for p = ∞.

    For p = 1 it is the mean size, for p = 2 it is √2 times the root mean square. Raises InputError without residuals,
    for missing or infinite ones, and where all are 0: then every smaller width is likelier.
    """
    power = check_power(p)
    sizes = np.abs(as_array(residuals, "residuals")).ravel()
    if not sizes.size:
        raise InputError(_("The width of a density needs at least one residual, but got none."))
    peak = float(sizes.max())
    if peak == 0:
        raise InputError(
            _("Every residual is 0, so no width has the largest likelihood: the narrower the density, the higher it "
              "is. Use rows that the model does not fit perfectly.")
        )  # fmt: skip
    if math.isinf(power):
        return peak
    with np.errstate(under="ignore"):
        mean = float(((sizes / peak) ** power).mean())
    return float(peak * (power * mean) ** (1.0 / power))


@dataclass(frozen=True)
class LawFit:
    """A law of noise around 0, with the width of the largest likelihood.

    Attributes:
        law: normal, laplace or uniform.
        p: of the family.
        width: s of the family.
        scale: the width as the law names it: the standard deviation σ, Laplace's b, half the length of the interval.
        per_row: the mean log-density of the residuals it was fitted to.
    """

    law: str
    p: float
    width: float
    scale: float
    per_row: float

    def mean_log_density(self, residuals: ArrayLike) -> float:
        """Return the mean log-density of other residuals (n,), such as those of test rows; -∞ if one is impossible."""
        return float(log_density(residuals, self.p, self.width).mean())


def fit_laws(residuals: ArrayLike) -> tuple[LawFit, ...]:
    """Return the three laws fitted to residuals (n,), the likeliest first; equally likely ones as in `LAWS`.

    Each has one number to fit, so their likelihoods compare without a penalty. Raises InputError as `fit_width`.
    """
    fits = []
    for law, p in LAWS.items():
        width = fit_width(residuals, p)
        per_row = float(log_density(residuals, p, width).mean())
        fits.append(LawFit(law, p, width, width / math.sqrt(2.0) if law == "normal" else width, per_row))
    return tuple(sorted(fits, key=lambda fit: -fit.per_row))


def check_power(p: float) -> float:
    """Return p as a float. Raises InputError unless it is at least 1, or ∞."""
    try:
        power = float(p)
    except (TypeError, ValueError):
        power = math.nan
    if power >= 1:
        return power
    template = _("p has to be at least 1, but got {p}; below 1 the sum of |r|ᵖ has a minimum at every value.")
    raise InputError(template.format(p=format_general(power)))


def _log_height(p: float) -> float:
    """Return log(p / (2 Γ(1/p))), the log of the peak at width 1; Γ(1/p) = p Γ(1 + 1/p) keeps it exact for large p."""
    return -math.log(2.0) - math.lgamma(1.0 + 1.0 / p)
