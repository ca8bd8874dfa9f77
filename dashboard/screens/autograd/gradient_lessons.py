"""The lessons on x.grad: None, then a gradient, then a sum of gradients; and y of several entries."""

from typing import Any

import streamlit as st

from core.autograd import lessons
from core.autograd.lessons import Vector, read_vector
from core.formatting import format_latex
from core.language import _
from core.tensors import tensor_code
from dashboard.scenes.cells.gradient_lessons import accumulating_scene, dot_scene, moments_scene, vector_scene
from dashboard.ui import code_runs, controls, lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.traps import trap

V, ZERO = "autograd_lessons_v", "autograd_lessons_zero"


def asking(x: Vector) -> str:
    """Return the line that makes x."""
    return f"x = {tensor_code(x)[:-1]}, requires_grad=True)"


def draw_none(x: Vector) -> None:
    """Draw the lesson that a gradient is None until there is one."""
    st.markdown(_("Before the first `backward`, is the gradient of x zero?  **No: there is none.** x.grad is `None`."))
    lines = ["y = 2 * torch.dot(x, x)", "y.backward()", "x.grad.zero_()", "x.grad = None"]
    scenes.cells(moments_scene(x, lessons.moments(x, lines)), key="autograd_none_cells")
    left, right = st.columns(2, gap="large")
    with left:
        code_runs.show(lessons.attempt(x, "y = 2 * torch.dot(x, x)", ["x.grad", "x.grad is None"]))
    with right:
        code_runs.show(lessons.attempt(x, "x.grad.zero_()", []))
    lesson.code("\n".join([asking(x), "print(x.grad)  # None", *lines[:2], "print(x.grad)"]))
    lesson.traps(
        lambda: [
            trap(
                _("Only a tensor that requires a gradient gets one."),
                _("Without requires_grad=True nothing is recorded, and there is no backward pass."),
                "x = torch.arange(4.0)\n(2 * torch.dot(x, x)).backward()",
            ),
            trap(
                _("Whole numbers cannot require a gradient."),
                _("The decimal point matters: arange(4.0)."),
                "x = torch.arange(4, requires_grad=True)",
            ),
            trap(
                _("What is not part of y stays None."),
                _("0 would mean that y does not change with w; None means that no gradient was computed."),
                "x = torch.ones(2, requires_grad=True)\nw = torch.ones(2, requires_grad=True)\nx.sum().backward()",
                ["x.grad", "w.grad"],
            ),
            trap(
                _("A tensor that requires a gradient cannot become a NumPy array."),
                _("Nor can it be changed in place: `x += 1` raises too."),
                "x = torch.ones(2, requires_grad=True)\nx.numpy()",
            ),
        ]
    )


def draw_dot(x: Vector) -> None:
    """Draw the lesson of the gradient of 2 (x · x)."""
    st.markdown(_("y is twice the dot product of x with itself. How does y change with each entry of x?"))
    lines = "y = 2 * torch.dot(x, x)\ny.backward()"
    shown = lessons.attempt(x, lines, ["y", "x.grad", "x.grad == 4 * x"])
    grad = lessons.gradient(x, lines)
    assert grad is not None
    scenes.cells(dot_scene(x, grad), key="autograd_dot_cells")
    st.latex(
        r"y = 2\sum_i x_i^2 = " + format_latex(2 * float(x @ x)) + r"\qquad \frac{\partial y}{\partial x_i} = 4x_i"
    )
    st.latex(r"\nabla y = (" + ",\\; ".join(format_latex(float(part)) for part in grad) + ")")
    code_runs.show(shown)
    lesson.code(f"{asking(x)}\n{lines}\nx.grad == 4 * x")
    lesson.traps(
        lambda: [
            trap(
                _("dot takes vectors."),
                _("For a matrix sum the squares: (x * x).sum()."),
                "x = torch.ones(2, 2, requires_grad=True)\ntorch.dot(x, x)",
            ),
            trap(
                _("Both factors are x."),
                _("So x gets its gradient along two paths, and the two are added: 2x + 2x = 4x. With a constant as "
                  "one factor half of it is left."),
                "x = torch.tensor([1.0, 2.0], requires_grad=True)\n(2 * torch.dot(x, x.detach())).backward()",
                ["x.grad"],
            ),
            trap(
                _("A result keeps no gradient."),
                _("Call y.retain_grad() to keep it."),
                "x = torch.ones(2, requires_grad=True)\nz = x * 3\nz.retain_grad()\nz.sum().backward()",
                ["z.is_leaf", "z.grad", "x.grad"],
            ),
        ]
    )  # fmt: skip


def draw_accumulate(x: Vector) -> None:
    """Draw the lesson that gradients add up unless they are zeroed."""
    st.markdown(_("`backward` runs three times in a row. Is the gradient of the last y in x.grad?"))
    zeroed = controls.toggle(ZERO, _("Zero the gradient in between: x.grad.zero_()"))
    ys = ["y = 2 * torch.dot(x, x)", "y = x.sum()", "y = x.sum()"]
    lines = [f"{y}\ny.backward()" for y in ys]
    run = [lines[0], *(f"x.grad.zero_()\n{line}" if zeroed else line for line in lines[1:])]
    moments = lessons.moments(x, run)
    alone = [lessons.gradient(x, line) for line in lines]
    given = [grad for grad in alone if grad is not None]
    scenes.cells(accumulating_scene(moments, given, zeroed), key="autograd_accumulate_cells")
    st.markdown(accumulated(zeroed))
    lesson.code("\n".join([asking(x), *run, "x.grad"]))
    lesson.traps(
        lambda: [
            trap(
                _("Without zeroing, gradients pile up in a training loop."),
                _("Each step then follows the sum of all gradients so far. `optimizer.zero_grad()` resets those of "
                  "all weights."),
                "w = torch.tensor([1.0], requires_grad=True)\n"
                "for step in range(3):\n    (w * w).sum().backward()",
                ["w.grad", "2 * w.detach()"],
            ),
            trap(
                _("Before there is a gradient there is nothing to zero."),
                _("The first x.grad is None."),
                "x = torch.ones(2, requires_grad=True)\nx.grad.zero_()",
            ),
            trap(
                _("Accumulation is useful."),
                _("The gradients of two halves of a batch add up to the gradient of the whole, in half the memory."),
                "w = torch.tensor([1.0], requires_grad=True)\nX = torch.arange(4.0)\n"
                "(w * X[:2]).sum().backward()\n(w * X[2:]).sum().backward()",
                ["w.grad", "X.sum()"],
            ),
        ]
    )  # fmt: skip


def accumulated(zeroed: bool) -> str:
    """Return a sentence on the result of three backward calls."""
    if zeroed:
        return _(
            "**Zeroed in between**, x.grad is the gradient of the last y alone: 1 in every entry, since y = x.sum()."
        )
    return _(
        "**Not zeroed**, every `backward` adds to x.grad: 4x + 1 + 1. The last y alone would give 1 in every entry."
    )


def draw_vector(x: Vector) -> None:
    """Draw the lesson that a y of several entries has to be reduced to one number first."""
    st.markdown(
        _("y = x * x has an entry for each of x. `backward` starts from one number: how do the entries become one?")
    )
    text = text_fields.field(V, _("v, the weight of each entry of y"))
    examples(
        "autograd_vector",
        {
            _("all equal"): {V: str([1] * x.size)},
            _("only the first"): {V: str([1] + [0] * (x.size - 1))},
            _("the last ten times"): {V: str([1] * (x.size - 1) + [10])},
            _("one too many"): {V: str([1] * (x.size + 1))},
        },
    )
    v = text_fields.answer("autograd_lessons_v", {V: text}, _read_v).value
    if x.size > 1 and v.size == 1:
        v = v.repeat(x.size)
    with_v = "y = x * x\ny.backward(v)"
    scenes.cells(vector_scene(x, v, lessons.gradient(x, with_v, v)), key="autograd_vector_cells")
    _show_ways(x, v, with_v)
    made = f"{asking(x)}\ny = x * x\n"
    lesson.code(
        f"{made}y.backward(torch.ones_like(y))\none = x.grad.clone()\n"
        "x.grad.zero_()\n(x * x).sum().backward()\none == x.grad"
    )
    lesson.traps(
        lambda: [
            trap(
                _("v is not the point of differentiation."),
                _("It weights the entries: the result is the gradient of v · y, the product of v and the Jacobian."),
                "x = torch.tensor([1.0, 2.0], requires_grad=True)\ny = x * x\ny.backward(torch.tensor([0.0, 1.0]))",
                ["x.grad"],
            ),
            trap(
                _("The mean is not the sum."),
                _("With y.mean() every gradient is divided by the number of entries."),
                "x = torch.tensor([1.0, 2.0], requires_grad=True)\n(x * x).mean().backward()",
                ["x.grad"],
            ),
        ]
    )


def _show_ways(x: Vector, v: Vector, with_v: str) -> None:
    """Show the three ways to start backward from y, side by side."""
    refused, summed, weighed = st.columns(3, gap="medium")
    with refused:
        code_runs.show(lessons.attempt(x, "y = x * x\ny.backward()", []))
    with summed:
        code_runs.show(lessons.attempt(x, "y = x * x\ny.sum().backward()", ["x.grad", "x.grad == 2 * x"]))
    with weighed:
        if v.size == x.size and (v == 1).all():
            ones = "y = x * x\ny.backward(torch.ones(len(x)))"
            code_runs.show(lessons.attempt(x, ones, ["x.grad", "x.grad == 2 * x"]))
            st.markdown(_("**The two are equal**: weights of one give the sum."))
        else:
            code = f"v = {tensor_code(v)}\n{with_v}"
            code_runs.show(lessons.attempt(x, code, ["x.grad", "x.grad == 2 * x * v"]))


def _read_v(**inputs: Any) -> Vector:
    return read_vector(inputs[V], "v")
