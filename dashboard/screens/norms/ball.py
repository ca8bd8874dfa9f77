"""The unit ball: how it changes with p, and two points whose sum shows that p < 1 gives no norm."""

import streamlit as st

from core.formatting import format_latex
from core.language import _
from core.tensors.norms import length
from dashboard.screens.norms.play import play
from dashboard.screens.norms.vectors import Vector, code_power, code_vector, drawable_vector, finite_latex, power_latex
from dashboard.ui import lesson, text_fields
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings

PLACES = {"x": "norms_u", "y": "norms_v", "p": "norms_ball_p"}


def draw_ball() -> None:
    """Draw the fields, the ball, and the triangle inequality in numbers."""
    st.markdown(
        _("The **unit ball** is the set of all points of norm at most 1. Move p from ½ to ∞: what shape is it, and "
          "when is it that of a norm?")
    )  # fmt: skip
    fields = st.columns(2)
    with fields[0]:
        text_fields.field("norms_u", _("x, two entries"))
    with fields[1]:
        text_fields.field("norms_v", _("y, two entries"))
    inputs = {key: settings.text(key) for key in ("norms_u", "norms_v")}
    found = text_fields.answer("norms_ball", inputs, _read)
    x, y = found.value
    p = float(settings.value("norms_ball_p"))
    play(x, y, PLACES, ball=True)
    examples("norms_ball", _examples())
    _work_out(x, y, p)
    lesson.code(code(x, y, p))
    lesson.traps(_traps)


def _read(norms_u: str, norms_v: str) -> tuple[Vector, Vector]:
    return drawable_vector(norms_u, "x", 2), drawable_vector(norms_v, "y", 2)


def _examples() -> Examples:
    breaking = {"norms_u": "1 0", "norms_v": "0 1", "norms_ball_p": 0.5}
    return {
        _("Two that violate it at p = ½"): breaking,
        _("The same two at p = 2"): {**breaking, "norms_ball_p": 2.0},
    }


def _work_out(x: Vector, y: Vector, p: float) -> None:
    whole, first, second = (length(vector, p) for vector in (x + y, x, y))
    apart = abs(whole - first - second) > 1e-9 * max(whole, first + second)
    sign = ">" if apart and whole > first + second else "<" if apart else "="
    st.latex(
        rf"\|x + y\|_{{{power_latex(p)}}} = {finite_latex(whole)} \;{sign}\; "
        rf"{finite_latex(first)} + {finite_latex(second)} = \|x\|_{{{power_latex(p)}}} + \|y\|_{{{power_latex(p)}}}"
    )
    if p < 1:
        st.latex(
            rf"\|(1, 1)\|_p = (1^p + 1^p)^{{1/p}} = 2^{{1/p}} = 2^{{{format_latex(1 / p)}}} "
            rf"= {format_latex(2 ** (1 / p))} > 2"
        )
        st.markdown(
            _("The vectors (1, 0) and (0, 1) have length 1 for every p, and their sum has length {length}. For a "
              "norm this is at most 1 + 1 = 2, so 1/p is at most 1: **p < 1 gives no norm.**"
              ).format(length="$2^{1/p}$")
        )  # fmt: skip


def code(x: Vector, y: Vector, p: float) -> str:
    """Return the code for torch: the triangle inequality on these vectors."""
    return (
        "import torch\n\n"
        f"p = {code_power(p)}\n"
        f"x = {code_vector(x)}\n"
        f"y = {code_vector(y)}\n"
        "norm = torch.linalg.vector_norm\n"
        "straight, detour = norm(x + y, p), norm(x, p) + norm(y, p)\n"
        "print(straight <= detour)"
    )


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("torch computes the formula for any p."),
            _("`torch.linalg.vector_norm(x, 0.5)` returns a number without a warning, though it is not a norm; for "
              "p = 0 it counts the entries that are not 0, which is not a norm either (2x has as many as x)."),
            "x = torch.tensor([3.0, 0.0, -4.0])\ncount = torch.linalg.vector_norm(x, 0)",
            ["count"],
        ),
        lesson.Trap(
            _("Corners make zeros."),
            _("The ball of p = 1 has its corners on the axes, where entries are 0. So a penalty on the L1 norm "
              "(lasso) sets some weights to exactly 0, and one on the squared L2 norm (ridge) only makes them small."),
        ),
    ]  # fmt: skip
