"""Prepared tables as files: CSV, Parquet, PyTorch's own format and safetensors.

`prepared` is the result of `transform` or of `features`: then there is no y, and `names` are the names of the features.
"""

import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing.naming import unique_names

if TYPE_CHECKING:
    import pyarrow as pa
    import torch

    from core.preprocessing.recipes.fitted import Features, Prepared
    from core.preprocessing.recipes.recipe import Recipe


# The first characters of formulas in Excel, LibreOffice or Google Sheets, after OWASP's "CSV Injection". The last four
# are the same in full width, as typed on Chinese and Japanese keyboards.
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
    """Return a note on how many of these names and texts of the table get an apostrophe in a CSV; None if none does."""
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


ROWS_AT_ONCE = 16_384  # Arrow's default of 1,024 rows is slower


def prepared_csv(prepared: "Prepared | Features", names: Sequence[str] | None = None) -> bytes:
    """Return X and, as the last column, y as CSV in UTF-8 with a header.

    Every number has the fewest digits that are read back as the same float64. A name that a spreadsheet would run as a
    formula gets an apostrophe in front; `defusing_note` says how many do.
    """
    return _write_csv(_as_arrow(prepared, names))


def filled_csv(frame: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8 with a header: missing cells empty, dates as in ISO 8601.

    Names and texts that a spreadsheet would run as a formula get an apostrophe in front; `defusing_note` says how many.
    """
    import pyarrow as pa

    columns = [_column_as_arrow(values) for _name, values in frame.items()]
    return _write_csv(pa.Table.from_arrays(columns, names=[str(name) for name in frame.columns]))


def prepared_parquet(prepared: "Prepared | Features", names: Sequence[str] | None = None) -> bytes:
    """Return X and, as the last column, y as a Parquet file of float64 columns."""
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(_as_arrow(prepared, names), sink, compression="zstd")
    return sink.getvalue()


def prepared_pt(prepared: "Prepared | Features", names: Sequence[str] | None = None) -> bytes:
    """Return a file for `torch.load`, with `weights_only=True` too: a dict of X, y and feature_names, a list."""
    import torch

    sink = io.BytesIO()
    torch.save({**_tensors(prepared), "feature_names": _names(prepared, names)}, sink)
    return sink.getvalue()


def prepared_safetensors(
    prepared: "Prepared | Features", names: Sequence[str] | None = None, recipe: "Recipe | None" = None
) -> bytes:
    """Return X and y as a safetensors file; its metadata are `feature_names`, a JSON list, and `recipe`, its JSON."""
    from safetensors.torch import save

    metadata = {"feature_names": json.dumps(_names(prepared, names), ensure_ascii=False)}
    if recipe is not None:
        metadata["recipe"] = recipe.to_json()
    written: bytes = save(_tensors(prepared), metadata=metadata)
    return written


def _names(prepared: "Prepared | Features", names: Sequence[str] | None) -> list[str]:
    own = list(getattr(prepared, "feature_names", []) if names is None else names)
    if len(own) != prepared.X.shape[1]:
        raise ValueError(
            _("One name for each feature was needed, {count} in all; got {got}.").format(
                count=prepared.X.shape[1], got=len(own)
            )
        )
    return own


def _tensors(prepared: "Prepared | Features") -> dict[str, "torch.Tensor"]:
    """Return X and y, each copied: a view would be saved with its whole storage."""
    every = {"X": prepared.X, "y": getattr(prepared, "y", None)}
    alone = {name: tensor.contiguous() for name, tensor in every.items() if tensor is not None}
    return {
        name: tensor if tensor.untyped_storage().nbytes() == tensor.nbytes else tensor.clone()
        for name, tensor in alone.items()
    }


def _as_arrow(prepared: "Prepared | Features", names: Sequence[str] | None) -> "pa.Table":
    import pyarrow as pa

    headers, X = _names(prepared, names), prepared.X.numpy()
    columns = [pa.array(np.ascontiguousarray(X[:, place])) for place in range(X.shape[1])]
    y = getattr(prepared, "y", None)
    if y is not None:
        headers = unique_names([*headers, getattr(prepared, "target", "y")])
        columns.append(pa.array(y.numpy()))
    return pa.Table.from_arrays(columns, names=headers)


def _column_as_arrow(values: pd.Series) -> "pa.Array":
    import pyarrow as pa

    types = pd.api.types
    if types.is_datetime64_any_dtype(values.dtype):
        return pa.array(values, from_pandas=True).cast(_unit_of(values))
    if types.is_numeric_dtype(values.dtype) and not types.is_bool_dtype(values.dtype):
        return pa.array(values, from_pandas=True)
    return pa.array(values.astype("str"), type=pa.large_string(), from_pandas=True)


def _unit_of(dates: pd.Series) -> "pa.DataType":
    """Return the coarsest unit that loses nothing: days if no date has a time of day, else seconds, else all digits."""
    import pyarrow as pa

    present = dates.dropna()
    if (present == present.dt.floor("D")).all():
        return pa.date32()
    return pa.timestamp("s" if (present == present.dt.floor("s")).all() else "us")


def _write_csv(table: "pa.Table") -> bytes:
    import pyarrow as pa
    from pyarrow import csv

    texts = [pa.types.is_large_string(column.type) for column in table.columns]
    columns = [defuse_texts(column) if text else column for column, text in zip(table.columns, texts, strict=True)]
    harmless = pa.Table.from_arrays(columns, names=unique_names(defuse_names(table.column_names)))
    sink = io.BytesIO()
    csv.write_csv(harmless, sink, csv.WriteOptions(batch_size=ROWS_AT_ONCE))
    return sink.getvalue()
