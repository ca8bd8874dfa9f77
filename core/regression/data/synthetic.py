"""Rows drawn from a known linear model, so that every result can be checked."""

from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.language import _
from core.regression.data.minibatches import check_seed
from core.regression.data.validation import ArrayLike, as_array, check_count

if TYPE_CHECKING:
    import torch

_MOST_NUMBERS = 100_000_000


def make_synthetic(
    n: int = 1000, weights: ArrayLike = (2, -3.4), bias: float = 4.2, noise: float = 0.01, seed: int = 0
) -> "tuple[torch.Tensor, torch.Tensor]":
    """Return X (n, d) and y (n,) as float64 tensors: X from N(0, 1) and y = Xw + b + N(0, noise²).

    `noise` is the standard deviation of the last term and may be 0. The same seed gives the same X and the same
    noise up to its scale, whatever `noise`, `weights` and `bias` are, as long as n and d stay.
    Raises InputError for n below 1, more than a hundred million numbers, no weights, negative noise, or NaN.

    >>> X, y = make_synthetic(n=4, weights=[2, -3.4], bias=4.2, noise=0)
    >>> X.shape, y.shape
    (torch.Size([4, 2]), torch.Size([4]))
    """
    import torch

    w = as_array(weights, "weights")
    if w.ndim != 1 or not w.size:
        raise InputError(
            _("weights has to be a list of at least one number; its shape is {shape}.").format(shape=w.shape)
        )
    rows = check_count(n, "n")
    if rows * w.size > _MOST_NUMBERS:
        raise InputError(
            _("{rows} rows of {columns} columns are too many; ask for at most {most} numbers.").format(
                rows=rows, columns=w.size, most=_MOST_NUMBERS
            )
        )
    deviation = _number(noise, "noise")
    if deviation < 0:
        raise InputError(_("noise is a standard deviation and has to be at least 0; {value} came.").format(value=noise))
    rng = np.random.default_rng(check_seed(seed))
    X = rng.standard_normal((rows, w.size))
    y = X @ w + _number(bias, "bias") + deviation * rng.standard_normal(rows)
    return torch.from_numpy(X), torch.from_numpy(y)


def _number(value: ArrayLike, name: str) -> float:
    array = as_array(value, name)
    if array.ndim:
        raise InputError(_("{name} has to be one number; its shape is {shape}.").format(name=name, shape=array.shape))
    return float(array)
