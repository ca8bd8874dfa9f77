"""Parse one number: whole, decimal, a fraction, nan, inf, true or false; and check nested lists."""

import re

from core.errors import PointedError
from core.language import _

Value = bool | int | float
Nested = Value | list["Nested"]

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_WHOLE = re.compile(r"[+-]?\d+")
_WORDS: dict[str, Value] = {
    "true": True, "false": False, "nan": float("nan"), "inf": float("inf"), "+inf": float("inf"),
    "-inf": float("-inf"), "infinity": float("inf"), "∞": float("inf"), "-∞": float("-inf"),
}  # fmt: skip
_LONGEST = 400  # digits and signs of one number: Python reads whole numbers of thousands of digits slowly


def read_number(cell: str) -> Value | None:
    """Return the number in `cell`, as a bool, an int or a float; None if there is none.

    A whole number beyond 64 bits is read as a float64, infinite beyond 1.8e308. A fraction such as 1/3 is divided in
    float64; a fraction over zero gives None. All kinds of minus signs are accepted.

    >>> read_number("−2"), read_number("1/4"), read_number("1e3"), read_number("true"), read_number("x")
    (-2, 0.25, 1000.0, True, None)
    """
    cell = cell.strip().replace("−", "-").replace("–", "-")
    if cell.lower() in _WORDS:
        return _WORDS[cell.lower()]
    if len(cell) > _LONGEST:
        return None
    if _WHOLE.fullmatch(cell):
        whole = int(cell)
        return whole if -(2**63) <= whole < 2**63 else float(cell)
    if NUMBER.fullmatch(cell):
        return float(cell)
    above, slash, below = cell.partition("/")
    if slash and NUMBER.fullmatch(above.strip()) and NUMBER.fullmatch(below.strip()) and float(below):
        return float(above) / float(below)
    return None


def check_even(value: Nested, text: str, place: int) -> None:
    """Raise PointedError, pointing at `place` of `text`, unless all lists of each level have the same length."""
    level: list[Nested] = [value]
    axis = 0
    while any(isinstance(item, list) for item in level):
        lists = [item for item in level if isinstance(item, list)]
        if len(lists) < len(level):
            template = _("Axis {axis} mixes numbers and brackets; every entry of a level must be one or the other.")
            raise PointedError(template.format(axis=axis - 1), text, place)
        odd = next((number for number, item in enumerate(lists) if len(item) != len(lists[0])), None)
        if odd is not None:
            template = _(
                "On axis {axis} all parts must have the same length; the first has {first}, part {odd} has {got}."
            )
            sentence = template.format(axis=axis, first=len(lists[0]), odd=odd + 1, got=len(lists[odd]))
            raise PointedError(sentence, text, place)
        level = [item for one in lists for item in one]
        axis += 1
