"""Minibatch SGD with torch's autograd, as in a first tutorial: the reference for the compiled loop."""

import numpy as np
import torch

from core.regression.data.minibatches import draw_start, minibatch_order
from core.regression.data.validation import Array, ArrayLike, as_array, check_X_y


def linreg(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The affine model: X (m, d), w (d,) and b () give predictions (m,)."""
    return X @ w + b


def squared_loss(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Half the squared error of each row, shape (m,)."""
    return (y_hat - y) ** 2 / 2


def sgd(params: list[torch.Tensor], learning_rate: float, batch_size: int) -> None:
    """Move each parameter against its gradient, then set the gradient to zero, for gradients accumulate."""
    with torch.no_grad():
        for param in params:
            param.sub_(learning_rate * param.grad / batch_size)
            param.grad.zero_()


def train(
    X: torch.Tensor,
    y: torch.Tensor,
    w: torch.Tensor,
    b: torch.Tensor,
    order: torch.Tensor,
    learning_rate: float,
    batch_size: int,
) -> list[torch.Tensor]:
    """Train w and b in place, in the order (epochs, n) of the rows; return the parameters after every update."""
    trail = []
    for epoch in order:
        for rows in epoch.split(batch_size):
            loss = squared_loss(linreg(X[rows], w, b), y[rows])
            loss.sum().backward()  # a vector has no gradient of its own; that of its sum is what is wanted
            sgd([w, b], learning_rate, len(rows))
            trail.append(torch.cat([w, b.reshape(1)]).detach().clone())
    return trail


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

    X is (n, d), y is (n,). Same rows, same order and same start as `train_sgd` without scaling. Parameters that
    overflow become infinite or NaN. Raises InputError for missing or infinite values and lengths that do not match.
    """
    matrix, labels = check_X_y(X, y)
    start = draw_start(matrix.shape[1], seed)
    if initial is not None:
        start = np.append(as_array(initial[0], "initial weights"), initial[1])
    w, b = torch.tensor(start[:-1], requires_grad=True), torch.tensor(start[-1], requires_grad=True)
    order = torch.from_numpy(minibatch_order(len(matrix), batch_size, epochs, seed))
    trail = train(torch.tensor(matrix), torch.tensor(labels), w, b, order, learning_rate, batch_size)
    return np.array([start, *(parameters.numpy() for parameters in trail)])
