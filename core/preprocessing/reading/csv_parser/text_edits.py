"""Spellings of cells that no parser of CSV knows, turned into ones that all know before the text is parsed."""

import re
from collections.abc import Collection

from core.formatting import format_list
from core.language import _
from core.preprocessing.reading.csv_parser.csv_dialect import DELIMITERS, take_prefix
from core.preprocessing.reading.csv_parser.fixed_width import CUT, cut_places, find_cuts

# Byte order marks after the first one, which a decoder takes off.
MARKS = ("\\A(?:\ufeff)+", "")
# A quote inside quotes as `\"`, which becomes `""`; not the one behind `\\`, which ends its cell.
ESCAPED_QUOTE = (r'(?<!\\)((?:\\\\)*)\\"', r'\1""')
# ="00123", with which programs keep zeros in a spreadsheet, and the same quoted once more.
FORMULA_TEXT = (r'(?m)(^|[,;|\t])="([^"\r\n]*)"(?=[,;|\t\r\n]|$)', r'\1"\2"')
QUOTED_FORMULA_TEXT = (r'(?m)(^|[,;|\t])"=""([^"\r\n]*)"""(?=[,;|\t\r\n]|$)', r'\1"\2"')
# Signs that stand together in a delimiter, such as :: in MovieLens; a URL has :// for another reason.
SIGNS = re.compile(rb"[!#$%&*/:;<=>?@\\^`{|}~]{2,}")
LONGEST_DELIMITER = 4
NO_DELIMITERS = (b"://", b"//")
FEWEST_LINES = 3
_INSIDE = re.compile(rb'\\"(?![,;|\t\r\n"]|$)')
_OPENING = re.compile(rb'(?:^|[,;|\t]) *"(?!")[^\r\n]*\\"', re.MULTILINE)


def find_edits(
    data: bytes, delimiter: str | None, quote: str | None = None, missing: Collection[str] = ("",)
) -> tuple[tuple[str, str], ...]:
    """Return the replacements that the text needs, as pairs of a pattern and what takes its place.

    `delimiter` and `quote` are the chosen ones, None if they are to be detected; `missing` the tokens for missing.
    """
    prefix = take_prefix(data)
    edits = []
    if delimiter is None and (long := _find_long_delimiter(prefix)) is not None:
        edits.append((re.escape(long), CUT))
    elif delimiter is None and quote is None:
        edits += find_cuts(data, missing)
    if quote is not None and quote != '"':
        return tuple(edits)  # the others are of double quotes
    if b'\\"' in prefix and _INSIDE.search(prefix) and _OPENING.search(prefix):
        edits.append(ESCAPED_QUOTE)
    for edit in (FORMULA_TEXT, QUOTED_FORMULA_TEXT):
        if b'="' in prefix and re.search(edit[0].encode(), prefix):
            edits.append(edit)
    return tuple(edits)


def apply_edits(data: bytes, edits: tuple[tuple[str, str], ...]) -> bytes:
    """Return the text with the replacements made; they keep its line breaks."""
    if cut_places(edits) and not data.isascii():  # characters are counted
        text = data.decode("utf-8", errors="replace")
        for old, new in edits:
            text = re.sub(old, new, text)
        return text.encode()
    for old, new in edits:
        data = re.sub(old.encode(), new.encode(), data)
    return data


def delimiter_of(edits: tuple[tuple[str, str], ...]) -> str | None:
    """Return the delimiter that the replacements leave, None if they are of other things."""
    return CUT if any(new.endswith(CUT) for _old, new in edits) else None


def _find_long_delimiter(prefix: bytes) -> str | None:
    """Return a delimiter of two to four signs that parts all lines alike, None if there is none.

    The first line has no other signs together, and a sign that may part cells by itself stands nowhere else.
    """
    lines = [line for line in prefix.splitlines() if line.strip()]
    if len(lines) < FEWEST_LINES or CUT.encode() in prefix:
        return None
    found = {long for long in SIGNS.findall(lines[0]) if long not in NO_DELIMITERS}
    long = found.pop() if len(found) == 1 else b""
    if not 0 < len(long) <= LONGEST_DELIMITER:
        return None
    counts = {line.count(long) for line in lines}
    between = {bytes([sign]) for sign in long} & {mark.encode() for mark in DELIMITERS}
    is_whole = all(line.count(sign) == line.count(long) * long.count(sign) for sign in between for line in lines)
    return long.decode() if len(counts) == 1 and is_whole else None


def note_edits(edits: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return a sentence for each replacement."""
    notes = []
    if places := cut_places(edits):
        note = _("Cells were cut where the columns begin, at the characters {places} of each line.")
        notes.append(note.format(places=format_list(map(str, places))))
    elif delimiter_of(edits) is not None:
        delimiter = re.sub(r"\\(.)", r"\1", edits[0][0])
        notes.append(_("Cells were split at {delimiter}.").format(delimiter=f"“{delimiter}”"))
    if ESCAPED_QUOTE in edits:
        notes.append(_("Quotes behind a backslash were read as quotes inside a cell."))
    if FORMULA_TEXT in edits or QUOTED_FORMULA_TEXT in edits:
        notes.append(_("Cells such as {cell} were read without the sign and the quotes.").format(cell='="00123"'))
    return tuple(notes)
