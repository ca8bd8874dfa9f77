"""Spellings of cells that no parser of CSV knows, turned into ones that all know before the text is parsed."""

import re

from core.language import _
from core.preprocessing.reading.csv_parser.csv_dialect import take_prefix

# A quote inside quotes as `\"`, which becomes `""`; not the one behind `\\`, which ends its cell.
ESCAPED_QUOTE = (r'(?<!\\)((?:\\\\)*)\\"', r'\1""')
_INSIDE = re.compile(rb'\\"(?![,;|\t\r\n"]|$)')
_OPENING = re.compile(rb'(?:^|[,;|\t]) *"(?!")[^\r\n]*\\"', re.MULTILINE)


def find_edits(data: bytes) -> tuple[tuple[str, str], ...]:
    """Return the replacements that the text needs, as pairs of a pattern and what takes its place."""
    prefix = take_prefix(data)
    if b'\\"' in prefix and _INSIDE.search(prefix) and _OPENING.search(prefix):
        return (ESCAPED_QUOTE,)
    return ()


def apply_edits(data: bytes, edits: tuple[tuple[str, str], ...]) -> bytes:
    """Return the text with the replacements made; they keep its line breaks."""
    for old, new in edits:
        data = re.sub(old.encode(), new.encode(), data)
    return data


def note_edits(edits: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return a sentence for each replacement."""
    return (_("Quotes behind a backslash were read as quotes inside a cell."),) if ESCAPED_QUOTE in edits else ()
