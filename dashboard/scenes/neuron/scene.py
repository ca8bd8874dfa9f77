"""The scene of one neuron: bars that add up to z, the sigmoid, the plane of two features, and other activations."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.language import _


def neuron_scene(
    x: Sequence[float], w: Sequence[float], b: float, *, names: Sequence[str], label: str, across: int, up: int
) -> dict[str, Any]:
    """Return the scene of a neuron with weights w and bias b at one row x, computed in the browser.

    x, w and `names` have d entries each, all finite. `label` names the class whose probability it is. The plane shows
    the features at the places `across` and `up`, counted from 0; with one feature there is none.
    """
    return {
        "x": list(x),
        "w": list(w),
        "b": b,
        "names": list(names),
        "across": across,
        "up": up,
        "words": {**_words(label), **_lessons(label), **_player()},
    }


def _words(label: str) -> dict[str, Any]:
    """Return the texts of the bars, the formula and the table; {names} in braces are filled in by the browser."""
    return {
        "feature": _("feature"),
        "bias": _("bias b"),
        "others": _("{count} others"),
        "otherTerms": _("(others)"),
        "addUp": _("w·x, added up"),
        "sum": _("sum so far"),
        "formula": _("The terms of z; the arrow keys go from term to term"),
        "table": _("The terms of z, one row each"),
        "of_x": _("feature {name}"),
        "of_w": _("weight of {name}"),
        "of_b": _("bias"),
        "head_bars": _("Features times weights add up"),
        "head_curve": _("The sigmoid makes a probability of the sum"),
        "head_table": _("Term by term"),
        "head_plane": _("Where it decides"),
        "head_beside": _("Other activations at the same z"),
        "dragBars": _(
            "Drag the bars of x, w and b, or focus one and press the arrow keys. Point at a term: its bar, its row and "
            "its place in the formula light up."
        ),
        "stepTerm": _("weight times {name}"),
        "stepBias": _("the bias"),
        "stepSum": _("the sum z"),
        "stepSigmoid": _("the sigmoid"),
        "toldTerm": _("{name}: {w} · {x} = {part}. The sum so far is {sum}."),
        "toldOthers": _("{name} contribute {part} together. The sum so far is {sum}."),
        "toldBias": _("The bias adds {part}, whatever the features are. The sum is {sum}."),
        "toldSum": _("All terms together: z = {z}. It can be any number, so it is no probability yet."),
        "toldSigmoid": _("The sigmoid squeezes z = {z} between 0 and 1: p = {p}."),
        "likely": _("{p} means: {label} is {yes} likely, anything else {no}.").replace("{label}", label),
        "likelyYes": _("{p} means: {label} is all but certain, anything else {no} likely.").replace("{label}", label),
        "likelyNo": _("{p} means: {label} is {yes} likely, anything else all but certain.").replace("{label}", label),
    }


def _lessons(label: str) -> dict[str, Any]:
    """Return the texts of the sigmoid, the plane and the activations."""
    return {
        "axisZ": _("the sum z"),
        "axisP": _("probability p (solid) and slope (dashed)"),
        "value": _("value"),
        "slope": _("derivative"),
        "across": _("Across"),
        "up": _("Up"),
        "curveLegend": _(
            "Solid: σ(z). Dashed: its derivative. Grey: where the derivative is below 0.01. Drag the point: the bias "
            "moves it."
        ),
        "slopes": _("The derivative here is {slope}, {share} of the largest possible, 0.25: a gradient passes."),
        "saturated": _(
            "Saturated: at z = {z} the derivative is {slope}, nearly 0: p hardly changes with the weights, and with "
            "squared loss they would hardly learn. Cross-entropy, used in Train, cancels this factor: its gradient is "
            "(p − y)·x. Scale the features, or use smaller weights."
        ),
        "planeLegend": _(
            "Solid line: p = 0.5, where z = 0; dashed: 0.1 and 0.9. Blue side: above 0.5; orange: below. Drag the dot, "
            "which is the row."
        ),
        "distance": _("The row is |z| / ‖w‖ = {z} / {norm} = {distance} away from the line, {side}."),
        "distanceInPlane": _(
            "That is the distance in the space of all features. In this plane, with the others held, it is {distance}."
        ),
        "unlike": _("The axes have scales of their own, so right angles do not look right."),
        "noLine": _("All weights are 0: p is the same everywhere, and there is no line."),
        "sideYes": _("on the side of {label}").format(label=label),
        "sideNo": _("on the side away from {label}").format(label=label),
        "onLine": _("The row is on the line: z = 0, so p = 0.5."),
        "activation": _("activation"),
        "activations": {"sigmoid": _("sigmoid"), "tanh": _("tanh"), "relu": _("ReLU"), "step": _("step")},
        "besideLegend": _(
            "The step is what the sigmoid decides at p = 0.5, but its derivative is 0 everywhere: nothing to learn "
            "from. ReLU never saturates above 0; below 0 its derivative is 0. tanh is a sigmoid from −1 to 1."
        ),
        "describedCurve": _(
            "The sigmoid: at z = {z} the probability is {p} and the derivative {slope}. Left and right arrows move the "
            "bias."
        ),
        "describedPlane": _(
            "The plane of two features with the row at ({x}, {y}): its probability is {p}, its distance from the "
            "decision boundary {distance}. Arrow keys move the row."
        ),
        "describedValues": _("Sigmoid, tanh, ReLU and step against z, with z = {z} marked; the table has the values."),
        "describedSlopes": _("Their derivatives against z: at z = {z} that of the sigmoid is {slope}."),
    }


def _player() -> Mapping[str, str]:
    return {
        "scrubber": _("Step"),
        "position": _("step {step} of {last}"),
        "first": _("To the first term"),
        "back": _("One step back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One step forward"),
        "last": _("To the sigmoid"),
        "speed": _("Speed"),
        "seconds": _("{count} s per step"),
    }
