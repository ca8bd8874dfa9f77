"""The lines of a script for a Parquet file, whose columns have types."""

from collections.abc import Iterator, Sequence

from core.export.preprocessing_script.literals import literal, write_list
from core.preprocessing.schema import ColumnReading, Reading

AS_TEXT = '''\
def as_text(value):
    """Return a value as text; a whole number without a decimal point."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, timedelta):
        return repr(value.total_seconds())
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    return str(value)
'''
AS_NUMBERS = '''\
def as_numbers(values):
    """Return a column of numbers, or of texts that spell them, as float64."""
    if values.dtype.kind in "iuf":
        return values.astype("float64")
    texts = values.astype(object).map(as_text, na_action="ignore").astype("str").str.strip()
    return texts.mask(texts.isin(missing)).astype("float64")
'''


def open_parquet(reading: Reading, source: str) -> Iterator[str]:
    """Write how the file is read: every column, nullable integers kept as such, pandas' index as columns."""
    yield f"table = pyarrow.parquet.read_table({source})"
    yield "table = table.to_pandas(ignore_metadata=True, integer_object_nulls=True)"
    yield f"table.columns = {write_list(reading.names)}"


def write_native(column: ColumnReading, is_number: bool, codes: Sequence[float]) -> Iterator[str]:
    """Write the lines that convert numbers to float64, dates to datetime64[us] in UTC, and all else to text."""
    place = f"table[{literal(column.name)}]"
    if is_number:
        yield f"{place} = as_numbers({place})"
        if column.infinite:
            yield f"{place} = {place}.replace([np.inf, -np.inf], np.nan)"
        if codes:
            yield f"{place} = {place}.mask({place}.isin({write_list(codes)}))  # codes for missing"
    elif column.kind == "date":
        yield f'{place} = pd.to_datetime({place}, utc=True).dt.tz_localize(None).astype("datetime64[us]")'


def is_native(column: ColumnReading, is_number: bool) -> bool:
    """Return whether the values can be used as in the file, without converting through text."""
    return column.conversion is None and (is_number or column.kind == "date")
