"""Minibatch SGD as one would write it on a first day with autograd: the yardstick for the compiled loop."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from core.regression.inputs import Array, ArrayLike, as_array, as_problem
from core.regression.minibatches import draw_start, minibatch_order

if TYPE_CHECKING:
    import torch


def predict(X: "torch.Tensor", w: "torch.Tensor", b: "torch.Tensor") -> "torch.Tensor":
    """Return the predictions (rows,) of the linear model."""
    return X @ w + b


def half_squares(predictions: "torch.Tensor", labels: "torch.Tensor") -> "torch.Tensor":
    """Return the loss of each row, (rows,)."""
    return (predictions - labels) ** 2 / 2


def descend(parameters: "Iterable[torch.Tensor]", learning_rate: float) -> None:
    """Move every parameter a step down its gradient, then clear the gradient."""
    import torch

    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter.sub_(learning_rate * parameter.grad)
                parameter.grad.zero_()


def train_sgd_reference(
    X: ArrayLike,
    y: ArrayLike,
    learning_rate: float = 0.03,
    batch_size: int = 10,
    epochs: int = 3,
    seed: int = 0,
    *,
    initial: tuple[ArrayLike, float] | None = None,
) -> Array:
    """Return the parameters after every update, shape (updates + 1, d + 1): the initial ones first, the bias last.

    X is (n, d), y is (n,). Rows, their order and the start are those of `train_sgd` without scaling. Parameters that
    overflow become infinite or NaN. Raises InputError for missing or infinite values and lengths that do not match.
    """
    import torch

    matrix, labels = as_problem(X, y)
    features, targets = torch.tensor(matrix), torch.tensor(labels)
    start = draw_start(matrix.shape[1], seed)
    if initial is not None:
        start = np.append(as_array(initial[0], "initial weights"), initial[1])
    w = torch.tensor(start[:-1], requires_grad=True)
    b = torch.tensor(start[-1], requires_grad=True)
    trail = [start]
    for order in minibatch_order(len(matrix), batch_size, epochs, seed):
        for first in range(0, len(order), batch_size):
            rows = order[first : first + batch_size]
            loss = half_squares(predict(features[rows], w, b), targets[rows]).mean()
            loss.backward()  # type: ignore[no-untyped-call]
            descend((w, b), learning_rate)
            trail.append(np.append(w.detach().numpy(), b.item()))
    return np.array(trail)
