"""What an index is made of, item by item, once it is read from its text."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np


@dataclass(frozen=True)
class _Item:
    """`text` is the item as Python writes it; `place` is where it began in the text that was typed."""

    text: str
    place: int


@dataclass(frozen=True)
class At(_Item):
    """One place of an axis, which then is gone: `2`, `-1`."""

    index: int


@dataclass(frozen=True)
class Part(_Item):
    """A slice of an axis: `1:3`, `::2`, `:`. None is what was left out."""

    start: int | None
    stop: int | None
    step: int | None


@dataclass(frozen=True, eq=False)
class Picks(_Item):
    """A list of places of one axis, nested or not: `[0, 2]`."""

    indexes: np.ndarray


@dataclass(frozen=True, eq=False)
class Mask(_Item):
    """A condition with the shape of the axes it takes the place of: `A > 2`, `[True, False, True]`."""

    picked: np.ndarray


@dataclass(frozen=True)
class NewAxis(_Item):
    """A new axis of length 1: `None`."""


@dataclass(frozen=True)
class Rest(_Item):
    """As many whole axes as are left over: `...`."""


Item: TypeAlias = At | Part | Picks | Mask | NewAxis | Rest
