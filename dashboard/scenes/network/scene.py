"""The scene of a network on a stage: its units and edges, one row's numbers forward and back, and its training.

In the browser two players move it: one through the recorded updates, one through the passes of the row.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from core.formatting import format_count
from core.foundations.feature_groups import FeatureGroup, group_name
from core.foundations.network import Layer, Parameters, parameter_count
from core.foundations.network_exact import ExactOutput
from core.foundations.network_pass import NetworkPass, network_pass
from core.foundations.network_training import NetworkRun
from core.language import _
from dashboard.scenes.network.words import ACTIVATION_TEXTS, activation_word, network_words, pass_words, training_words

MOST_MEMBERS = 400  # of a group, listed by name
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Output:
    """What an output predicts.

    Attributes:
        name: of the label.
        centre: its mean, which stands for 0 in the network.
        spread: its standard deviation, which stands for 1.
    """

    name: str
    centre: float
    spread: float


def network_scene(
    run: NetworkRun,
    exact: ExactOutput,
    groups: Sequence[FeatureGroup],
    names: Sequence[str],
    outputs: Sequence[Output],
    x: torch.Tensor,
    y: torch.Tensor,
    finding: str,
) -> dict[str, Any]:
    """Return the scene of a run for the row x (d,) with its labels y (outputs,), in standard deviations.

    `groups` are the features as they are drawn, `names` the name of each feature, `finding` the result in words.
    """
    passes = [network_pass(parameters, run.config, x[None], y[None]) for parameters in run.frames]
    frames = [
        _frame(step, float(run.losses[step]), parameters, one, groups, x)
        for step, parameters, one in zip(run.steps.tolist(), run.frames, passes, strict=True)
    ]
    return {
        "columns": _columns(run, groups, names, outputs),
        "x": [_number(float(x[group.members[0]])) if group.is_single else None for group in groups],
        "y": [_number(value) for value in y.tolist()],
        "outputs": [{"name": each.name, "centre": each.centre, "spread": each.spread} for each in outputs],
        "frames": frames,
        "largest": _largest(frames),
        "members": _members(run.parameters[0], groups, names, x),
        "exact": _exact(exact, run, groups),
        "count": _count(run, len(names)),
        "words": {**network_words(), "alt": finding, "note": run.note},
        "trainingWords": training_words(),
        "passWords": pass_words(),
    }


def unit_names(layer: int, units: int, is_output: bool) -> list[str]:
    """Return the names of the units of a layer, counted from 0.

    >>> unit_names(0, 2, False), unit_names(1, 1, True)
    (['h₁', 'h₂'], ['ŷ'])
    """
    letter = "ŷ" if is_output else "hgkmpqrstuv"[layer]
    if is_output and units == 1:
        return [letter]
    return [letter + str(number + 1).translate(SUBSCRIPTS) for number in range(units)]


def _columns(
    run: NetworkRun, groups: Sequence[FeatureGroup], names: Sequence[str], outputs: Sequence[Output]
) -> list[dict[str, Any]]:
    """Return the columns of units from left to right: the features, then every layer."""
    features = [{"name": group_name(group, names), "count": len(group.members)} for group in groups]
    columns: list[dict[str, Any]] = [
        {"title": _("Input, no layer"), "short": _("Input"), "shape": f"(1, {len(names)})", "units": features}
    ]
    config = run.config
    for number, (layer, activation) in enumerate(zip(run.parameters, config.layer_activations, strict=True)):
        inputs, units = layer.weights.shape
        is_output = number == len(config.hidden)
        names_here = unit_names(number, units, is_output)
        abouts = [each.name for each in outputs] if is_output else [""] * units
        columns.append(
            {
                "title": (
                    _("Layer {number}: output") if is_output else _("Layer {number}: hidden")
                ).format(number=number + 1),
                "short": _("Layer {number}").format(number=number + 1),
                "shape": f"(1, {units})",
                "weights": f"W ({inputs}, {units}), b ({units},)",
                "activation": activation_word(activation),
                "formula": ACTIVATION_TEXTS[activation],
                "units": [
                    {"name": name, "about": about, "count": 1} for name, about in zip(names_here, abouts, strict=True)
                ],
            }
        )  # fmt: skip
    return columns


def _frame(
    step: int, loss: float, parameters: Parameters, one: NetworkPass, groups: Sequence[FeatureGroup], x: torch.Tensor
) -> dict[str, Any]:
    """Return the parameters after an update, and the numbers of the row with them."""
    layers = []
    for number, layer in enumerate(parameters):
        shown = {
            "w": _folded(layer.weights, groups) if number == 0 else _rows(layer.weights),
            "b": _row(layer.bias),
            "z": _row(one.sums[number][0]),
            "a": _row(one.activations[number][0]),
            "dz": _row(one.sum_gradients[number][0]),
            "da": _row(one.activation_gradients[number][0]),
        }
        if number == 0:
            products = x[:, None] * layer.weights
            shown["parts"] = [_row(products[list(group.members)].sum(dim=0)) for group in groups]
        layers.append(shown)
    return {"step": step, "loss": _number(loss), "rowLoss": _number(one.loss), "layers": layers}


def _folded(weights: torch.Tensor, groups: Sequence[FeatureGroup]) -> list[list[float | None]]:
    """Return the weights of the groups: of a single feature as they are, of several the length of their vector."""
    return [
        _row(weights[group.members[0]] if group.is_single else weights[list(group.members)].norm(dim=0))
        for group in groups
    ]


def _members(
    layer: Layer, groups: Sequence[FeatureGroup], names: Sequence[str], x: torch.Tensor
) -> list[dict[str, Any] | None]:
    """Return the features of each group by name, with the row's values and the trained weights; None for a feature."""
    return [
        None
        if group.is_single
        else {
            "names": [str(names[place]) for place in group.members[:MOST_MEMBERS]],
            "x": _row(x[list(group.members[:MOST_MEMBERS])]),
            "w": _rows(layer.weights[list(group.members[:MOST_MEMBERS])]),
        }
        for group in groups
    ]


def _exact(exact: ExactOutput, run: NetworkRun, groups: Sequence[FeatureGroup]) -> dict[str, Any]:
    weights = exact.layer.weights
    return {
        "w": _rows(weights) if run.config.hidden else _folded(weights, groups),
        "b": _row(exact.layer.bias),
        "loss": _number(exact.loss),
    }


def _count(run: NetworkRun, inputs: int) -> dict[str, Any]:
    """Return the number of parameters as a sum of products, a term a layer."""
    found = parameter_count(inputs, run.config)
    terms = [
        f"({format_count(entering)} × {format_count(leaving)} + {format_count(leaving)})"
        for entering, leaving in found.terms
    ]
    return {"terms": terms, "total": format_count(found.total)}


def _largest(frames: Sequence[Mapping[str, Any]]) -> float:
    """Return the largest size of a drawn weight among all frames."""
    sizes = [
        abs(value) for frame in frames for layer in frame["layers"] for row in layer["w"] for value in row if value
    ]
    return max(sizes, default=1.0)


def _rows(matrix: torch.Tensor) -> list[list[float | None]]:
    return [[_number(value) for value in row] for row in matrix.tolist()]


def _row(vector: torch.Tensor) -> list[float | None]:
    return [_number(value) for value in vector.tolist()]


def _number(value: float) -> float | None:
    """Return a number with 7 digits, and None for one that JSON does not have."""
    return float(f"{value:.7g}") if math.isfinite(value) else None
