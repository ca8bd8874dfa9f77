"""A matrix times a matrix: rows times columns."""

import streamlit as st

from core.language import _
from core.tensors.products import Product, matrix_matrix
from dashboard.scenes.cells.products import entries_scene, outer_scene
from dashboard.screens.products import asking
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.printed import show_lines
from dashboard.ui.traps import trap


def draw_matrix_matrix() -> None:
    """Draw the view."""
    st.markdown(_("Which numbers make an entry of `A @ B`? A row of A and a column of B: point at an entry."))
    texts = asking.fields(("products_left", _("Matrix A")), ("products_right", _("Matrix B")), lines=3)
    examples(
        "products_matrix_matrix",
        {
            _("arange(20) and ones(4, 3)"): {
                "products_left": "arange(20).reshape(5, 4)",
                "products_right": "ones(4, 3)",
            },
            _("The identity"): {"products_left": "[[1, 2], [3, 4]]", "products_right": "[[1, 0], [0, 1]]"},
            _("Row by column"): {"products_left": "[[1, 2, 3]]", "products_right": "[[4], [5], [6]]"},
            _("Column by row"): {"products_left": "[[1], [2], [3]]", "products_right": "[[4, 5, 6]]"},
        },
    )
    by = controls.either("products_matrix_by", _("Read it"))
    of = text_fields.answer("products_matrix_matrix", texts, _multiply).value
    asking.shapes(f"{of.left.shape} @ {of.right.shape}", of.result, of.notes)
    if by == "entries" or not of.left.shape[1]:
        scenes.cells(entries_scene(of, _("A, B and A @ B, row by column")), "products_matrix_cells")
    else:
        scene = outer_scene(of, _("A @ B as a sum: a column of A times a row of B per step"))
        scenes.cells(scene, "products_outer_cells")
    st.latex(_formula(of))
    show_lines({"A": of.left, "B": of.right}, "torch.mm(A, B)")
    lesson.code(
        f"import torch\n\nA = {asking.code_of(of.left)}\nB = {asking.code_of(of.right)}\n"
        "result = A @ B  # or torch.mm(A, B)"
    )
    lesson.traps(_traps)


def _multiply(products_left: str, products_right: str) -> Product:
    return matrix_matrix(asking.read(products_left), asking.read(products_right))


def _formula(of: Product) -> str:
    general = r"(AB)_{ij} = \sum_k A_{ik}\, B_{kj}"
    terms = asking.tex_terms(zip(of.left[0], of.right[:, 0], strict=True)) if of.result.size else ""
    return asking.lines(general, rf"(AB)_{{00}} = {terms} = {asking.tex(of.result[0, 0])}") if terms else general


def _traps() -> list[Trap]:
    return [
        trap(
            _("A * B is not A @ B."),
            _("Two square matrices of the same size allow both, so the wrong operator goes unnoticed."),
            "A = torch.tensor([[1.0, 2.0], [3.0, 4.0]])\nB = torch.tensor([[0.0, 1.0], [1.0, 0.0]])",
            ["A * B", "A @ B"],
        ),
        trap(
            _("The inner lengths must be equal."),
            _("(n, k) @ (k, m): the first has as many columns as the second has rows. Often a transpose is missing, "
              "as in `A @ B.T`."),
            "A = torch.ones(2, 3)\nB = torch.ones(2, 3)\nA @ B",
        ),
        trap(
            _("The order matters."),
            _("A B and B A are different matrices, even where both exist."),
            "A = torch.tensor([[1.0, 2.0], [3.0, 4.0]])\nB = torch.tensor([[0.0, 1.0], [1.0, 0.0]])",
            ["A @ B", "B @ A"],
        ),
        trap(
            _("Whole numbers times floats."),
            _("A matrix product needs the same dtype on both sides: `A.float() @ B`."),
            "A = torch.arange(4).reshape(2, 2)\nB = torch.ones(2, 2)\nA @ B",
        ),
        trap(
            _("torch.mm takes matrices only."),
            _("`@` and `torch.matmul` also take vectors and batches."),
            "torch.mm(torch.ones(2, 3), torch.ones(3))",
        ),
    ]  # fmt: skip
