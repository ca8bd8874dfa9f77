"""The tensor constructors that may be typed: arange, linspace, ones, zeros, full and eye."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.tensors.parsing.nested_lists import Value

Array = NDArray[np.generic]


@dataclass(frozen=True)
class Maker:
    """A function that makes a tensor.

    Attributes:
        size: how many entries some finite arguments make, None if they are not fit.
        make: makes them.
        example: of a call.
    """

    size: Callable[[Sequence[Value]], int | None]
    make: Callable[[Sequence[Value]], Array]
    example: str


def _sizes(numbers: Sequence[Value]) -> int | None:
    whole = all(type(number) is int and number >= 0 for number in numbers)
    return math.prod(int(number) for number in numbers) if whole and len(numbers) <= 32 else None


def _shape(numbers: Sequence[Value]) -> tuple[int, ...]:
    return tuple(int(number) for number in numbers)


def _steps(numbers: Sequence[Value]) -> int | None:
    if not 1 <= len(numbers) <= 3 or (len(numbers) == 3 and not numbers[2]):
        return None
    first, end, step = (*numbers, 1) if len(numbers) == 2 else numbers if len(numbers) == 3 else (0, numbers[0], 1)
    steps = (end - first) / step
    return max(math.ceil(steps), 0) if math.isfinite(steps) else None


def _square(numbers: Sequence[Value]) -> int | None:
    return _sizes([numbers[0], numbers[-1]]) if 1 <= len(numbers) <= 2 else None


def _points(numbers: Sequence[Value]) -> int | None:
    return _sizes(numbers[2:]) if len(numbers) == 3 else None


def _filled(numbers: Sequence[Value]) -> int | None:
    return _sizes(numbers[:-1]) if numbers else None


MAKERS = {
    "arange": Maker(_steps, lambda numbers: np.arange(*numbers), "arange(12).reshape(3, 4)"),
    "linspace": Maker(
        _points, lambda numbers: np.linspace(numbers[0], numbers[1], int(numbers[2])), "linspace(0, 1, 5)"
    ),
    "full": Maker(_filled, lambda numbers: np.full(_shape(numbers[:-1]), numbers[-1]), "full((2, 3), 7)"),
    "ones": Maker(_sizes, lambda numbers: np.ones(_shape(numbers)), "ones(2, 3)"),
    "zeros": Maker(_sizes, lambda numbers: np.zeros(_shape(numbers)), "zeros(2, 3)"),
    "eye": Maker(_square, lambda numbers: np.eye(_shape(numbers)[0], _shape(numbers)[-1]), "eye(3)"),
}
