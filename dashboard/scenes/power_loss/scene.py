"""The scene of estimates under every p-loss: values to drag, and the number or line nearest to them in the p-norm."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.language import _


def power_scene(values: Sequence[float], *, p: float, line: bool) -> dict[str, Any]:
    """Return the scene of values (n,), at 1 … n, and the estimates for p, 1, 2 and ∞, computed in the browser.

    The estimate is one number, or with `line` a line over the places. An infinite p, which JSON does not have, is
    passed as text.
    """
    return {
        "state": {"values": [float(value) for value in values], "p": "Infinity" if np.isinf(p) else p},
        "line": line,
        "words": _words(line),
    }


def _words(line: bool) -> dict[str, str]:
    """Return every text of the component; {names} in braces are filled in by the browser."""
    return {
        "p": _("The power p"),
        "place": _("place of the value"),
        "value": _("value"),
        "centre": _("slope b, best intercept") if line else _("the number m"),
        "norm": _("‖residuals‖ₚ"),
        "power": _("p (equal steps of 1/p)"),
        "estimate": _("best slope") if line else _("best number"),
        "first": _("r₁"),
        "second": _("r₂"),
        "residual": _("residual"),
        "density": _("density"),
        "one": _("Least absolute deviations (p = 1)") if line else _("Median (p = 1)"),
        "two": _("Least squares (p = 2)") if line else _("Mean (p = 2)"),
        "many": _("Chebyshev’s line (p = ∞)") if line else _("Mid-range (p = ∞)"),
        "any": _("Your p = {p}"),
        "loss": _("loss"),
        "result": _("slope b") if line else _("number m"),
        "follows": _("follows by"),
        "under": _("likeliest under"),
        "absolute": _("Σ |r|"),
        "squared": _("Σ r²"),
        "largest": _("largest |r|"),
        "sum": _("Σ |r|ᵖ"),
        "laplace": _("Laplace noise"),
        "normal": _("normal noise"),
        "uniform": _("uniform noise"),
        "family": _("noise ∝ exp(−|r|ᵖ)"),
        "ball": _("All (r₁, r₂) whose p-norm is at most 1"),
        "noise": _("The noise for which this loss is the likeliest"),
        "path": _("The estimate for every p"),
        "curve": _("The norm that is made least"),
        "moved": _("The chosen value is {value}. The last column is the rate at which each estimate follows a small "
                   "move of it. Values in the middle move the median, the two ends alone the mid-range.")
        if not line
        else _("The chosen value is {value}. The last column is the rate at which each slope follows a small move of "
               "it. With enough points, least absolute deviations ignore one that is far away; Chebyshev’s line "
               "follows it."),
        "hint": _("Drag a value up and down. By keyboard: focus the picture; left and right choose a value, up and "
                  "down move it."),
        "legend": _("Thick: your p. Dotted: p = 1. Dashed: p = 2. Thin: p = ∞."),
        "described": _("With p = {p} the best number is {any}; the median is {one}, the mean {two} and the mid-range "
                       "{many}.")
        if not line
        else _("With p = {p} the best slope is {any}; for p = 1 it is {one}, for p = 2 {two} and for p = ∞ {many}."),
    }  # fmt: skip
