"""The scene of moving norms: two vectors, their sum, a slider for the power, and three properties."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from core.language import _

MOST_DRAWN = 40  # entries that fit side by side


def norms_scene(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], *, p: float, factor: float = 1.0, ball: bool
) -> dict[str, Any]:
    """Return the scene of the norms of x and y, both (n,) and finite, computed in the browser.

    `ball` draws the unit ball of the plane and checks the triangle inequality only; then n is 2. Else all three
    properties are checked, with `factor` for α. An infinite p, which JSON does not have, is passed as text.
    """
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "p": "Infinity" if np.isinf(p) else str(p),
        "factor": factor,
        "ball": ball,
        "words": _words(len(x)),
    }


def _words(count: int) -> Mapping[str, str]:
    """Return every text of the component; {names} in braces are filled in by the browser."""
    left_out = _("Only the first {most} of {count} entries are drawn; all of them are measured.")
    return {
        "power": _("The power p"),
        "factor": _("The factor α"),
        "first": _("first entry"),
        "second": _("second entry"),
        "entry": _("entry"),
        "value": _("value"),
        "triangle": _("Triangle inequality: ‖x + y‖ ≤ ‖x‖ + ‖y‖"),
        "scaling": _("Scaling: ‖αx‖ = |α| · ‖x‖"),
        "positive": _("Only the zero vector has length 0"),
        "triangleHolds": _("Holds: the way straight there, {sum}, is shorter than the detour, {both}."),
        "triangleEven": _("Holds, just: both are {both}. The detour is no longer than the way straight there."),
        "triangleBroken": _("Broken: {sum} is more than {both}. For p = {p} a detour is shorter than the straight way, "
                            "so this is no length, and no norm."),
        "scalingHolds": _("Holds for every p: {factor} times the vector is {size} times as long as {norm}."),
        "isNothing": _("Every entry is 0, and the norm is 0."),
        "isSomething": _("Some entry is not 0, and the norm is {norm}, above 0."),
        "noNorm": _("Below p = 1 scaling still holds and only 0 has length 0, but some vectors break the triangle "
                    "inequality: it is no norm."),
        "convex": _("Halfway between x and y (the diamond) the norm is {middle}: still inside the ball. The ball of a "
                    "norm never caves in."),
        "cavesIn": _("x and y are in the ball, yet halfway between them (the diamond) the norm is {middle}: outside. "
                     "The ball caves in, so p is below 1 and this is no norm."),
        "outsideBall": _("Drag x and y into the ball, and see whether the diamond halfway between them is in it too."),
        "ballLegend": _("Green: the unit ball, all points of norm at most 1. Solid x, dashed y, dotted their sum."),
        "planeLegend": _("Solid x, pale and wide αx, dashed y, dotted their sum. Green: all vectors at most as long "
                         "as x."),
        "entriesLegend": _("Dots x, pale and wide αx, diamonds y, rings their sum."),
        "leftOut": left_out.format(most=MOST_DRAWN, count=count) if count > MOST_DRAWN else "",
        "dragTips": _("Drag the tips of x and y. By keys: focus the picture, arrows move a tip, Enter changes to the "
                      "other one."),
        "dragEntries": _("Drag the diamonds up and down. By keys: focus the picture, left and right choose an entry, "
                         "up and down move it."),
        "described": _("With p = {p} the norm of x is {first}, that of y is {second}, and that of their sum is {sum}."),
    }  # fmt: skip
