"""The scene of a kernel that slides over a small picture, its sum of products in numbers."""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.language import _


def kernel_scene(image: npt.NDArray[np.float64], kernel: npt.NDArray[np.float64], version: str) -> dict[str, Any]:
    """Return the scene of a picture (h, w), values from 0 to 1, and a kernel (3, 3), whose cells can be changed.

    `version` says which picture and kernel these are: another one starts with the kernel as given. The sums
    are computed in the browser, since the kernel changes there.
    """
    high, wide = (side - 2 for side in image.shape)
    return {
        "image": image.tolist(),
        "kernel": kernel.tolist(),
        "version": version,
        "labels": [
            _("Place in row {row}, column {column}").format(row=row + 1, column=column + 1)
            for row in range(high)
            for column in range(wide)
        ],
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "group": _("A kernel slides over a picture"),
        "image": _("Picture (0 paper, 1 ink)"),
        "kernel": _("Kernel: type other numbers"),
        "output": _("Sums: the feature map"),
        "cell": _("kernel, row {row}, column {column}"),
        "hint": _("Point at a term, a kernel cell or a pixel in the frame: all three light up. Press a sum to go "
                  "there."),
        "described": _("{label}: nine products add up to {sum}. Of all sums the largest is {most}, the smallest "
                       "{least}."),
        "scrubber": _("Place of the kernel"),
        "position": _("place {step} of {last}"),
        "first": _("First place"),
        "back": _("Previous place"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("Next place"),
        "last": _("Last place"),
        "speed": _("Speed"),
        "seconds": _("{count} s per step"),
    }  # fmt: skip
