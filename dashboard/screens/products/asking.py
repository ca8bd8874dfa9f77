"""Shared by the views of products: fields, the line of shapes, and numbers in formulas."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from core import formatting
from core.language import _
from core.tensors import parse_tensor, tensor_code
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.scenes.cells.grid import shown
from dashboard.ui.escape import show_notes

MOST_CELLS = 2_500
LISTED = 12  # entries are always listed in code
MOST_TERMS = 6  # of a sum in a formula


def read(text: str) -> NDArray[np.generic]:
    """Parse a typed tensor that is small enough to show."""
    return parse_tensor(text, most_cells=MOST_CELLS)


def fields(*labels: tuple[str, str], lines: int = 1) -> dict[str, str]:
    """Draw fields for tensors side by side, from keys and labels; return the typed texts, by key."""
    columns = st.columns(len(labels)) if len(labels) > 1 else [st.container()]
    typed = {}
    for column, (key, label) in zip(columns, labels, strict=True):
        with column:
            typed[key] = tensor_field(key, label, lines=lines)
    return typed


def code_of(array: NDArray[np.generic]) -> str:
    """Return the torch expression of a tensor, short for larger ones that are a range or all 1.

    >>> code_of(np.arange(20).reshape(5, 4)), code_of(np.ones((4, 4)))
    ('torch.arange(20).reshape(5, 4)', 'torch.ones(4, 4, dtype=torch.float64)')
    """
    if array.size <= LISTED or array.dtype == bool:
        return tensor_code(array)
    ending = ", dtype=torch.float64" if array.dtype.kind == "f" else ", dtype=torch.int64"
    sides = ", ".join(map(str, array.shape))
    if (array == 1).all():
        return f"torch.ones({sides}{ending})"
    if (array.reshape(-1) == np.arange(array.size)).all():
        start = f"torch.arange({array.size}{ending if array.dtype.kind == 'f' else ''})"
        return start if array.ndim == 1 else f"{start}.reshape({sides})"
    return tensor_code(array)


def shapes(line: str, result: NDArray[np.generic], notes: Sequence[str] = ()) -> None:
    """Show the shapes before and after in one line, with the dtype of the result, and notes on dtypes."""
    st.markdown(_("**Shapes** `{line}` **→** `{shape}`, dtype `{dtype}`").format(
        line=line, shape=result.shape, dtype=f"torch.{result.dtype}"))  # fmt: skip
    show_notes(notes)


def tex(value: Any) -> str:
    """Return a number for a formula, a negative one in brackets; nan and ∞ as their symbols."""
    number = float(value)
    if number != number:
        return r"\text{nan}"
    if math.isinf(number):
        return r"\infty" if number > 0 else r"(-\infty)"
    text = formatting.format_latex(number)
    return f"({text})" if text.startswith("-") else text


def tex_terms(pairs: Iterable[tuple[Any, Any]]) -> str:
    """Return products as terms of a sum; a long one without its middle."""
    return tex_sum([rf"{tex(first)} \cdot {tex(second)}" for first, second in pairs])


def tex_sum(terms: Sequence[str]) -> str:
    """Return a sum of terms; a long one without its middle."""
    return " + ".join(r"\dots" if place is None else terms[place] for place in shown(len(terms), MOST_TERMS))


def lines(*formulas: str) -> str:
    """Return formulas one below the other, to fit a narrow screen."""
    joined = r" \\[0.4em] ".join(formulas)
    return rf"\begin{{gathered}}{joined}\end{{gathered}}"
