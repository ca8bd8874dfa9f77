"""Rows of a curved surface over two features, which no straight plane follows."""

from typing import TYPE_CHECKING

import numpy as np

from core.regression.data.minibatches import check_seed
from core.regression.data.validation import check_count, check_size

if TYPE_CHECKING:
    import torch

REACH = 2.0
CURVES = ("sin(2 x₁) + x₂²/2", "x₁ x₂", "|x₁| − x₂")


def make_curve(
    n: int = 200, outputs: int = 1, noise: float = 0.05, seed: int = 0
) -> "tuple[torch.Tensor, torch.Tensor]":
    """Return X (n, 2), uniform within ±2, and y (n, outputs), both float64: the first columns of `CURVES` plus noise.

    `noise` is its standard deviation. The same seed gives the same rows, whatever the number of outputs.
    Raises InputError for n below 1, outputs other than 1 to 3, or a noise that is no number from 0.

    >>> X, y = make_curve(5, outputs=2)
    >>> X.shape, y.shape
    (torch.Size([5, 2]), torch.Size([5, 2]))
    """
    import torch

    rows, columns = check_count(n, "n"), check_count(outputs, "outputs", len(CURVES))
    rng = np.random.default_rng(check_seed(seed))
    X = rng.uniform(-REACH, REACH, (rows, 2))
    one, two = X.T
    surfaces = np.column_stack([np.sin(2 * one) + two**2 / 2, one * two, np.abs(one) - two])
    noisy = surfaces + check_size(noise, "noise") * rng.standard_normal(surfaces.shape)
    return torch.from_numpy(X), torch.from_numpy(noisy[:, :columns].copy())
