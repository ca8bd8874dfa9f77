"""Spellings of cells that no parser of CSV knows, turned into ones that all know before the text is parsed."""

import re

from core.language import _
from core.preprocessing.reading.csv_parser.csv_dialect import take_prefix

# A quote inside quotes as `\"`, which becomes `""`; not the one behind `\\`, which ends its cell.
ESCAPED_QUOTE = (r'(?<!\\)((?:\\\\)*)\\"', r'\1""')
# ="00123", with which programs keep zeros in a spreadsheet, and the same quoted once more.
FORMULA_TEXT = (r'(?m)(^|[,;|\t])="([^"\r\n]*)"(?=[,;|\t\r\n]|$)', r'\1"\2"')
QUOTED_FORMULA_TEXT = (r'(?m)(^|[,;|\t])"=""([^"\r\n]*)"""(?=[,;|\t\r\n]|$)', r'\1"\2"')
# A delimiter of two characters, as in MovieLens, becomes one.
DOUBLE_COLON = ("::", "\x1f")
FEWEST_LINES = 3
_INSIDE = re.compile(rb'\\"(?![,;|\t\r\n"]|$)')
_OPENING = re.compile(rb'(?:^|[,;|\t]) *"(?!")[^\r\n]*\\"', re.MULTILINE)


def find_edits(data: bytes, delimiter: str | None, quote: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return the replacements that the text needs, as pairs of a pattern and what takes its place.

    `delimiter` and `quote` are the chosen ones, None if they are to be detected.
    """
    prefix = take_prefix(data)
    edits = []
    counts = {line.count(b"::") for line in prefix.splitlines() if line.strip()} if b"::" in prefix else set()
    if delimiter is None and len(counts) == 1 and prefix.count(b"\n") >= FEWEST_LINES and b"\x1f" not in prefix:
        edits.append(DOUBLE_COLON)
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
    for old, new in edits:
        data = re.sub(old.encode(), new.encode(), data)
    return data


def note_edits(edits: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return a sentence for each replacement."""
    notes = []
    if DOUBLE_COLON in edits:
        notes.append(_("Cells were split at {delimiter}.").format(delimiter=f"“{DOUBLE_COLON[0]}”"))
    if ESCAPED_QUOTE in edits:
        notes.append(_("Quotes behind a backslash were read as quotes inside a cell."))
    if FORMULA_TEXT in edits or QUOTED_FORMULA_TEXT in edits:
        notes.append(_("Cells such as {cell} were read without the sign and the quotes.").format(cell='="00123"'))
    return tuple(notes)
