"""Run a few lines of code: the values of variables afterwards, or the exception raised."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import torch

ROWS_SHOWN = 4
COLUMNS_SHOWN = 8
ENTRIES_SHOWN = 5  # of a row of a tensor: torch wraps longer lines
VECTOR_SHOWN = 12
LONGEST_MESSAGE = 400
SECONDS = 20
_LINES = "<lines>"  # the file name of these lines in a traceback


@dataclass(frozen=True, eq=False)
class TableResult:
    """What a variable holds that is a table.

    Attributes:
        name: of the variable.
        head: its first 4 rows and 8 columns.
        dtypes: of these columns.
        shape: of the whole table.
    """

    name: str
    head: pd.DataFrame
    dtypes: tuple[str, ...]
    shape: tuple[int, ...]


@dataclass(frozen=True)
class TensorResult:
    """What a variable holds that is a tensor or an array.

    Attributes:
        name: of the variable.
        text: its beginning as torch or numpy prints it: 12 entries of a vector, 4 rows and 5 columns of anything
            larger.
        dtype: of its entries.
        shape: of all of it.
        missing: how many NaN are in all of it.
    """

    name: str
    text: str
    dtype: str
    shape: tuple[int, ...]
    missing: int


@dataclass(frozen=True)
class TextResult:
    """A variable that holds a path or text, or the repr of anything else, such as None or a number.

    Attributes:
        name: of the variable.
        text: its value.
    """

    name: str
    text: str


Result: TypeAlias = TableResult | TensorResult | TextResult


@dataclass(frozen=True, eq=False)
class Execution:
    """Lines that were run.

    Attributes:
        code: the lines.
        results: what their variables hold.
        error: the class of the exception, None where there was none.
        message: its text, None where there was none.
        line: the line that raised it, counted from 1, where that is known.
    """

    code: str
    results: tuple[Result, ...] = ()
    error: str | None = None
    message: str | None = None
    line: int | None = None

    @property
    def worked(self) -> bool:
        """Whether no exception was raised."""
        return self.error is None


def run(code: str, given: Mapping[str, Any], show: Sequence[str]) -> tuple[Execution, dict[str, Any]]:
    """Run lines written in this program with these variables; return the execution and the variables afterwards.

    The only user data in the lines are names of columns, as Python literals; values are passed as variables. `show` are
    the variables, or expressions of them such as `x.grad`, whose values are kept. `given` and the tables in it are not
    changed; a tensor or an array is, if the lines write into it. After an exception the given variables are returned.

    >>> run("y = 2 * x", {"x": 4}, ["y", "y / 3 > x"])[0].results
    (TextResult(name='y', text='8'), TextResult(name='y / 3 > x', text='False'))
    >>> attempt, _variables = run("x = 0\\ny = 1 / x", {}, ["y"])
    >>> attempt.error, attempt.message, attempt.line
    ('ZeroDivisionError', 'division by zero', 2)
    """
    # Lines may set columns in place. A shallow copy has its own columns, so the given table does not change.
    variables = {name: value.copy(deep=False) if hasattr(value, "columns") else value for name, value in given.items()}
    try:
        exec(compile(code, _LINES, "exec"), variables)
        results = tuple(describe(name, eval(name, variables)) for name in show)
    except Exception as problem:  # any exception is part of the lesson
        return Execution(code, (), type(problem).__name__, _cut(str(problem)), _line(problem)), dict(given)
    variables.pop("__builtins__")
    return Execution(code, results), variables


def _line(problem: Exception) -> int | None:
    """Return which of the lines that were run raised the exception."""
    trace = problem.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _LINES:
            return trace.tb_lineno
        trace = trace.tb_next
    return None


def run_apart(code: str, show: str) -> Execution:
    """Run lines that write files in a separate process and a temporary folder.

    The folder is two levels deep, so that `..` stays inside. `show` is an expression whose text is kept.
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
        return Execution(code, (), error, _cut(message))
    return Execution(code, (TextResult("", done.stdout),))


def describe(name: str, value: Any) -> Result:  # noqa: ANN401
    """Return the value of a variable (a table, a tensor, text or anything else) as plain data.

    A series is a table of one column.
    """
    if isinstance(value, pd.DataFrame | pd.Series):
        table = value.to_frame() if isinstance(value, pd.Series) else value
        head = table.iloc[:ROWS_SHOWN, :COLUMNS_SHOWN]
        head.attrs = {}
        return TableResult(name, head, tuple(str(dtype) for dtype in head.dtypes), value.shape)
    if isinstance(value, str | Path):
        return TextResult(name, str(value))
    if isinstance(value, np.ndarray):
        missing = int(np.isnan(value).sum()) if value.dtype.kind == "f" else 0
        return TensorResult(name, repr(_head(value)), str(value.dtype), value.shape, missing)
    if hasattr(value, "requires_grad") and hasattr(value, "dim"):  # a tensor, detected without importing torch
        missing = int(value.isnan().sum()) if value.is_floating_point() else 0
        return TensorResult(name, str(_head(value)), str(value.dtype), tuple(value.shape), missing)
    return TextResult(name, _cut(repr(value)))


def _head(value: "np.ndarray | torch.Tensor") -> "np.ndarray | torch.Tensor":
    """Return the first rows and columns; a short one is returned itself, since it is no view."""
    if value.ndim == 0 or (value.ndim == 1 and len(value) <= VECTOR_SHOWN):
        return value
    return value[:VECTOR_SHOWN] if value.ndim == 1 else value[:ROWS_SHOWN, :ENTRIES_SHOWN]


def _cut(message: str) -> str:
    return message if len(message) <= LONGEST_MESSAGE else message[: LONGEST_MESSAGE - 1] + "…"
