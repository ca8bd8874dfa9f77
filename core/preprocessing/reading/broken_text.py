"""Texts with a few broken characters, which are replaced and counted."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.formatting import format_count, format_list
from core.language import ngettext

REPLACEMENT = "\ufffd"
FEWEST_WHOLE = 3  # non-ASCII characters for each invalid one in a text that still counts as UTF-8
MOST_LINES_TOLD = 5
MOST_BROKEN = 0.1  # of the lines, and of the letters, of a text in an encoding of East Asia


@dataclass(frozen=True)
class RepairedText:
    """A text with its broken characters replaced.

    Attributes:
        text: as UTF-8 without a byte order mark.
        broken: how many characters were replaced.
        note: where.
    """

    text: bytes
    broken: int
    note: str


def repair_utf8(data: bytes) -> RepairedText | None:
    """Replace the invalid characters of a text that is UTF-8 otherwise, and note where; None if it is not UTF-8."""
    mended = data.decode("utf-8", errors="replace").removeprefix("\ufeff").encode()
    known = data.count(REPLACEMENT.encode())
    broken = mended.count(REPLACEMENT.encode()) - known
    whole = np.count_nonzero(np.frombuffer(mended, np.uint8) >= 0xC0) - broken  # each begins with such a byte
    if whole < FEWEST_WHOLE * broken:
        return None
    return RepairedText(mended, broken, _note_broken(broken, "UTF-8", _broken_lines(data)))


def repair_letters(data: bytes, name: str) -> RepairedText | None:
    """Replace the invalid bytes of a text in an encoding of two and more bytes a letter, and note where.

    None if they are too many for a text in it.
    """
    text = data.decode(name, errors="replace")
    broken = text.count(REPLACEMENT)
    letters = sum(1 for letter in text if letter > "\x7f") if broken else 0
    if broken > MOST_BROKEN * letters:
        return None
    lines = [place for place, line in enumerate(text.split("\n"), start=1) if REPLACEMENT in line]
    return RepairedText(text.encode(), broken, _note_broken(broken, name, lines[: MOST_LINES_TOLD + 1]))


def _note_broken(broken: int, encoding: str, lines: Sequence[int]) -> str:
    shown = format_list(map(str, lines[:MOST_LINES_TOLD])) + ("…" if len(lines) > MOST_LINES_TOLD else "")
    return ngettext(
        "{count} character is invalid {encoding} and was replaced by “�”, in line {lines}.",
        "{count} characters are invalid {encoding} and were replaced by “�”, in lines {lines}.",
        broken,
    ).format(count=format_count(broken), encoding=encoding, lines=shown)


def _broken_lines(data: bytes) -> list[int]:
    """Return the numbers of the first lines with invalid characters, one more than the note lists."""
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
