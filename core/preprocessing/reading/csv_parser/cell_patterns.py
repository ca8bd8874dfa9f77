"""What a cell looks like: a number, a date, a remark. Fast approximate tests, to classify whole rows."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

_NUMBER = re.compile(
    r"[^\w\s.,'-]{0,3}\s*[+\-−]?\s*(?:[0-9][0-9.,'\u00a0\u202f ]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?\s*[%€$£¥]?"
)
_DATE = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[T ].*)?|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}.*)?")
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")
_REMARK = re.compile(
    r"\s*(?:[#*†‡§¹²³]|\([0-9a-z*]\)\s|//|--\s|"
    r"(?:source|note|notes|footnote|remark|legend|quelle|anmerkung|hinweis|fuente|nota|notas|note|fonte|bron|"
    r"источник|примечание|来源|数据来源|注|出典|注記)s?\s*(?:[0-9*]{0,2})\s*[:：.])",
    re.IGNORECASE,
)
MOSTLY = 0.8
COMMENTS = ("#", "%", "//")


def is_number(cell: str) -> bool:
    """Return whether the cell looks like a number, with whatever signs around it."""
    return _NUMBER.fullmatch(cell.strip()) is not None


def is_date(cell: str) -> bool:
    """Return whether the cell looks like a date or a time of day."""
    return _DATE.fullmatch(cell.strip()) is not None


def is_value(cell: str) -> bool:
    """Return whether the cell looks like a number or a date: a value, not a name."""
    return bool(cell) and (is_number(cell) or is_date(cell))


def is_year(cell: str) -> bool:
    """Return whether the cell looks like a year from 1800 to 2099."""
    return _YEAR.fullmatch(cell.strip()) is not None


def is_remark(cell: str) -> bool:
    """Return whether the cell begins like a remark above or below a table: `# ...`, `Source: ...`, `* ...`."""
    return _REMARK.match(cell) is not None


def is_comment(cell: str) -> bool:
    """Return whether the cell begins like a line that a program wrote above a table: `# ...`, `% ...`, `// ...`."""
    return cell.lstrip().startswith(COMMENTS)


def are_years(cells: Sequence[str]) -> bool:
    """Return whether the cells are two or more equally spaced years, as in a row of names."""
    if len(cells) < 2 or not all(_YEAR.fullmatch(cell.strip()) for cell in cells):
        return False
    years = [int(cell) for cell in cells]
    steps = {after - before for before, after in pairwise(years)}
    return len(steps) == 1 and 0 < abs(steps.pop()) <= 10


def is_measured(cells: Sequence[str], missing: Collection[str]) -> bool:
    """Return whether at least four in five of the cells, without missing ones, look like numbers or dates."""
    present = [cell for cell in map(str.strip, cells) if cell not in missing]
    return bool(present) and sum(map(is_value, present)) >= MOSTLY * len(present)
