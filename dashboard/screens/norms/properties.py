"""The three properties of a norm, tried on the visitor's vectors."""

import streamlit as st

from core.formatting import format_latex
from core.language import _, ngettext
from core.tensors.norms import length
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.screens.norms.play import play
from dashboard.screens.norms.vectors import (
    Vector,
    aligned,
    code_power,
    code_vector,
    drawable_vector,
    finite_latex,
    fitted_to,
    power_latex,
)
from dashboard.ui import lesson, text_fields
from dashboard.ui.examples import Examples, examples
from dashboard.visit import settings

PLACES = {"x": "norms_x", "y": "norms_y", "p": "norms_any_p", "factor": "norms_factor"}


def draw_properties() -> None:
    """Draw the fields, the moving picture, and the properties in numbers."""
    st.markdown(
        _("A **norm** has these three properties, for all vectors. Try to violate one: move p, the factor α, and "
          "both vectors.")
    )  # fmt: skip
    fields = st.columns(2)
    with fields[0]:
        tensor_field("norms_x", _("Your vector x"))
    with fields[1]:
        tensor_field("norms_y", _("A second vector y"))
    inputs = {key: settings.text(key) for key in ("norms_x", "norms_y")}
    x, y = text_fields.answer("norms_properties", inputs, _read).value
    if len(x) != len(y):
        _tell_fitted(len(x), len(y))
        y = fitted_to(y, len(x))
    play(x, y, PLACES, ball=False)
    p, factor = float(settings.value("norms_any_p")), float(settings.value("norms_factor"))
    examples("norms_properties", _examples())
    _work_out(x, y, p, factor)
    lesson.code(code(x, y, p, factor))
    lesson.traps(_traps)


def _read(norms_x: str, norms_y: str) -> tuple[Vector, Vector]:
    return drawable_vector(norms_x, "x"), drawable_vector(norms_y, "y")


def _tell_fitted(wanted: int, came: int) -> None:
    template = ngettext(
        "x has {wanted} entry and y {got}; to add them, y is padded with zeros or truncated.",
        "x has {wanted} entries and y {got}; to add them, y is padded with zeros or truncated.",
        wanted,
    )
    st.caption(template.format(wanted=wanted, got=came))


def _examples() -> Examples:
    plain_pair = {"norms_x": "3 -4", "norms_y": "1 2.5", "norms_any_p": 2.0, "norms_factor": -1.5}
    return {
        _("(3, −4) from the book"): plain_pair,
        _("Six entries"): {**plain_pair, "norms_x": "1 -2 3 0 2 -1", "norms_y": "2 1 -1 1 0 3"},
        _("The same direction"): {**plain_pair, "norms_x": "2 1", "norms_y": "4 2"},
    }


def _work_out(x: Vector, y: Vector, p: float, factor: float) -> None:
    scaled, first, second, whole = (length(vector, p) for vector in (factor * x, x, y, x + y))
    mark = f"_{{{power_latex(p)}}}"
    sign = r"\le" if whole <= (first + second) * (1 + 1e-9) else ">"
    product, both = finite_latex(abs(factor) * first), finite_latex(first + second)
    lines = (
        rf"\|{{{format_latex(factor)}}}\,x\|{mark} &= {finite_latex(scaled)}",
        rf"|\alpha| \cdot \|x\|{mark} &= {format_latex(abs(factor))} \cdot {finite_latex(first)} = {product}",
        rf"\|x\|{mark} + \|y\|{mark} &= {finite_latex(first)} + {finite_latex(second)} = {both}",
        rf"\|x + y\|{mark} &= {finite_latex(whole)} \;{sign}\; {both}",
    )
    st.latex(aligned(lines))


def code(x: Vector, y: Vector, p: float, factor: float) -> str:
    """Return the code for torch: the three properties on these vectors."""
    return (
        "import torch\n\n"
        f"p, alpha = {code_power(p)}, {factor!r}\n"
        f"x = {code_vector(x)}\n"
        f"y = {code_vector(y)}\n"
        "norm = torch.linalg.vector_norm\n"
        "scaling = torch.isclose(norm(alpha * x, p), abs(alpha) * norm(x, p))\n"
        "triangle = norm(x + y, p) <= (norm(x, p) + norm(y, p)) * (1 + 1e-9)\n"
        "positive = (norm(x, p) > 0) == x.any()\n"
        "print(scaling, triangle, positive)"
    )


def _traps() -> list[lesson.Trap]:
    return [
        lesson.Trap(
            _("|α|, not α."),
            _("Reversing a vector does not make its length negative: the factor −2 makes it twice as long."),
        ),
        lesson.Trap(
            _("The square of a norm is not a norm."),
            _("‖2x‖² is four times ‖x‖², where a norm doubles. A loss or a penalty is often the square, since its "
              "derivative is simpler; it is not a length."),
        ),
        lesson.Trap(
            _("Compare floats with a tolerance."),
            _("Both sides of the triangle inequality are rounded. Where x and y have the same direction they are "
              "equal, and `<=` may return False because of the last digit."),
        ),
    ]  # fmt: skip
