"""Clone: a new tensor, or only a second name."""

import streamlit as st

from core.language import _
from core.tensors.cloning import MAKINGS, WRITINGS, CloneTrial, Making, Writing, try_clone
from dashboard.scenes.cells.clone import clone_scene
from dashboard.screens.products import asking
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.printed import show_lines
from dashboard.ui.traps import trap


def draw_clone() -> None:
    """Draw the view."""
    st.markdown(_("Is `B` a new tensor, or does it share the memory of `A`? Write into one and see."))
    texts = asking.fields(("products_original", _("Matrix A")))
    examples(
        "products_clone",
        {
            _("arange(20), 5 × 4"): {"products_original": "arange(20).reshape(5, 4)"},
            _("Two by two"): {"products_original": "[[1.5, 2], [3, 4]]"},
        },
    )
    making = controls.either("products_making", _("Make B"), {key: f"`{line}`" for key, line in MAKINGS.items()})
    writing = controls.either("products_writing", _("Then"), {key: f"`{line}`" for key, line in WRITINGS.items()})
    inputs = {**texts, "products_making": making, "products_writing": writing}
    of = text_fields.answer("products_clone", inputs, _try).value
    st.markdown(_verdict(of))
    scenes.cells(clone_scene(of, _("What changes?")), "products_clone_cells")
    both = "A, A + B" if of.made.shape == of.A.shape else "A, B"
    show_lines({"A": of.A}, f"{of.lines[0]}; {both}")
    lesson.code(
        f"import torch\n\nA = {asking.code_of(of.A)}\n{of.lines[0]}\n"
        "shared = A.untyped_storage().data_ptr() == B.untyped_storage().data_ptr()\n"
        f"{of.lines[1]}\nresult = A, B"
    )
    lesson.traps(_traps)


def _try(products_original: str, products_making: Making, products_writing: Writing) -> CloneTrial:
    return try_clone(asking.read(products_original), products_making, products_writing)


def _verdict(of: CloneTrial) -> str:
    if of.same:
        text = _("**One tensor with two names**: `B is A` is true, and nothing was copied.")
    elif of.shared:
        text = _("**Shared**: B is a new tensor, but a view of the memory of A.")
    else:
        text = _("**Not shared**: B has its own memory, with a copy of every entry.")
    if of.apart:
        after = _("The last line makes a new tensor and names it B, so A does not change.")
    elif of.shared:
        after = _("Writing into one changes the other.")
    else:
        after = _("Writing into one does not change the other.")
    return f"{text} {after}"


def _traps() -> list[Trap]:
    return [
        trap(
            _("B = A copies nothing."),
            _("It gives the tensor a second name. Python lists behave the same way."),
            "A = torch.zeros(3)\nB = A\nB[0] = 7",
            ["A"],
        ),
        trap(
            _("B += 1 and B = B + 1 are not the same."),
            _("The first writes into the memory of B, which may be shared; the second makes a new tensor."),
            "A = torch.zeros(2)\nB = A\nB = B + 1\nC = A\nC += 5",
            ["A", "B"],
        ),
        trap(
            _("reshape copies only if it must."),
            _("Of a contiguous matrix it is a view, of its transpose a copy. Where it matters, use `clone`, or "
              "`view`, which never copies but raises."),
            "A = torch.zeros(2, 3)\nB = A.reshape(-1)\nC = A.T.reshape(-1)\nB[0] = 1\nC[1] = 2",
            ["A"],
        ),
        trap(
            _("A clone stays in the graph."),
            _("Gradients flow back through `clone()`, so it cannot become an array directly. `x.detach().clone()` "
              "is a copy outside the graph."),
            "x = torch.ones(2, requires_grad=True)\nx.clone().numpy()",
        ),
    ]  # fmt: skip
