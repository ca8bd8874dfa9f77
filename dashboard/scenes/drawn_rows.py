"""Which rows a picture shows, where there are more than it can hold."""

import numpy as np
import numpy.typing as npt


def drawn_rows(count: int, most: int) -> npt.NDArray[np.int64]:
    """Return the places of at most `most` of `count` rows, evenly spaced, the first and the last among them.

    >>> drawn_rows(5, 3).tolist(), drawn_rows(2, 3).tolist()
    ([0, 2, 4], [0, 1])
    """
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64))
