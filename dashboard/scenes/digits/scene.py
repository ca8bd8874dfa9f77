"""The scene of ten neurons on a picture of 8 x 8 pixels: their weights as pictures, along the training and exact."""

from collections.abc import Mapping
from typing import Any

from core.foundations import Layer
from core.foundations.digits_layer import DigitsLayer
from core.language import _

DECIMALS = 4  # of a weight in the browser


def digits_scene(found: DigitsLayer, picture: list[float], digit: int) -> dict[str, Any]:
    """Return the scene: a layer for each frame, the exact one beside, and a held-out picture (64,) with its digit."""
    return {
        "steps": found.run.steps.tolist(),
        "layers": [_layer(frame[0]) for frame in found.run.frames],
        "accuracies": found.accuracies.tolist(),
        "exact": _layer(found.exact) | {"accuracy": found.exact_accuracy},
        "picture": picture,
        "digit": digit,
        "words": _words(),
    }


def _layer(layer: Layer) -> dict[str, Any]:
    return {
        "weights": [[round(weight, DECIMALS) for weight in neuron] for neuron in layer.weights.T.tolist()],
        "bias": [round(bias, DECIMALS) for bias in layer.bias.tolist()],
    }


def _words() -> Mapping[str, str]:
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
        "a_second": _("{count} frames a second"),
        "learned": _("Learned: the weights of ten neurons"),
        "exact": _("Exact: ten linear regressions, in closed form"),
        "picture": _("A picture that was held out: the digit {digit}"),
        "accuracy": _("{right} of the held-out pictures right. Largest weight in size: {largest}."),
        "below": _("{value} or less"),
        "above": _("{value} or more"),
        "neuron": _("neuron"),
        "weight": _("weight w"),
        "pixel": _("pixel x"),
        "term": _("term w · x"),
        "sum": _("sum z"),
        "probability": _("probability"),
        "formula": _("Neuron {k}: z = b + the sum of w · x over 64 pixels. Pixel (row {row}, column {column}): "
                     "{weight} · {x} = {term}, a part of z = {z}."),
        "found": _("Step {step}: {right} of the held-out pictures right. This one is a {digit}; the layer predicts "
                   "{said}, with probability {probability}."),
        "hint": _("Point at a pixel: it lights up in all pictures. Or focus a picture, and press arrow keys. Blue: a "
                  "bright pixel there raises the digit's score; orange: lowers it."),
        "neuronSaid": _("Weights of neuron {k}, 8 by 8. Arrow keys move the pixel."),
    }  # fmt: skip
