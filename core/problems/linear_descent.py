"""Minibatch SGD for one linear layer of scores, with softmax for classes or a sigmoid for each tag.

Both have the gradient (P − T)'Z/n, with P the probabilities and T the targets: only what turns scores into
probabilities differs. Source: Bishop, Pattern Recognition and Machine Learning (2006), 4.3.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from core.foundations.two_classes import with_ones

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Output = Literal["softmax", "sigmoid"]


@dataclass(frozen=True, eq=False)
class LinearDescent:
    """Places on the way of SGD.

    Attributes:
        parameters: (frames, K, d + 1), a row of weights and a bias last for each class or tag.
        updates: (frames,), how many updates were made before each; the first is 0.
        losses: (frames,), the mean over the rows of the loss, summed over tags, with the penalty.
    """

    parameters: Array
    updates: Places
    losses: Array


def linear_descent(
    Z: Array,
    targets: Array,
    output: Output = "softmax",
    *,
    rate: float = 0.5,
    batch: int = 16,
    epochs: int = 30,
    penalty: float = 0.0,
    seed: int = 0,
    frames: int = 41,
) -> LinearDescent:
    """Return SGD from parameters of 0 on features Z (n, d) and targets (n, K), rows shuffled in each epoch.

    The targets are 1 for the class of a row and 0 for the others, or 1 for each of its tags; shares are allowed too.
    The penalty is on half the squares of the weights, biases left out. At most `frames` places are returned, spread
    evenly, the first and the last among them. Nothing is scaled here.

    >>> found = linear_descent(np.array([[-1.0], [1.0]]), np.eye(2), rate=1.0, batch=2, epochs=1)
    >>> found.updates.tolist(), found.parameters[1].tolist()  # the gradient is (P − T)'Z/n with all P 1/2
    ([0, 1], [[-0.5, 0.0], [0.5, 0.0]])
    """
    Z1, rng = with_ones(Z), np.random.default_rng(seed)
    decay = penalty * np.append(np.ones(Z.shape[1]), 0.0)
    total = epochs * -(-len(Z) // batch)
    kept = np.unique(np.linspace(0, total, min(frames, total + 1)).round().astype(np.int64))
    wanted = set(kept.tolist())
    W = np.zeros((targets.shape[1], Z1.shape[1]))
    path = [W]
    update = 0
    for _epoch in range(epochs):
        order = rng.permutation(len(Z))
        for start in range(0, len(Z), batch):
            part = order[start : start + batch]
            errors = probabilities(Z1[part] @ W.T, output) - targets[part]
            W = W - rate * (errors.T @ Z1[part] / len(part) + decay * W)
            update += 1
            if update in wanted:
                path.append(W)
    parameters = np.array(path)
    losses = np.array([mean_loss(Z1 @ W.T, targets, output) + float((W**2 @ decay).sum()) / 2 for W in parameters])
    return LinearDescent(parameters, kept, losses)


def probabilities(scores: Array, output: Output = "softmax") -> Array:
    """Return softmax along the last axis, or the sigmoid of each score; shape of scores, without overflow."""
    if output == "sigmoid":
        small = np.exp(-np.abs(scores))
        shares: Array = np.where(scores >= 0, 1.0, small) / (1.0 + small)
        return shares
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def mean_loss(scores: Array, targets: Array, output: Output = "softmax") -> float:
    """Return the mean cross-entropy of rows, in nats: of classes, or summed over the tags; both are (n, K)."""
    if output == "sigmoid":
        return float((np.logaddexp(0.0, scores) - targets * scores).sum(axis=1).mean())
    top = scores.max(axis=1, keepdims=True)
    totals = top + np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
    return float(((totals - scores) * targets).sum(axis=1).mean())
