"""Values as Python source, written through `repr` alone.

Names and cells of a file cannot become code, and none of them is in a comment.
"""

from collections.abc import Iterable, Mapping
from typing import Any

WIDTH = 90


def literal(value: object) -> str:
    """Return `repr` of the value, with double quotes where possible.

    >>> print(literal("Alley"), literal(3.0), literal('say "hi"'))
    "Alley" 3.0 'say "hi"'
    """
    text = repr(value)
    is_simple = isinstance(value, str) and not {'"', "'"} & set(value)
    return f'"{text[1:-1]}"' if is_simple else text


def write_list(values: Iterable[object], indent: int = 0) -> str:
    """Return a list, on one line if it is short, else one entry a line.

    >>> write_list(["a", 1.5])
    '["a", 1.5]'
    """
    return _wrap("[", map(literal, values), "]", indent)


def write_dict(values: Mapping[Any, object], indent: int = 0) -> str:
    """Return a dict, on one line if it is short, else one entry a line."""
    return _wrap("{", (f"{literal(key)}: {literal(value)}" for key, value in values.items()), "}", indent)


def write_call(function: str, arguments: Mapping[str, str], first: Iterable[str] = (), indent: int = 0) -> str:
    """Return a call whose arguments are source already, on one line if it is short, else one argument a line."""
    entries = [*first, *(f"{name}={source}" for name, source in arguments.items())]
    return _wrap(f"{function}(", entries, ")", indent)


def _wrap(opening: str, entries: Iterable[str], closing: str, indent: int) -> str:
    every = list(entries)
    line = opening + ", ".join(every) + closing
    if len(line) + indent <= WIDTH and "\n" not in line:
        return line
    margin = " " * indent
    return f"{opening}\n" + "".join(f"{margin}    {entry},\n" for entry in every) + f"{margin}{closing}"
