"""Lines of torch and what a Python prompt prints after them, the type of every tensor beside it."""

import ast
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import torch

Array: TypeAlias = npt.NDArray[Any]
FLOAT32 = np.finfo(np.float32)
LONGEST = 8_000  # characters of one answer


@dataclass(frozen=True)
class Printed:
    """A line that was run, and what it printed.

    Attributes:
        line: as it was run.
        text: what a prompt prints, "" for nothing; the exception with its message, where one was raised.
        shape: of a tensor, None of anything else.
        dtype: of a tensor, such as torch.int64, "" of anything else.
        error: the class of the exception, "" where there was none.
    """

    line: str
    text: str
    shape: tuple[int, ...] | None = None
    dtype: str = ""
    error: str = ""

    @property
    def said(self) -> str:
        """Return the line after a prompt, the type of its answer beside it, and the answer below."""
        kind = "" if self.shape is None else f"  # {self.dtype.removeprefix('torch.')}, {self.shape}"
        return f">>> {self.line}{kind}" + f"\n{self.text}" * bool(self.text)


def print_lines(given: Mapping[str, Array], lines: Sequence[str]) -> tuple[Printed, ...]:
    """Run lines written in this program one after another; return what each prints.

    Arrays of `given` become new tensors, see `as_torch`. A line may hold several statements; the value of the last one
    is printed if it is an expression. An exception ends its line only.

    >>> [line.text for line in print_lines({"A": np.array([1, 2])}, ["A.sum()", "B = A / 2; B", "A.mean(0)"])][:2]
    ['tensor(3)', 'tensor([0.5000, 1.0000])']
    """
    import torch

    variables: dict[str, Any] = {"torch": torch, **{name: as_torch(value) for name, value in given.items()}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns of a variance of one entry; its answer, nan, is printed
        return tuple(_run(line, variables) for line in lines)


def print_value(line: str, value: Array) -> Printed:
    """Return what a prompt prints for an array as a tensor, as the answer of this line."""
    return _printed(line, as_torch(value))


def as_torch(values: Array) -> "torch.Tensor":
    """Return a new tensor as a line without a dtype makes it: floats in float32, torch's default.

    Floats that float32 does not hold, beyond its range or below it, stay float64.
    """
    import torch

    return torch.tensor(values, dtype=torch.float32 if in_float32(values) else None)


def in_float32(values: Array) -> bool:
    """Return whether these are floats within the range of float32."""
    if values.dtype.kind != "f":
        return False
    sizes = np.abs(values[np.isfinite(values) & (values != 0)])
    return not sizes.size or bool(sizes.max() <= FLOAT32.max and sizes.min() >= FLOAT32.tiny)


def _run(line: str, variables: dict[str, Any]) -> Printed:
    tree = ast.parse(line)
    ending = tree.body[-1]
    last = ending if isinstance(ending, ast.Expr) else None
    if last is not None:
        tree.body.pop()
    try:
        exec(compile(tree, "<lines>", "exec"), variables)
        if last is None:
            return Printed(line, "")
        return _printed(line, eval(compile(ast.Expression(last.value), "<lines>", "eval"), variables))
    except Exception as problem:  # any exception is part of the lesson
        error = type(problem).__name__
        return Printed(line, f"{error}: {str(problem)[:LONGEST]}", error=error)


def _printed(line: str, value: Any) -> Printed:  # noqa: ANN401
    text = repr(value)[:LONGEST]
    if hasattr(value, "requires_grad") and hasattr(value, "dim"):  # a tensor, detected without importing torch
        return Printed(line, text, tuple(value.shape), str(value.dtype))
    return Printed(line, text)
