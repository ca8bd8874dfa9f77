"""The scene of a small network that learns in the browser: its rows, its start, and all its words."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from core.foundations import NetworkConfig, Parameters
from core.foundations.plane_network import to_vector
from core.language import _
from core.regression.data.validation import Array

MARGIN = 0.08  # of the range of the rows, around them


def part_of_plane(X: Array) -> Array:
    """Return what part of the plane is drawn for rows X (n, 2): lows and highs, shape (2, 2), with all rows in it."""
    low, high = X.min(axis=0), X.max(axis=0)
    size = np.where(high > low, high - low, 2.0)
    return np.array([low - MARGIN * size, high + MARGIN * size])


def units_scene(
    X: Array, y: Array, start: Parameters, config: NetworkConfig, names: Sequence[str], classes: tuple[str, str]
) -> dict[str, Any]:
    """Return the scene for rows X (n, 2) with labels y (n,), -1 or 1, and a network with one hidden layer.

    `names` are those of the two features, `classes` those of the labels 1 and -1. Another network, or other rows, make
    another key, and the browser begins again.
    """
    part = part_of_plane(X)
    vector = to_vector(start).tolist()
    rows = {"x1": X[:, 0].tolist(), "x2": X[:, 1].tolist(), "y": y.tolist()}
    name = config.activations[0]
    return {
        "rows": rows,
        "part": {"x": part[:, 0].tolist(), "y": part[:, 1].tolist()},
        "start": vector,
        "names": list(names),
        "program": name,
        "rate": config.learning_rate,
        "steps": config.steps,
        "key": repr([rows, vector, name, config.learning_rate, config.steps]),
        "words": _words(classes),
    }


def _words(classes: tuple[str, str]) -> Mapping[str, str]:
    """Return every text of the component; {names} in braces are filled in by the browser."""
    first, second = classes
    return {
        "scrubber": _("Step"),
        "position": _("step {step} of {last}"),
        "first": _("To the start"),
        "back": _("One step back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One step forward"),
        "last": _("To the last step"),
        "speed": _("Speed"),
        "a_second": _("{count} steps a second"),
        "least": _("−1 or below"),
        "most": _("1 or above"),
        "ofFirst": _("label 1: {name}").format(name=first),
        "ofSecond": _("label −1: {name}").format(name=second),
        "border": _("the border: output 0"),
        "exact": _("Set the output layer to the exact one"),
        "again": _("Begin again"),
        "hint": _("Drag an edge up or down, or a slider: the network goes on learning from there. Tick “hold” and the "
                  "weight stays while the others learn. Point at the plane, or focus it and press arrow keys: the "
                  "formulas use that point. The dashed line is where the sum of the chosen unit is 0."),
        "ofUnit": _("The weights of {unit}"),
        "ofOutput": _("The weights of the output o"),
        "hold": _("hold"),
        "turn": _("Turn {name}"),
        "gradient": _("gradient {value}"),
        "step": _("step"),
        "loss": _("loss"),
        "lossesSaid": _("The loss came to {loss}; the dashed line is the loss with the exact output layer for the "
                        "hidden units as they are, {exact}."),
        "unitSaid": _("Hidden unit {unit} answers {value} at the point. Press to see its weights."),
        "found": _("Step {step}: loss {loss}, and {exact} with the exact output layer for the same hidden units. "
                   "{right} of the rows on their side."),
        "diverged": _("The run diverged here: the learning rate is too large."),
    }  # fmt: skip
