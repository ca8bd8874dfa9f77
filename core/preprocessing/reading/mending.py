"""Text that is UTF-8 but for a few broken characters, as where two programs wrote one file, or where it was cut."""

import codecs
from dataclasses import dataclass

import numpy as np

from core.formatting import format_count
from core.language import ngettext

REPLACEMENT = "\ufffd"
FEWEST_WHOLE = 3  # characters beyond ASCII for each broken one in a text that is UTF-8 all the same
MOST_LINES_TOLD = 5


@dataclass(frozen=True)
class Mended:
    """The text as UTF-8 without a mark, how many characters were replaced, and a note that says where."""

    text: bytes
    broken: int
    note: str


def mend_utf8(data: bytes) -> Mended | None:
    """Replace the broken characters of a text that is UTF-8 otherwise, and say where they are; None if it is not."""
    mended = data.decode("utf-8", errors="replace").removeprefix("\ufeff").encode()
    known = data.count(REPLACEMENT.encode())
    broken = mended.count(REPLACEMENT.encode()) - known
    whole = np.count_nonzero(np.frombuffer(mended, np.uint8) >= 0xC0) - broken  # each begins with such a byte
    if whole < FEWEST_WHOLE * broken:
        return None
    lines = _broken_lines(data)
    shown = ", ".join(map(str, lines[:MOST_LINES_TOLD])) + ("…" if len(lines) > MOST_LINES_TOLD else "")
    note = ngettext(
        "{count} character is broken in UTF-8 and was replaced by “�”, in line {lines}.",
        "{count} characters are broken in UTF-8 and were replaced by “�”, in lines {lines}.",
        broken,
    ).format(count=format_count(broken), lines=shown)
    return Mended(mended, broken, note)


def _broken_lines(data: bytes) -> list[int]:
    """Return the numbers of the first lines with broken characters, one more than is told."""
    end = b"\n" if b"\n" in data else b"\r"
    lines: list[int] = []
    start = line = 0
    while len(lines) <= MOST_LINES_TOLD:
        try:
            codecs.utf_8_decode(memoryview(data)[start:], "strict", True)
        except UnicodeDecodeError as problem:
            place = start + problem.start
            line += data.count(end, start, place) + 1
            lines.append(line)
            start = data.find(end, place) + 1
            if start:
                continue
        break
    return lines
