"""The lines that read every column of a file as it was read, with pandas and Python's own modules alone."""

import sys
from inspect import getsource

from core.export.preprocessing_script.columns import dtype_in_read_csv, write_values
from core.export.preprocessing_script.literals import write_list
from core.export.preprocessing_script.parquet import AS_NUMBERS, AS_TEXT
from core.export.preprocessing_script.reading import is_cut_by_pandas, modules, write_opening
from core.export.preprocessing_script.rows import write_sample
from core.export.preprocessing_script.writer import import_line
from core.preprocessing.reading.excel_cells import cell_text
from core.preprocessing.schema import Reading


def write_reading(reading: Reading) -> str:
    """Return lines that set `data`, the table as it was read, from `data_file`, the path of the file.

    Numbers are float64, dates datetime64 and all else text. Names and values from the file are written through `repr`.
    """
    names = modules(reading)
    own = sorted(name for name in names if name.partition(".")[0] in sys.stdlib_module_names)
    others = sorted({*(name for name in names if name not in own), "numpy as np", "pandas as pd"})
    lines = [*map(import_line, own), *([""] if own else []), *map(import_line, others), ""]
    if reading.format == "excel":
        lines += ["", *getsource(cell_text).splitlines(), "", ""]
    if reading.format == "parquet":
        lines += ["", *AS_TEXT.splitlines(), "", "", *AS_NUMBERS.splitlines(), "", ""]
    lines.append("path = data_file")
    used = [(column, column.kind == "number") for column in reading.columns]
    if not is_cut_by_pandas(reading):
        lines.append(f"missing = {write_list(reading.missing)}")
    types = {column.name: dtype_in_read_csv(reading, column, is_number) for column, is_number in used}
    lines += write_opening(reading, types)
    lines += write_sample(reading)
    for column, is_number in used:
        lines += write_values(reading, column, is_number)
    lines.append(f"data = table[{write_list([column.name for column, _is_number in used])}]")
    return "\n".join(lines)
