"""Columns that are cut by their place in the line: each begins at the same character in all lines, names included."""

import re
from collections.abc import Collection, Sequence

from core.preprocessing.reading.csv_parser.cell_patterns import is_measured, is_value
from core.preprocessing.reading.csv_parser.csv_dialect import DELIMITERS, MOST_ROWS, SEPARATORS, take_prefix

CUT = SEPARATORS[-1]  # what is put where a column begins
FEWEST_LINES = 4  # its names among them
LONGEST = 1_000  # characters of a line

Edits = tuple[tuple[str, str], ...]


def find_cuts(data: bytes, missing: Collection[str]) -> Edits:
    """Return the replacements that put a separator where columns begin, () unless they are aligned in all lines.

    They are looked for only where cells are empty or hold blanks, so that lines have different numbers of words, and no
    delimiter is in the line of names. Between two columns every line has a blank, and a column has a name; most
    columns, or three of them, hold numbers or dates, and no cell several of them.
    """
    prefix = take_prefix(data)
    names = prefix.lstrip(b"\r\n").partition(b"\n")[0]
    if any(mark.encode() in names for mark in (*DELIMITERS, '"', "#")):
        return ()
    if b"\t" in prefix or CUT.encode() in prefix or prefix.count(b"\r") != prefix.count(b"\r\n"):
        return ()
    text = prefix.decode("utf-8", errors="replace")
    lines = [line.rstrip() for line in text.splitlines() if line.strip()][:MOST_ROWS]
    if len(lines) < FEWEST_LINES:
        return ()
    if len({len(line.split()) for line in lines}) == 1 or max(map(len, lines)) > LONGEST:
        return ()
    starts = _find_starts(lines)
    if len(starts) < 2 or not _are_values(lines, starts, missing):
        return ()
    return () if _is_violated(data, starts) else tuple(_cut_at(place) for place in reversed(starts[1:]))


def cut_places(edits: Edits) -> list[int]:
    """Return at which characters of a line, counted from 1, these replacements cut; [] if they are others."""
    found = [re.fullmatch(r"\(\?m\)\^\(\[\^\\r\\n\]\{([0-9]+)\}\)", old) for old, _new in edits]
    return sorted(int(match[1]) + 1 for match in found if match is not None)


def _cut_at(place: int) -> tuple[str, str]:
    return rf"(?m)^([^\r\n]{{{place}}})", rf"\g<1>{CUT}"


def _find_starts(lines: Sequence[str]) -> list[int]:
    """Return where columns begin: behind a blank that all lines have, if a name and a cell of the rows are there."""
    width = max(map(len, lines))
    padded = [line.ljust(width) for line in lines]
    is_gap = [all(character == " " for character in column) for column in zip(*padded, strict=True)]
    runs = [place for place in range(width) if not is_gap[place] and (place == 0 or is_gap[place - 1])]
    starts: list[int] = []
    for place, stop in zip(runs, [*runs[1:], width], strict=True):
        has_cells = any(line[place:stop].strip() for line in padded[1:])
        is_apart = padded[0][max(place - 2, 0) : place].strip() == ""
        if not starts or (padded[0][place:stop].strip() and (has_cells or is_apart)):
            starts.append(place if starts else 0)
    return starts


def _are_values(lines: Sequence[str], starts: Sequence[int], missing: Collection[str]) -> bool:
    ends = [*starts[1:], LONGEST]
    columns = [[line[begin:end] for line in lines[1:]] for begin, end in zip(starts, ends, strict=True)]
    if any(sum(map(is_value, cell.split())) > 1 for column in columns for cell in column):
        return False  # several values in one cell
    present = [[cell for cell in column if cell.strip()] for column in columns]
    measured = sum(is_measured(column, missing) for column in present)
    return measured > 0 and (2 * measured > len(starts) or measured > 2)


def _is_violated(data: bytes, starts: Sequence[int]) -> bool:
    """Return whether some line has no blank before one of the places."""
    text = data if data.isascii() else data.decode("utf-8", errors="replace")
    for place in starts[1:]:
        pattern = rf"(?m)^[^\r\n]{{{place - 1}}}[^ \r\n]"
        if (re.search(pattern.encode(), text) if isinstance(text, bytes) else re.search(pattern, text)) is not None:
            return True
    return False
