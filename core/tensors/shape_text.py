"""Shapes as a person types them: `2, 6`, `(2, 6)`, `2 x 6`, `-1, 3`."""

import re

from core.errors import InputError, PointedError
from core.language import _

MOST_AXES = 8
LARGEST = 1_000_000
_LONGEST = 200  # characters
_PART = re.compile(r"\s*(?:(?P<size>[-−]?\d+)|(?P<sign>[,;x×*()\[\]]))", re.ASCII)


def parse_shape(text: str, *, inferred: bool = False, most_axes: int = MOST_AXES) -> tuple[int, ...]:
    """Return the lengths of the axes that stand in a text; `()`, and a text of nothing but blanks, is no axis at all.

    With `inferred` one of them may be -1, which torch works out from the others.
    Raises PointedError where something else stands, InputError if there are too many or they are too large.

    >>> parse_shape("(2, 6)"), parse_shape("2x6"), parse_shape("-1, 3", inferred=True), parse_shape("()")
    ((2, 6), (2, 6), (-1, 3), ())
    """
    if len(text) > _LONGEST:
        raise InputError(
            _("A shape is a few whole numbers such as 2, 6; {count} characters came.").format(count=len(text))
        )
    sizes: list[int] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        part = _PART.match(text, place)
        if part is None:
            start = place + len(text[place:]) - len(text[place:].lstrip())
            sentence = _("A shape is whole numbers with commas between them, such as 2, 6; here stands “{sign}”.")
            raise PointedError(sentence.format(sign=text[start]), text, start)
        if part["size"]:
            sizes.append(_size(part["size"].replace("−", "-"), text, part.start("size"), inferred))
        place = part.end()
    if len(sizes) > most_axes:
        raise InputError(
            _("At most {most} axes are drawn here; {count} came.").format(most=most_axes, count=len(sizes))
        )
    if sizes.count(-1) > 1:
        second = [part.start("size") for part in _PART.finditer(text) if part["size"] in ("-1", "−1")][1]
        sentence = _("Only one length can be left to be worked out; −1 stands here a second time.")
        raise PointedError(sentence, text, second)
    return tuple(sizes)


def shape_text(shape: tuple[int, ...]) -> str:
    """Return a shape as Python writes it.

    >>> shape_text((3,)), shape_text((2, 6)), shape_text(())
    ('(3,)', '(2, 6)', '()')
    """
    return str(tuple(int(size) for size in shape))


def _size(digits: str, text: str, place: int, inferred: bool) -> int:
    size = int(digits) if len(digits) <= 20 else LARGEST + 1
    if size > LARGEST or len(digits) > 20:
        sentence = _("The length of an axis is at most {most} here.").format(most=f"{LARGEST:,}")
        raise PointedError(sentence, text, place)
    if size >= 0 or (inferred and size == -1):
        return size
    if inferred:
        raise PointedError(_("No length is below 0, but −1 for the one that is to be worked out."), text, place)
    raise PointedError(_("The length of an axis is 0 or more."), text, place)
