"""The dot product: a sum of products, an angle, and a weighted mean."""

import numpy as np
import streamlit as st

from core import formatting
from core.language import _
from core.tensors.products import Product, WeightedMean, angle, dot, weighted_mean
from dashboard.charts.products import balance_chart, balance_sentence, sum_chart, sum_sentence
from dashboard.scenes.cells.products import dot_scene, weighted_scene
from dashboard.screens.products import asking
from dashboard.ui import chart, controls, lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.page import boxes
from dashboard.ui.printed import show_lines
from dashboard.ui.traps import trap


def draw_dot() -> None:
    """Draw the view."""
    st.markdown(_("How do two vectors become one number? Multiply their entries in pairs, and add up."))
    meaning = controls.either("products_meaning", _("Read it"))
    if meaning == "sum":
        _draw_sum()
    else:
        _draw_weights()
    lesson.traps(_traps)


def _draw_sum() -> None:
    texts = asking.fields(("products_x", _("Vector x")), ("products_y", _("Vector y")))
    examples(
        "products_dot",
        {
            _("arange(4) and ones(4)"): {"products_x": "arange(4)", "products_y": "ones(4)"},
            _("At right angles"): {"products_x": "[1, 2]", "products_y": "[-2, 1]"},
            _("Opposite"): {"products_x": "[1, 2, 3]", "products_y": "[-2, -4, -6]"},
        },
    )
    of = text_fields.answer("products_dot", texts, _multiply).value
    asking.shapes(f"{of.left.shape} · {of.right.shape}", of.result, of.notes)
    scenes.cells(dot_scene(of, _("x · y")), "products_dot_cells")
    st.latex(_formula(of))
    _show_angle(of)
    products = of.left.astype(np.float64) * of.right.astype(np.float64)
    if np.isfinite(products).all() and products.size:
        chart.draw_chart(sum_chart(products), sum_sentence(products))
    show_lines({"x": of.left, "y": of.right}, "x, y, torch.dot(x, y)", "torch.sum(x * y)")
    lesson.code(
        f"import torch\n\nx = {asking.code_of(of.left)}\ny = {asking.code_of(of.right)}\n"
        "result = torch.dot(x, y)\nas_sum = (x * y).sum()\nas_matmul = x @ y"
    )


def _multiply(products_x: str, products_y: str) -> Product:
    return dot(asking.read(products_x), asking.read(products_y))


def _formula(of: Product) -> str:
    general = r"x^\top y = \sum_i x_i\, y_i"
    terms = asking.tex_terms(zip(of.left, of.right, strict=True))
    return asking.lines(general, rf"x^\top y = {terms} = {asking.tex(of.result[()])}" if terms else r"x^\top y = 0")


def _show_angle(of: Product) -> None:
    degrees = angle(of.left, of.right)
    if degrees is None:
        st.caption(_("The angle is not defined: a vector has length 0, or holds nan or inf."))
        return
    x, y = (float(np.linalg.norm(vector.astype(np.float64))) for vector in (of.left, of.right))
    boxes(
        [
            ("x · y", formatting.format_number(of.result.item())),
            (_("length of x"), formatting.format_number(x)),
            (_("length of y"), formatting.format_number(y)),
            (
                _("angle"),
                f"{formatting.format_number(degrees, 4)}°",
                _("x · y = ‖x‖ ‖y‖ cos(angle): 0 at right angles."),
            ),
        ]
    )


def _draw_weights() -> None:
    texts = asking.fields(("products_values", _("Values x")), ("products_weights", _("Weights w")))
    examples(
        "products_weights",
        {
            _("Equal weights"): {"products_values": "[2, 4, 9]", "products_weights": "[1, 1, 1]"},
            _("Marks by credits"): {
                "products_values": "[85, 92, 78, 60]",
                "products_weights": "[6, 3, 3, 1]",
            },
            _("All weight on one"): {"products_values": "[2, 4, 9]", "products_weights": "[0, 0, 5]"},
        },
    )
    of = text_fields.answer("products_weights", texts, _mean).value
    asking.shapes(f"{of.shares.shape} · {of.values.shape}", np.asarray(of.mean))
    scenes.cells(weighted_scene(of, _("Weights that sum to 1 make the dot product a mean")), "products_weights_cells")
    terms = asking.tex_terms(zip(of.shares, of.values, strict=True))
    general = r"\bar x = \sum_i \frac{w_i}{\sum_j w_j}\, x_i"
    st.latex(asking.lines(general, rf"\bar x = {terms} = {asking.tex(of.mean)}"))
    chart.draw_chart(balance_chart(of), balance_sentence(of))
    lesson.code(
        f"import torch\n\nx = {asking.code_of(of.values)}\nw = {asking.code_of(of.weights)}\n"
        "shares = w / w.sum()\nresult = torch.dot(shares, x)"
    )


def _mean(products_values: str, products_weights: str) -> WeightedMean:
    return weighted_mean(asking.read(products_values), asking.read(products_weights))


def _traps() -> list[Trap]:
    return [
        trap(
            _("Whole numbers times floats."),
            _("`arange(4)` is int64 and `ones(4)` is float32. `*` promotes to a common dtype, `dot` and `@` raise: "
              "make both floats."),
            "x = torch.arange(4)\ny = torch.ones(4)\ntorch.dot(x, y)",
        ),
        trap(
            _("torch.dot takes vectors only."),
            _("A column (n, 1) is a matrix. NumPy's `dot` would multiply matrices; torch's does not."),
            "x = torch.ones(3, 1)\ny = torch.ones(3, 1)\ntorch.dot(x, y)",
        ),
        trap(
            _("Both need the same length."),
            _("`dot` never broadcasts."),
            "torch.dot(torch.ones(3), torch.ones(4))",
        ),
        trap(
            _("Weights that do not sum to 1."),
            _("Then the dot product is not a mean: it may lie outside the range of the values. Divide by the sum "
              "first."),
            "x = torch.tensor([2.0, 4.0, 9.0])\nw = torch.tensor([1.0, 1.0, 2.0])",
            ["torch.dot(w, x)", "torch.dot(w / w.sum(), x)"],
        ),
    ]  # fmt: skip
