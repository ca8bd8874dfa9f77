"""The one line of pandas that reads a file as it was read, and whether a table holds the same as another."""

import pandas as pd

from core.preprocessing.column_types.infer import is_missing
from core.preprocessing.schema import DateFormat, NumberFormat, Reading


def write_read_line(reading: Reading, names_missing: bool = True) -> str:
    """Return `data = pd.read_csv(data_file, ...)` with the arguments that differ from its defaults for this file.

    A workbook is read by `read_excel`, a Parquet file by `read_parquet`. What no argument can say (notes at the end,
    currency signs) is left out, so that the line need not give the same table. With `names_missing` it lists what
    counts as missing in this file; otherwise that is what read_csv takes for missing.

    >>> write_read_line(Reading("csv", ("a", "b"), (), delimiter=";", decimal=","), False).splitlines()[-1]
    "data = pd.read_csv(data_file, sep=';', decimal=',')"
    """
    if reading.format == "parquet":
        return "import pandas as pd\n\ndata = pd.read_parquet(data_file)"
    if reading.format == "excel":
        arguments: dict[str, object] = {"engine": "calamine"}
        arguments |= {} if reading.sheet is None else {"sheet_name": reading.sheet}
        return _write("read_excel", arguments)
    arguments = {"sep": reading.delimiter} if reading.delimiter != "," else {}
    arguments |= {"decimal": reading.decimal} if reading.decimal != "." else {}
    groups = {column.conversion.group for column in reading.columns if isinstance(column.conversion, NumberFormat)}
    if len(groups & {",", "."}) == 1:
        arguments["thousands"] = (groups & {",", "."}).pop()
    arguments |= {"quotechar": reading.quote} if reading.quote not in ('"', "") else {}
    arguments |= {"encoding": reading.encoding} if reading.encoding != "utf-8" else {}
    arguments |= {"encoding_errors": "replace"} if reading.mended else {}
    skipped = [row for row in reading.skipped if reading.header_row is None or row < reading.header_row]
    arguments |= {"skiprows": len(skipped)} if skipped else {}
    if reading.header_row is None:
        arguments |= {"header": None, "names": list(reading.names)}
    dates = [column.name for column in reading.columns if isinstance(column.conversion, DateFormat)]
    formats = {column.conversion.format for column in reading.columns if isinstance(column.conversion, DateFormat)}
    if dates and len(formats) == 1:
        arguments |= {"parse_dates": dates, "date_format": formats.pop()}
    texts = {column.name: "str" for column in reading.columns if column.kind in ("identifier", "text")}
    arguments |= {"dtype": texts} if texts else {}
    if names_missing:
        arguments |= {"keep_default_na": False, "na_values": _tokens(reading)}
    return _write("read_csv", arguments)


def _tokens(reading: Reading) -> list[str] | dict[str, list[str]]:
    """Return the tokens for missing, by column if not all columns have the same."""
    own = {
        column.name: [token for token in reading.missing if token not in column.kept] + list(column.codes)
        for column in reading.columns
    }
    alike = len({tuple(tokens) for tokens in own.values()}) < 2
    return list(reading.missing) if alike and not any(column.codes for column in reading.columns) else own


def _write(reader: str, arguments: dict[str, object]) -> str:
    written = "".join(f", {name}={value!r}" for name, value in arguments.items())
    return f"import pandas as pd\n\ndata = pd.{reader}(data_file{written})"


def holds_same(data: pd.DataFrame, frame: pd.DataFrame) -> bool:
    """Return whether both have the same columns with the same values, in the rows that both have.

    Whole numbers and floats, and text and truth values that are written alike, count as the same; an infinite number
    counts as missing; dates and their texts do not.
    """
    if list(map(str, data.columns)) != list(map(str, frame.columns)):
        return False
    return not differing_columns(data, frame)


def differing_columns(data: pd.DataFrame, frame: pd.DataFrame) -> list[str]:
    """Return the columns with another value in some row that both have; both have the same columns, in one order."""
    rows = min(len(data), len(frame))
    return [
        str(name)
        for place, name in enumerate(frame.columns)
        if not _are_same(data.iloc[:rows, place], frame.iloc[:rows, place])
    ]


def _are_same(one: pd.Series, other: pd.Series) -> bool:
    gaps = is_missing(one)
    if (gaps != is_missing(other)).any():
        return False
    kinds = [_rough_kind(values) for values in (one, other)]
    if kinds[0] != kinds[1]:
        return False
    first, second = one[~gaps], other[~gaps]
    if kinds[0] == "number":
        return bool((first.to_numpy(dtype=float) == second.to_numpy(dtype=float)).all())
    if kinds[0] == "date":
        return bool((first.to_numpy() == second.to_numpy()).all())
    return list(map(str, first)) == list(map(str, second))


def _rough_kind(values: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(values):
        return "text"
    if pd.api.types.is_numeric_dtype(values):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(values) else "text"
