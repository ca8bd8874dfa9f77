"""Features made by hand on pictures: kernels, edges after Canny, and SIFT's keypoints."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import _

Array = npt.NDArray[np.float64]
PHOTOGRAPHS = ("china", "flower")  # those that scikit-learn ships
WIDTH = 320  # pixels to which a photograph is made smaller
KERNELS: dict[str, tuple[tuple[float, ...], ...]] = {
    "upright": ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
    "level": ((-1, -2, -1), (0, 0, 0), (1, 2, 1)),
    "blur": ((1 / 9, 1 / 9, 1 / 9), (1 / 9, 1 / 9, 1 / 9), (1 / 9, 1 / 9, 1 / 9)),
    "outline": ((0, -1, 0), (-1, 4, -1), (0, -1, 0)),
    "sharpen": ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    "identity": ((0, 0, 0), (0, 1, 0), (0, 0, 0)),
}


@dataclass(frozen=True, eq=False)
class Edges:
    """The edges that Canny's rule finds.

    Attributes:
        edges (h, w): whether each pixel is on an edge.
        share: the share of all pixels that is.
        pieces: how many connected pieces the edges have, pixels touching at corners included.
    """

    edges: npt.NDArray[np.bool_]
    share: float
    pieces: int


@dataclass(frozen=True, eq=False)
class CannySteps:
    """What each step of Canny's rule makes of a picture.

    Attributes:
        blurred (h, w): the picture blurred.
        slope (h, w): the length of Sobel's sums on it, eight times the slope per pixel.
        weak (h, w): whether each pixel is on a ridge of the slope of at least the low threshold.
        strong (h, w): the same for the high one.
        found: the strong ridges and the weak ones joined to them.
    """

    blurred: Array
    slope: Array
    weak: npt.NDArray[np.bool_]
    strong: npt.NDArray[np.bool_]
    found: Edges


def photograph(name: str, width: int = WIDTH) -> Array:
    """Return a photograph of scikit-learn in grey, (h, w) with values from 0 (black) to 1, `width` pixels wide.

    Raises InputError for another name.
    """
    from skimage.color import rgb2gray
    from skimage.transform import resize
    from sklearn.datasets import load_sample_image

    if name not in PHOTOGRAPHS:
        raise InputError(_("There is no photograph of this name; choose china or flower."))
    grey = rgb2gray(load_sample_image(f"{name}.jpg"))
    height = round(grey.shape[0] * width / grey.shape[1])
    smaller: Array = resize(grey, (height, width), anti_aliasing=True).astype(np.float64)
    return np.clip(smaller, 0.0, 1.0)


def convolve(image: npt.ArrayLike, kernel: npt.ArrayLike) -> Array:
    """Slide a kernel (a, b) over a picture (h, w), and return its sums of products, (h - a + 1, w - b + 1).

    The kernel is not turned over: a cross-correlation, which deep learning calls a convolution. Raises InputError
    where the picture is smaller than the kernel or a value is not finite.
    """
    picture, weights = np.asarray(image, dtype=np.float64), np.asarray(kernel, dtype=np.float64)
    if picture.ndim != 2 or weights.ndim != 2 or any(p < k for p, k in zip(picture.shape, weights.shape, strict=True)):
        template = _("A kernel slides over a picture at least as large as itself, but the picture has shape {picture} "
                     "and the kernel {kernel}.")  # fmt: skip
        raise InputError(template.format(picture=picture.shape, kernel=weights.shape))
    if not (np.isfinite(picture).all() and np.isfinite(weights).all()):
        raise InputError(_("A value of the picture or of the kernel is missing or infinite; numbers were needed."))
    patches = np.lib.stride_tricks.sliding_window_view(picture, weights.shape)
    sums: Array = np.einsum("ijab,ab->ij", patches, weights)
    return sums


def canny_edges(image: npt.ArrayLike, sigma: float = 2.0, low: float = 0.1, high: float = 0.2) -> Edges:
    """Find edges after Canny (1986): blur by `sigma` pixels, take the slope, keep ridges above the thresholds.

    The picture is (h, w) with values from 0 to 1. The thresholds are for the sums of Sobel's kernels, which are eight
    times the slope per pixel. A ridge of at least `high` is an edge; one of at least `low` is one too if it touches an
    edge. A `low` above `high` is lowered to it. Raises InputError for an empty picture.
    """
    from scipy.ndimage import label
    from skimage.feature import canny

    picture = np.asarray(image, dtype=np.float64)
    if picture.ndim != 2 or not picture.size:
        template = _("Edges need a grey picture with at least one pixel, but got shape {shape}.")
        raise InputError(template.format(shape=picture.shape))
    found: npt.NDArray[np.bool_] = canny(picture, sigma, min(low, high), high)
    pieces = label(found, np.ones((3, 3)))[1]
    return Edges(found, float(found.mean()), int(pieces))


def canny_steps(image: npt.ArrayLike, sigma: float = 2.0, low: float = 0.1, high: float = 0.2) -> CannySteps:
    """Return the steps that lead to `canny_edges`, whose thresholds and errors these are."""
    from scipy.ndimage import gaussian_filter, sobel

    found = canny_edges(image, sigma, low, high)
    picture = np.asarray(image, dtype=np.float64)
    weight, blurred = (gaussian_filter(each, sigma, mode="constant") for each in (np.ones_like(picture), picture))
    blurred = blurred / weight  # the mean over what is inside of the picture
    slope: Array = np.hypot(sobel(blurred, axis=0), sobel(blurred, axis=1))
    weak, strong = (canny_edges(picture, sigma, each, each).edges for each in (min(low, high), high))
    return CannySteps(blurred, slope, weak, strong, found)


def sift_keypoints(image: npt.ArrayLike) -> pd.DataFrame:
    """Find the keypoints of SIFT (Lowe 2004) in a picture (h, w): places that look alike at another size or turned.

    Columns: x and y (pixels, y down), size (the standard deviation of the blur at which it stands out, in pixels) and
    angle (radians). No rows for a picture in which nothing stands out. The descriptor of each, 128 numbers made by
    hand, is what a classifier would then learn from.
    """
    from skimage.feature import SIFT

    finder = SIFT()
    try:
        finder.detect_and_extract(np.asarray(image, dtype=np.float64))
    except RuntimeError:  # scikit-image raises where there are no keypoints
        return pd.DataFrame({name: np.empty(0) for name in ("x", "y", "size", "angle")})
    places = np.asarray(finder.keypoints, dtype=np.float64)
    return pd.DataFrame({"x": places[:, 1], "y": places[:, 0], "size": finder.sigmas, "angle": finder.orientations})


def share_found_again(image: npt.ArrayLike, keypoints: pd.DataFrame, within: float = 2.0) -> float:
    """Return the share of the keypoints of a picture that SIFT finds again after it is turned by 90 degrees.

    A keypoint is found again if one of the turned picture is `within` pixels of where it has moved; 0 for a picture
    without keypoints.
    """
    from scipy.spatial import cKDTree

    picture = np.asarray(image, dtype=np.float64)
    turned = sift_keypoints(np.ascontiguousarray(np.rot90(picture)))
    if not len(keypoints) or not len(turned):
        return 0.0
    moved = np.column_stack([keypoints["y"], picture.shape[1] - 1 - keypoints["x"]])  # x and y after the turn
    distances, _nearest = cKDTree(turned[["x", "y"]].to_numpy()).query(moved)
    return float((distances <= within).mean())
