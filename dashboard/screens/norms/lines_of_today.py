"""torch.norm, which is deprecated, beside the lines that replace it: each run on the visitor's numbers."""

from typing import Any

import numpy.typing as npt
import streamlit as st

from core.language import _
from dashboard.screens.norms.vectors import code_power
from dashboard.ui.printed import show_lines

Typed = npt.NDArray[Any]


def draw_vector_lines(x: Typed, p: float) -> None:
    """Draw the old and the new lines for a vector as it was typed; whole numbers are refused first."""
    _say(_("`torch.linalg.vector_norm(x)`"), x)
    show_lines({"x": x}, *vector_lines(x, p))


def draw_matrix_lines(A: Typed) -> None:
    """Draw the old and the new lines for a matrix."""
    _say(_("`torch.linalg.matrix_norm(A)`, or `torch.linalg.vector_norm(A)` for its entries as one vector"), A)
    show_lines({"A": A}, *matrix_lines(A))
    st.markdown(
        _("The argument 2 means another norm in the new line: `torch.norm(A, 2)` is the Frobenius norm, "
          "`torch.linalg.matrix_norm(A, 2)` the spectral norm.")
    )  # fmt: skip


def vector_lines(x: Typed, p: float) -> list[str]:
    """Return the lines for a vector.

    >>> import numpy as np
    >>> vector_lines(np.array([3.0, -4.0]), 2.0)
    ['x', 'torch.norm(x)', 'torch.linalg.vector_norm(x)', 'torch.linalg.norm(x)', 'torch.abs(x).sum()']
    """
    new = ["torch.linalg.vector_norm(x)", "torch.linalg.norm(x)", "torch.abs(x).sum()"]
    chosen = [f"torch.linalg.vector_norm(x, {code_power(p)})"] * (p != 2)
    return ["x", *_refused("x", x), "torch.norm(x)", *new, *chosen]


def matrix_lines(A: Typed) -> list[str]:
    """Return the lines for a matrix."""
    new = [f"torch.linalg.{name}(A)" for name in ("matrix_norm", "norm", "vector_norm")]
    return [*_refused("A", A), "torch.norm(A)", *new, "torch.norm(A, 2)", "torch.linalg.matrix_norm(A, 2)"]


def _refused(name: str, values: Typed) -> list[str]:
    """Return what torch refuses for whole numbers and booleans, and what helps."""
    return [] if values.dtype.kind == "f" else [f"torch.norm({name})", f"{name} = {name}.float()"]


def _say(today: str, values: Typed) -> None:
    said = _("**`torch.norm` is deprecated**: it may be removed, and nobody maintains it. Today's line is {today}.")
    floats = _("A norm needs floats: whole numbers are refused, so write `3.0` or convert with `.float()`.")
    st.markdown(said.format(today=today) + ("" if values.dtype.kind == "f" else f" {floats}"))
