"""Lines of code for least squares, really run: their results, or the exceptions they raised."""

import time
import warnings
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from core.regression.data.validation import Array

Library: TypeAlias = Literal["torch", "numpy", "sklearn"]
Precision: TypeAlias = Literal["float32", "float64"]

SETUP = "A = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)"
_LONGEST_MESSAGE = 300


@dataclass(frozen=True)
class Snippet:
    """Code that sets `w` (d + 1,), the bias last, from A = [X 1] and y.

    Attributes:
        name: what it is called.
        library: whose arrays A and y are, torch's or numpy's.
        code: the lines.
        precision: the dtype of the arrays.
    """

    name: str
    library: Library
    code: str
    precision: Precision = "float64"


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a line left.

    Attributes:
        parameters (d + 1,): the bias last; None after an exception.
        rank: what the line took the rank for, if it returns one.
        error: the class of the exception, or None.
        message: its text, or None.
        seconds: what it took.
    """

    parameters: Array | None
    rank: int | None
    error: str | None
    message: str | None
    seconds: float


def run_snippet(line: Snippet, X: Array, y: Array) -> Outcome:
    """Run a snippet on rows X (n, d), y (n,). Its code is written in this package; no text of a table is in it.

    >>> numpys = Snippet("solve", "numpy", "w = numpy.linalg.solve(A.T @ A, A.T @ y)")
    >>> run_snippet(numpys, np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 3.0, 5.0])).parameters.round(9).tolist()
    [2.0, 1.0]
    >>> run_snippet(numpys, np.ones((3, 1)), np.ones(3)).error
    'LinAlgError'
    """
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        variables = _given(line, X, y)
        began = time.perf_counter()
        try:
            exec(line.code, variables)
        except Exception as problem:  # whatever it is, it is the lesson
            return Outcome(None, None, type(problem).__name__, _cut(str(problem)), time.perf_counter() - began)
    seconds = time.perf_counter() - began
    rank = np.asarray(variables.get("rank", ()))
    return Outcome(np.asarray(variables["w"], np.float64), int(rank) if rank.size else None, None, None, seconds)


def _given(line: Snippet, X: Array, y: Array) -> dict[str, Any]:
    A, labels = (values.astype(line.precision) for values in (np.column_stack([X, np.ones(len(X))]), y))
    if line.library == "torch":
        import torch

        return {"torch": torch, "A": torch.from_numpy(A), "y": torch.from_numpy(labels)}
    if line.library == "sklearn":
        from sklearn.linear_model import LinearRegression

        return {"numpy": np, "LinearRegression": LinearRegression, "A": A, "y": labels}
    return {"numpy": np, "A": A, "y": labels}


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_MESSAGE else line[: _LONGEST_MESSAGE - 1] + "…"
