"""A few lines of code, run for real: what came of them, or the exception they raised."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd

if TYPE_CHECKING:
    import torch

ROWS_SHOWN = 4
COLUMNS_SHOWN = 8
ENTRIES_SHOWN = 5  # of a row of a tensor: torch breaks longer lines
LONGEST_MESSAGE = 400
SECONDS = 20


@dataclass(frozen=True, eq=False)
class TableResult:
    """What a variable holds that is a table: its first 4 rows and 8 columns, the dtype of these, and its shape."""

    name: str
    head: pd.DataFrame
    dtypes: tuple[str, ...]
    shape: tuple[int, ...]


@dataclass(frozen=True)
class TensorResult:
    """What a variable holds that is a tensor: its first 4 rows and 5 columns as torch prints them, and how many NaN."""

    name: str
    text: str
    dtype: str
    shape: tuple[int, ...]
    missing: int


@dataclass(frozen=True)
class TextResult:
    """What a variable holds that is a path or text."""

    name: str
    text: str


Result: TypeAlias = TableResult | TensorResult | TextResult


@dataclass(frozen=True, eq=False)
class Attempt:
    """Lines that were run. `error` and `message` are those of the exception, None where there was none."""

    code: str
    results: tuple[Result, ...] = ()
    error: str | None = None
    message: str | None = None

    @property
    def worked(self) -> bool:
        """Whether no exception was raised."""
        return self.error is None


def run(code: str, given: Mapping[str, Any], show: Sequence[str]) -> tuple[Attempt, dict[str, Any]]:
    """Run lines written in this package with these variables; return what came of them and the variables afterwards.

    Of the person's only names of columns stand in the lines, as literals of Python. `show` are the variables whose
    values are kept in the attempt. `given` itself is not changed.
    """
    # Lines may set columns in place. A shallow copy keeps its own columns, and what is given stays as it is.
    variables = {name: value.copy(deep=False) if hasattr(value, "columns") else value for name, value in given.items()}
    try:
        exec(code, variables)
    except Exception as problem:  # whatever it is, it is the lesson
        return Attempt(code, (), type(problem).__name__, _cut(str(problem))), dict(given)
    variables.pop("__builtins__")
    return Attempt(code, tuple(describe(name, variables[name]) for name in show)), variables


def run_apart(code: str, show: str) -> Attempt:
    """Run lines that write files in a process and a folder of their own, which is gone afterwards.

    The folder is two levels deep, so that `..` stays inside. `show` is an expression for the text to keep.
    """
    with tempfile.TemporaryDirectory() as root:
        start = Path(root, "project", "notebook")
        start.mkdir(parents=True)
        script = f"{code}\nprint({show}, end='')"
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", script],
            cwd=start, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False,
            env={name: value for name, value in os.environ.items() if name in ("SYSTEMROOT", "PATH")},
        )  # fmt: skip
    if done.returncode:
        error, _mark, message = done.stderr.strip().rpartition("\n")[2].partition(": ")
        return Attempt(code, (), error, _cut(message))
    return Attempt(code, (TextResult("", done.stdout),))


def describe(name: str, value: "pd.DataFrame | pd.Series | torch.Tensor | str | Path") -> Result:
    """Return what a variable holds, a table, a tensor or text, as plain data; a series is a table of one column."""
    if isinstance(value, pd.DataFrame | pd.Series):
        table = value.to_frame() if isinstance(value, pd.Series) else value
        head = table.iloc[:ROWS_SHOWN, :COLUMNS_SHOWN]
        head.attrs = {}
        return TableResult(name, head, tuple(str(dtype) for dtype in head.dtypes), value.shape)
    if isinstance(value, str | Path):
        return TextResult(name, str(value))
    return _describe_tensor(name, value)


def _describe_tensor(name: str, tensor: "torch.Tensor") -> TensorResult:
    head = tensor[:ROWS_SHOWN] if tensor.ndim < 2 else tensor[:ROWS_SHOWN, :ENTRIES_SHOWN]
    missing = int(tensor.isnan().sum()) if tensor.is_floating_point() else 0
    dtype = str(tensor.dtype)
    return TensorResult(name, str(head), dtype, tuple(tensor.shape), missing)


def _cut(message: str) -> str:
    return message if len(message) <= LONGEST_MESSAGE else message[: LONGEST_MESSAGE - 1] + "…"
