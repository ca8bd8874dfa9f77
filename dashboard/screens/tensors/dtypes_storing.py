"""A number stored in a dtype: the value that is really stored, and its neighbours."""

from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

import pandas as pd
import streamlit as st

from core.formatting import format_decimal
from core.language import _
from core.tensors import dtypes
from core.tensors.dtypes import REAL, Stored
from dashboard.charts.tensors import stored_chart
from dashboard.ui import controls, lesson, text_fields
from dashboard.ui.chart import draw_chart
from dashboard.ui.examples import examples
from dashboard.ui.tables import show_table
from dashboard.ui.traps import trap
from dashboard.visit import settings

NUMBER, DTYPE = "tensors_dtypes_number", "tensors_dtypes_in"
WIDEST_NUMBER = 200  # pixels


def draw_storing() -> None:
    """Draw the part on storing."""
    st.markdown(_("A number is stored in a dtype. Which number is really stored, and how far is the next one?"))
    text_fields.field(NUMBER, _("A number"))
    examples(
        "tensors_dtypes",
        {
            _("2²⁴ + 1"): {NUMBER: "16777217", DTYPE: "float32"},
            _("0.1"): {NUMBER: "0.1", DTYPE: "float32"},
            _("one above the largest int8"): {NUMBER: "128", DTYPE: "int8"},
            _("negative"): {NUMBER: "-1", DTYPE: "uint8"},
            _("too large for float16"): {NUMBER: "70000", DTYPE: "float16"},
        },
    )
    dtype = controls.either(DTYPE, _("Look at"))
    number = text_fields.answer("tensors_dtypes_number", {NUMBER: settings.text(NUMBER)}, _read_number).value
    stored = {name: dtypes.store(number, name) for name in REAL}
    st.markdown(stored_sentence(stored[dtype], number))
    points = dtypes.neighbourhood(number, dtype)
    if len(points):
        unit = _("less {number}").format(number=digits(number, 10))
        draw_chart(stored_chart(points, dtype, unit), stored_sentence(stored[dtype], number).replace("**", ""))
    ends = dict.fromkeys((_("smallest"), _("largest")), st.column_config.TextColumn(width=WIDEST_NUMBER))
    show_table(stored_table(stored, number), hide_index=True, height="content", column_config=ends,
                 alt=_("The number as stored in each dtype."))  # fmt: skip
    lesson.code(store_lines(number, dtype))
    lesson.traps(
        lambda: [
            trap(
                _("Sums of whole numbers overflow without an error."),
                _("One above the largest is the smallest."),
                "a = torch.tensor([127], dtype=torch.int8)",
                ["a + 1"],
            ),
            trap(
                _("float32 counts to 16,777,216 and no further in steps of 1."),
                _("Smaller terms are lost: compute long sums in float64, or in pieces."),
                "a = torch.tensor(16_777_216.0)",
                ["a + 1 == a"],
            ),
            trap(
                _("0.1 + 0.2 is not 0.3."),
                _("None of the three can be stored exactly; compare with allclose."),
                "a = torch.tensor(0.1, dtype=torch.float64) + torch.tensor(0.2, dtype=torch.float64)",
                ["a.item()", "a == 0.3", "torch.allclose(a, torch.tensor(0.3, dtype=torch.float64))"],
            ),
            trap(
                _("A number out of range raises when given, and wraps around when converted."),
                _("`.to` does not check."),
                "a = torch.tensor([300]).to(torch.uint8)\nb = torch.tensor([300], dtype=torch.uint8)",
            ),
        ]
    )


def stored_sentence(of: Stored, number: Fraction) -> str:
    """Return a sentence on the stored number."""
    names = {
        "dtype": of.dtype,
        "number": digits(number),
        "value": "" if of.value is None else digits(of.value),
        "step": "" if of.step is None else digits(of.step, 6),
        "low": limit(of, of.smallest),
        "high": limit(of, of.largest),
    }
    sentences = {
        "exact": _("**{dtype} stores {number} exactly.** The next number further from 0 is {step} away."),
        "rounded": _("**{dtype} stores {value} instead.** Its numbers are {step} apart here."),
        "zero": _("**{dtype} stores 0 instead**: its smallest number above 0 is {step}."),
        "cut": _("**{dtype} stores {value} instead**: the decimals are truncated."),
        "wrapped": _(
            "**{dtype} stores {value} instead**: it ranges from {low} to {high}, and overflows like a counter."
        ),
        "infinite": _("**{dtype} stores ∞ instead**: its largest number is {high}."),
        "beyond": _("**The result in {dtype} is undefined**: it ranges from {low} to {high}."),
    }[of.why]
    return sentences.format(**names)


def stored_table(stored: dict[str, Stored], number: Fraction) -> pd.DataFrame:
    """Return for each dtype the stored value, its error, the step to the next number, and its limits."""
    beyond, whole = {"infinite": "∞", "beyond": _("not defined")}, number.denominator == 1
    return pd.DataFrame(
        [
            {
                _("dtype"): of.dtype,
                _("stored"): digits(of.value) if of.value is not None else beyond[of.why],
                _("error"): digits(of.value - number, 20 if whole else 3) if of.value is not None else "–",
                _("step"): digits(of.step, 6) if of.step is not None else "–",
                _("smallest"): limit(of, of.smallest),
                _("largest"): limit(of, of.largest),
                _("bytes"): of.bytes,
            }
            for of in stored.values()
        ]
    )


def limit(of: Stored, end: Fraction) -> str:
    """Return a limit of a dtype: to the last digit for integer dtypes."""
    return digits(end, 20 if "int" in of.dtype else 6)


def store_lines(number: Fraction, dtype: str) -> str:
    """Return the lines that store the number."""
    whole = number.denominator == 1 and -(2**63) <= number < 2**63
    text = str(int(number)) if whole else repr(float(number))
    kind = "int64" if whole else "float64"
    return f"x = torch.tensor({text}, dtype=torch.{kind}).to(torch.{dtype})\nx.item()"


def digits(number: Fraction, most: int = 20) -> str:
    """Return a number with at most this many significant digits.

    >>> digits(Fraction(1, 3), 4), digits(Fraction(16777217)), digits(Fraction(-5, 2))
    ('0.3333', '16,777,217', '−2.5')
    """
    context = Context(prec=most)
    value = context.divide(Decimal(number.numerator), Decimal(number.denominator)).normalize(context)
    return format_decimal(value)


def _read_number(**inputs: Any) -> Fraction:
    return dtypes.read_number(inputs[NUMBER])
