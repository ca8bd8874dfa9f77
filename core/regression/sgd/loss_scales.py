"""One loss on four scales: with or without the ½, mean or sum. The minimum stays; gradient and rate change."""

import numpy as np
import pandas as pd

from core.regression.data.validation import Array, ArrayLike, as_array, check_positive

SCALES = ("half_mean", "mean", "half_sum", "sum")


def loss_scales(errors: ArrayLike, learning_rate: float) -> pd.DataFrame:
    """Return one row per scale of the squared loss over a batch with these errors ŷ - y (m,), as on `SCALES`.

    The columns: scale, loss, gradient (the derivative by the bias), rate (the learning rate with which an update is
    that of half the mean squared error at `learning_rate`) and step (what that update takes off the bias).
    Raises InputError for missing or infinite errors and for a rate that is not above 0.

    >>> loss_scales([1.0, 3.0], 0.1)
           scale  loss  gradient   rate  step
    0  half_mean   2.5       2.0  0.100   0.2
    1       mean   5.0       4.0  0.050   0.2
    2   half_sum   5.0       4.0  0.050   0.2
    3        sum  10.0       8.0  0.025   0.2
    """
    values: Array = as_array(errors, "errors").ravel()
    rate = check_positive(learning_rate, "learning_rate")
    m = len(values)
    factors = np.array([1.0, 2.0, m, 2.0 * m])
    with np.errstate(over="ignore"):
        squares = float(np.square(values).sum())
        losses = np.array([squares / (2 * m), squares / m, squares / 2, squares])
    gradients = factors * values.sum() / m
    rates = rate / factors
    return pd.DataFrame(
        {"scale": SCALES, "loss": losses, "gradient": gradients, "rate": rates, "step": rates * gradients}
    )
