"""Values of a graph as text: short for a box, or as long as a line."""

import math

import numpy as np

from core.autograd.engine import Array
from core.formatting import format_number
from core.language import _

BOX = 17  # characters
ARROW = 13


def number(value: float, digits: int = 4) -> str:
    """Return a number; nan as in torch.

    >>> number(2.0), number(float("nan")), number(float("-inf"))
    ('2', 'nan', '−∞')
    """
    return "nan" if math.isnan(value) else format_number(value, digits)


def full(array: Array) -> str:
    """Return a number, or the entries of a vector or matrix that fit a line.

    >>> full(np.array(0.5)), full(np.arange(3.0)), full(np.arange(20.0))
    ('0.5', '[0, 1, 2]', '[0, 1, 2, …, 17, 18, 19]')
    """
    array = np.asarray(array)
    if array.ndim == 0:
        return number(float(array))
    most = 8 if array.ndim == 1 else 3
    parts = [full(part) for part in (array if len(array) <= most else [*array[:3], *array[-(most // 3 + 1) :]])]
    if len(array) > most:
        parts.insert(3, "…")
    return f"[{', '.join(parts)}]"


def short(array: Array, most: int = BOX) -> str:
    """Return a text for a box, of `most` characters: the value, or its first entries, or its shape.

    >>> short(np.array([1.0, 2.0])), short(np.array([1 / 3, 2 / 3, 1.0])), short(np.ones((2, 3)))
    ('[1, 2]', '[0.333, 0.667, 1]', '2 × 3 matrix')
    """
    array = np.asarray(array)
    if array.ndim == 2:
        rows, columns = array.shape
        return _("{rows} × {columns} matrix").format(rows=rows, columns=columns)
    if array.ndim == 0:
        return number(float(array))
    if len(array) == 1:
        return f"[{number(float(array[0]))}]"
    words = [number(float(value), 3) for value in array[:most]]
    whole = f"[{', '.join(words)}]"
    if len(array) <= most and len(whole) <= most:
        return whole
    for count in (3, 2, 1):
        text = f"[{', '.join(words[:count])}, …]"
        if len(text) <= most:
            return text
    return _("{count} numbers").format(count=len(array))
