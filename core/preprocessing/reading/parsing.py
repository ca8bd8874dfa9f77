"""How `pandas.read_csv` reads a table the same way: what the exported script repeats."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.preprocessing.reading.engine import Cut
from core.preprocessing.reading.table import NumberFormat, Reading

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 100_000  # of which cells with blanks around a token for missing are looked up


def plain_arguments(missing: Sequence[str]) -> dict[str, Any]:
    """Return the arguments for a plain CSV file, leaving out those that are pandas' defaults."""
    return {"na_values": list(missing), "keep_default_na": False, "skipinitialspace": True, "low_memory": False}


def pandas_reading(reading: Reading, cut: Cut, frame: pd.DataFrame) -> dict[str, Any]:
    """Return `arguments` for pandas, the columns whose cells to `strip`, and whether numbers may be `infinite`."""
    arguments: dict[str, Any] = {}
    if reading.delimiter != ",":
        arguments["sep"] = reading.delimiter
    if reading.decimal != ".":
        arguments["decimal"] = reading.decimal
    if reading.encoding != "utf-8":
        arguments["encoding"] = reading.encoding
    if reading.renamed or not reading.regular or reading.skipped:
        arguments |= {"header": None if reading.header_row is None else 0, "names": list(reading.names)}
        arguments |= {"usecols": list(range(len(reading.names))), "index_col": False}
    if reading.skipped:
        arguments |= {"skiprows": cut.lines_above, "nrows": cut.cells.num_rows}
    text = [
        column.name
        for column in reading.columns
        if column.kind != "empty" and not pd.api.types.is_numeric_dtype(frame[column.name].dtype)
    ]
    formats = [column.conversion for column in reading.columns if isinstance(column.conversion, NumberFormat)]
    groups = [form.group for form in formats if form.group]
    more: dict[str, Any] = {"thousands": groups[0]} if groups else {}
    if text:
        more["dtype"] = dict.fromkeys(text, "str")
    padded = _padded_tokens(cut.cells, reading.missing)
    return {
        "arguments": arguments | plain_arguments([*reading.missing, *padded]) | more,
        "strip": [column.name for column in reading.columns if column.name in text and column.stripped],
        "infinite": any(column.infinite for column in reading.columns),
    }


def _padded_tokens(cells: "pa.Table", missing: Sequence[str]) -> list[str]:
    """Return the cells that are a missing token only once the blanks around them are taken off."""
    found: set[str] = set()
    for column in cells.columns if cells.num_rows <= MOST_ROWS else []:
        if str(column.type) == "string":
            distinct = [cell for cell in column.unique().to_pylist() if cell is not None]
            padded = [cell for cell in distinct if cell.strip() in missing and cell.strip() != cell]
            found.update(padded, (cell.lstrip(" ") for cell in padded))
    return sorted(found)
