"""Train a network on all rows at once, and record its parameters along the way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from core.errors import InputError
from core.formatting import format_general, format_number
from core.foundations.network import Layer, NetworkConfig, Parameters, check_parameters_fit, start_parameters
from core.foundations.network_pass import check_labels, check_rows, predict_network, run_pass
from core.language import _, ngettext
from core.regression.data.validation import ArrayLike

if TYPE_CHECKING:
    import torch

Place: TypeAlias = tuple[int, int, int]

FRAMES = 40
HOPELESS = 1e6  # times the largest of the first loss and 1: from there no run comes back


@dataclass(frozen=True, eq=False)
class NetworkRun:
    """A trained network, and its way there.

    Attributes:
        config: its settings.
        steps (k,): after how many updates its parameters were recorded: 0 first, the last one made last.
        frames: its parameters after each of these.
        losses (updates + 1,): on all rows before the first update and after each.
        diverged: whether it was stopped, since its loss grew beyond all measure or was no number any more. Its last
            frame then is the last one with finite numbers.
        note: a sentence about that, "" if it did not diverge.
    """

    config: NetworkConfig
    steps: torch.Tensor
    frames: tuple[Parameters, ...]
    losses: torch.Tensor
    diverged: bool
    note: str

    @property
    def parameters(self) -> Parameters:
        """The last parameters recorded."""
        return self.frames[-1]

    @property
    def loss(self) -> float:
        """The loss of the last parameters recorded."""
        return float(self.losses[int(self.steps[-1])])

    def predict(self, X: ArrayLike) -> torch.Tensor:
        """Return the output (n, outputs) for rows X (n, d). Raises InputError for another number of columns."""
        return predict_network(self.parameters, self.config, X)


def train_network(
    X: ArrayLike,
    y: ArrayLike,
    config: NetworkConfig,
    *,
    initial: Sequence[Layer] | None = None,
    held: Sequence[Place] = (),
    frames: int = FRAMES,
) -> NetworkRun:
    """Train a network on the rows X (n, d) with their labels by gradient descent on all rows.

    y is (n,) or (n, outputs); for cross-entropy (n,) with 0 or 1, or with the numbers of classes from 0. Everything is
    float64, and the same input and seed give the same bits on the same machine. Features should be of similar size,
    such as standardised ones. Nothing is scaled here: a constant feature does no harm.

    `initial` are parameters to begin with in place of the drawn ones. `held` names parameters that stay as they are:
    (layer, input, output), each from 0, where the input after the last one is the bias. `frames` is how many times, at
    most, the parameters are recorded, more often at the start, where they move most.

    A run that diverges is stopped and says so; that is a result, and nothing is raised.
    Raises InputError for missing or infinite input, and for shapes or places that do not fit.
    """
    import torch

    rows = check_rows(X)
    labels = check_labels(y, len(rows), config)
    inputs = rows.shape[1]
    start = start_parameters(inputs, config) if initial is None else check_parameters_fit(initial, inputs, config)
    free = _free(start, held)
    wanted = set(frame_steps(config.steps, frames))
    parameters, steps, recorded, losses = start, [0], [start], []
    for step in range(config.steps + 1):
        here = run_pass(parameters, config, rows, labels)
        losses.append(here.loss)
        if not here.loss <= HOPELESS * max(losses[0], 1.0) or not math.isfinite(losses[0]):
            break
        if step and step in wanted:
            steps.append(step)
            recorded.append(parameters)
        if step < config.steps:
            parameters = _updated(parameters, here.gradients, config.learning_rate, free)
    else:
        return NetworkRun(config, torch.tensor(steps), tuple(recorded), _as_tensor(losses), diverged=False, note="")
    last = len(losses) - 1
    if last and last not in steps and all(_is_finite(layer) for layer in parameters):
        steps.append(last)
        recorded.append(parameters)
    return NetworkRun(
        config, torch.tensor(steps), tuple(recorded), _as_tensor(losses), diverged=True, note=_note(losses, config)
    )


def frame_steps(steps: int, frames: int = FRAMES) -> list[int]:
    """Return after which updates a run is recorded: 0 and the last, and more often at the start.

    >>> frame_steps(100, 5)
    [0, 6, 25, 56, 100]
    """
    if steps + 1 <= frames:
        return list(range(steps + 1))
    return sorted({round(steps * share**2) for share in np.linspace(0, 1, max(frames, 2)).tolist()})


def _updated(parameters: Parameters, gradients: Parameters, rate: float, free: Parameters | None) -> Parameters:
    """Return the parameters after a step against the gradient, which what is held does not make."""
    if free is not None:
        gradients = tuple(
            Layer(gradient.weights * mask.weights, gradient.bias * mask.bias)
            for gradient, mask in zip(gradients, free, strict=True)
        )
    return tuple(
        Layer(layer.weights - rate * gradient.weights, layer.bias - rate * gradient.bias)
        for layer, gradient in zip(parameters, gradients, strict=True)
    )


def _free(parameters: Parameters, held: Sequence[Place]) -> Parameters | None:
    """Return 1 for every parameter that moves and 0 for one that is held; None if all move."""
    import torch

    if not held:
        return None
    masks = tuple(Layer(torch.ones_like(layer.weights), torch.ones_like(layer.bias)) for layer in parameters)
    for place in held:
        layer, source, unit = place
        if (
            not 0 <= layer < len(masks)
            or not 0 <= unit < len(masks[layer].bias)
            or (not 0 <= source <= len(masks[layer].weights))
        ):
            raise InputError(
                _("There is no parameter at {place}: layer, input and output are counted from 0.").format(place=place)
            )  # fmt: skip
        if source == len(masks[layer].weights):
            masks[layer].bias[unit] = 0
        else:
            masks[layer].weights[source, unit] = 0
    return masks


def _is_finite(layer: Layer) -> bool:
    return bool(layer.weights.isfinite().all() and layer.bias.isfinite().all())


def _as_tensor(losses: Sequence[float]) -> torch.Tensor:
    import torch

    return torch.tensor(losses, dtype=torch.float64)


def _note(losses: Sequence[float], config: NetworkConfig) -> str:
    step = len(losses) - 1
    if not step:
        return _("The loss was no finite number before the first update: the start is too large, or the numbers are.")
    return ngettext(
        "The run diverged and was stopped after {step} update: the loss went from {first} to {last}, so a learning "
        "rate of {rate} is too large for it.",
        "The run diverged and was stopped after {step} updates: the loss went from {first} to {last}, so a learning "
        "rate of {rate} is too large for it.",
        step,
    ).format(
        step=step,
        first=format_number(losses[0], 3),
        last=format_number(losses[-1], 3) if math.isfinite(losses[-1]) else _("no finite number"),
        rate=format_general(config.learning_rate),
    )
