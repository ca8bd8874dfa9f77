"""The cells of one sheet as text; this file runs as a separate program, and imports no other module of `core`.

A workbook of two cells, one in the last row and column of its sheet, makes the library request 550 GB, which aborts the
process. Here it aborts this one, whose memory is bounded, and not the one that called it.
"""

import io
import pickle
import re
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree

LARGEST_MEMORY = 2_000_000_000  # bytes
MOST_SECONDS = 120

LOST = re.compile(rb'<c [^>]*\bt="e"|</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>|<f[^>]*/>\s*(?:<v\s*/>)?\s*</c>')


def cell_text(value: object) -> str:
    """Return a cell as text: whole numbers without a point, dates as 2020-01-31 00:00:00, durations as 30:05:00.

    The library returns midnight as a date even in a column of times, hence one format for both.
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return f"{value.isoformat()} 00:00:00"
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = abs(round(value.total_seconds()))
        return f"{'-' * (value < timedelta())}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def take_sheet(data: bytes, chosen: str | None, most_cells: int) -> dict[str, Any]:
    """Return the rows of a sheet, its name and what else is in the workbook; or, as `problem`, the error.

    Without `chosen`, the first sheet that is not empty is read, a hidden one only if the others are empty.
    """
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        return {"problem": "password"}
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    names = tuple(sheet.name for sheet in sheets)
    if chosen is not None and chosen not in names:
        return {"problem": "no such sheet", "sheets": names}
    shown_first = sorted(sheets, key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
    for name in [chosen] if chosen is not None else [sheet.name for sheet in shown_first]:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.height * sheet.width > most_cells:
            return {"problem": "cells", "came": sheet.height * sheet.width, "sheets": names}
        if sheet.height or name == chosen:
            rows = [[cell_text(cell) for cell in row] for row in sheet.to_python()]
            merged = len(sheet.merged_cell_ranges or ())
            return {"rows": rows, "sheet": name, "sheets": names, "merged": merged, "lost": count_lost(data, name)}
    return {"problem": "empty", "sheets": names}


def count_lost(data: bytes, sheet: str) -> int:
    """Count the cells of a sheet that hold an error such as #DIV/0!, or a formula saved without its result.

    The library gives empty text for both. Only XLSX and XLSM are searched; others count as 0.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
            targets = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
            entry = next(entry for entry in book.iter() if entry.tag.endswith("}sheet") and entry.get("name") == sheet)
            relation = next(value for key, value in entry.items() if key.endswith("}id"))
            target = next(entry.get("Target", "") for entry in targets if entry.get("Id") == relation)
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return sum(1 for _found in LOST.finditer(archive.read(path)))
    except (zipfile.BadZipFile, KeyError, StopIteration, ElementTree.ParseError):
        return 0


def bound_this_process() -> None:
    """Bound memory and time, where the system supports it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read the arguments from standard input, write the result to standard output, both pickled."""
    bound_this_process()
    data, chosen, most_cells = pickle.load(sys.stdin.buffer)
    try:
        answer = take_sheet(data, chosen, most_cells)
    except MemoryError:
        answer = {"problem": "memory"}
    except BaseException:  # a panic of the library is not an Exception
        answer = {"problem": "damaged"}
    pickle.dump(answer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
