"""What each line of the book does, in a sentence beside it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from core.language import _

Notes = list[tuple[str, str]]


def of(step: str) -> Notes:
    """Return the lines of a step, each with what it does; none for a step without explained lines."""
    return _NOTES[step]() if step in _NOTES else []


def _file() -> Notes:
    return [
        ("import os", _("Python's module for paths, folders and files; it comes with Python.")),
        (
            "os.makedirs(os.path.join('..', 'data'), exist_ok=True)",
            _("creates the folder `data` beside the working directory, with all folders on the way to it. "
              "With `exist_ok=True` a folder that is there already is no error. Without it, the second run raises "
              "FileExistsError."),
        ),
        (
            "data_file = os.path.join('..', 'data', 'house_tiny.csv')",
            _("only puts the text of a path together, with the separator of this system. Nothing is looked up on the "
              "disk."),
        ),
        (
            "with open(data_file, 'w') as f:",
            _("opens the file for writing, empties it if it exists, and closes it at the end of the indented lines, "
              "also after an exception."),
        ),
        (
            "f.write('NA,Pave,127500\\n')",
            _("writes one row; `write` adds no line break by itself, `\\n` is one. `NA` is only text here: it becomes "
              "missing when `read_csv` reads it."),
        ),
    ]  # fmt: skip


def _read() -> Notes:
    return [
        (
            "import pandas as pd",
            _("loads pandas, which is installed apart from Python, under the short name `pd`. In a notebook "
              "`!pip install pandas` installs it, once."),
        ),
        (
            "data = pd.read_csv(data_file)",
            _("reads the file into a DataFrame: the first line gives the names, cells between commas the values, and "
              "each column gets a dtype that fits all its values. A missing number makes whole numbers float64, since "
              "NaN is a float."),
        ),
    ]  # fmt: skip


def _split() -> Notes:
    return [
        (
            "data.iloc[:, 0:2]",
            _("selects by position, rows before the comma and columns after it: all rows, and the columns 0 and 1. "
              "The end of a slice is not included. The result is a DataFrame, also of a slice of one column."),
        ),
        (
            "data.iloc[:, 2]",
            _("all rows of the column at position 2, the third: a single position gives a Series, of one axis."),
        ),
    ]  # fmt: skip


def _fill() -> Notes:
    return [
        (
            "inputs.mean()",
            _("the mean of each column, over its values that are not missing: a Series with the names of the columns."),
        ),
        (
            "inputs.fillna(...)",
            _("returns a new table in which each missing cell of a column has the value of that name; `inputs` itself "
              "does not change, so the result is assigned."),
        ),
    ]  # fmt: skip


def _encode() -> Notes:
    return [
        (
            "pd.get_dummies(inputs, dummy_na=True)",
            _("turns each column of text into one column for each of its values; columns of numbers stay. "
              "`dummy_na=True` adds one for missing values."),
        )
    ]  # fmt: skip


def _features() -> Notes:
    return [
        (
            "torch.tensor(inputs.values)",
            _("copies the numbers into a tensor; `.values` is the table as one numpy array, which has one dtype for "
              "all columns. pandas recommends `to_numpy()` today; `to_numpy(dtype=float)` also sets the "
              "dtype."),
        )
    ]  # fmt: skip


_NOTES: Mapping[str, Callable[[], Notes]] = MappingProxyType(
    {"file": _file, "read": _read, "split": _split, "fill": _fill, "encode": _encode, "features": _features}
)
STEPS = tuple(_NOTES)
