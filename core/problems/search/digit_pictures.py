"""The pictures of digits that are searched, a painted one as text, and what a small network sees of them."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_count, format_general
from core.language import _

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
SIDE, INK = 8, 16  # pixels of a side, and levels of ink above paper
LEVELS = "0123456789abcdefg"  # of ink, a character each
PICTURES = 1797
LEARNED = 898  # pictures that the network learns from
HIDDEN = 32  # units of its layer


@dataclass(frozen=True, eq=False)
class DigitPictures:
    """The digits of scikit-learn, of which a network may learn from one half.

    Attributes:
        pixels (n, 64): ink from 0 to 1, row by row of a picture.
        labels (n,): the digit of each.
        learned: the places of those with whose labels the network is trained.
        unseen: the places of the others, without the query.
    """

    pixels: Array
    labels: Places
    learned: Places
    unseen: Places


def load_pictures(query: int | None = None, *, seed: int = 0) -> DigitPictures:
    """Return the 1,797 digits, 898 of them drawn to be learned from; the query is in neither half.

    Raises InputError for a query that is not one of them.
    """
    from sklearn.datasets import load_digits

    if query is not None and not 0 <= query < PICTURES:
        template = _("The pictures are numbered 0 to {last}, but got {query}; choose one of them.")
        raise InputError(template.format(last=format_count(PICTURES - 1), query=format_general(query)))
    pixels, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(PICTURES)
    order = order[order != (-1 if query is None else query)]
    pixels = np.asarray(pixels, dtype=np.float64) / INK
    return DigitPictures(pixels, labels.astype(np.int64), order[:LEARNED], np.sort(order[LEARNED:]))


def read_picture(text: str) -> Array:
    """Return a picture written as 64 characters, row by row, from 0 for paper to g for full ink: (8, 8), 0 to 1.

    Blanks and line breaks are left out. Raises InputError for any other character or number of them.

    >>> float(read_picture("g" + "0" * 63).sum())
    1.0
    """
    marks = "".join(text.split()).lower()
    if others := sorted(set(marks) - set(LEVELS)):
        template = _("A picture is written with 0 (paper) to 9 and a to g (ink), but got “{mark}”; paint it again.")
        raise InputError(template.format(mark=others[0]))
    if len(marks) != SIDE * SIDE:
        template = _("A picture is written as {needed} characters, but got {got}; paint it again.")
        raise InputError(template.format(needed=SIDE * SIDE, got=format_count(len(marks))))
    return np.array([LEVELS.index(mark) for mark in marks]).reshape(SIDE, SIDE) / INK


def write_picture(image: npt.ArrayLike) -> str:
    """Return a picture (8, 8) of ink from 0 to 1 as the text that `read_picture` reads, to 17 levels.

    Ink below 0 is paper and above 1 full ink. Raises InputError for another shape or numbers that are not finite.

    >>> write_picture(read_picture("0123456789abcdef" * 4)) == "0123456789abcdef" * 4
    True
    """
    ink = np.asarray(image, dtype=np.float64)
    if ink.shape != (SIDE, SIDE) or not np.isfinite(ink).all():
        template = _(
            "A picture of {side} rows of {side} finite numbers was needed, but got shape {shape}; paint it again."
        )
        raise InputError(template.format(side=SIDE, shape=ink.shape))
    return "".join(LEVELS[level] for level in np.rint(np.clip(ink, 0, 1) * INK).astype(int).ravel())


@dataclass(frozen=True, eq=False)
class Layer:
    """The hidden layer of a small network on the digits: what it sees of a picture.

    Attributes:
        weights (64, 32): of its units.
        biases (32,): of its units.
        accuracy: the share of the unseen pictures that the whole network names rightly; NaN if it is not trained.
    """

    weights: Array
    biases: Array
    accuracy: float

    def see(self, pixels: Array) -> Array:
        """Return the outputs of the units, ReLU of a weighted sum, for pictures (n, 64): (n, 32)."""
        return np.maximum(pixels @ self.weights + self.biases, 0)


def train_layer(of: DigitPictures, *, epochs: int = 20, seed: int = 0) -> Layer:
    """Train a network of 32 hidden units and 10 outputs on the pictures to learn from; return its hidden layer.

    scikit-learn's MLPClassifier in float64, by Adam on minibatches of 32. With 0 epochs the weights are random.
    """
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    if not epochs:
        bound = math.sqrt(6 / (of.pixels.shape[1] + HIDDEN))  # Glorot's, as in scikit-learn
        rng = np.random.default_rng(seed)
        weights = rng.uniform(-bound, bound, (of.pixels.shape[1], HIDDEN))
        return Layer(weights, rng.uniform(-bound, bound, HIDDEN), math.nan)
    model = MLPClassifier((HIDDEN,), batch_size=32, learning_rate_init=0.01, max_iter=epochs, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # as far as it has got counts
        model.fit(of.pixels[of.learned], of.labels[of.learned])
    accuracy = float(model.score(of.pixels[of.unseen], of.labels[of.unseen]))
    return Layer(model.coefs_[0], model.intercepts_[0], accuracy)
