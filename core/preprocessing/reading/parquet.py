"""A Parquet file as columns of single values; its sizes are checked before anything is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _
from core.preprocessing.limits import check_columns, check_sampled, check_size, check_unpacked, check_width
from core.preprocessing.naming import quote_names, unique_names

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

AT_ONCE = 1 << 16  # rows
FEW_AT_ONCE = 1 << 10  # rows with texts of any length
PANDAS_INDEX = "__index_level_"  # how pandas names an index that has no name


@dataclass(frozen=True, eq=False)
class ParquetColumns:
    """The columns of a file under unique names.

    Attributes:
        table: values of the type that they have in the file; texts are dictionary-encoded, which saves memory.
        names: of all columns in the file's order.
        left_out: the columns that were left out: lists, structures, bytes, indexes.
        notes: what there is to say about it.
    """

    table: "pa.Table"
    names: tuple[str, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]


def read_parquet(
    data: bytes,
    columns: Sequence[str] | None = None,
    draw: Callable[[int], npt.NDArray[np.int64]] | None = None,
) -> ParquetColumns:
    """Read a Parquet file, or only these of its columns, or only the rows that `draw` returns.

    `draw` takes the number of rows and returns the positions of those to read, in increasing order. Bytes are read as
    text if all of them are UTF-8. The index that pandas stores without a name is left out.
    Raises InputError for a file that is damaged or encrypted, or has no rows or no column to read; LimitError for more
    rows, columns or cells than can be kept, and for more than 500 MB of text.
    """
    import pyarrow as pa

    try:
        names, read, count = _read(data, columns, draw)
    except InputError:
        raise
    except (pa.ArrowException, OSError, ValueError, LookupError, OverflowError, MemoryError):
        raise InputError(_("The Parquet file is damaged or encrypted and cannot be read; download it again.")) from None
    if not count:
        raise InputError(_("The Parquet file has no rows; at least one row is needed."))
    kept = {name: column for name, column in read.items() if column is not None}
    if not kept:
        raise InputError(_("The Parquet file has no column of single values; lists and bytes cannot be read."))
    left_out = tuple(name for name, column in read.items() if column is None)
    return ParquetColumns(pa.table(kept), names, left_out, _note(left_out))


def declared_orders(table: "pa.Table") -> dict[str, tuple[str, ...]]:
    """Return the categories, lowest first and without blanks around them, of each column of texts with an order.

    A column whose parts list different categories has none: joined, their order would be that of their appearance.
    """
    from pyarrow import types

    orders = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        if types.is_dictionary(column.type) and column.type.ordered and _is_text(column.type.value_type):
            listed = {tuple(chunk.dictionary.to_pylist()) for chunk in column.chunks}
            levels = [level.strip() for level in listed.pop() if level is not None] if len(listed) == 1 else []
            if len(set(levels)) == len(levels):
                orders[name] = tuple(levels)
    return orders


def _read(
    data: bytes, columns: Sequence[str] | None, draw: Callable[[int], npt.NDArray[np.int64]] | None
) -> tuple[tuple[str, ...], "dict[str, pa.ChunkedArray | None]", int]:
    """Return the names of all columns, the chosen columns (None for one that is left out), and the number of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = pa.BufferReader(data)
    schema = pq.read_schema(buffer)
    texts = [field.name for field in schema if _holds_bytes(field.type)]
    coded = _prefix_coded(pq.ParquetFile(buffer))
    file = pq.ParquetFile(buffer, read_dictionary=[name for name in texts if name not in coded])
    check_width(len(schema))
    names = _name_columns(schema)
    absent = [name for name in columns or () if name not in names]
    if absent:
        raise InputError(_("The file has no column {names}.").format(names=quote_names(absent)))
    asked = [place for place, name in enumerate(names) if columns is None or name in columns]
    single = [place for place in asked if _is_single(schema.field(place))]
    check_columns(len(asked), names)
    count = _count_rows(file, [names[place] for place in single], draw)
    rows = draw(count) if draw and count else None
    fields = [schema.field(place).name for place in single]
    table = _take(file, [name for name in fields if name not in coded], rows)
    more = _take_texts(file, [name for name in fields if name in coded], rows)
    found = [_find(more if schema.field(place).name in coded else table, schema, place) for place in single]
    read = dict(zip(single, map(_simplify, found), strict=True))
    return names, {names[place]: read.get(place) for place in asked}, count


def _name_columns(schema: "pa.Schema") -> tuple[str, ...]:
    """Name blank columns by their position and make names unique, as for other files."""
    return tuple(unique_names([name.strip() or f"column_{place}" for place, name in enumerate(schema.names, start=1)]))


def _is_single(field: "pa.Field") -> bool:
    from pyarrow import types

    return not types.is_nested(field.type) and not field.name.startswith(PANDAS_INDEX)


def _holds_bytes(type_: "pa.DataType") -> bool:
    from pyarrow import types

    texts = (types.is_string, types.is_large_string, types.is_string_view)
    return any(ask(type_) for ask in (*texts, types.is_binary, types.is_large_binary, types.is_binary_view))


def _count_rows(file: "pq.ParquetFile", single: Sequence[str], draw: object) -> int:
    """Return the number of rows, the larger of the two counts in the metadata. Raises LimitError for too many."""
    metadata = file.metadata
    groups = [metadata.row_group(place) for place in range(metadata.num_row_groups)]
    count = max(metadata.num_rows, sum(group.num_rows for group in groups))
    if draw is None:
        check_size(count, len(single), single)
    else:
        check_sampled(count)
    check_unpacked(max((group.total_byte_size for group in groups), default=0))
    return int(count)


def _take(file: "pq.ParquetFile", names: list[str], rows: npt.NDArray[np.int64] | None) -> "pa.Table":
    """Read these columns whole, or piece by piece if only some rows are wanted."""
    import pyarrow as pa

    if rows is None:
        return file.read(columns=names)
    pieces, start = [], 0
    for batch in file.iter_batches(AT_ONCE, columns=names):
        first, last = np.searchsorted(rows, [start, start + len(batch)])
        pieces.append(batch.take(pa.array(rows[first:last] - start)))
        start += len(batch)
    return pa.Table.from_batches(pieces)


def _prefix_coded(file: "pq.ParquetFile") -> frozenset[str]:
    """Return the columns with texts in one of the encodings DELTA, which Arrow cannot read as a dictionary."""
    found = set()
    for group in range(file.metadata.num_row_groups):
        row_group = file.metadata.row_group(group)
        for place in range(row_group.num_columns):
            column = row_group.column(place)
            if {"DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"} & set(column.encodings):
                found.add(column.path_in_schema)
    return frozenset(found)


def _take_texts(file: "pq.ParquetFile", names: list[str], rows: npt.NDArray[np.int64] | None) -> "pa.Table":
    """Read columns of texts in small pieces, each encoded as a dictionary: a few bytes may stand for very long texts.

    Raises LimitError for more than 500 MB of text.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if not names:
        return pa.table({})
    pieces, start, size = [], 0, 0
    for batch in file.iter_batches(FEW_AT_ONCE, columns=names):
        columns = [column if _holds_bytes(column.type) else None for column in batch.columns]
        size += sum(pc.sum(pc.binary_length(column)).as_py() or 0 for column in columns if column is not None)
        check_unpacked(size)
        encoded = [
            given if column is None else column.dictionary_encode()
            for given, column in zip(batch.columns, columns, strict=True)
        ]
        piece = pa.Table.from_arrays(encoded, names=batch.schema.names)
        if rows is not None:
            first, last = np.searchsorted(rows, [start, start + len(batch)])
            piece = piece.take(pa.array(rows[first:last] - start))
        pieces.append(piece)
        start += len(batch)
    return pa.concat_tables(pieces).unify_dictionaries()


def _find(table: "pa.Table", schema: "pa.Schema", place: int) -> "pa.ChunkedArray":
    """Return the column at this position in the file; columns of the same name are read together, in their order."""
    name = schema.field(place).name
    before = schema.names[:place].count(name)
    return table.column(table.schema.get_all_field_indices(name)[before])


def _simplify(column: "pa.ChunkedArray") -> "pa.ChunkedArray | None":
    """Return a column unwrapped, bytes as text; None if they are not text. Raises LimitError for too much text."""
    import pyarrow as pa
    from pyarrow import types

    if isinstance(column.type, pa.UuidType):
        return pa.chunked_array([pa.array([value and str(value) for value in column.to_pylist()], pa.string())])
    if isinstance(column.type, pa.BaseExtensionType):
        column = column.cast(column.type.storage_type)
    if types.is_dictionary(column.type) and _holds_bytes(column.type.value_type):
        _check_texts(column)
        return column if _is_text(column.type.value_type) else _as_text(column, pa.dictionary(pa.int32(), pa.string()))
    return None if types.is_fixed_size_binary(column.type) else column


def _is_text(type_: "pa.DataType") -> bool:
    from pyarrow import types

    return bool(types.is_string(type_) or types.is_large_string(type_) or types.is_string_view(type_))


def _as_text(column: "pa.ChunkedArray", type_: "pa.DataType") -> "pa.ChunkedArray | None":
    import pyarrow as pa

    try:
        return column.cast(type_)
    except pa.ArrowException:
        return None


def _check_texts(column: "pa.ChunkedArray") -> None:
    """Raise LimitError if the texts, expanded to all rows, exceed 500 MB: a few bytes can encode that."""
    import pyarrow.compute as pc

    check_unpacked(
        sum(pc.sum(pc.take(pc.binary_length(chunk.dictionary), chunk.indices)).as_py() or 0 for chunk in column.chunks)
    )


def _note(left_out: tuple[str, ...]) -> tuple[str, ...]:
    if not left_out:
        return ()
    return (
        _("Columns of lists, structures or bytes, and indexes without a name, were left out: {names}.").format(
            names=quote_names(left_out)
        ),
    )
