"""The scene of a vector of length 1 that is turned, and of what a matrix makes of it."""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.language import _


def stretch_scene(A: npt.NDArray[np.float64]) -> dict[str, Any]:
    """Return all that the browser needs to turn a vector of the plane and multiply it by A, (2, 2) and finite.

    `directions` are the two vectors of length 1, at right angles, that A stretches most and least, `singular` how much.
    """
    _left, values, right = np.linalg.svd(A)
    return {
        "matrix": A.tolist(),
        "singular": values.tolist(),
        "directions": right.tolist(),
        "words": {
            "title": _("What A does to vectors of length 1"),
            "angle": _("Direction of x (degrees)"),
            "first": _("first entry"),
            "second": _("second entry"),
            "said": _("x at {angle}°: ‖Ax‖ = {stretched}, between {least} and {most}, the spectral norm."),
            "legend": _("Drag x round the circle. Dashed: the ellipse of all Ax. Dotted: its axes; half of each is "
                        "a singular value."),
        },
    }  # fmt: skip
