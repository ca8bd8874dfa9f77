"""Conversions: to NumPy and back in shared memory, and to Python numbers."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.tensors import conversions, parse_tensor, tensor_code
from core.tensors.conversions import CHAIN, Array, Bridge, Call, Change, written
from core.tensors.error_messages.decode import decode
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.scenes.cells.conversions import conversions_scene
from dashboard.scenes.cells.scene import Panel, cells_scene
from dashboard.ui import code_runs, controls, lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.printed import show_lines
from dashboard.ui.tables import show_table
from dashboard.ui.traps import trap
from dashboard.visit import settings

ABOUT, X, WHO, ENTRY, VALUE, SMALL, GRAD = (
    "tensors_conversions_about",
    "tensors_conversions_x",
    "tensors_conversions_who",
    "tensors_conversions_entry",
    "tensors_conversions_value",
    "tensors_conversions_small",
    "tensors_conversions_grad",
)
MOST_CELLS = 400


def draw_conversions() -> None:
    """Draw the view."""
    controls.view(ABOUT, _("Topic"), {"numpy": _draw_numpy, "numbers": _draw_numbers})()


def _draw_numpy() -> None:
    st.markdown(_("X becomes a NumPy array and a tensor again. Write into one of them: which others change?"))
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        tensor_field(X, _("X"))
        who = controls.either(WHO, _("Write to"))
    with right:
        controls.number(ENTRY, _("Entry, counted from 0"))
        text_fields.field(VALUE, _("Value to write"))
    inputs = {X: settings.text(X), VALUE: settings.text(VALUE)}
    x, value = text_fields.answer("tensors_conversions", inputs, _read).value
    index = tuple(int(part) for part in np.unravel_index(min(int(settings.value(ENTRY)), x.size - 1), x.shape))
    of = conversions.change(x, who, index, value)
    st.markdown(told(of, who, index, value))
    if not of.attempt.worked:
        code_runs.show_error(of.attempt)
    scenes.cells(conversions_scene(of, who, index), key="tensors_conversions_cells")
    show_table(
        bridges_table(conversions.bridges(x)),
        hide_index=True,
        height="content",
        alt=_("Conversions between X and its array A, and whether they share memory, as measured just now."),
    )
    show_lines({"X": x}, "A = X.numpy(); B = torch.tensor(A); type(A), type(B)")
    lesson.code(change_lines(x, who, index, value))
    lesson.traps(
        lambda: [
            trap(
                _("Lists become float32, arrays stay float64."),
                _("Python floats get torch's default dtype, NumPy arrays keep theirs. The two cannot be multiplied "
                  "as matrices."),
                "import numpy as np\na = torch.tensor([1.5])\nb = torch.tensor(np.array([1.5]))",
                ["a.dtype", "b.dtype"],
            ),
            trap(
                _("Only changes in place are shared."),
                _("`A = A + 1` makes a new array, and X does not change; `A += 1` changes X too."),
                "X = torch.zeros(2)\nA = X.numpy()\nA = A + 1",
                ["X", "A"],
            ),
            trap(
                _("Text and objects cannot be converted."),
                _("An array of text, or of mixed columns, has to be encoded first."),
                "import numpy as np\ntorch.tensor(np.array(['a', 'b']))",
            ),
            trap(
                _("Nor can a reversed array."),
                _("It is a view with negative strides."),
                "import numpy as np\ntorch.from_numpy(np.arange(3)[::-1])",
            ),
        ]
    )  # fmt: skip


def told(of: Change, who: str, index: tuple[int, ...], value: float | bool) -> str:
    """Return a sentence on which tensors changed with the written entry."""
    written_there = f"`{who}[{written(index)}] = {_literal(value)}`"
    if not of.attempt.worked:
        return _("{line} raises, and nothing changed.").format(line=written_there)
    others = [name for name in of.shares if name != who]
    apart = [name for name in of.before if name not in of.shares]
    if not others:
        return _("{line}: nothing else changed. **{name} is a copy** in its own memory.").format(
            line=written_there, name=who
        )
    template = _("{line}: **{others} changed too**, because the memory is shared. {apart} did not.")
    return template.format(line=written_there, others=_listed(others), apart=_listed(apart))


def bridges_table(found: list[Bridge]) -> pd.DataFrame:
    """Return each conversion between torch and NumPy: its result, and whether memory is shared."""
    return pd.DataFrame(
        {
            _("conversion"): [bridge.code for bridge in found],
            _("result"): [bridge.kind for bridge in found],
            _("dtype"): [bridge.dtype or "–" for bridge in found],
            _("memory"): [_("shared") if bridge.shares else _("copied") for bridge in found],
        }
    )


def change_lines(x: Array, who: str, index: tuple[int, ...], value: float | bool) -> str:
    """Return the lines that write an entry and print all."""
    made = "\n".join(f"{name} = {code}" for name, code in CHAIN.items())
    return f"X = {tensor_code(x)}\n{made}\n{who}[{written(index)}] = {_literal(value)}\nX, A, B, C, D"


def _draw_numbers() -> None:
    st.markdown(_("x is a tensor. When can it become a Python number, and what happens if it cannot?"))
    tensor_field(SMALL, _("x"))
    examples(
        "tensors_conversions",
        {
            _("one element"): {SMALL: "[3.5]"},
            _("no axis"): {SMALL: "3.5"},
            _("a whole number"): {SMALL: "7"},
            _("several"): {SMALL: "[1.5, 2.5, 3.5]"},
            _("none"): {SMALL: "[]"},
            _("not a number"): {SMALL: "nan"},
        },
    )
    grad = controls.toggle(GRAD, _("Require gradients: x.requires_grad_()"))
    x = text_fields.answer("tensors_conversions_small", {SMALL: settings.text(SMALL)}, _read_small).value
    scenes.cells(cells_scene([Panel("x", x, dtype=f"torch.{x.dtype}")]), key="tensors_conversions_small_cells")
    asked, calls = conversions.calls(x, grad=grad)
    if not asked.worked:
        code_runs.show(asked)
    show_table(calls_table(calls), hide_index=True, alt=_("What each call returned or raised just now."))
    _show_refusals(calls)
    needs = ["x = x.requires_grad_()"] * bool(grad and asked.worked)
    show_lines({"x": x}, *needs, "x, x.item(), float(x), int(x)")
    lesson.code(number_lines(x, calls))
    lesson.traps(
        lambda: [
            trap(
                _("`int` truncates, it does not round."),
                _("Towards zero, as in Python."),
                "x = torch.tensor([-3.9])",
                ["int(x)", "int(x.round())"],
            ),
            trap(
                _("`item()` returns all stored digits."),
                _("0.1 in float32 is a different number from 0.1 in float64, the type of a Python float."),
                "x = torch.tensor([0.1])",
                ["x", "x.item()"],
            ),
            trap(
                _("An if cannot test several entries."),
                _("Python needs one True or False."),
                "if torch.tensor([1, 2]) > 0:\n    pass",
            ),
            trap(
                _("A summed loss keeps its graph."),
                _("`total += loss` keeps every graph in memory; `total += loss.item()` adds a number."),
                "w = torch.ones(1, requires_grad=True)\ntotal = 0\nloss = (w * 2).sum()\ntotal = total + loss",
                ["total.requires_grad", "loss.item()"],
            ),
        ]
    )


def calls_table(calls: list[Call]) -> pd.DataFrame:
    """Return the result of each call as Python prints it, and its type; or the exception it raised."""
    raised = _("raises {error}")
    return pd.DataFrame(
        {
            _("call"): [call.attempt.code for call in calls],
            _("result"): [call.text if call.attempt.worked else "–" for call in calls],
            _("of type"): [
                call.kind if call.attempt.worked else raised.format(error=call.attempt.error) for call in calls
            ],
        }
    )


def _show_refusals(calls: list[Call]) -> None:
    """Show each message once, with the calls that raised it, and its meaning."""
    refused: dict[str, list[Call]] = {}
    for call in calls:
        if not call.attempt.worked:
            refused.setdefault(f"{call.attempt.error}: {call.attempt.message}", []).append(call)
    if not refused:
        return
    sentences = []
    for message, raising in refused.items():
        meaning = decode(message)
        lines = [
            ", ".join(call.attempt.code for call in raising),
            f"    {message}",
            *([f"→ {meaning}"] if meaning else []),
        ]
        sentences.append("\n".join(lines))
    st.markdown(":red[:material/error: **" + _("What raised, and what it means") + "**]")
    st.code("\n\n".join(sentences), language=None, wrap_lines=True)


def number_lines(x: Array, calls: list[Call]) -> str:
    """Return the successful calls with their results; and those that raise, as comments."""
    lines = [f"x = {tensor_code(x)}"]
    for call in calls:
        gave = (
            call.text.replace("\n", " ")
            if call.attempt.worked
            else _("raises {error}").format(error=call.attempt.error)
        )
        lines.append(f"{'' if call.attempt.worked else '# '}{call.attempt.code:<14}  # {gave}")
    return "\n".join(lines)


def _read(**inputs: Any) -> tuple[Array, float | bool]:
    array: Array = parse_tensor(inputs[X], most_cells=MOST_CELLS)
    if array.size == 0:
        raise InputError(_("X has no entries to write to; give it at least one."))
    value = parse_tensor(inputs[VALUE])
    if value.size != 1:
        template = _("One number is needed to write to an entry; got {count}.")
        raise InputError(template.format(count=value.size))
    return array, value.item()


def _read_small(**inputs: Any) -> Array:
    array: Array = parse_tensor(inputs[SMALL], most_cells=MOST_CELLS)
    return array


def _literal(value: float | bool) -> str:
    text = repr(value)
    return {"nan": "torch.nan", "inf": "torch.inf", "-inf": "-torch.inf"}.get(text, text)


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("{names} and {last}").format(names=format_list(names[:-1]), last=names[-1])
