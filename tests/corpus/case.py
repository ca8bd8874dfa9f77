"""A file made in code, how it is read, and what a person who knows tables would expect to come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Value: TypeAlias = str | int | float | None


@dataclass(frozen=True)
class Right:
    """The table: each column's values, None where missing, dates as ISO text; the kinds of those in `kinds`.

    `told` are words that have to stand in the notes, letter case aside: what was guessed, changed or left out.
    `quiet` says that there is nothing to tell.
    """

    columns: Mapping[str, Sequence[Value]]
    kinds: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    quiet: bool = False


@dataclass(frozen=True)
class Sentence:
    """One clear sentence instead of a table; all these words stand in it, letter case aside."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """`delimiter` and `encoding` are those of a text, for comparing programs that guess them; None for other files.

    `plain` says that the table is one that any CSV reader gives once it knows delimiter and encoding: a row of names
    and rows of as many cells.
    """

    name: str
    data: bytes
    expected: Right | Sentence
    arguments: Mapping[str, Any] = field(default_factory=dict)
    delimiter: str | None = None
    encoding: str | None = None
    plain: bool = False


def text_case(
    name: str,
    text: str,
    expected: Right | Sentence,
    delimiter: str | None = ",",
    encoding: str = "utf-8",
    plain: bool = True,
    **arguments: Any,
) -> Case:
    """Return the case of a text file."""
    return Case(name, text.encode(encoding), expected, arguments, delimiter, encoding, plain)
