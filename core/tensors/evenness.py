"""Nested lists that are a tensor: on every level, all lists are of one length."""

from core.errors import PointedError
from core.language import _
from core.tensors.literals import Nested


def check_even(value: Nested, text: str, place: int) -> None:
    """Raise PointedError, pointing at `place` of `text`, unless all lists of each level are of one length."""
    level: list[Nested] = [value]
    axis = 0
    while any(isinstance(item, list) for item in level):
        lists = [item for item in level if isinstance(item, list)]
        if len(lists) < len(level):
            told = _("On axis {axis} numbers stand beside brackets; every entry of a level must be one or the other.")
            raise PointedError(told.format(axis=axis - 1), text, place)
        odd = next((number for number, item in enumerate(lists) if len(item) != len(lists[0])), None)
        if odd is not None:
            told = _(
                "On axis {axis} all parts must be of one length; the first has {first} entries, part {odd} has {came}."
            )
            sentence = told.format(axis=axis, first=len(lists[0]), odd=odd + 1, came=len(lists[odd]))
            raise PointedError(sentence, text, place)
        level = [item for one in lists for item in one]
        axis += 1
