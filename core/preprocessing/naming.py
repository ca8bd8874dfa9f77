"""Names: made unique, and listed in a sentence."""

from collections.abc import Iterable, Sequence

from core.formatting import format_list
from core.language import _

MOST_LISTED = 5
LONGEST_SHOWN = 40


def unique_names(names: Sequence[str]) -> list[str]:
    """Return the names with later duplicates marked `_2`, `_3`, ...; a name in the list is never used for another.

    >>> unique_names(["Price", "Price", "Price_2"])
    ['Price', 'Price_3', 'Price_2']
    """
    taken = set(names)
    seen: set[str] = set()
    number: dict[str, int] = {}
    result = []
    for name in names:
        unique = name
        while unique in seen or (unique != name and unique in taken):
            number[name] = number.get(name, 1) + 1
            unique = f"{name}_{number[name]}"
        seen.add(unique)
        result.append(unique)
    return result


def quote_names(names: Iterable[object]) -> str:
    """Return names from a file for a sentence: quoted, long ones shortened, at most five of them.

    >>> quote_names(["a", "b"])
    '“a”, “b”'
    """
    every = list(names)
    quoted = format_list(f"“{_shorten(str(name))}”" for name in every[:MOST_LISTED])
    if len(every) <= MOST_LISTED:
        return quoted
    return _("{names} and {count} more").format(names=quoted, count=len(every) - MOST_LISTED)


def _shorten(name: str) -> str:
    return name if len(name) <= LONGEST_SHOWN else name[: LONGEST_SHOWN - 1] + "…"
