"""dtypes: mixing them, storing numbers in them, dividing in them."""

import re
from typing import Any

import pandas as pd
import streamlit as st

from core.errors import InputError
from core.language import _
from core.tensors import dtypes, parse_tensor
from core.tensors.dtypes import DTYPES, OPERATIONS, Array
from core.tensors.error_messages.decode import decode
from dashboard.charts.tensors import mixing_chart
from dashboard.screens.tensors.dtypes_storing import draw_storing
from dashboard.ui import code_runs, controls, lesson, text_fields
from dashboard.ui.chart import draw_chart
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import examples
from dashboard.ui.tables import show_table
from dashboard.ui.traps import trap
from dashboard.visit import settings
from dashboard.visit.cache import cache_data

ABOUT, OPERATION, SCALAR, LEFT, RIGHT, A, B, OVER, UNDER = (
    "tensors_dtypes_about",
    "tensors_dtypes_operation",
    "tensors_dtypes_scalar",
    "tensors_dtypes_left",
    "tensors_dtypes_right",
    "tensors_dtypes_a",
    "tensors_dtypes_b",
    "tensors_dtypes_over",
    "tensors_dtypes_under",
)
MOST_CELLS = 100
WIDEST_LINE = 270  # pixels
_KINDS = re.compile(r"\b(bool|u?int\d+|b?float\d+|complex\d+)\b")
SHORT = {"uint": "u", "int": "i", "bfloat": "bf", "float": "f", "complex": "c"}


def draw_dtypes() -> None:
    """Draw the view."""
    parts = {"mixing": _draw_mixing, "storing": draw_storing, "dividing": _draw_dividing}
    controls.view(ABOUT, _("Topic"), parts)()


@cache_data(show_spinner=False)
def _mixing(operation: str, scalar: bool) -> pd.DataFrame:
    return dtypes.mixing_table(operation, scalar=scalar)


def _draw_mixing() -> None:
    st.markdown(_("a and b have different dtypes. Which dtype does the result have, and which pairs raise an error?"))
    operation = controls.either(OPERATION, _("Operation"))
    scalar = controls.toggle(SCALAR, _("b is one number without an axis"))
    left, right = st.columns(2, gap="large")
    with left:
        a_dtype = controls.select(LEFT, _("dtype of a"))
        text_fields.field(A, _("a"))
    with right:
        b_dtype = controls.select(RIGHT, _("dtype of b"))
        text_fields.field(B, _("b"))
    a, b = text_fields.answer("tensors_dtypes", {A: settings.text(A), B: settings.text(B)}, _read_pair).value
    if scalar:
        b = b.flatten()[0].reshape(())
    asked = dtypes.mix(a, b, a_dtype, b_dtype, operation)
    if asked.worked:
        st.code(
            code_runs.written([result for result in asked.results if not hasattr(result, "head")]),
            language=None,
            wrap_lines=True,
        )
    else:
        code_runs.show_error(asked)
    table = _mixing(operation, scalar)
    title = _("dtype of {operation}").format(operation=OPERATIONS[operation])
    drawn = mixing_points(table, a_dtype, b_dtype)
    draw_chart(
        mixing_chart(drawn, list(DTYPES), [*dict.fromkeys(families().values()), _("error")], title),
        mixed_sentence(table, operation),
    )
    _show_reasons(table)
    lesson.code(mix_lines(a, b, a_dtype, b_dtype, operation))
    lesson.traps(
        lambda: [
            trap(
                _("A Python number hardly changes the dtype."),
                _("It can change the kind (integer to float) but not the size: float16 stays float16."),
                "a = torch.ones(2, dtype=torch.float16)\nb = torch.ones(2, dtype=torch.int64)",
                ["(a * 3.14).dtype", "(b * 3.14).dtype"],
            ),
            trap(
                _("Only @ raises for float64 times float32."),
                _("A classic: data from NumPy are float64, weights of a layer float32."),
                "X = torch.ones(2, 3, dtype=torch.float64)\nw = torch.ones(3)\nX @ w",
            ),
            trap(
                _("int64 with float16 is float16."),
                _("float16 ends at 65,504 and has three digits."),
                "a = torch.tensor([100_001])\nb = torch.ones(1, dtype=torch.float16)",
                ["a * b", "(a * b).dtype"],
            ),
            trap(
                _("A mean needs floats."),
                _("For whole numbers it raises."),
                "torch.tensor([1, 2]).mean()",
            ),
        ]
    )


def mixing_points(table: pd.DataFrame, left: str, right: str) -> pd.DataFrame:
    """Return the rows of the chart: the result of each pair as text and in short, its family, and the chosen one."""
    names = [None if dtype is None or dtype != dtype else str(dtype) for dtype in table["dtype"]]
    drawn = table[["left", "right"]].assign(
        result=[
            name or _("error: {error}").format(error=error) for name, error in zip(names, table["error"], strict=True)
        ],
        short=[short(name) if name else "✗" for name in names],
        family=[_family(name) for name in names],
        chosen=(table["left"] == left) & (table["right"] == right),
    )
    return drawn


def families() -> dict[str, str]:
    """Return the names of the families of dtypes, by the first letter of a dtype."""
    return {"b": _("boolean"), "u": _("integer"), "i": _("integer"), "f": _("float"), "c": _("complex")}


def _family(name: str | None) -> str:
    if name is None:
        return _("error")
    return families()["f" if name.startswith("bf") else name[0]]


def short(name: str) -> str:
    """Return a dtype abbreviated for a tile.

    >>> short("bfloat16"), short("int8"), short("bool")
    ('bf16', 'i8', 'bool')
    """
    for kind, letters in SHORT.items():
        if name.startswith(kind):
            return letters + name.removeprefix(kind)
    return name


def mixed_sentence(table: pd.DataFrame, operation: str) -> str:
    """Describe the chart in a sentence."""
    refused = int(table["error"].notna().sum())
    template = _("{refused} of {count} pairs of dtypes raise an error for {operation}.")
    return template.format(count=len(table), refused=refused, operation=OPERATIONS[operation])


def _show_reasons(table: pd.DataFrame) -> None:
    """Explain the errors, one sentence for each kind, with the first pair that raised it."""
    reasons: dict[str, str] = {}
    for row in table.dropna(subset=["message"]).itertuples():
        meaning = decode(str(row.message)) or str(row.message)
        pair = _("{left} with {right}: {meaning}").format(left=row.left, right=row.right, meaning=meaning)
        reasons.setdefault(_KINDS.sub("", meaning), pair)
    for sentence in reasons.values():
        st.markdown(f":material/translate: {escape_markdown(sentence)}")


def mix_lines(a: Array, b: Array, left: str, right: str, operation: str) -> str:
    """Return the lines that mix the two."""
    return (
        f"a = torch.tensor({_listed(a)}, dtype=torch.{left})\n"
        f"b = torch.tensor({_listed(b)}, dtype=torch.{right})\n"
        f"{OPERATIONS[operation]}"
    )


def _draw_dividing() -> None:
    st.markdown(_("Whole numbers can be divided in several ways. What does each give, and what happens at 0?"))
    left, right = st.columns(2, gap="large")
    with left:
        text_fields.field(OVER, _("a"))
    with right:
        text_fields.field(UNDER, _("b"))
    examples(
        "tensors_dividing",
        {
            _("negative"): {OVER: "[7, -7, 7, -7]", UNDER: "[2, 2, -2, -2]"},
            _("by 0"): {OVER: "[1, 0, -1]", UNDER: "[0, 0, 0]"},
            _("large"): {OVER: "[16777217]", UNDER: "[1]"},
        },
    )
    inputs = {OVER: settings.text(OVER), UNDER: settings.text(UNDER)}
    a, b = text_fields.answer("tensors_dividing", inputs, _read_division).value
    found = dtypes.divisions(a, b)
    rows = [
        {
            _("dtype"): dtype,
            _("line"): asked.code,
            _("result"): getattr(asked.results[0], "text", "").removeprefix("tensor(").removesuffix(")")
            if asked.worked
            else _("raises {error}").format(error=asked.error),
            _("dtype of result"): getattr(asked.results[0], "dtype", "") if asked.worked else "–",
        }
        for dtype, asked in found
    ]
    lines = {_("line"): st.column_config.TextColumn(width=WIDEST_LINE)}
    show_table(pd.DataFrame(rows), hide_index=True, height="content", column_config=lines,
                 alt=_("Every kind of division, run just now."))  # fmt: skip
    if any(word in str(row[_("result")]) for row in rows for word in ("nan", "inf")):
        st.markdown(_("`inf` is ∞; `nan` is not a number, the result of 0/0 or the remainder of a division by 0."))
    for message in dict.fromkeys(asked.message for _dtype, asked in found if asked.message):
        meaning = decode(message)
        st.code(message, language=None, wrap_lines=True)
        if meaning:
            st.markdown(f":material/translate: {escape_markdown(meaning)}")
    st.markdown(
        _("`/` always gives floats, in torch's default float32. `//` rounds down, also below 0, and `%` is its "
          "remainder; `trunc` and `fmod` round towards 0.")
    )  # fmt: skip
    lesson.code(f"a = torch.tensor({_listed(a)})\nb = torch.tensor({_listed(b)})\na / b")
    lesson.traps(
        lambda: [
            trap(
                _("`/` of int64 loses digits."),
                _("float32 has 24 significant bits, int64 has 63."),
                "a = torch.tensor([16_777_217])",
                ["a / 1", "a // 1"],
            ),
            trap(
                _("Floats divide by 0 without an error."),
                _("1/0 is ∞ and 0/0 is NaN; both spread through all later results."),
                "a = torch.tensor([1.0, 0.0]) / 0",
                ["a", "a.mean()"],
            ),
            trap(
                _("In place `/=` raises for whole numbers."),
                _("Integer dtypes cannot store fractions."),
                "a = torch.tensor([1, 2])\na /= 2",
            ),
        ]
    )


def _read_pair(**inputs: Any) -> tuple[Array, Array]:
    return _read_one(inputs[A], "a"), _read_one(inputs[B], "b")


def _read_division(**inputs: Any) -> tuple[Array, Array]:
    pair = _read_one(inputs[OVER], "a"), _read_one(inputs[UNDER], "b")
    if any(array.dtype.kind != "i" for array in pair):
        raise InputError(_("Whole numbers are needed here, without a point; floats are shown below anyway."))
    return pair


def _read_one(text: str, name: str) -> Array:
    array: Array = parse_tensor(text, most_axes=2, most_cells=MOST_CELLS)
    if array.size == 0:
        raise InputError(_("{name} is empty; give it at least one number.").format(name=name))
    return array


def _listed(array: Array) -> str:
    return str(array.tolist()).replace("nan", "torch.nan").replace("inf", "torch.inf")
