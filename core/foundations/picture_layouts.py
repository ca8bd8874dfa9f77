"""What the layout of a picture does to it: detail that fewer pixels keep, reshape without permute, channels swapped."""

from typing import Any

import numpy as np
import numpy.typing as npt

from core.foundations.picture_files import Picture

Pixels = npt.NDArray[Any]


def permuted(pixels: Pixels) -> Pixels:
    """Return a picture (height, width, channels) with its channels first, as `permute(2, 0, 1)` does."""
    return np.ascontiguousarray(np.moveaxis(pixels, 2, 0))


def reshaped(pixels: Pixels) -> Pixels:
    """Return what `reshape(channels, height, width)` makes of a picture (height, width, channels): wrong channels."""
    height, width, channels = pixels.shape
    return np.ascontiguousarray(pixels).reshape(channels, height, width)


def count_misplaced(shape: tuple[int, int, int]) -> int:
    """Return how many entries of a picture of shape (height, width, channels) reshape puts where permute does not.

    >>> count_misplaced((1, 1, 3)), count_misplaced((2, 2, 3))
    (0, 10)
    """
    entries = np.arange(int(np.prod(shape))).reshape(shape)
    return int((permuted(entries) != reshaped(entries)).sum())


def kept_variation(small: Picture, square: bool, original: Picture) -> float:
    """Return the share of the variance of a picture's numbers that a smaller one of it keeps, 0 to 1.

    Each pixel of the small one stands for those that it is the mean of. `square` says that the middle was cut out. A
    picture of one colour has nothing to lose: 1.
    """
    from PIL import Image

    pixels = original.pixels
    if square:
        short = min(pixels.shape[:2])
        top, left = ((length - short) // 2 for length in pixels.shape[:2])
        pixels = pixels[top : top + short, left : left + short]
    height, width = pixels.shape[:2]
    large = Image.fromarray(small.pixels).resize((width, height), Image.Resampling.NEAREST)
    numbers = pixels.astype(np.float64)
    spread = float(((numbers - numbers.mean(axis=(0, 1))) ** 2).mean())
    lost = float(((numbers - np.asarray(large, dtype=np.float64)) ** 2).mean())
    return 1.0 if spread == 0 else min(max(1 - lost / spread, 0.0), 1.0)
