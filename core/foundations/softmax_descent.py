"""Gradient descent on the cross-entropy of softmax, all rows in each update."""

from typing import TYPE_CHECKING

import numpy as np

from core.foundations.softmax import softmax
from core.foundations.two_classes import fit_safe_scaling, with_ones
from core.regression.data.validation import ArrayLike, check_count, check_positive, check_X_y

if TYPE_CHECKING:
    import torch


def softmax_descent(
    X: ArrayLike, y: ArrayLike, learning_rate: float = 1.0, updates: int = 200, penalty: float = 0.0
) -> "torch.Tensor":
    """Return the objective of `fit_softmax` before the first update and after each, (k + 1,), from weights of 0.

    Features are standardised inside, all rows are in each update, and the gradient is (P - Y)'Z/n, plus the penalty
    times the weights. Raises InputError as `fit_softmax`, for a rate that is not above 0 and for no updates.
    """
    import torch

    matrix, labels = check_X_y(X, y)
    rate, count = check_positive(learning_rate, "learning_rate"), check_count(updates, "updates")
    classes, place = np.unique(labels, return_inverse=True)
    Z = with_ones(fit_safe_scaling(matrix).transform(matrix))
    wanted = np.eye(len(classes))[place]
    weights = np.zeros((len(classes), Z.shape[1]))
    losses = np.empty(count + 1)
    for update in range(count + 1):
        shares = softmax(Z @ weights.T).numpy()
        right = np.maximum(shares[np.arange(len(Z)), place], np.finfo(np.float64).tiny)
        losses[update] = -np.log(right).mean() + penalty / 2 * (weights[:, :-1] ** 2).sum()
        gradient = (shares - wanted).T @ Z / len(Z)
        gradient[:, :-1] += penalty * weights[:, :-1]
        weights = weights - rate * gradient
    return torch.from_numpy(losses)
