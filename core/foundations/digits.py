"""Features made by hand beside features learned, on the digits of scikit-learn; no download."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import N_, _

Array = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
SIDE = 8  # pixels of a digit
TESTED = 450  # images that nothing learns from
DIRECTIONS = 8  # bins of the angles of slopes
MOST_SHIFT = 2


@dataclass(frozen=True, eq=False)
class DigitImages:
    """Images of handwritten digits, and which of them are learned from.

    Attributes:
        images (n, s, s): values from 0 (paper) to 1 (ink).
        labels (n): the digit of each, 0 to 9.
        train: places of the images that are learned from.
        test: places of those that are not.
    """

    images: Array
    labels: Labels
    train: Labels
    test: Labels


def load_digits(*, rows: int = 1347, shift: int = 0, seed: int = 0) -> DigitImages:
    """Return the 1,797 digits of scikit-learn, `rows` of them to learn from and 450 others to test.

    With a `shift` the side of each image grows by 2 * shift pixels and its digit is put at a random place in it. Raises
    InputError for fewer than 20 or more than 1,347 rows, or a shift that is not 0, 1 or 2.
    """
    from sklearn.datasets import load_digits as load
    from sklearn.model_selection import train_test_split

    data = load()
    images, labels = np.asarray(data.images, dtype=np.float64) / 16, np.asarray(data.target, dtype=np.int64)
    most = len(labels) - TESTED
    if not 20 <= rows <= most or not 0 <= shift <= MOST_SHIFT:
        template = _("Between 20 and {most} images can be learned from, shifted by 0, 1 or 2 pixels; got {rows} and "
                     "{shift}.")  # fmt: skip
        raise InputError(template.format(most=most, rows=rows, shift=shift))
    train, test = train_test_split(np.arange(len(labels)), test_size=TESTED, random_state=seed % 2**32, stratify=labels)
    return DigitImages(shifted(images, shift, seed), labels, train[:rows], test)


def shifted(images: Array, shift: int, seed: int = 0) -> Array:
    """Return images (n, s, s) on a larger sheet, (n, s + 2 shift, s + 2 shift), each at a random place of it."""
    if not shift:
        return images
    n, side = images.shape[:2]
    sheet = np.zeros((n, side + 2 * shift, side + 2 * shift))
    corners = np.random.default_rng(seed).integers(0, 2 * shift + 1, (n, 2))
    for image, (down, right), target in zip(images, corners, sheet, strict=True):
        target[down : down + side, right : right + side] = image
    return sheet


def pixel_features(images: Array) -> Array:
    """Return the pixels of images (n, s, s) as they are, (n, s²)."""
    return images.reshape(len(images), -1)


def zone_features(images: Array) -> Array:
    """Return the mean ink of zones of 2 by 2 pixels, (n, (s/2)²); s is even."""
    n, side = images.shape[:2]
    means: Array = images.reshape(n, side // 2, 2, side // 2, 2).mean(axis=(2, 4)).reshape(n, -1)
    return means


def direction_features(images: Array) -> Array:
    """Return histograms of oriented gradients (Dalal and Triggs 2005), (n, (s/2)² 8), from zones of 2 by 2 pixels.

    The slope at each pixel, without its sign, is counted by its length in one of eight directions; the eight counts of
    a zone are divided by their sum. scikit-image's `hog` gives the same, one picture at a time.
    """
    n, side = images.shape[:2]
    down, right = np.zeros_like(images), np.zeros_like(images)
    down[:, 1:-1] = images[:, 2:] - images[:, :-2]
    right[:, :, 1:-1] = images[:, :, 2:] - images[:, :, :-2]
    bins = (np.rad2deg(np.arctan2(down, right)) % 180 // (180 / DIRECTIONS)).astype(int) % DIRECTIONS
    counts = np.hypot(down, right)[..., None] * (bins[..., None] == np.arange(DIRECTIONS))
    zones = counts.reshape(n, side // 2, 2, side // 2, 2, DIRECTIONS).mean(axis=(2, 4))
    shares: Array = (zones / (zones.sum(axis=-1, keepdims=True) + 1e-5)).reshape(n, -1)
    return shares


def frequency_features(images: Array) -> Array:
    """Return the size of each frequency (the two-dimensional Fourier transform) of images (n, s, s), (n, s (s/2 + 1)).

    Moving a digit over empty paper changes none of them.
    """
    sizes: Array = np.abs(np.fft.rfft2(images)).reshape(len(images), -1)
    return sizes


MADE_BY_HAND: dict[str, tuple[str, Callable[[Array], Array]]] = {
    "pixels": (N_("raw pixels"), pixel_features),
    "zones": (N_("mean ink of zones"), zone_features),
    "directions": (N_("directions of edges (HOG)"), direction_features),
    "frequencies": (N_("sizes of frequencies"), frequency_features),
}


def linear_accuracy(features: Array, of: DigitImages) -> float:
    """Return how many test images a linear classifier gets right, 0 to 1: scikit-learn's logistic regression.

    `features` is (n, d). It learns from the training images alone, in at most 60 steps of its solver.
    """
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # as far as it has come counts
        model = LogisticRegression(max_iter=60).fit(features[of.train], of.labels[of.train])
    return float(model.score(features[of.test], of.labels[of.test]))


def hand_made_accuracies(of: DigitImages) -> pd.DataFrame:
    """Return the accuracy of a linear classifier on each kind of feature: name, features (how many), accuracy."""
    found = []
    for name, (_label, make) in MADE_BY_HAND.items():
        features = make(of.images)
        found.append({"name": name, "features": features.shape[1], "accuracy": linear_accuracy(features, of)})
    return pd.DataFrame(found)
