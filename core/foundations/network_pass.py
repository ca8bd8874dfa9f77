"""One pass through a network: numbers forward, gradients back, each rule beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.foundations.network import LAYER_ACTIVATIONS, Layer, NetworkConfig, Parameters, check_parameters_fit
from core.language import _
from core.regression.data.validation import Array, ArrayLike, as_array, check_array

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, eq=False)
class NetworkPass:
    """The numbers in a network for n rows, and the gradient of their loss by each of them.

    Attributes:
        inputs (n, d): the features that enter.
        sums: of every layer z (n, outputs), before its activation.
        activations: of every layer a (n, outputs), after it; the last is the network's output, a probability with
            cross-entropy.
        loss: averaged over the rows.
        sum_gradients: of every layer the gradient by z, of its shape.
        activation_gradients: of every layer the gradient by a; for cross-entropy's output, whose gradient by z is
            taken at once, that by z.
        gradients: of every layer the gradient by its weights and its bias.
    """

    inputs: torch.Tensor
    sums: tuple[torch.Tensor, ...]
    activations: tuple[torch.Tensor, ...]
    loss: float
    sum_gradients: tuple[torch.Tensor, ...]
    activation_gradients: tuple[torch.Tensor, ...]
    gradients: Parameters


def network_pass(parameters: Sequence[Layer], config: NetworkConfig, X: ArrayLike, y: ArrayLike) -> NetworkPass:
    """Return every number of a pass forward and back for the rows X (n, d) with their labels.

    y is (n,) or (n, outputs); for cross-entropy (n,) with 0 or 1, or with the numbers of classes from 0. With one row
    these are the numbers of that row. Where numbers overflow they are infinite or NaN: nothing is raised.
    Raises InputError for missing or infinite input, and for shapes that do not fit.
    """
    rows = check_rows(X)
    labels = check_labels(y, len(rows), config)
    return run_pass(check_parameters_fit(parameters, rows.shape[1], config), config, rows, labels)


def unit_activations(parameters: Sequence[Layer], config: NetworkConfig, X: ArrayLike) -> tuple[torch.Tensor, ...]:
    """Return the activations of every layer for rows X (n, d): tensors (n, units), the output's last.

    Raises InputError as `network_pass` does.
    """
    rows = check_rows(X)
    return _forward(check_parameters_fit(parameters, rows.shape[1], config), config, rows)[1]


def predict_network(parameters: Sequence[Layer], config: NetworkConfig, X: ArrayLike) -> torch.Tensor:
    """Return the output (n, outputs) for rows X (n, d). Raises InputError as `network_pass` does."""
    return unit_activations(parameters, config, X)[-1]


def run_pass(parameters: Parameters, config: NetworkConfig, X: torch.Tensor, y: torch.Tensor) -> NetworkPass:
    """Return a pass for checked rows (n, d) and labels (n, outputs), float64; see `network_pass`."""
    sums, activations = _forward(parameters, config, X)
    loss, by_activation, by_sum = _loss_and_gradient(config, sums[-1], activations[-1], y)
    names = config.layer_activations
    sum_gradients, activation_gradients, gradients = [by_sum], [by_activation], []
    for number in range(len(parameters) - 1, -1, -1):
        entering = activations[number - 1] if number else X
        gradients.append(Layer(entering.T @ sum_gradients[-1], sum_gradients[-1].sum(dim=0)))
        if number:
            activation_gradients.append(sum_gradients[-1] @ parameters[number].weights.T)
            slope = LAYER_ACTIVATIONS[names[number - 1]].derivative(sums[number - 1], activations[number - 1])
            sum_gradients.append(activation_gradients[-1] * slope)
    return NetworkPass(
        X, sums, activations, float(loss), tuple(sum_gradients[::-1]), tuple(activation_gradients[::-1]),
        tuple(gradients[::-1]),
    )  # fmt: skip


def _forward(
    parameters: Parameters, config: NetworkConfig, X: torch.Tensor
) -> tuple[tuple[torch.Tensor, ...], tuple[torch.Tensor, ...]]:
    """Return z and a of every layer."""
    sums: list[torch.Tensor] = []
    activations = [X]
    for layer, name in zip(parameters, config.layer_activations, strict=True):
        sums.append(activations[-1] @ layer.weights + layer.bias)
        activations.append(LAYER_ACTIVATIONS[name].value(sums[-1]))
    if config.loss == "cross_entropy":
        activations[-1] = sums[-1].sigmoid() if config.outputs == 1 else sums[-1].softmax(dim=1)
    return tuple(sums), tuple(activations[1:])


def _loss_and_gradient(
    config: NetworkConfig, z: torch.Tensor, output: torch.Tensor, y: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the loss, and its gradients by the output and by the sums of the output layer."""
    n = len(y)
    if config.loss == "squared":
        by_output = (output - y) / n
        slope = LAYER_ACTIVATIONS[config.output_activation].derivative(z, output)
        return ((output - y) ** 2).sum() / (2 * n), by_output, by_output * slope
    gradient = (output - y) / n  # of a sigmoid and of a softmax alike
    if config.outputs == 1:
        loss = (z.clamp(min=0) - z * y + (-z.abs()).exp().log1p()).sum() / n  # log(1 + exp(z)) without overflow
    else:
        loss = (z.logsumexp(dim=1) - (z * y).sum(dim=1)).sum() / n
    return loss, gradient, gradient


def check_rows(X: ArrayLike) -> torch.Tensor:
    """Return rows as a float64 tensor (n, d). Raises InputError for no rows, no columns, NaN or infinity."""
    import torch

    return torch.from_numpy(_writable(check_array(X)))


def _writable(array: Array) -> Array:
    """Return the array, or a copy of one that is read-only, which torch takes with a warning."""
    return array if array.flags.writeable else array.copy()


def check_labels(y: ArrayLike, rows: int, config: NetworkConfig) -> torch.Tensor:
    """Return labels as (n, outputs) float64; classes as a 1 in the column of their number.

    Raises InputError for another number of rows or outputs, and for classes other than 0 up to outputs - 1 (0 and 1
    with one output).
    """
    import torch

    labels = as_array(y, "y")
    classes = config.loss == "cross_entropy"
    wide = 1 if classes else config.outputs
    if labels.ndim == 1 and wide == 1:
        labels = labels[:, None]
    if labels.shape != (rows, wide):
        raise InputError(
            _("y needs the shape {needed}, a label of each row for each output; got {shape}.").format(
                needed=(rows, wide), shape=tuple(labels.shape)
            )
        )
    if not classes:
        return torch.from_numpy(_writable(labels))
    known = max(config.outputs, 2)
    if not np.isin(labels, np.arange(known)).all():
        wrong = labels[~np.isin(labels, np.arange(known))][0]
        raise InputError(
            _("A class has to be a whole number from 0 to {last} for this network; got {value}.").format(
                last=known - 1, value=wrong
            )
        )
    if config.outputs > 1:
        labels = (labels == np.arange(known)).astype(np.float64)
    return torch.from_numpy(_writable(labels))
