"""What a network learned beside what is exact: its output layer in closed form, and the limit of its rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError
from core.foundations.network import Layer, NetworkConfig, check_parameters_fit
from core.foundations.network_pass import check_labels, check_rows, unit_activations
from core.language import _
from core.regression.data.validation import ArrayLike
from core.regression.least_squares.closed_form import ClosedForm, solve_closed_form
from core.regression.sgd.stability import stability_limit

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, eq=False)
class ExactOutput:
    """The best output layer for the numbers that enter it, by least squares: linear regression on those numbers.

    Attributes:
        layer: its weights and biases; where several are best, those nearest to the learned ones.
        loss: with it in place of the learned one.
        unique: whether it is the only one.
        rate_limit: the largest learning rate at which descent on this layer alone converges.
    """

    layer: Layer
    loss: float
    unique: bool
    rate_limit: float


def exact_output(parameters: Sequence[Layer], config: NetworkConfig, X: ArrayLike, y: ArrayLike) -> ExactOutput:
    """Return the output layer in closed form, the hidden layers as they are.

    Without a hidden layer that is linear regression on X (n, d) itself: the exact answer for the whole network, and the
    one that gradient descent goes to, for it never moves along directions that change no prediction. y is (n,) or
    (n, outputs), and each output has a closed form of its own.
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
    best = torch.stack([_nearest(fit, checked[-1], column) for column, fit in enumerate(fits)], dim=1)
    return ExactOutput(
        layer=Layer(best[:-1], best[-1]),
        loss=sum(fit.loss for fit in fits),
        unique=all(fit.rank == fit.columns for fit in fits),
        rate_limit=stability_limit(entering),
    )


def _nearest(fit: ClosedForm, learned: Layer, column: int) -> torch.Tensor:
    """Return weights and bias (inputs + 1,) of the best fit that is nearest to what one output has learned."""
    import torch

    best = torch.cat([fit.weights, torch.tensor([fit.bias], dtype=torch.float64)])
    if fit.rank == fit.columns:
        return best
    here = torch.cat([learned.weights[:, column], learned.bias[column : column + 1]])
    return best + fit.null_space @ (fit.null_space.T @ (here - best))


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
