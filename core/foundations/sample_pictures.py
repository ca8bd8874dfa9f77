"""Pictures without a download: two photographs and the digits that scikit-learn ships, and a flag drawn here.

Sources: `china.jpg` by danielbuechele and `flower.jpg` by vultilion, both of Flickr and under CC BY 2.0, as the README
of scikit-learn's images has it; the digits are the test set of the UCI "Optical Recognition of Handwritten Digits"
(Alpaydin and Kaynak, 1998).
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.foundations.picture_files import Picture, read_picture
from core.language import _

PHOTOGRAPHS = ("flower", "china")
DIGITS = 1797
_BRIGHTEST = 16  # of a pixel of a digit
_RED, _GREEN, _BLUE, _WHITE, _BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)


def photograph(name: str) -> Picture:
    """Return one of scikit-learn's photographs, 427 x 640 pixels: "flower" or "china"."""
    if name not in PHOTOGRAPHS:
        raise InputError(_("The photographs are “flower” and “china”, not “{name}”.").format(name=name))
    spec = find_spec("sklearn")  # found without importing it
    assert spec is not None
    assert spec.origin is not None
    return read_picture((Path(spec.origin).parent / "datasets" / "images" / f"{name}.jpg").read_bytes())


@lru_cache(maxsize=1)
def _digits() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    from sklearn.datasets import load_digits

    bunch = load_digits()
    return bunch.images, bunch.target


def digit(index: int) -> tuple[Picture, int]:
    """Return a written digit of 8 x 8 pixels, and which one it is; `index` is from 0 to 1,796.

    scikit-learn has 0 for paper to 16 for ink in one channel; here it is 0 to 255, the same in all three.
    """
    if not 0 <= index < DIGITS:
        raise InputError(_("There are {count} digits, counted from 0; got {index}.").format(count=DIGITS, index=index))
    images, labels = _digits()
    grey = np.rint(images[index] * (255 / _BRIGHTEST)).astype(np.uint8)
    note = _("A digit has one channel of 0 to 16; it is stretched to 0 to 255, for red, green and blue alike.")
    return Picture.of(np.repeat(grey[:, :, None], 3, axis=2), (note,)), int(labels[index])


def flag(height: int = 80, width: int = 120) -> Picture:
    """Return a flag: stripes of pure red, green and blue, and on them a white disc with a black rim."""
    if height < 1 or width < 1:
        raise InputError(_("A flag needs at least one pixel; got {height} x {width}.").format(
            height=height, width=width
        ))  # fmt: skip
    rows, columns = np.mgrid[:height, :width] + 0.5
    stripes = np.array([_RED, _GREEN, _BLUE], dtype=np.uint8)
    pixels = stripes[np.minimum((columns * 3 / width).astype(int), 2)]
    away = np.hypot(rows - height / 2, columns - width / 2) / min(height, width)
    pixels[away < 0.36] = _BLACK
    pixels[away < 0.27] = _WHITE
    return Picture.of(pixels)
