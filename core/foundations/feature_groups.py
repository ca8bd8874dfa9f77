"""Many features folded into groups, so that a drawing of them stays legible."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.language import _
from core.regression.data.validation import ArrayLike, as_array

MOST_DRAWN = 16
ALONE = 6
GROUPS = 4


@dataclass(frozen=True)
class FeatureGroup:
    """Features that are drawn as one.

    Attributes:
        members: their positions among all features, in order.
    """

    members: tuple[int, ...]

    @property
    def is_single(self) -> bool:
        """Whether it is one feature, drawn as itself."""
        return len(self.members) == 1


def fold_features(sizes: ArrayLike, most: int = MOST_DRAWN) -> tuple[FeatureGroup, ...]:
    """Return few groups of the features whose `sizes` (d,) are given.

    Up to `most` features each stand alone, in order. Of more, the 6 largest do, in order; the others are folded into 4
    groups of neighbours after them, as equal in number as can be. Equal sizes go by order.
    Raises InputError for missing or infinite sizes, no feature, or less room than for these ten.

    >>> [len(group.members) for group in fold_features([5, 1, 1, 9] * 10, most=10)]
    [1, 1, 1, 1, 1, 1, 9, 9, 8, 8]
    """
    given = np.abs(as_array(sizes, "sizes"))
    if given.ndim != 1 or not given.size or most < ALONE + GROUPS:
        raise InputError(
            _("Folding needs a size for each of at least one feature, and {least} places; got the shape {shape} and "
              "{most} places.").format(shape=tuple(given.shape), least=ALONE + GROUPS, most=most)
        )  # fmt: skip
    if len(given) <= most:
        return tuple(FeatureGroup((place,)) for place in range(len(given)))
    single = np.sort(np.argsort(-given, kind="stable")[:ALONE])
    others = np.setdiff1d(np.arange(len(given)), single)
    groups = np.array_split(others, GROUPS)
    return tuple(FeatureGroup(tuple(map(int, members))) for members in [*single[:, None], *groups])


def group_name(group: FeatureGroup, names: Sequence[str]) -> str:
    """Return the name of a group: that of its feature, or the first and the last of several with their number."""
    first, last = names[group.members[0]], names[group.members[-1]]
    if group.is_single:
        return str(first)
    return _("{first} … {last} ({count})").format(first=first, last=last, count=len(group.members))
