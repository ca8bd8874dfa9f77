"""A tensor and one number."""

import streamlit as st

from core.errors import PointedError
from core.language import _
from core.tensors.products import SIGNS, Product, ScalarOperation, with_scalar
from dashboard.scenes.cells.products import entrywise_scene
from dashboard.screens.products import asking
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.printed import show_lines
from dashboard.ui.traps import trap


def draw_scalar() -> None:
    """Draw the view."""
    st.markdown(_("What does one number do to a tensor? It is applied to every entry, and the shape stays the same."))
    left, middle, right = st.columns([5, 5, 2], vertical_alignment="top")
    with left:
        texts = asking.fields(("products_tensor", _("Tensor X")))
    with middle:
        operation = controls.either("products_operation", _("Operation"))
    with right:
        texts["products_scalar"] = text_fields.field("products_scalar", _("Number a"))
    examples(
        "products_scalar",
        {
            _("2 + X, three axes"): {
                "products_tensor": "arange(24).reshape(2, 3, 4)",
                "products_scalar": "2",
                "products_operation": "add",
            },
            _("By a half"): {
                "products_tensor": "[[1, 2], [3, 4]]",
                "products_scalar": "0.5",
                "products_operation": "multiply",
            },
            _("By zero"): {
                "products_tensor": "[-1, 0, 1]",
                "products_scalar": "0",
                "products_operation": "divide",
            },
        },
    )
    inputs = {**texts, "products_operation": operation}
    answer = text_fields.answer("products_scalar", inputs, _compute)
    of, sign = answer.value, SIGNS[answer.inputs["products_operation"]]
    asking.shapes(f"{of.left.shape} {sign} scalar", of.result, of.notes)
    scene = entrywise_scene(of, sign, ("X", "a", f"X {sign} a"), _("X and a, entry by entry"))
    scenes.cells(scene, "products_scalar_cells")
    st.latex(_formula(of, answer.inputs["products_operation"]))
    chosen = [] if sign in "+*" else [f"X {sign} a"]
    show_lines({"X": of.left}, f"a = {_literal(of)}", "a + X, (a * X).shape", *chosen)
    lesson.code(f"import torch\n\nX = {asking.code_of(of.left)}\nresult = X {sign} {_literal(of)}")
    lesson.traps(_traps)


def _compute(products_tensor: str, products_scalar: str, products_operation: ScalarOperation) -> Product:
    number = asking.read(products_scalar)
    if number.size != 1:
        text = _("One number was needed for a; got {count}.").format(count=number.size)
        raise PointedError(text, products_scalar, 0)
    return with_scalar(asking.read(products_tensor), products_operation, number.item())


def _literal(of: Product) -> str:
    text = repr(of.right.item())
    return f'float("{text}")' if text.strip("-") in ("inf", "nan") else f"({text})" if text.startswith("-") else text


def _formula(of: Product, operation: ScalarOperation) -> str:
    write = {
        "add": r"{x} + {a}",
        "subtract": r"{x} - {a}",
        "multiply": r"{x} \cdot {a}",
        "divide": r"\frac{{{x}}}{{{a}}}",
        "power": r"{x}^{{{a}}}",
    }[operation]
    letters = "ijklmnpqrst"[: of.left.ndim]
    general = write.format(x=f"X_{{{letters}}}" if letters else "X", a="a")
    if not of.result.size:
        return general
    place = (0,) * of.left.ndim
    here = write.format(x=asking.tex(of.left[place]), a=asking.tex(of.right.reshape(())[()]))
    subscript = "0" * of.left.ndim
    return asking.lines(general, rf"X_{{{subscript}}}: \; {here} = {asking.tex(of.result[place])}")


def _traps() -> list[Trap]:
    return [
        trap(
            _("Whole numbers times a fraction become float32."),
            _("A Python number does not raise the precision: torch uses its default float32, with seven digits, not "
              "Python's sixteen."),
            "X = torch.tensor([1, 2, 3])\nY = X * 0.1\nexact = X.double() * 0.1",
            ["Y", "exact"],
        ),
        trap(
            _("Whole numbers have no negative powers."),
            _("Write one of them with a point: `X.double() ** -1`."),
            "X = torch.tensor([1, 2, 3])\nX ** -1",
        ),
        trap(
            _("In place, the dtype stays the same."),
            _("`X *= 0.5` would have to store fractions in a tensor of whole numbers."),
            "X = torch.tensor([1, 2, 3])\nX *= 0.5",
        ),
        trap(
            _("Division by zero raises nothing."),
            _("Floats give infinity, and 0/0 is nan; only `//` and `%` of whole numbers raise."),
            "X = torch.tensor([-1, 0, 1])",
            ["X / 0"],
        ),
    ]  # fmt: skip
