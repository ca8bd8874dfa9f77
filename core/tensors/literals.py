"""One number as it is typed: whole, decimal, a fraction, nan, inf, true or false."""

import re

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
    """Return the number that `cell` says, as a bool, an int or a float; None if it says none.

    A whole number beyond 64 bits is read as a float64. A fraction such as 1/3 is divided in float64; a fraction over
    zero says none. Minus signs of every kind will do.

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
        return whole if -(2**63) <= whole < 2**63 else float(whole)
    if NUMBER.fullmatch(cell):
        return float(cell)
    above, slash, below = cell.partition("/")
    if slash and NUMBER.fullmatch(above.strip()) and NUMBER.fullmatch(below.strip()) and float(below):
        return float(above) / float(below)
    return None
