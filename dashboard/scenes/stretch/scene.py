"""The scene of a rotating vector of length 1, and of its product with a matrix."""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.language import _


def stretch_scene(A: npt.NDArray[np.float64]) -> dict[str, Any]:
    """Return the scene of a rotating vector of the plane and its product with A, (2, 2) and finite.

    `directions` are the two orthogonal vectors of length 1 that A stretches most and least, `singular` the factors.
    """
    _left, values, right = np.linalg.svd(A)
    return {
        "matrix": A.tolist(),
        "singular": values.tolist(),
        "directions": right.tolist(),
        "words": {
            "title": _("What A does to vectors of length 1"),
            "angle": _("The direction of x, in degrees"),
            "first": _("first entry"),
            "second": _("second entry"),
            "said": _("x at {angle}°: ‖Ax‖ = {stretched}, between {least} and {most}, the spectral norm."),
            "legend": _("Drag x round the circle. Dashed: where Ax goes, an ellipse. Dotted: its axes; half of each is "
                        "as long as a singular value."),
        },
    }  # fmt: skip
