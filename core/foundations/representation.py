"""A small network learned end to end on the digits, and how well each of its layers tells them apart."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.foundations.digits import Array, DigitImages, linear_accuracy, pixel_features
from core.language import _

if TYPE_CHECKING:
    import torch
    from torch import nn

BATCH = 64
RATE = 0.01  # of Adam
WIDTH = 32  # units of a hidden layer
KERNELS = 8  # that the small convolution learns
MOST_DEPTH = 4


@dataclass(frozen=True, eq=False)
class DigitNetwork:
    """A network of fully connected layers with ReLU, trained on the digits.

    Attributes:
        accuracy: the share of the test images that it gets right.
        train_accuracy: the same of the images it has learned from.
        loss: the mean cross-entropy on the training images before the first epoch and after each.
        parameters: how many numbers it has learned.
        outputs: what each hidden layer gives for all images, (n, 32) each, in order.
        weights (32, s, s): the weights of each unit of the first layer, as pictures.
    """

    accuracy: float
    train_accuracy: float
    loss: tuple[float, ...]
    parameters: int
    outputs: tuple[Array, ...]
    weights: Array


def train_network(
    of: DigitImages, *, depth: int = 2, epochs: int = 15, seed: int = 0, relu: bool = True
) -> DigitNetwork:
    """Train a network with `depth` hidden layers by Adam on minibatches of 64, on one processor.

    Without `relu` the layers have no activation, and all of them together are one affine map. With 0 epochs it has its
    random weights. Raises InputError for a depth below 1 or above 4, or a negative number of epochs.
    """
    import torch
    from torch import nn

    if not 1 <= depth <= MOST_DEPTH or epochs < 0:
        template = _("A network needs 1 to {most} hidden layers and 0 epochs or more, but got {depth} and {epochs}.")
        raise InputError(template.format(most=MOST_DEPTH, depth=depth, epochs=epochs))
    X = torch.from_numpy(pixel_features(of.images)).float()
    y, train = torch.from_numpy(of.labels), torch.from_numpy(of.train)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        sizes = [X.shape[1], *[WIDTH] * depth]
        linear = [nn.Linear(a, b) for a, b in pairwise(sizes)]
        hidden = [nn.Sequential(each, nn.ReLU() if relu else nn.Identity()) for each in linear]
        model = nn.Sequential(*hidden, nn.Linear(WIDTH, 10))
        loss = _fit(model, X[train], y[train], epochs)
    values, outputs = X, []
    with torch.no_grad():
        for layer in model:
            values = layer(values)
            outputs.append(values.numpy().astype(np.float64))
        first: Array = linear[0].weight.numpy().astype(np.float64)
    right = outputs.pop().argmax(axis=1) == of.labels
    side = of.images.shape[1]
    return DigitNetwork(
        accuracy=float(right[of.test].mean()),
        train_accuracy=float(right[of.train].mean()),
        loss=loss,
        parameters=sum(each.numel() for each in model.parameters()),
        outputs=tuple(outputs),
        weights=first.reshape(WIDTH, side, side),
    )


def learned_kernels(of: DigitImages, *, epochs: int = 3, seed: int = 0) -> tuple[Array, float]:
    """Learn eight 3 by 3 kernels in a network of one convolution, ReLU and one linear layer.

    Returns the kernels (8, 3, 3), and the share of the test images that the network gets right.
    """
    import torch
    from torch import nn

    X = torch.from_numpy(of.images).float()[:, None]
    y, train = torch.from_numpy(of.labels), torch.from_numpy(of.train)
    side = of.images.shape[1] - 2
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        convolution = nn.Conv2d(1, KERNELS, 3)
        model = nn.Sequential(convolution, nn.ReLU(), nn.Flatten(), nn.Linear(KERNELS * side * side, 10))
        _fit(model, X[train], y[train], epochs)
    with torch.no_grad():
        right = model(X[torch.from_numpy(of.test)]).argmax(dim=1).numpy() == of.labels[of.test]
        kernels: Array = convolution.weight.squeeze(1).numpy().astype(np.float64)
    return kernels, float(right.mean())


def layer_accuracies(of: DigitImages, network: DigitNetwork) -> pd.DataFrame:
    """Return how well the pixels and the output of each layer tell the digits apart, by a linear classifier.

    Columns: layer (0 for the pixels) and accuracy on the test images.
    """
    outputs = [pixel_features(of.images), *network.outputs]
    accuracies = [linear_accuracy(output, of) for output in outputs]
    return pd.DataFrame({"layer": np.arange(len(outputs)), "accuracy": accuracies})


def principal_plane(outputs: Array, rows: npt.NDArray[np.int64]) -> tuple[Array, float]:
    """Return rows of outputs (n, d) seen from where they spread most, (rows, 2), and the share of variance kept.

    The two axes are the first principal components of these rows; where nothing varies all are 0 and the share is 0.
    """
    centred = outputs[rows] - outputs[rows].mean(axis=0)
    left, sizes, _right = np.linalg.svd(centred, full_matrices=False)
    plane = np.zeros((len(rows), 2))
    kept = min(2, len(sizes))
    plane[:, :kept] = left[:, :kept] * sizes[:kept]
    whole = float((sizes**2).sum())
    return plane, float((sizes[:kept] ** 2).sum()) / whole if whole > 0 else 0.0


def _fit(model: "nn.Sequential", X: "torch.Tensor", y: "torch.Tensor", epochs: int) -> tuple[float, ...]:
    """Train in place, from torch's current random state; return the loss on all rows before and after each epoch."""
    import torch
    from torch.nn.functional import cross_entropy

    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    losses = []

    def look() -> None:
        with torch.no_grad():
            losses.append(float(cross_entropy(model(X), y)))

    look()
    for _epoch in range(epochs):
        for batch in torch.split(torch.randperm(len(X)), BATCH):
            optimizer.zero_grad()
            cross_entropy(model(X[batch]), y[batch]).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        look()
    return tuple(losses)


def affine_gap(of: DigitImages, outputs: Array) -> float:
    """Return how far outputs (n, d) are from the best affine map of the pixels, 0 to 1; 0 means that they are one.

    It is the share of their variance that least squares on the pixels leaves over; 0 where nothing varies.
    """
    X = np.column_stack([pixel_features(of.images), np.ones(len(of.images))])
    rest = outputs - X @ np.linalg.lstsq(X, outputs, rcond=None)[0]
    whole = float(((outputs - outputs.mean(axis=0)) ** 2).sum())
    return float((rest**2).sum()) / whole if whole > 0 else 0.0
