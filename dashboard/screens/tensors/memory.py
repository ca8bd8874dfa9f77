"""Memory: which lines make a new tensor, and which tensors share the memory of another."""

from typing import Any

import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_size
from core.language import _
from core.tensors import memory, parse_tensor, tensor_code
from core.tensors.memory import EXPRESSIONS, WAYS, Array, Update, View
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.scenes.cells.memory import update_scene, view_scene
from dashboard.ui import code_runs, controls, lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.printed import show_lines
from dashboard.ui.tables import show_table
from dashboard.ui.traps import trap
from dashboard.visit import settings

X, Y, WAY, ABOUT, EXPRESSION = (
    "tensors_memory_x",
    "tensors_memory_y",
    "tensors_memory_way",
    "tensors_memory_about",
    "tensors_memory_expression",
)
MOST_CELLS = 2_000
IDENTITIES = (
    "before = id(Y); Y = Y + X; id(Y) == before",
    "Z = torch.zeros_like(Y); Z",
    "before = id(Z); Z[:] = X + Y; id(Z) == before",
    "before = id(X); X += Y; id(X) == before",
)  # in this order, each on what the one before has left
NOTES_X, NOTES_Y = "arange(12).reshape(3, 4)", "[[2, 1, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1]]"


def draw_memory() -> None:
    """Draw the view."""
    controls.view(ABOUT, _("Topic"), {"update": _draw_update, "views": _draw_views})()


def _draw_update() -> None:
    st.markdown(
        _("Y has a second name, Z. Which line makes a new tensor, and which changes the one that both refer to?")
    )
    left, right = st.columns(2, gap="large")
    with left:
        tensor_field(X, _("X"))
    with right:
        tensor_field(Y, _("Y"))
    examples(
        "tensors_memory",
        {
            _("two matrices"): {X: NOTES_X, Y: NOTES_Y},
            _("a longer shape"): {X: "[[1, 2, 3], [4, 5, 6]]", Y: "[10, 20, 30]"},
            _("floats into whole numbers"): {X: "[0.5, 0.7]", Y: "[1, 2]"},
        },
    )
    way = controls.either(WAY, _("The line"))
    inputs = {X: settings.text(X), Y: settings.text(Y)}
    x, y = text_fields.answer("tensors_memory", inputs, _read).value
    updates = {name: memory.update(x, y, name) for name in WAYS}
    of = updates[way]
    st.markdown(told(of, way))
    if not of.attempt.worked:
        code_runs.show_error(of.attempt)
    scenes.cells(update_scene(x, y, way, of), key="tensors_memory_cells")
    show_table(ways_table(updates), hide_index=True, alt=_("The four lines compared, each run just now."))
    show_lines({"X": x, "Y": y}, *IDENTITIES)
    lesson.code(update_lines(x, y, way))
    lesson.traps(
        lambda: [
            trap(
                _("A change in place shows under both names."),
                _("`Y += X` changes the tensor that Z refers to; `Y = Y + X` does not. For Python numbers there is "
                  "no such difference."),
                "Y = torch.tensor([1, 2])\nZ = Y\nY += 10",
                ["Z"],
            ),
            trap(
                _("In place the shape stays the same."),
                _("A sum broadcast to a larger shape cannot be written into the smaller Y."),
                "Y = torch.ones(3)\nY += torch.ones(2, 3)",
            ),
            trap(
                _("`Y[:] = ...` drops fractions without an error."),
                _("`Y += X` raises instead."),
                "Y = torch.tensor([1, 2])\nY[:] = torch.tensor([0.9, 0.9])",
                ["Y"],
            ),
            trap(
                _("A leaf that requires gradients cannot be changed in place."),
                _("See Autograd."),
                "Y = torch.ones(2, requires_grad=True)\nY += 1",
            ),
        ]
    )  # fmt: skip


def told(of: Update, way: str) -> str:
    """Return a sentence or two on the measured effect of the line."""
    if not of.attempt.worked:
        return _("This line raises an error, and Y does not change.")
    if not of.same_object:
        return _(
            "`id(Y)` changed: **a new tensor**, with {size} of its own memory. Z still refers to the old one, which "
            "would be freed without a name."
        ).format(size=format_size(of.lasting))
    if way == "slice":
        return _(
            "`id(Y)` is the same: **the same tensor**, so Z changed too. But first X + Y was computed, in {size} "
            "that were then freed."
        ).format(size=format_size(of.temporary))
    return _("`id(Y)` is the same: **the same tensor**, so Z changed too, and no memory was allocated.")


def ways_table(updates: dict[str, Update]) -> pd.DataFrame:
    """Return the effect of each line: one row per line."""
    yes, no, refused = _("yes"), _("no"), _("error")
    rows = [
        {
            _("line"): WAYS[way],
            _("id(Y) before"): str(of.before[0]),
            _("id(Y) after"): str(of.after[0]) if of.attempt.worked else refused,
            _("same id"): (yes if of.same_object else no) if of.attempt.worked else refused,
            _("same data_ptr"): (yes if of.same_memory else no) if of.attempt.worked else refused,
            _("Z changed too"): (yes if of.same_object else no) if of.attempt.worked else refused,
            _("new memory"): (_("{size}, freed at once") if of.temporary else "{size}").format(
                size=format_size(of.temporary + of.lasting)
            ),
        }
        for way, of in updates.items()
    ]
    return pd.DataFrame(rows)


def update_lines(x: Array, y: Array, way: str) -> str:
    """Return the code for torch that shows the effect of one way."""
    return (
        f"X = {tensor_code(x)}\n"
        f"Y = {tensor_code(y)}\n"
        "Z = Y                                # a second name\n"
        "before, memory = id(Y), Y.data_ptr()\n"
        f"{WAYS[way]}\n"
        "id(Y) == before, Y.data_ptr() == memory, Z is Y"
    )


def _draw_views() -> None:
    st.markdown(_("V is made from Y. Does V share the memory of Y, so that writing into V changes Y?"))
    left, right = st.columns(2, gap="large")
    with left:
        tensor_field(Y, _("Y"))
    with right:
        expression = controls.select(EXPRESSION, _("V ="))
    y = text_fields.answer("tensors_memory_views", {Y: settings.text(Y)}, _read_one).value
    of = memory.view(y, expression)
    st.markdown(view_told(of))
    if of.attempt.worked:
        scenes.cells(view_scene(y, EXPRESSIONS[expression], of), key="tensors_memory_views_cells")
    else:
        code_runs.show(of.attempt)
    lesson.code(view_lines(y, expression))
    lesson.traps(
        lambda: [
            trap(
                _("A list as index copies, a slice does not."),
                _("Entries chosen one by one have no regular stride, so they cannot be a view."),
                "Y = torch.zeros(3)\nY[0:1][...] = 1\nY[[1]][...] = 1",
                ["Y"],
            ),
            trap(
                _("On the left of = a list still writes into Y."),
                _("`Y[[1]] = 1` writes; `Y[[1]]` alone reads."),
                "Y = torch.zeros(3)\nY[[1]] = 1",
                ["Y"],
            ),
            trap(
                _("`reshape` may copy or not."),
                _("It returns a view where possible, otherwise a copy. `view` never copies: it raises."),
                "Y = torch.zeros(2, 3).T\nV = Y.reshape(-1)\nW = Y.view(-1)",
            ),
            trap(
                _("A small view keeps a large tensor alive."),
                _("The memory of Y cannot be freed while V is a view of it; `clone()` makes a copy."),
                "V = torch.zeros(1_000_000)[:1]",
                ["V.untyped_storage().nbytes()", "V.clone().untyped_storage().nbytes()"],
            ),
        ]
    )


def view_told(of: View) -> str:
    """Return a sentence on whether V was found to share the memory of Y."""
    if not of.attempt.worked:
        return _("This line raises an error.")
    if of.is_itself:
        return _("**V is Y itself**: no new tensor was needed.")
    if of.shares:
        return _("**V is a view**: a new tensor in the memory of Y. Writing into V changes Y.")
    return _("**V is a copy**: it has its own memory. Writing into V does not change Y.")


def view_lines(y: Array, expression: str) -> str:
    """Return the code for torch that shows whether V shares the memory of Y."""
    return (
        f"Y = {tensor_code(y)}\n"
        f"V = {EXPRESSIONS[expression]}\n"
        "shares = V.untyped_storage().data_ptr() == Y.untyped_storage().data_ptr()\n"
        "V.storage_offset(), V.stride()\n"
        "V[...] = 99\n"
        "shares, Y"
    )


def _read(**inputs: Any) -> tuple[Array, Array]:
    return _small(inputs[X], "X"), _small(inputs[Y], "Y")


def _read_one(**inputs: Any) -> Array:
    return _small(inputs[Y], "Y")


def _small(text: str, name: str) -> Array:
    array: Array = parse_tensor(text, most_cells=MOST_CELLS)
    if array.size == 0:
        template = _("{name} is empty and has no memory to show; give it at least one entry.")
        raise InputError(template.format(name=name))
    return array
