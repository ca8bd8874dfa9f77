"""Transpose: rows become columns."""

import streamlit as st

from core.language import _
from core.tensors.products import Transposed, transpose
from dashboard.scenes.cells.products import transposed_scene
from dashboard.screens.products import asking
from dashboard.ui import lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.printed import show_lines
from dashboard.ui.traps import trap


def draw_transpose() -> None:
    """Draw the view."""
    st.markdown(_("What happens to a matrix when its rows become columns?"))
    texts = asking.fields(("products_turned", _("Matrix A")), lines=3)
    examples(
        "products_transpose",
        {
            _("arange(20), 5 × 4"): {"products_turned": "arange(20).reshape(5, 4)"},
            _("A symmetric one"): {"products_turned": "[[1, 2, 3], [2, 0, 4], [3, 4, 5]]"},
            _("One row"): {"products_turned": "[[1, 2, 3]]"},
        },
    )
    of = text_fields.answer("products_turned", texts, _turn).value
    asking.shapes(f"{of.matrix.shape}", of.result)
    scenes.cells(transposed_scene(of, _("A and its transpose")), "products_transpose_cells")
    st.latex(r"(A^\top)_{ji} = A_{ij}")
    st.markdown(_verdict(of))
    show_lines({"A": of.matrix}, "A", "A.T")
    lesson.code(f"import torch\n\nA = {asking.code_of(of.matrix)}\nresult = A.T\nsame = torch.equal(A, A.T)")
    lesson.traps(_traps)


def _turn(products_turned: str) -> Transposed:
    return transpose(asking.read(products_turned))


def _verdict(of: Transposed) -> str:
    if of.symmetric is None:
        rows, columns = of.matrix.shape
        template = _("A is not square, so it cannot equal its transpose: {rows} × {columns} became {columns} × {rows}.")
        return template.format(rows=rows, columns=columns)
    if of.symmetric:
        return _("A equals its transpose: it is **symmetric**.")
    return _("A is square, but differs from its transpose: it is **not symmetric**.")


def _traps() -> list[Trap]:
    return [
        trap(
            _("A vector has no transpose."),
            _("It has only one axis: `x.T` is `x`, and torch warns that this will become an error. For a column add "
              "a second axis."),
            "x = torch.arange(3)\ncolumn = x.reshape(-1, 1)   # or x[:, None]",
            ["x.shape", "column.shape", "column.T.shape"],
        ),
        trap(
            _("A transpose is not a copy."),
            _("`A.T` reads the memory of A in another order. Writing into one changes both."),
            "A = torch.zeros(2, 3)\nB = A.T\nB[0, 1] = 7",
            ["A"],
        ),
        trap(
            _("A transpose cannot be viewed as a vector."),
            _("It is not contiguous in memory, so `view` raises; `reshape` copies."),
            "A = torch.arange(6).reshape(2, 3)\nA.T.view(-1)",
        ),
        trap(
            _("With three axes, .T is not the batch transpose."),
            _("For a batch of matrices `.mT` swaps the last two axes; `.T` reverses all three, and is deprecated."),
            "X = torch.zeros(2, 3, 4)\nturned = X.mT",
            ["X.shape", "turned.shape"],
        ),
    ]  # fmt: skip
