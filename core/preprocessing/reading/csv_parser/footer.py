"""What stands below the table: remarks, a row of sums, another table, rows of nothing but delimiters."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import isclose

from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing.reading.csv_parser.cell_patterns import is_measured, is_number, is_remark, is_value
from core.preprocessing.reading.csv_parser.header_detection import filled

MOST_COMPARED = 20  # rows above a remark
FEWEST_SUMMED = 2  # rows
ROUNDED = 1e-3  # how far a sum may be off, relative to it
TOTAL = re.compile(
    r"(?:grand |sub)?totals?|sums?|summe|gesamt\w*|insgesamt|total g[ée]n[ée]ral|totale|totaal|totalt|suma|soma|summa|"
    r"razem|toplam|celkem|összesen|итого|всего|усього|合计|总计|合計|総計|합계|총계",
    re.IGNORECASE,
)

Rows = Sequence[Sequence[str] | None]


@dataclass(frozen=True)
class Footer:
    """The rows at the end that are no part of the table.

    Attributes:
        count: how many they are.
        notes: a sentence for what they are, if they are no remarks.
    """

    count: int = 0
    notes: tuple[str, ...] = ()


def find_footer(rows: Rows, width: int, missing: Collection[str], *, is_whole: bool) -> Footer:
    """Return which rows at the end are not part of the table; None among the rows is a blank line.

    `is_whole` says whether these are all rows of the table, without names; only then sums are looked for.
    """
    if width < 2:
        return Footer()
    end = len(rows)
    notes = []
    cut = _other_table(rows, width, missing)
    if cut is not None:
        count = sum(1 for row in rows[cut:] if row is not None and filled(row))
        if any(row is not None and filled(row) > 1 and not is_remark(row[0]) for row in rows[cut:]):
            notes.append(_note_other(count))
        end = cut
    end = _skip_bare(rows, end)
    end = _skip_bare(rows, end - _count_remarks(rows[:end], width, missing))
    if is_whole and end and _is_total(rows[:end], width, missing):
        end -= 1
        notes.append(_("The last row is the sum of the rows above and was left out; else choose to keep rows of sums."))
    return Footer(sum(row is not None for row in rows[end:]), tuple(notes))


def _note_other(count: int) -> str:
    return ngettext(
        "{count} row below a blank line looks like another table and was left out.",
        "{count} rows below a blank line look like another table and were left out.",
        count,
    ).format(count=format_count(count))


def _skip_bare(rows: Rows, end: int) -> int:
    """Return the end without blank lines and rows of nothing but delimiters before it, unless none is left then.

    A lone one may be a row whose cells are all missing.
    """
    before = end
    while before and not filled(rows[before - 1] or []):
        before -= 1
    bare = sum(row is not None for row in rows[before:end])
    is_last = end == len(rows)
    return before if before and (bare > 1 or not is_last) else end


def _other_table(rows: Rows, width: int, missing: Collection[str]) -> int | None:
    """Return where the first block of rows begins, after a blank line, from which on none is like the table."""
    starts = [place for place in range(1, len(rows)) if rows[place] is not None and rows[place - 1] is None]
    starts = [place for place in starts if any(rows[:place])]
    if not starts:
        return None
    first = [row for row in rows[: starts[0]] if row is not None]
    like = [row for row in first if len(row) == width] or first
    measured = [
        place for place in range(width) if is_measured([row[place] for row in like if len(row) > place], missing)
    ]
    found = None
    for place, stop in reversed(list(zip(starts, [*starts[1:], len(rows)], strict=True))):
        block = [row for row in rows[place:stop] if row is not None and filled(row)]
        if block and not _is_unlike(block, width, measured):
            break
        found = place
    return found


def _is_unlike(block: Sequence[Sequence[str]], width: int, measured: Sequence[int]) -> bool:
    """Return whether these rows are no rows of the table: of another length, names first, or without its values."""
    lengths = {len(row) for row in block}
    if len(block) > 1 and len(lengths) == 1 and lengths != {width} and lengths != {1}:
        return True
    held = [[row[place].strip() for place in measured if len(row) > place and row[place].strip()] for row in block]
    if not measured:
        return False
    if len(block) > 1 and len(held[0]) == len(measured) and filled(block[0]) > 1 and not any(map(is_value, held[0])):
        return True
    return all(_is_remark_like(row, cells, width) for row, cells in zip(block, held, strict=True))


def _is_remark_like(row: Sequence[str], held: Sequence[str], width: int) -> bool:
    """Return whether a row has no value where the table has numbers or dates; a shorter row, not more than texts."""
    values = sum(map(is_value, held))
    return not values or (filled(row) < width and 2 * values <= len(held))


def _count_remarks(rows: Rows, width: int, missing: Collection[str]) -> int:
    """Return how many of the last entries are remarks below the table.

    A remark has its text in the first cell, or begins like a remark; and the column above it is numeric, or the remark
    follows a blank line or has two words. Rows with only delimiters above a remark belong to it.
    """
    full = [place for place, row in enumerate(rows) if row is not None and _is_full(row, width)]
    if not full:
        return 0
    measured = is_measured([(rows[place] or [""])[0] for place in full[-MOST_COMPARED:]], missing)
    begin, apart = len(rows), False
    for place in range(full[-1] + 1, len(rows)):
        row = rows[place]
        if row is None or not filled(row):
            apart = True
        elif _is_remark_row(row, width, missing, measured, apart=apart):
            begin = min(begin, place)
        else:
            begin, apart = len(rows), False
    return len(rows) - begin


def _is_full(row: Sequence[str], width: int) -> bool:
    count = filled(row)
    return count == width or (count >= max(2, width // 2) and not is_remark(row[0]))


def _is_remark_row(row: Sequence[str], width: int, missing: Collection[str], measured: bool, *, apart: bool) -> bool:
    text = row[0].strip()
    if is_remark(text) and (filled(row) < width or apart):
        return True
    if filled(row) != 1 or is_value(text) or text in missing:
        return False
    return measured or apart or " " in text


def _is_total(rows: Rows, width: int, missing: Collection[str]) -> bool:
    """Return whether the last row is called a total and holds the sums of at least half of the columns of numbers."""
    body = [row for row in rows if row is not None and len(row) == width]
    if rows[-1] is None or len(body) <= FEWEST_SUMMED or body[-1] is not rows[-1]:
        return False
    last, above = body[-1], body[:-1]
    word = next((cell.strip() for cell in last if cell.strip()), "")
    if not TOTAL.fullmatch(word.rstrip(":").strip()):
        return False
    checked = fitting = 0
    for place in range(width):
        cells = [row[place].strip() for row in above if row[place].strip() not in missing]
        if is_number(last[place]) and len(cells) >= FEWEST_SUMMED and all(map(is_number, cells)):
            checked += 1
            fitting += any(_adds_up(cells, last[place], mark) for mark in (".", ","))
    return 2 * fitting >= checked > 0


def _adds_up(cells: Sequence[str], total: str, mark: str) -> bool:
    try:
        return isclose(sum(_number(cell, mark) for cell in cells), _number(total, mark), rel_tol=ROUNDED)
    except ValueError:
        return False


def _number(cell: str, mark: str) -> float:
    kept = re.sub(rf"[^0-9eE+{re.escape(mark)}-]", "", cell.replace("−", "-"))
    return float(kept.replace(mark, "."))
