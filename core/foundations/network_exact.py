"""What a network learnt beside what is exact: its output layer in closed form, and the limit of its rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError
from core.foundations.network import Layer, NetworkConfig, check_parameters_fit
from core.foundations.network_pass import check_labels, check_rows, unit_activations
from core.language import _
from core.regression.data.validation import ArrayLike
from core.regression.least_squares.closed_form import solve_closed_form
from core.regression.sgd.stability import stability_limit

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, eq=False)
class ExactOutput:
    """The best output layer for the numbers that enter it, by least squares: linear regression on those numbers.

    Attributes:
        layer: its weights and biases, those of minimum norm where several are best.
        loss: with it in place of the learnt one.
        unique: whether it is the only one.
        rate_limit: the largest learning rate at which descent on this layer alone converges.
    """

    layer: Layer
    loss: float
    unique: bool
    rate_limit: float


def exact_output(parameters: Sequence[Layer], config: NetworkConfig, X: ArrayLike, y: ArrayLike) -> ExactOutput:
    """Return the output layer in closed form, the hidden layers as they are.

    Without a hidden layer that is linear regression on X (n, d) itself: the exact answer for the whole network. y is
    (n,) or (n, outputs), and each output has a closed form of its own.
    Raises InputError for a loss other than the squared one, for an activation at the output, or for hidden layers that
    give no finite numbers.
    """
    import torch

    if config.loss != "squared" or config.output_activation != "none":
        raise InputError(_("There is a closed form for the squared loss and an output without an activation only."))
    rows = check_rows(X)
    labels = check_labels(y, len(rows), config)
    checked = check_parameters_fit(parameters, rows.shape[1], config)
    entering = unit_activations(checked, config, rows)[-2] if config.hidden else rows
    fits = [solve_closed_form(entering, labels[:, column]) for column in range(config.outputs)]
    layer = Layer(
        torch.stack([fit.weights for fit in fits], dim=1), torch.tensor([fit.bias for fit in fits], dtype=torch.float64)
    )
    return ExactOutput(
        layer, sum(fit.loss for fit in fits), all(fit.rank == fit.columns for fit in fits), stability_limit(entering)
    )


def linear_loss(X: ArrayLike, y: ArrayLike) -> float:
    """Return the least loss of a network without a hidden layer, in closed form; y is (n,) or (n, outputs).

    Raises InputError for missing or infinite input.
    """
    labels = _columns(y)
    return sum(solve_closed_form(X, labels[:, column]).loss for column in range(labels.shape[1]))


def _columns(y: ArrayLike) -> torch.Tensor:
    import torch

    labels = torch.as_tensor(y, dtype=torch.float64)
    return labels[:, None] if labels.ndim == 1 else labels
