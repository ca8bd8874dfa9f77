"""Read matplotlib's format strings, such as `m--`: which characters are the colour, the line and the marker."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from core.calculus.plot_colours import LETTERS, NAMES, Rgba, read_colour
from core.errors import PointedError
from core.formatting import format_count
from core.language import _

Role: TypeAlias = Literal["colour", "line", "marker"]

MOST_CHARACTERS = 50  # no format string needs more than eight, no name of a colour more than twenty
LINES = ("--", "-.", "-", ":", " ")  # those of two characters are looked for first; the space draws no line
MARKERS = ".,ov^<>12348sp*hH+xDd|_PX"
_ROLES: Mapping[str, Role] = MappingProxyType(
    {**dict.fromkeys(LINES, "line"), **dict.fromkeys(MARKERS, "marker"), **dict.fromkeys(LETTERS, "colour")}
)


@dataclass(frozen=True)
class Part:
    """Characters of a format string, and what they set.

    Attributes:
        start: the position of the first one.
        end: the position after the last one.
        role: what they set.
        replaced: whether a later part sets the same: matplotlib lets a colour such as C0 follow another.
    """

    start: int
    end: int
    role: Role
    replaced: bool = False


@dataclass(frozen=True)
class PlotFormat:
    """A format string as matplotlib draws it.

    Attributes:
        text: as it was typed.
        colour: red, green, blue and opacity; None for the next one of the colour cycle.
        line: "-", "--", "-." or ":"; empty for no line.
        marker: one of `MARKERS`; empty for none.
        parts: what its characters did, in order.
    """

    text: str
    colour: Rgba | None
    line: str
    marker: str
    parts: tuple[Part, ...]

    def typed(self, role: Role) -> str:
        """Return the characters that set this, or an empty text."""
        return next((self.text[part.start : part.end] for part in reversed(self.parts) if part.role == role), "")

    @property
    def is_visible(self) -> bool:
        """Return whether anything is drawn."""
        return bool(self.line or self.marker) and (self.colour is None or self.colour[3] > 0)


def parse_format(text: str) -> PlotFormat:
    """Return what a format string means: a colour, a line and a marker, each at most once, in any order.

    A text that is a colour as a whole, such as `red` or `#ff0000`, is that and nothing else. Without line and marker
    the line is solid; a marker alone draws no line.
    Raises PointedError, which gives the position of the character that is unknown or one too many.

    >>> found = parse_format("m--")
    >>> found.colour, found.line, found.marker
    ((0.75, 0, 0.75, 1.0), '--', '')
    >>> parse_format("o").line, parse_format("").line
    ('', '-')
    """
    if len(text) > MOST_CHARACTERS:
        sentence = _("A format string may have at most {most} characters; this one has {got}. Shorten it.")
        raise PointedError(sentence.format(most=MOST_CHARACTERS, got=format_count(len(text))), text, MOST_CHARACTERS)
    whole = None if text in ("0", "1") else read_colour(text)  # 1 is a marker, and 0 would be black
    if whole is not None:
        return PlotFormat(text, whole, "-", "", (Part(0, len(text), "colour"),))
    parts = _parts(text)
    found = {part.role: text[part.start : part.end] for part in parts}
    line = found.get("line", "" if "marker" in found else "-")
    colour = read_colour(found["colour"]) if "colour" in found else None
    return PlotFormat(text, colour, line.strip(), found.get("marker", ""), parts)


def _parts(text: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    position = 0
    while position < len(text):
        part = _part(text, position)
        for place, other in enumerate(parts):
            if other.role == part.role and text[part.start] != "C":
                raise PointedError(_one_too_many(text, other, part), text, position)
            if other.role == part.role:
                parts[place] = Part(other.start, other.end, other.role, replaced=True)
        parts.append(part)
        position = part.end
    return tuple(parts)


def _part(text: str, start: int) -> Part:
    """Return the part that begins here. Raises PointedError if none does."""
    for length in (2, 1):
        role = _ROLES.get(text[start : start + length])
        if role is not None and start + length <= len(text):
            return Part(start, start + length, role)
    if text[start] != "C":
        raise PointedError(_unknown(text, start), text, start)
    number = re.match(r"C\d+", text[start:])
    if number is None or read_colour(number[0]) is None:
        sentence = _("C needs a number right after it, such as C0: a place in the colour cycle.")
        raise PointedError(sentence, text, start + 1)
    return Part(start, start + len(number[0]), "colour")


def _one_too_many(text: str, first: Part, second: Part) -> str:
    sentence = {
        "colour": _("A second colour: {second} after {first}. A format string has one; remove the other."),
        "line": _("A second line style: {second} after {first}. A format string has one; remove the other."),
        "marker": _("A second marker: {second} after {first}. A format string has one; remove the other."),
    }[second.role]
    shown = (_shown(text[part.start : part.end]) for part in (first, second))
    return _joined_colour(text) or sentence.format(**dict(zip(("first", "second"), shown, strict=True)))


def _unknown(text: str, position: int) -> str:
    """Return why no part begins here."""
    sentence = _(
        "The character {mark} means nothing in a format string. Colours are {colours} and C0 to C9, lines - -- -. :,"
        " markers {markers}."
    )
    mark = text[position]
    shown = mark if mark.isprintable() else f"U+{ord(mark):04X}"
    return _joined_colour(text) or sentence.format(mark=shown, colours=" ".join(LETTERS), markers=" ".join(MARKERS))


def _joined_colour(text: str) -> str:
    """Return what is wrong with a colour that is more than a letter; empty where there is none."""
    lower = text.lower()
    if lower.startswith("xkcd:"):
        return _("The colours of the xkcd survey are known to matplotlib, not here. Type its hexadecimal value.")
    if text.startswith("#"):
        return _("A hexadecimal colour is # and 3, 4, 6 or 8 digits, with nothing after them: #c0c or #c000c0.")
    named = max((name for name in NAMES if name in lower), key=len, default="")
    if not named:
        return ""
    sentence = _(
        "The name of a colour stands alone: {name} cannot be joined with a line or a marker. Use a letter, as in"
        " r--, or give color= to plot."
    )
    return sentence.format(name=named)


def _shown(piece: str) -> str:
    return "“ ”" if piece == " " else piece
