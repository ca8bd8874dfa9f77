"""Names and texts that a spreadsheet would run as a formula, made harmless."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from core.formatting import format_count
from core.language import ngettext

if TYPE_CHECKING:
    import pyarrow as pa

# What makes Excel, LibreOffice or Google Sheets run a cell: the list of OWASP's page on "CSV Injection". The last four
# are the same signs in full width, as Chinese and Japanese keyboards type them.
_BEGINS_A_FORMULA = r"^[=+\-@\t\r\n\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}]"
_PLAIN_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"


def defuse_texts(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """Return the texts, with an apostrophe before each that a spreadsheet would run; plain numbers stay as they are."""
    import pyarrow as pa
    import pyarrow.compute as pc

    marks = _run_as_formulas(column)
    if not _count(marks):
        return column
    none, apostrophe = pa.scalar("", column.type), pa.scalar("'", column.type)
    return pc.if_else(marks, pc.binary_join_element_wise(apostrophe, column, none), column)


def defuse_names(names: Sequence[str]) -> list[str]:
    """Return the names, with an apostrophe before each that a spreadsheet would run.

    >>> defuse_names(["Price", "=1+1", "-5"])
    ['Price', "'=1+1", '-5']
    """
    harmless: list[str] = defuse_texts(_as_texts(names)).to_pylist()
    return harmless


def defusing_note(names: Sequence[str], frame: pd.DataFrame | None = None) -> str | None:
    """Say how many of these names, and of the texts in the table, get an apostrophe in a CSV; None if none does."""
    texts = [] if frame is None else [values for _name, values in frame.items() if not _holds_no_text(values)]
    count = _count(_run_as_formulas(_as_texts(names)))
    count += sum(_count(_run_as_formulas(_as_texts(values))) for values in texts)
    if not count:
        return None
    return ngettext(
        "In the CSV, {count} name or cell that a spreadsheet would run as a formula has an apostrophe in front.",
        "In the CSV, {count} names and cells that a spreadsheet would run as formulas have an apostrophe in front.",
        count,
    ).format(count=format_count(count))


def _holds_no_text(values: pd.Series) -> bool:
    types = pd.api.types
    return bool(types.is_numeric_dtype(values.dtype) or types.is_datetime64_any_dtype(values.dtype))


def _as_texts(values: "Sequence[str] | pd.Series") -> "pa.ChunkedArray":
    import pyarrow as pa

    texts = values.astype("str") if isinstance(values, pd.Series) else values
    array = pa.array(texts, type=pa.large_string(), from_pandas=True)
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def _run_as_formulas(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    import pyarrow.compute as pc

    begins = pc.match_substring_regex(column, _BEGINS_A_FORMULA)
    return pc.and_(begins, pc.invert(pc.match_substring_regex(column, _PLAIN_NUMBER)))


def _count(marks: "pa.ChunkedArray") -> int:
    import pyarrow.compute as pc

    count: int = pc.sum(marks, min_count=0).as_py()
    return count
