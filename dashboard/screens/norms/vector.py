"""One vector and its norms, term by term."""

import math

import numpy as np
import pandas as pd
import streamlit as st

from core.code_runner import run
from core.formatting import format_count, format_number, format_percent
from core.language import _, ngettext
from core.tensors import parse_tensor
from core.tensors.norms import Terms, length, norm_terms
from dashboard.charts.norms import entry_shares, labelled, norm_against_power
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.screens.norms.lines_of_today import Typed, draw_vector_lines
from dashboard.screens.norms.vectors import (
    MOST_ENTRIES,
    Vector,
    aligned,
    code_power,
    code_vector,
    finite_latex,
    power_latex,
    power_said,
    spelt,
    typed_vector,
)
from dashboard.ui import controls, lesson, page, text_fields
from dashboard.ui.chart import draw_kept
from dashboard.ui.examples import Examples, examples
from dashboard.ui.lesson import Trap
from dashboard.visit import settings
from dashboard.visit.cache import cache_data


def traps(x: Vector) -> list[Trap]:
    """Return the traps; the first one uses the visitor's numbers where these are whole."""
    whole = bool(np.isfinite(x).all() and (x == x.round()).all() and np.abs(x).max() < 1e6)
    shown = x[:5] if whole else np.array([3.0, -4.0])
    refused = f"torch.linalg.vector_norm(torch.tensor({[int(entry) for entry in shown]}))"
    single = "torch.tensor([3e30, -4e30]).square().sum().sqrt()"
    return [
        Trap(
            _("Whole numbers have no norm in torch."),
            _("`torch.tensor([3, -4])` holds int64, and torch needs a dtype that can hold a root: write `3.0`, or "
              "`.double()`."),
            refused,
            raised(f"import torch\n{refused}"),
        ),
        Trap(
            _("Squares overflow long before the norm does."),
            _("In float32, the default dtype, 3e30 squared is infinite. So do not compute the root of the sum of "
              "squares by hand where numbers may be large or tiny; this screen divides by the largest entry first."),
            f"{single}  # {outcome(single)}",
        ),
        Trap(
            _("L2 is not the mean squared error."),
            _("A loss divides by the number of entries and takes no root: for n entries it is ‖x‖² / n."),
        ),
    ]  # fmt: skip


@cache_data(max_entries=50, show_spinner=False)
def raised(lines: str) -> str:
    """Return torch's message for these lines, verbatim."""
    attempt, _left = run(lines, {}, [])
    return f"{attempt.error}: {attempt.message}"


@cache_data(max_entries=50, show_spinner=False)
def outcome(expression: str) -> str:
    """Return the value of an expression as torch prints it."""
    attempt, left = run(f"import torch\nvalue = {expression}", {}, [])
    return str(left["value"]) if attempt.worked else str(attempt.message)


MOST_BARS = 12
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def draw_vector() -> None:
    """Draw the fields, the norms, their working and their pictures."""
    st.markdown(_("A **norm** measures the length of a vector. There is one for every p from 1 on; which one fits?"))
    fields = st.columns(2)
    with fields[0]:
        tensor_field("norms_x", _("Your vector x"))
    with fields[1]:
        controls.slider(
            "norms_p",
            _("The power p"),
            help=_("1: sum of absolute values. 2: Euclidean length. inf: largest absolute value."),
        )
    found = text_fields.answer(
        "norms_vector", {"norms_x": settings.text("norms_x"), "norms_p": settings.value("norms_p")}, _read
    )
    x, typed, p = found.value
    terms = norm_terms(x, p)
    _boxes(x, terms)
    _work_out(x, terms)
    draw_vector_lines(typed, p)
    examples("norms_vector", _examples())
    if np.isfinite(x).all():
        _draw_pictures(x, terms)
    if not np.isfinite([length(x, 1.0), terms.norm]).all():
        st.info(_unbounded(x))
    lesson.code(code(x, p))
    lesson.traps(lambda: traps(x))


def _read(norms_x: str, norms_p: float) -> tuple[Vector, Typed, float]:
    """Return x in float64 and in the type it was typed in, and p."""
    return typed_vector(norms_x, "x"), parse_tensor(norms_x, most_cells=MOST_ENTRIES).ravel(), norms_p


def _boxes(x: Vector, terms: Terms) -> None:
    named = [("L1", 1.0), ("L2", 2.0), ("L∞", math.inf)]
    figures = [(_("{name} norm").format(name=name), _said(length(x, p))) for name, p in named]
    if terms.p not in (1.0, 2.0, math.inf):
        figures.append((_("p = {p}").format(p=power_said(terms.p)), _said(terms.norm)))
    page.boxes(figures)
    st.caption(
        ngettext(
            "x has shape {shape} and {count} entry; a norm is one number, of shape (), here in float64.",
            "x has shape {shape} and {count} entries; a norm is one number, of shape (), here in float64.",
            x.size,
        ).format(shape=str(x.shape), count=format_count(x.size))
    )


def _said(norm: float) -> str:
    return _("not a number") if math.isnan(norm) else format_number(norm, 7)


def _unbounded(x: Vector) -> str:
    if np.isnan(x).any():
        return _("An entry of x is NaN, not a number, so the norm of x is NaN too.")
    if np.isinf(x).any():
        return _("An entry of x is infinite, and so is its norm, for every p.")
    return _("A norm of x exceeds the range of float64, which ends at 1.8e308, and is shown as ∞.")


def _work_out(x: Vector, terms: Terms) -> None:
    p, sizes = terms.p, [rf"|{{{finite_latex(entry)}}}|" for entry in x]
    left, norm = rf"\|x\|_{{{power_latex(p)}}}", finite_latex(terms.norm, 7)
    if math.isinf(p):
        st.latex(aligned((rf"{left} &= \max_i |x_i|", rf"&= \max\big({spelt(sizes, ', ')}\big) = {norm}")))
        return
    powers = spelt([finite_latex(value) for value in terms.powers])
    if p == 1:
        st.latex(aligned((rf"{left} &= \sum_i |x_i|", rf"&= {spelt(sizes)}", rf"&= {powers} = {norm}")))
        return
    power, unit = power_latex(p), "" if terms.unit == 1.0 else rf"{finite_latex(terms.unit)} \cdot "
    spelt_out = spelt([f"{size}^{{{power}}}" for size in sizes])
    lines = (
        rf"{left} &= \Big(\sum_i |x_i|^{{{power}}}\Big)^{{1/{power}}}",
        rf"&= \big({spelt_out}\big)^{{1/{power}}}",
        rf"&= {unit}\big({powers}\big)^{{1/{power}}}",
        rf"&= {unit}{finite_latex(terms.total, 7)}^{{\,1/{power}}} = {norm}",
    )
    st.latex(aligned(lines))
    if unit:
        st.caption(_divided())
    if p < 1:
        st.caption(_("Below p = 1 the formula gives a number, but not a norm: “The unit ball” shows why."))


def _divided() -> str:
    return _(
        "These powers would exceed the range of float64, so every entry is first divided by the largest, and the "
        "root multiplied by it: the norm itself is within the range."
    )


def _examples() -> Examples:
    return {
        _("(3, −4) from the book"): {"norms_x": "3 -4", "norms_p": 2.0},
        _("One large entry among small ones"): {"norms_x": "1 1 1 1 1 1 1 8"},
        _("Too large to square"): {"norms_x": "3e200 -4e200", "norms_p": 2.0},
    }


def _draw_pictures(x: Vector, terms: Terms) -> None:
    left, right = st.columns(2)
    with left:
        places = np.linspace(0.0, 2.0, 81)
        powers = [math.inf if place == 2 else 1 / (2 - place) for place in places]
        curve = pd.DataFrame({"place": places, "norm": [length(x, p) for p in powers]})
        tables = {"curve": curve[np.isfinite(curve["norm"])], "marks": _marks(x, terms)}
        sentence = _("The norm falls from {half} at p = ½ to {largest} at p = ∞.")
        ends = {"half": format_number(length(x, 0.5)), "largest": format_number(length(x, math.inf))}
        draw_kept(norm_against_power, tables, sentence.format(**ends))
    with right:
        shares, sentence = _shares(terms)
        draw_kept(entry_shares, {"entries": labelled(shares)}, sentence, title=_("Contributions to the sum"))


def _marks(x: Vector, terms: Terms) -> pd.DataFrame:
    known = {1.0: "L1", 2.0: "L2", math.inf: "L∞"}
    if terms.p not in known:
        known[terms.p] = f"p = {power_said(terms.p)}"
    marks = [(2 - 1 / p, length(x, p), name, p == terms.p) for p, name in known.items()]
    finite = [mark for mark in marks if math.isfinite(mark[1])]
    return pd.DataFrame(finite, columns=["place", "norm", "name", "chosen"])


def _shares(terms: Terms) -> tuple[pd.DataFrame, str]:
    """Return the share of each entry in the sum, at most 12 rows with the rest in one, and a sentence."""
    weights = (terms.sizes == terms.norm).astype(float) if math.isinf(terms.p) else terms.powers
    shares = weights / (weights.sum() or 1.0)
    names = ["x" + str(place).translate(_LOWERED) for place in range(1, len(shares) + 1)]
    largest = int(shares.argmax())
    text = _("Entry {place} contributes {share} of the sum.").format(
        place=largest + 1, share=format_percent(shares[largest])
    )
    if len(shares) > MOST_BARS:
        order = np.argsort(-shares, kind="stable")
        first, rest = np.sort(order[: MOST_BARS - 1]), order[MOST_BARS - 1 :]
        names = [*(names[place] for place in first), _("{count} others").format(count=len(rest))]
        shares = np.append(shares[first], shares[rest].sum())
    return pd.DataFrame({"entry": names, "share": shares}), text


def code(x: Vector, p: float) -> str:
    """Return the code for torch: the norms of this vector."""
    return (
        "import torch\n\n"
        f"x = {code_vector(x)}\n"
        f"norm = torch.linalg.vector_norm(x, {code_power(p)})\n"
        "print(norm, x.abs().sum(), x.square().sum().sqrt(), x.abs().max())  # and L1, L2, L∞ by hand"
    )
