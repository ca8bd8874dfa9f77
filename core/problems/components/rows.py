"""Rows for principal components: digits, and rows in which several directions vary exactly alike."""

import numpy as np

from core.problems.rows import Rows

DIGITS = 300
SIDE = 8  # pixels of a digit
EQUAL = (4.0, 1.0, 1.0, 1.0, 0.5, 0.25)  # the variances of the made rows
APART = 1e-7  # by which those that are equal still differ, so that every machine finds the same axes


def digit_rows() -> Rows:
    """Return the first 300 digits of scikit-learn, 64 pixels from 0 to 1 each.

    >>> digit_rows().X.shape
    (300, 64)
    """
    from sklearn.datasets import load_digits

    data = load_digits()
    names = tuple(f"({place // SIDE}, {place % SIDE})" for place in range(SIDE**2))
    code = (
        "from sklearn.datasets import load_digits\n\n"
        f"X, y = load_digits(return_X_y=True)\nX, y = X[:{DIGITS}] / 16, y[:{DIGITS}]\n"
    )
    X, y = np.asarray(data.data[:DIGITS], dtype=np.float64) / 16, data.target[:DIGITS].astype(np.int64)
    return Rows(f"digits pixels {DIGITS}", X, names, y, tuple(str(digit) for digit in range(10)), code)


def equal_rows() -> Rows:
    """Return 200 made rows of 6 columns without correlation, of which three have the same variance, 1.

    (To a ten-millionth: then the components among them are the same on every machine.)
    """
    variances = np.array(EQUAL) * (1 - APART * np.arange(len(EQUAL)))
    noise = np.random.default_rng(0).normal(size=(200, len(EQUAL)))
    orthonormal = np.linalg.qr(noise - noise.mean(axis=0))[0]
    X = orthonormal * np.sqrt(200 * variances)
    code = (
        "import numpy as np\n\n"
        "noise = np.random.default_rng(0).normal(size=(200, 6))\n"
        f"variances = np.array({list(EQUAL)}) * (1 - {APART} * np.arange(6))\n"
        "X = np.linalg.qr(noise - noise.mean(axis=0))[0] * np.sqrt(200 * variances)\n"
    )
    return Rows("equal variances", X, tuple(f"x{place + 1}" for place in range(len(EQUAL))), code=code)
