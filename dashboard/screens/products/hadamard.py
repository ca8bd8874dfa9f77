"""The Hadamard product, elementwise."""

import streamlit as st

from core.language import _
from core.tensors.products import Product, hadamard
from dashboard.scenes.cells.products import entrywise_scene
from dashboard.screens.products import asking
from dashboard.ui import lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.printed import show_lines
from dashboard.ui.traps import trap


def draw_hadamard() -> None:
    """Draw the view."""
    st.markdown(_("What is `A * B`? Two tensors of the same shape, multiplied entry by entry."))
    texts = asking.fields(("products_first", _("Tensor A")), ("products_second", _("Tensor B")), lines=2)
    examples(
        "products_hadamard",
        {
            _("arange(20) by itself"): dict.fromkeys(("products_first", "products_second"), "arange(20).reshape(5, 4)"),
            _("Two vectors"): {"products_first": "[1, 2, 3]", "products_second": "[4, 5, 6]"},
            _("A mask"): {
                "products_first": "[[3, -1, 4], [-1, 5, -9]]",
                "products_second": "[[true, false, true], [false, true, false]]",
            },
        },
    )
    of = text_fields.answer("products_hadamard", texts, _multiply).value
    asking.shapes(f"{of.left.shape} * {of.right.shape}", of.result, of.notes)
    scene = entrywise_scene(of, "*", ("A", "B", "A * B"), _("A ⊙ B, entry by entry"))
    scenes.cells(scene, "products_hadamard_cells")
    st.latex(_formula(of))
    lines = f"import torch\n\nA = {asking.code_of(of.left)}\nB = {asking.code_of(of.right)}\nresult = A * B"
    show_lines({"A": of.left, "B": of.right}, "A * B")
    lesson.code(lines)
    lesson.traps(_traps)


def _multiply(products_first: str, products_second: str) -> Product:
    return hadamard(asking.read(products_first), asking.read(products_second))


def _formula(of: Product) -> str:
    general = r"(A \odot B)_{ij} = A_{ij}\, B_{ij}"
    if of.left.ndim != 2 or not of.result.size:
        return general
    first, second, product = (asking.tex(values[0, 0]) for values in (of.left, of.right, of.result))
    return asking.lines(general, rf"(A \odot B)_{{00}} = {first} \cdot {second} = {product}")


def _traps() -> list[Trap]:
    return [
        trap(
            _("A * B is not the matrix product."),
            _("Mathematics writes the matrix product as *AB*, but in torch `*` works entry by entry. Two square "
              "matrices allow both, without a warning; `@` is the matrix product."),
            "A = torch.tensor([[1, 2], [3, 4]])\nB = torch.tensor([[0, 1], [1, 0]])",
            ["A * B", "A @ B"],
        ),
        trap(
            _("(n, 1) with (n,) makes (n, n)."),
            _("A column and a row are broadcast without a warning. The difference of predictions (n, 1) and labels "
              "(n,) is then a matrix of all pairs, and its mean a wrong loss that trains badly."),
            "prediction = torch.tensor([[1.0], [2.0], [3.0]])\nlabel = torch.tensor([1.0, 2.0, 3.0])\n"
            "error = prediction - label",
            ["error", "(prediction.reshape(-1) - label)"],
        ),
        trap(
            _("Shapes that do not match."),
            _("Aligned from the right, lengths must be equal, or one of them 1."),
            "A = torch.ones(2, 3)\nB = torch.ones(2, 4)\nA * B",
        ),
        trap(
            _("Booleans multiply, but do not subtract."),
            _("`*` of two masks is *and*; `-` needs numbers."),
            "mask = torch.tensor([True, False])\nmask - mask",
        ),
    ]  # fmt: skip
