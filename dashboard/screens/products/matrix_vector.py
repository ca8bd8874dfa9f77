"""A matrix times a vector: its rows, each as a dot product; or its columns, weighted."""

import streamlit as st

from core.language import _
from core.tensors.products import Product, matrix_vector
from dashboard.scenes.cells.products import columns_scene, rows_scene
from dashboard.screens.products import asking
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.printed import show_lines
from dashboard.ui.traps import trap


def draw_matrix_vector() -> None:
    """Draw the view."""
    st.markdown(_("What does a matrix do to a vector? Each entry of A x is the dot product of a row of A with x."))
    texts = asking.fields(("products_matrix", _("Matrix A")), ("products_vector", _("Vector x")), lines=2)
    examples(
        "products_matrix_vector",
        {
            _("arange(20) and arange(4)"): {
                "products_matrix": "arange(20).reshape(5, 4)",
                "products_vector": "arange(4)",
            },
            _("A quarter turn"): {"products_matrix": "[[0, -1], [1, 0]]", "products_vector": "[2, 1]"},
            _("Predictions X w"): {
                "products_matrix": "[[1, 2], [3, 4], [5, 6]]",
                "products_vector": "[2, -3.4]",
            },
        },
    )
    by = controls.either("products_vector_by", _("Read it"))
    of = text_fields.answer("products_matrix_vector", texts, _multiply).value
    asking.shapes(f"{of.left.shape} @ {of.right.shape}", of.result, of.notes)
    if by == "rows":
        scenes.cells(rows_scene(of, _("Each entry: a row times x")), "products_vector_cells")
    else:
        scenes.cells(columns_scene(of, _("The columns of A, weighted by x")), "products_vector_columns_cells")
    st.latex(_formula(of, by))
    show_lines({"A": of.left, "x": of.right}, "A.shape, x.shape, torch.mv(A, x)")
    lesson.code(
        f"import torch\n\nA = {asking.code_of(of.left)}\nx = {asking.code_of(of.right)}\n"
        "result = A @ x  # or torch.mv(A, x)"
    )
    lesson.traps(_traps)


def _multiply(products_matrix: str, products_vector: str) -> Product:
    return matrix_vector(asking.read(products_matrix), asking.read(products_vector))


def _formula(of: Product, by: str) -> str:
    if by == "columns":
        mixed = asking.tex_sum([rf"{asking.tex(value)}\, a_{{{k}}}" for k, value in enumerate(of.right)])
        return asking.lines(r"A x = \sum_k x_k\, a_k, \quad a_k = A_{:,k}", rf"A x = {mixed or 0}")
    general = r"(A x)_i = \sum_k A_{ik}\, x_k"
    terms = asking.tex_terms(zip(of.left[0], of.right, strict=True)) if of.result.size else ""
    return asking.lines(general, rf"(A x)_0 = {terms} = {asking.tex(of.result[0])}") if terms else general


def _traps() -> list[Trap]:
    return [
        trap(
            _("A * x is not A @ x."),
            _("`*` broadcasts x over the rows and multiplies entry by entry; nothing is summed."),
            "A = torch.tensor([[1.0, 2.0], [3.0, 4.0]])\nx = torch.tensor([10.0, 1.0])",
            ["A * x", "A @ x"],
        ),
        trap(
            _("As many entries as columns."),
            _("The last axis of A and the axis of x must have the same length."),
            "A = torch.ones(5, 4)\nx = torch.ones(5)\nA @ x",
        ),
        trap(
            _("Whole numbers times floats."),
            _("A matrix product needs the same dtype on both sides."),
            "A = torch.arange(6).reshape(2, 3)\nx = torch.ones(3)\nA @ x",
        ),
        trap(
            _("A column gives a column."),
            _("With x of shape (n, 1) the result has shape (m, 1). Subtract a vector (m,) from it, and torch "
              "broadcasts both to (m, m) without a warning."),
            "A = torch.ones(3, 2)\ny = torch.ones(3)\nprediction = A @ torch.ones(2, 1)",
            ["prediction.shape", "(prediction - y).shape"],
        ),
    ]  # fmt: skip
