"""Parse a tensor from typed or pasted text, and write it back."""

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError, PointedError
from core.formatting import format_count
from core.language import _
from core.tensors.parsing.literal import Reader
from core.tensors.parsing.pasted_lines import tensor_only
from core.tensors.parsing.rows import read_rows

MOST_CHARACTERS = 200_000


def parse_tensor(text: str, *, most_axes: int = 3, most_cells: int = 10_000) -> NDArray[np.generic]:
    """Return the tensor written in a text: int64 if all entries are whole, bool if all are true or false, else float64.

    Accepts nested brackets with or without commas, what torch and NumPy print, `arange(12).reshape(3, 4)`, `ones`,
    `zeros`, `eye`, `full`, `linspace`, `zeros_like([1, 2])`, with `torch.`, `np.` and options such as
    `dtype=torch.float32`, and rows of numbers pasted from a table (rows are separated by lines or semicolons, cells by
    tabs, commas or spaces). A name before it, `A = `, prompts, comments and imports are dropped. One number has no
    axis; one row, or one number on each line, has one. `nan` and `inf` are numbers here; an empty bracket is an empty
    tensor.
    Raises PointedError where parsing fails, or for more than `most_cells` entries or `most_axes` axes, InputError for a
    text longer than 200,000 characters.

    >>> parse_tensor("1 2; 3 4").tolist(), parse_tensor("[[1, 0.5]]").shape, parse_tensor("7").shape
    ([[1, 2], [3, 4]], (1, 2), ())
    """
    if len(text) > MOST_CHARACTERS:
        template = _("A tensor may have at most {most} characters; this text has {got}.")
        raise InputError(template.format(got=format_count(len(text)), most=format_count(MOST_CHARACTERS)))
    if not text.strip():
        raise PointedError(_("The field is empty; type numbers, for example 1 2 3 or [[1, 2], [3, 4]]."), text, 0)
    plain = tensor_only(text)
    if not plain.strip():
        sentence = _("There is no tensor in this text; type one after the name, for example 1 2 3 or [[1, 2], [3, 4]].")
        raise PointedError(sentence, text, len(text))
    try:
        array = _array(_read(plain, most_cells))
    except PointedError as problem:
        raise PointedError(str(problem), text, problem.position) from None
    if array.ndim > most_axes:
        template = _("At most {most} axes can be drawn, and this tensor has {got}; remove a level of brackets.")
        raise PointedError(template.format(most=most_axes, got=array.ndim), text, 0)
    return array


def _read(text: str, most_cells: int) -> object:
    first = text.lstrip()[0]
    coded = first in "[(" or (first.isalpha() and text.lstrip()[:3].lower() not in ("nan", "inf", "tru", "fal"))
    if coded:
        return Reader(text.rstrip(" \t\r\n;"), most_cells).read()
    rows = read_rows(text, most_cells)
    single = len(rows) == 1 and not any(mark in text for mark in ",;\t\n")
    return rows[0] if single else rows


def _array(value: object) -> NDArray[np.generic]:
    array = np.asarray(value)
    if isinstance(value, np.ndarray) or array.dtype == bool:
        return array
    return array.astype(np.int64 if array.size and array.dtype.kind == "i" else np.float64)


def tensor_text(array: NDArray[np.generic]) -> str:
    """Return a tensor as text that `parse_tensor` reads back, and torch.tensor too unless it holds nan or inf.

    >>> tensor_text(np.array([[1.0, 0.5]])), tensor_text(np.zeros((0, 3)))
    ('[[1.0, 0.5]]', 'zeros(0, 3)')
    """
    if array.size == 0:
        return "[]" if array.shape == (0,) else f"zeros({', '.join(map(str, array.shape))})"
    return str(array.tolist())


def tensor_code(array: NDArray[np.generic], *, double: bool = True) -> str:
    """Return the torch expression that makes a tensor: with dtype=torch.float64 for floats, unless `double` is False.

    >>> tensor_code(np.array([1, 2])), tensor_code(np.array([np.nan]), double=False)
    ('torch.tensor([1, 2])', 'torch.tensor([torch.nan])')
    """
    ending = ", dtype=torch.float64" if double and array.dtype.kind == "f" else ""
    if array.size == 0:
        return f"torch.zeros({array.shape}{ending})"
    listed = str(array.tolist()).replace("nan", "torch.nan").replace("inf", "torch.inf")
    return f"torch.tensor({listed}{ending})"
