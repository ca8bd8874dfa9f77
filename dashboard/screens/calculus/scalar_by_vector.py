"""The first case of matrix derivatives: a scalar by a column vector, as a row and as a column, side by side."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from core.calculus.expression.parser import Expression
from core.calculus.expression.printing import to_latex
from core.calculus.layouts import Derivative, Layout, book_shape, of_scalar, share_of
from core.calculus.torch_values import torch_gradient
from core.formatting import format_latex, format_number
from core.language import _
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.screens.calculus.identities import numbers
from dashboard.ui import text_fields
from dashboard.ui.escape import escape_markdown

SHORT = 40  # characters of all formulas together; longer ones are left out of the row
MOST_SHOWN = 5  # entries


def draw_scalar_by_vector() -> None:
    """Draw the two fields, the derivative in both layouts, and torch's."""
    st.header(_("A scalar by a column vector"), anchor=False)
    left, right = st.columns([3, 2])
    with left:
        text = text_fields.field("calculus_scalar", _("y, one number: a function of x1, x2, …"))
    with right:
        column = tensor_field("calculus_column", _("at the column x ="))
    inputs = {"calculus_scalar": text, "calculus_column": column}
    function, found = text_fields.answer("calculus_scalar_by_vector", inputs, _work_out).value
    left, right = st.columns(2)
    with left:
        _draw_layout(found, _("Numerator layout, a row"), "numerator")
    with right:
        _draw_layout(found, _("Denominator layout, a column"), "denominator")
    st.markdown(escape_markdown(_tell(function, found)))


def _work_out(calculus_scalar: str, calculus_column: str) -> tuple[Expression, Derivative]:
    return of_scalar(calculus_scalar, numbers(calculus_column))


def _draw_layout(found: Derivative, title: str, layout: Layout) -> None:
    shape = book_shape((), found.x.shape, layout)
    st.markdown(_("**{title}**, `{shape}`").format(title=title, shape=shape))
    formulas = [to_latex(root) for root in found.formulas.values()]
    values = [format_latex(value) for value in found.entries.tolist()]
    pieces = [values] if len("".join(formulas)) > SHORT else [formulas, values]
    written = " = ".join(_bracketed(entries, layout) for entries in pieces)
    st.latex(rf"\frac{{\partial y}}{{\partial x}} = {written}")


def _bracketed(entries: Sequence[str], layout: Layout) -> str:
    """Return entries as a row or as a column; of many, the first ones and the last."""
    shown = list(entries)
    if len(shown) > MOST_SHOWN:
        dots = r"\cdots" if layout == "numerator" else r"\vdots"
        shown = [*shown[: MOST_SHOWN - 2], dots, shown[-1]]
    between = " & " if layout == "numerator" else r" \\ "
    return rf"\begin{{bmatrix}} {between.join(shown)} \end{{bmatrix}}"


def _tell(function: Expression, found: Derivative) -> str:
    by_torch = np.array(torch_gradient(function, *found.x.tolist()))
    gap = share_of(np.abs(by_torch - found.entries), found.entries)
    template = _(
        "One number for each entry of x: both layouts hold the same, and each is the other one transposed. torch's "
        "x.grad has the shape of x, so for this column it is the column, {shape}, the gradient. Autograd differs from "
        "the rules by {gap}, central differences by {measured}, relative to the largest entry."
    )
    shape = book_shape((), found.x.shape, "denominator")
    return template.format(shape=shape, gap=format_number(gap, 2), measured=format_number(found.gap, 2))
