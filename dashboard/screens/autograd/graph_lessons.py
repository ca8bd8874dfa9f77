"""The lessons on the graph of a result: cut by detach, freed by backward, built again by every run of the code."""

from typing import Any

import pandas as pd
import streamlit as st

from core.autograd import lessons
from core.autograd.lessons import FLOW, Vector, read_vector
from core.formatting import format_number
from core.language import _, ngettext
from dashboard.charts.autograd import flow_chart
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.scenes.cells.gradient_lessons import detach_scene, saved_scene
from dashboard.screens.autograd.gradient_lessons import asking
from dashboard.ui import code_runs, controls, lesson, scenes, text_fields
from dashboard.ui.chart import draw_chart
from dashboard.ui.examples import examples
from dashboard.ui.tables import show_table
from dashboard.ui.traps import trap
from dashboard.visit import settings

A, RETAIN = "autograd_lessons_a", "autograd_lessons_retain"


def draw_detach(x: Vector) -> None:
    """Draw the lesson that detach makes a constant."""
    st.markdown(_("u has the numbers of y, but is detached from the graph. What is the gradient then?"))
    cut = "y = x * x\nu = y.detach()\nz = u * x\nz.sum().backward()"
    whole = "y = x * x\nz = y * x\nz.sum().backward()"
    detached, through = lessons.gradient(x, cut), lessons.gradient(x, whole)
    assert detached is not None
    assert through is not None
    scenes.cells(detach_scene(x, detached, through), key="autograd_detach_cells")
    left, right = st.columns(2, gap="large")
    with left:
        code_runs.show(lessons.attempt(x, cut, ["x.grad", "x.grad == u"]))
        st.markdown(_("**u is a constant**: the derivative of u · x is u, not 3x²."))
    with right:
        later = f"{cut}\nx.grad.zero_()\ny.sum().backward()"
        code_runs.show(lessons.attempt(x, later, ["x.grad", "x.grad == 2 * x"]))
        st.markdown(_("**y still has its graph**: only u was detached."))
    lesson.code(f"{asking(x)}\n{cut}\nx.grad == u")
    lesson.traps(
        lambda: [
            trap(
                _("Nothing flows back through detach."),
                _("A loss of detached values only has no gradient."),
                "x = torch.ones(2, requires_grad=True)\nu = (x * x).detach()\nu.sum().backward()",
            ),
            trap(
                _("detach shares the memory."),
                _("Writing into u changes y too. Where backward needs the values of y, as here, it then raises; "
                  "`detach().clone()` has its own memory."),
                "x = torch.ones(2, requires_grad=True)\ny = x.exp()\ny.detach().zero_()\ny.sum().backward()",
            ),
            trap(
                _("item(), numpy() and torch.tensor(y) detach too."),
                _("A Python number has no graph."),
                "x = torch.ones(2, requires_grad=True)\nz = x.sum().item() * x\nz.sum().backward()",
                ["x.grad"],
            ),
        ]
    )  # fmt: skip


def draw_twice(x: Vector) -> None:
    """Draw the lesson that backward frees the graph."""
    st.markdown(_("Can backward run twice through the same graph? The backward pass frees the saved values."))
    retain = controls.toggle(RETAIN, _("Keep the graph the first time: retain_graph=True"))
    states, second = lessons.saved(x, retain=retain)
    scenes.cells(saved_scene(x, states), key="autograd_twice_cells")
    lines = "\n".join(state.when for state in states)
    shown = lessons.attempt(x, lines, ["x.grad", "x.grad == 4 * x"])
    code_runs.show(shown)
    if second.worked:
        st.markdown(_("backward ran twice, and **the gradients were added**: 2x + 2x = 4x."))
    lesson.code(f"{asking(x)}\n{lines}" if second.worked else f"{asking(x)}\n{lines}  # raises RuntimeError")
    lesson.traps(
        lambda: [
            trap(
                _("It does not always raise."),
                _("The sum saves nothing, since its derivative is always 1; so nothing is missing the second time."),
                "x = torch.ones(2, requires_grad=True)\ny = x.sum()\ny.backward()\ny.backward()",
                ["x.grad"],
            ),
            trap(
                _("Two losses with a common part raise the same error."),
                _("Add them and call backward once, (a + b).backward()."),
                "x = torch.ones(2, requires_grad=True)\nh = x * x\n"
                "a, b = h.sum(), h.mean()\na.backward()\nb.backward()",
            ),
            trap(
                _("retain_graph=True in a loop costs memory."),
                _("It usually hides that a tensor of the previous iteration is still in use. Compute y again in "
                  "each iteration."),
                "x = torch.ones(2, requires_grad=True)\nfor step in range(2):\n    y = (x * x).sum()\n    y.backward()",
                ["x.grad"],
            ),
        ]
    )  # fmt: skip


def draw_flow() -> None:
    """Draw the lesson that a function with a loop and a branch is differentiated as it ran."""
    st.markdown(
        _("f doubles in a loop, as often as its argument requires, and then takes one of two branches. What is its "
          "derivative?")
    )  # fmt: skip
    tensor_field(A, _("a: one or more numbers; f runs on each separately"))
    examples("autograd_flow", {_("on both sides of 0"): {A: "[0.7, -1.3, 3, -40]"}, _("with 0"): {A: "[0, 1]"},
                              _("large"): {A: "[600, -2000]"}})  # fmt: skip
    a = text_fields.answer("autograd_lessons_a", {A: settings.text(A)}, _read_a).value
    table = lessons.flow_table(a)
    st.markdown(
        _("**For each a, f was a product**: 2 · a, doubled a number of times, perhaps times 100. So its derivative "
          "is that factor, f(a) / a.")
    )  # fmt: skip
    _draw_flow_chart(table)
    show_table(_told(table), hide_index=True, alt=_("For each number: how f ran, its value and its derivative."))
    if table["d"].isna().any():
        st.markdown(_("With a = 0 the loop would never end, since 2 · 0 is 0; so f is not run on it."))
    walkable = table.dropna(subset=["d"])
    if len(walkable):
        first = read_vector(str(float(walkable["a"].iloc[0])))
        line = asking(first).replace("x = ", "a = ").replace("([", "(").replace("]", "")
        lesson.code(f"{FLOW}\n\n{line}\nd = f(a)\nd.backward()\na.grad == d / a")
    lesson.traps(
        lambda: [
            trap(
                _("The condition is not differentiated."),
                _("Where f jumps from one piece to the next there is no derivative, and torch returns that of the "
                  "branch that ran."),
                "a = torch.tensor(500.0, requires_grad=True)\nb = a * 2 if a < 500 else a * 4\nb.backward()",
                ["a.grad"],
            ),
            trap(
                _("A comparison has no gradient."),
                _("Step functions are flat: a loss made of `(p > 0.5)` has no gradient."),
                "p = torch.tensor([0.2, 0.9], requires_grad=True)\n(p > 0.5).double().sum().backward()",
            ),
            trap(
                _("An if needs one True or False."),
                _("For a choice per entry, write torch.where."),
                "a = torch.tensor([1.0, -1.0], requires_grad=True)\nif a > 0:\n    pass",
            ),
        ]
    )  # fmt: skip


def _draw_flow_chart(table: pd.DataFrame) -> None:
    """Draw the pieces of f on each side of 0 that has numbers, side by side."""
    ran = table.dropna(subset=["d"])
    sides = [(_("f for a > 0"), ran[ran["a"] > 0]), (_("f for a < 0"), ran[ran["a"] < 0])]
    drawn = [(title, own) for title, own in sides if len(own)]
    if not drawn:
        return
    for column, (title, own) in zip(st.columns(len(drawn), gap="large"), drawn, strict=True):
        labels = [_("slope {slope}").format(slope=format_number(grad, 5)) for grad in own["grad"]]
        points = own[["a", "d", "grad"]].assign(label=labels)
        template = ngettext(
            "{title}: {count} number on its piece, with slope {low}.",
            "{title}: {count} numbers on their pieces, with slopes from {low} to {high}.",
            len(own),
        )
        low, high = (format_number(slope, 5) for slope in (own["grad"].min(), own["grad"].max()))
        with column:
            picture = flow_chart(lessons.flow_pieces(own["a"].to_numpy()), points, title)
            draw_chart(picture, template.format(title=title, count=len(own), low=low, high=high))


def _told(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table as shown: a loop that never ends is put in words."""
    never = _("never ends")
    ended = table["d"].notna()
    signs = {True: _("c = b"), False: _("c = 100 · b")}
    return pd.DataFrame(
        {
            _("a"): [format_number(value) for value in table["a"]],
            _("doublings"): [str(n) if ok else never for n, ok in zip(table["doublings"], ended, strict=True)],
            _("branch"): [signs[bool(sign)] if ok else "–" for sign, ok in zip(table["positive"], ended, strict=True)],
            _("d = f(a)"): [format_number(value) for value in table["d"]],
            _("a.grad"): [format_number(value) for value in table["grad"]],
            _("d / a"): [format_number(value) for value in table["ratio"]],
        }
    )


def _read_a(**inputs: Any) -> Vector:
    return read_vector(inputs[A], "a")
