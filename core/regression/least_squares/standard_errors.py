"""Inference for a least-squares fit: standard errors, t statistics, confidence intervals, R²."""

from dataclasses import dataclass
from numbers import Real

import numpy as np

from core.errors import InputError
from core.language import _
from core.regression.data.validation import Array


@dataclass(frozen=True, eq=False)
class Inference:
    """The results of classical inference, as statsmodels' OLS gives them. Arrays are in the order of the fit.

    With as many independent columns as rows no residuals are left to estimate the noise from: all but r_squared are
    None.

    Attributes:
        standard_errors (p,): 0 for a perfect fit.
        t_statistics (p,): None for a perfect fit.
        intervals (p, 2): low and high.
        residual_deviation: the estimate of the deviation of the noise.
        r_squared: centred with an intercept and uncentred without; None for labels that leave nothing to explain
            (constant, or without an intercept all zero).
        adjusted_r_squared: adjusted for the rank; None where r_squared is.
    """

    standard_errors: Array | None
    t_statistics: Array | None
    intervals: Array | None
    residual_deviation: float | None
    r_squared: float | None
    adjusted_r_squared: float | None


@dataclass(frozen=True, eq=False)
class Squares:
    """What inference needs of a fit. The label is scaled by 2^-exponent.

    Attributes:
        residual: the residual sum of squares of the scaled label.
        total: its total sum of squares.
        exponent: of the scale.
        rows: n.
        rank: how many columns are independent.
        unit_errors (p,): the standard errors at a residual deviation of 1 in the scaled label.
        explained: the sum of squares of the predictions, where the difference of the others would lose digits.
    """

    residual: float
    total: float
    exponent: int
    rows: int
    rank: int
    unit_errors: Array
    explained: float | None = None

    @property
    def r_squared(self) -> float | None:
        """R², never below 0; None for labels that leave nothing to explain."""
        if not self.total > 0:
            return None
        if self.explained is not None:
            return self.explained / self.total
        return max(1 - self.residual / self.total, 0.0)


def infer(coefficients: Array, squares: Squares, intercept: bool, confidence: float) -> Inference:
    """Return standard errors, t statistics, two-sided intervals and R² of a least-squares fit.

    The noise is assumed independent, normal and of constant variance: its variance is estimated by RSS / (n - rank).
    """
    freedom = squares.rows - squares.rank
    r_squared = squares.r_squared
    if freedom == 0:
        return Inference(None, None, None, None, r_squared, None)
    deviation = np.sqrt(squares.residual / freedom)
    with np.errstate(over="ignore"):
        errors = deviation * squares.unit_errors if deviation > 0 else np.zeros_like(squares.unit_errors)
        reach = student_quantile(freedom, confidence) * errors
    return Inference(
        standard_errors=errors,
        t_statistics=coefficients / errors if (errors > 0).all() else None,
        intervals=np.stack([coefficients - reach, coefficients + reach], axis=1),
        residual_deviation=float(np.ldexp(deviation, squares.exponent)),
        r_squared=r_squared,
        adjusted_r_squared=None if r_squared is None else 1 - (1 - r_squared) * (squares.rows - intercept) / freedom,
    )


def student_quantile(freedom: int, confidence: float) -> float:
    """Return t such that a Student t variable lies within ±t with this probability.

    >>> round(student_quantile(10, 0.95), 6)
    2.228139
    """
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + confidence) / 2))


def check_confidence(value: object) -> float:
    """Return a probability strictly between 0 and 1, or raise InputError."""
    try:
        share = float(value) if isinstance(value, Real) and not isinstance(value, bool) else 0.0
    except OverflowError:
        share = 0.0
    if not 0 < share < 1:
        raise InputError(_("confidence has to be a number between 0 and 1; got {value}.").format(value=value))
    if (1 + share) / 2 == 1:
        raise InputError(
            _("A confidence of {value} is 1 up to rounding, and its intervals would be infinite; give a smaller one.")
            .format(value=value)
        )  # fmt: skip
    return share
