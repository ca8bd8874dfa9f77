"""The lines of a script that open a file and parse its cells.

A file that `pandas.read_csv` parses as the lab does is left to it. One with titles, notes at the end or ragged rows is
parsed by Python's csv module, in lines that say what is left out. Workbooks and Parquet have their own readers.
"""

from collections.abc import Iterator, Mapping, Sequence

from core.export.preprocessing_script.literals import literal, write_call, write_dict, write_list
from core.export.preprocessing_script.parquet import open_parquet
from core.preprocessing.schema import Reading

OPENERS = {"gzip": "gzip.open", "bz2": "bz2.open", "xz": "lzma.open", "zstd": "zstandard.open"}


def open_bytes(reading: Reading) -> str:
    """Return the source of the bytes of the table: the path, or the decompressed file."""
    source = "path"
    for packing in filter(None, (reading.compression, reading.inner)):
        if packing == "zip":
            source = f"zipfile.ZipFile({source}).open({literal(reading.member)})"
        else:
            source = f"{OPENERS[packing]}({source})"
    return source


def is_cut_by_pandas(reading: Reading) -> bool:
    """Return whether `pandas.read_csv` gives the same cells as the lab."""
    is_plain = reading.regular and not reading.skipped and not reading.edits
    return reading.format == "csv" and is_plain and reading.header_row in (0, None)


def modules(reading: Reading) -> list[str]:
    """Return the imports of the opening lines besides pandas."""
    needed = {"excel": ["datetime", "python_calamine"], "parquet": ["datetime", "pyarrow.parquet"]}.get(
        reading.format, []
    )
    by_pandas = is_cut_by_pandas(reading)
    needed += ["csv"] if reading.format == "csv" and not by_pandas else []
    needed += ["io", "re"] if reading.edits else []
    packings = [packing for packing in (reading.compression, reading.inner) if packing]
    if packings and not (by_pandas and _is_unpacked_by_pandas(reading)):
        needed += [OPENERS.get(packing, "zipfile").partition(".")[0] for packing in packings]
        needed += [] if by_pandas else ["io"]
    return list(dict.fromkeys(needed))


def _is_unpacked_by_pandas(reading: Reading) -> bool:
    return reading.compression != "zip" and reading.inner is None


def write_opening(reading: Reading, types: Mapping[str, str]) -> Iterator[str]:
    """Write the lines that set `table`, a DataFrame with the file's columns under their final names.

    `types` are the columns that the script uses, each with the dtype in which pandas can read it; if the file is parsed
    by the csv module they are all text.
    """
    if reading.format == "parquet":
        source = open_bytes(reading)
        yield from open_parquet(reading, source if source == "path" else f"io.BytesIO({source}.read())")
    elif reading.format == "excel":
        yield from _open_workbook(reading)
    elif is_cut_by_pandas(reading):
        yield from _open_with_pandas(reading, types)
    else:
        yield from _open_by_hand(reading)


def _open_with_pandas(reading: Reading, types: Mapping[str, str]) -> Iterator[str]:
    arguments: dict[str, str] = {}
    if reading.delimiter != ",":
        arguments["sep"] = literal(reading.delimiter)
    if reading.decimal != "." and "float64" in types.values():
        arguments["decimal"] = literal(reading.decimal)
    if reading.quote != '"':
        arguments["quotechar"] = literal(reading.quote)
    if reading.mended:
        arguments |= {"encoding": literal(_mended_encoding(reading)), "encoding_errors": '"replace"'}
    elif reading.encoding != "utf-8":
        arguments["encoding"] = literal(reading.encoding)
    if reading.compression and _is_unpacked_by_pandas(reading):
        arguments["compression"] = literal(reading.compression)
    if reading.header_row is None or reading.renamed:
        arguments["header"] = literal(reading.header_row)
        arguments["names"] = write_list(reading.names, indent=4)
    arguments |= {
        "dtype": write_dict(types, indent=4),
        "na_values": _write_missing(reading, types),
        "keep_default_na": "False",
        "skipinitialspace": "True",
    }
    source = "path" if _is_unpacked_by_pandas(reading) else open_bytes(reading)
    yield f"table = {write_call('pd.read_csv', arguments, [source])}"


def _mended_encoding(reading: Reading) -> str:
    """Return the encoding, which may begin with a byte order mark if broken characters were replaced."""
    return "utf-8-sig" if reading.mended and reading.encoding == "utf-8" else reading.encoding


def _open_by_hand(reading: Reading) -> Iterator[str]:
    how = f'newline="", encoding={literal(_mended_encoding(reading))}'
    how += ', errors="replace"' if reading.mended else ""
    source = open_bytes(reading)
    opened = f"open(path, {how})" if source == "path" else f"io.TextIOWrapper({source}, {how})"
    yield f"with {opened} as file:"
    quote = "" if reading.quote == '"' else f", quotechar={literal(reading.quote)}"
    lines = "file"
    if reading.edits:
        yield "    text = file.read()"
        yield from (f"    text = re.sub({literal(old)}, {literal(new)}, text)" for old, new in reading.edits)
        lines = 'io.StringIO(text, newline="")'
    yield f"    rows = list(csv.reader({lines}, delimiter={literal(reading.delimiter)}, skipinitialspace=True{quote}))"
    yield 'rows = [row for row in rows if len(row) > 1 or (row and row[0].strip(" \\t"))]  # no blank lines'
    yield from _make_table(reading)


def _open_workbook(reading: Reading) -> Iterator[str]:
    source = open_bytes(reading)
    opened = "from_path(path)" if source == "path" else f"from_filelike(io.BytesIO({source}.read()))"
    yield f"book = python_calamine.CalamineWorkbook.{opened}"
    yield f"sheet = book.get_sheet_by_name({literal(reading.sheet)})"
    yield "rows = [[cell_text(cell) for cell in row] for row in sheet.to_python()]"
    yield "rows = [row for row in rows if any(map(str.strip, row))]  # no blank rows"
    yield from _make_table(reading)


def _make_table(reading: Reading) -> Iterator[str]:
    out: Sequence[int] = sorted({*reading.skipped, *([] if reading.header_row is None else [reading.header_row])})
    yield f"names = {write_list(reading.names)}"
    if out:
        yield f"left_out = {write_set(out)}  # names, titles and notes"
        yield "rows = [row for place, row in enumerate(rows) if place not in left_out]"
    yield 'rows = [(row + [""] * len(names))[: len(names)] for row in rows]  # short rows padded, long ones cut'
    yield 'table = pd.DataFrame(rows, columns=names, dtype="str").apply(lambda cells: cells.str.strip())'
    if any(column.kept for column in reading.columns):
        kept = {column.name: list(column.kept) for column in reading.columns if column.kept}
        yield f"kept = table.isin({write_dict(kept)})  # values in these columns"
        yield "table = table.mask(table.isin(missing) & ~kept)"
    else:
        yield "table = table.mask(table.isin(missing))"


def _write_missing(reading: Reading, types: Mapping[str, str]) -> str:
    """Return the source of the tokens for missing, by column if one of them is a value in some column."""
    kept = {column.name: column.kept for column in reading.columns if column.kept}
    if not kept:
        return write_list(reading.missing, indent=4)
    own = {name: [token for token in reading.missing if token not in kept.get(name, ())] for name in types}
    return write_dict(own, indent=4)


def write_set(values: Sequence[int]) -> str:
    """Return the source of a set of integers, a long run of them as a range."""
    if len(values) > 3 and values[-1] - values[0] == len(values) - 1:
        return f"range({values[0]}, {values[-1] + 1})"
    return "{" + ", ".join(map(str, values)) + "}"
