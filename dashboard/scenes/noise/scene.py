"""The scene of the normal density: a curve to move, pinned curves to compare, and draws with their histogram."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from core.foundations.densities import share_within
from core.language import _

BANDS = (1, 2, 3)  # standard deviations


def noise_scene(
    mean: float, variance: float, pins: Sequence[tuple[float, float]], draws: npt.NDArray[np.float64], most_pins: int
) -> dict[str, Any]:
    """Return the scene of the normal density with this mean and variance, computed in the browser.

    `pins` are the means and variances of pinned curves, at most `most_pins`; `draws` (n,) are standard normal, and
    move with the curve.
    """
    return {
        "state": {"mean": mean, "variance": variance, "pins": [list(pin) for pin in pins]},
        "draws": draws.tolist(),
        "shares": [share_within(k) for k in BANDS],
        "mostPins": most_pins,
        "words": _words(),
    }


def _words() -> dict[str, str]:
    """Return every text of the component; {names} in braces are filled in by the browser."""
    return {
        "mean": _("Mean μ"),
        "variance": _("Variance σ²"),
        "pin": _("Pin this curve"),
        "unpin": _("Unpin the curve of mean {mean} and variance {variance}"),
        "pinned": _("Pinned: μ = {mean}, σ² = {variance}"),
        "across": _("x"),
        "up": _("density p(x), per unit of x"),
        "peak": _("Peak {peak} at x = μ. Four times the variance: half the peak."),
        "tall": _("Peak {peak} at x = μ: above 1, and no probability. Only an area is one."),
        "area": _("Area under the drawn curve, summed over {strips} strips: {area}. The exact area is 1."),
        "within": _("within"),
        "interval": _("from … to"),
        "computed": _("computed"),
        "counted": _("counted"),
        "of": _("{count} of {all}"),
        "hint": _("Drag the peak to move the mean, the dot on the flank to change the variance. By keyboard: focus the "
                  "picture; left and right move the mean, up and down change the variance."),
        "legend": _("Line: the density. Bars: the draws so far, scaled to area 1. Shaded: μ ± {bands}σ. Dashed: "
                    "pinned."),
        "scrubber": _("Number of draws"),
        "position": _("draw {step} of {last}"),
        "first": _("To no draws"),
        "back": _("One draw back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One draw more"),
        "last": _("To all draws"),
        "speed": _("Speed"),
        "a_second": _("{count} per second"),
        "described": _("Normal density with mean {mean} and variance {variance}: its peak is {peak}. Of {all} draws, "
                       "{one} are within one standard deviation, {two} within two, {three} within three."),
    }  # fmt: skip
