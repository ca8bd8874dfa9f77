"""The dot product as an angle: how far two vectors point the same way."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray


def angle(x: ArrayLike, y: ArrayLike) -> float | None:
    """Return the angle between two vectors of one length in degrees, from 0 to 180.

    None where there is none: a vector without length, without entries, or with nan or inf in it. Lengths far from 1
    do no harm, and small angles keep their digits (Kahan 2006, How futile are mindless assessments of roundoff, §12).

    >>> angle([1, 0], [0, 2]), angle([1, 1], [1, 1]), angle([0, 0], [1, 1])
    (90.0, 0.0, None)
    """
    u, v = (_unit(np.asarray(vector, dtype=np.float64)) for vector in (x, y))
    if u is None or v is None:
        return None
    return math.degrees(2 * math.atan2(float(np.linalg.norm(u - v)), float(np.linalg.norm(u + v))))


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return the vector with length 1."""
    largest = np.abs(vector).max(initial=0.0)
    if not 0 < largest < np.inf:
        return None
    scaled = vector / largest
    unit: NDArray[np.float64] = scaled / np.linalg.norm(scaled)
    return unit
