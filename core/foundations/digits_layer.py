"""One layer of ten neurons on the 1,797 digits of scikit-learn, and the least-squares layer beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.foundations.network import Layer, NetworkConfig, start_parameters
from core.foundations.network_exact import exact_output
from core.foundations.network_pass import predict_network
from core.foundations.network_training import NetworkRun, train_network
from core.regression.data.minibatches import check_seed

if TYPE_CHECKING:
    import torch

SIDE, CLASSES = 8, 10
BRIGHTEST = 16  # of a pixel, in the set
HELD_OUT = 360  # pictures that are not learned from


@dataclass(frozen=True, eq=False)
class Digits:
    """The pictures, shuffled and split.

    Attributes:
        X_train (1437, 64): brightness from 0 to 1, row by row of a picture.
        y_train (1437,): the digits, whole numbers.
        X_test (360, 64): pictures held out.
        y_test (360,): their digits.
    """

    X_train: torch.Tensor
    y_train: torch.Tensor
    X_test: torch.Tensor
    y_test: torch.Tensor


@dataclass(frozen=True, eq=False)
class DigitsLayer:
    """A layer of ten neurons, one for each digit, trained with cross-entropy.

    Attributes:
        run: its training; the weights of a frame are (64, 10).
        accuracies (frames,): the share of held-out pictures that each frame gets right.
        train_accuracy: the share of the pictures learned from that the last frame gets right.
        exact: the layer of ten linear regressions on 0 or 1, in closed form; that of minimum norm, for some pixels are
            always dark.
        exact_accuracy: the share of held-out pictures that it gets right.
    """

    run: NetworkRun
    accuracies: torch.Tensor
    train_accuracy: float
    exact: Layer
    exact_accuracy: float


def load_split_digits(seed: int = 0) -> Digits:
    """Return the digits, with 360 of them held out as the seed decides. Raises InputError for a seed that is none."""
    import torch
    from sklearn.datasets import load_digits

    pictures, digits = load_digits(return_X_y=True)
    order = np.random.default_rng(check_seed(seed)).permutation(len(digits))
    X, y = torch.from_numpy(pictures[order] / BRIGHTEST), torch.from_numpy(digits[order].astype(np.int64))
    return Digits(X[HELD_OUT:], y[HELD_OUT:], X[:HELD_OUT], y[:HELD_OUT])


def train_digits_layer(digits: Digits, config: NetworkConfig, frames: int = 16) -> DigitsLayer:
    """Train as `config` says, which has ten outputs, cross-entropy and no hidden layer; see `train_network`."""
    import torch

    run = train_network(digits.X_train, digits.y_train, config, frames=frames)
    labels = torch.nn.functional.one_hot(digits.y_train, CLASSES).to(torch.float64)
    squared = NetworkConfig(outputs=CLASSES)
    exact = exact_output(start_parameters(digits.X_train.shape[1], squared), squared, digits.X_train, labels).layer

    def right(layer: Layer, X: torch.Tensor, y: torch.Tensor) -> float:
        return float((predict_network((layer,), squared, X).argmax(dim=1) == y).double().mean())

    accuracies = [right(frame[0], digits.X_test, digits.y_test) for frame in run.frames]
    return DigitsLayer(
        run,
        torch.tensor(accuracies, dtype=torch.float64),
        right(run.parameters[0], digits.X_train, digits.y_train),
        exact,
        right(exact, digits.X_test, digits.y_test),
    )
