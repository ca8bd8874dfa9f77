"""Several functions in one picture, drawn by matplotlib's format strings; which part of a string did what."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.calculus.plot_code import matplotlib_lines
from core.calculus.plotting import MARK_EVERY, Line, Plot, Typed, make_plot
from core.formatting import format_number
from core.language import _
from dashboard.charts.calculus.plots import functions_in_one_picture
from dashboard.screens.calculus import function
from dashboard.screens.calculus.plot_book import explain_the_cell
from dashboard.screens.calculus.plot_words import line_names, show_misread_strings, show_parts
from dashboard.ui import controls, text_fields
from dashboard.ui.chart import draw_chart
from dashboard.ui.escape import escape_markdown, show_notes
from dashboard.ui.examples import examples
from dashboard.visit import settings

KEY = "calculus_plot"
ROWS = range(1, 5)


def draw_plot() -> None:
    """Draw the view."""
    st.markdown(
        _("A format string sets in a few characters how a curve is drawn: its colour, its line and its marker, in any "
          "order. Change one and see what changes.")
    )  # fmt: skip
    picture = st.container()  # above the fields: on a telephone a dozen of them would hide what they change
    inputs = _draw_fields()
    plot: Plot = text_fields.answer(KEY, inputs, _work_out).value
    with picture:
        draw_chart(functions_in_one_picture(plot), _finding(plot))
    _tell_tangents(plot)
    if any(line.format.marker for line in plot.lines):
        sentence = _("Markers stand at every {step}th of the {points} points (markevery).")
        st.caption(sentence.format(step=MARK_EVERY, points=len(plot.x)))
    show_notes(plot.notes)
    left, right = st.columns(2)
    with left:
        show_parts(plot.lines)
    with right:
        show_misread_strings()
    st.caption(_("The same picture in matplotlib, without d2l"))
    st.code(matplotlib_lines(plot), language="python", wrap_lines=True)
    explain_the_cell()


def _draw_fields() -> dict[str, Any]:
    inputs: dict[str, Any] = {}
    for row in ROWS:
        f, fmt, name = st.columns([4, 2, 3])
        with f:
            label = _("Function {number}, as in Python").format(number=row)
            inputs[f"{KEY}_f{row}"] = text_fields.field(f"{KEY}_f{row}", label)
        with fmt:
            label = _("Format string {number}").format(number=row)
            inputs[f"{KEY}_fmt{row}"] = text_fields.field(f"{KEY}_fmt{row}", label)
        with name:
            label = _("Name {number} in the legend").format(number=row)
            inputs[f"{KEY}_name{row}"] = text_fields.field(f"{KEY}_name{row}", label)
    examples("calculus", _examples())
    return inputs | _draw_axes() | _draw_tangents()


def _draw_axes() -> dict[str, Any]:
    x_limits, x_scale, y_limits, y_scale = st.columns([2, 2, 2, 2])
    with x_limits:
        x = text_fields.field(f"{KEY}_xlim", _("xlim: from, to"))
    with x_scale:
        x_kind = controls.either(f"{KEY}_xscale", _("x axis"))
    with y_limits:
        y = text_fields.field(f"{KEY}_ylim", _("ylim: empty is automatic"))
    with y_scale:
        y_kind = controls.either(f"{KEY}_yscale", _("y axis"))
    return {f"{KEY}_xlim": x, f"{KEY}_xscale": x_kind, f"{KEY}_ylim": y, f"{KEY}_yscale": y_kind}


def _draw_tangents() -> dict[str, Any]:
    toggle, place = st.columns([4, 2], vertical_alignment="bottom")
    with toggle:
        wanted = controls.toggle(f"{KEY}_tangents", _("Add the tangent of each function"))
    with place:
        x = text_fields.field("calculus_x", _("at x ="))
    return {f"{KEY}_tangents": wanted, "calculus_x": x}


def _work_out(**inputs: Any) -> Plot:
    typed = [Typed(*(str(inputs[f"{KEY}_{part}{row}"]) for part in ("f", "fmt", "name"))) for row in ROWS]
    at = function.read_place(inputs["calculus_x"]) if inputs[f"{KEY}_tangents"] else None
    return make_plot(
        typed,
        inputs[f"{KEY}_xlim"],
        inputs[f"{KEY}_ylim"],
        inputs[f"{KEY}_xscale"],
        inputs[f"{KEY}_yscale"],
        at,
    )


def _examples() -> Mapping[str, Mapping[str, Any]]:
    """Return the settings of each example."""
    book = {key: text for key, text in settings.TEXTS.items() if key.startswith(f"{KEY}_")}
    linear = {f"{KEY}_xscale": "linear", f"{KEY}_yscale": "linear", f"{KEY}_tangents": False}
    both = {f"{KEY}_xscale": "log", f"{KEY}_yscale": "log", f"{KEY}_tangents": False}
    return {
        _("The book's strings"): book | linear,
        _("Markers"): linear | _row(1, "x", "o") | _row(2, "x + 1", "rs--") | _row(3, "x + 2", "k^:")
        | _row(4, "x + 3", "C1D-.") | {f"{KEY}_xlim": "0, 3", f"{KEY}_ylim": ""},
        _("Log axes"): both | _row(1, "x**2", "-") | _row(2, "x", "m--") | _row(3, "exp(x)", "g-.")
        | _row(4, "x - 1", "r:") | {f"{KEY}_xlim": "0.1, 10", f"{KEY}_ylim": "0.01, 1000"},
        _("Poles and gaps"): linear | _row(1, "1/x", "-") | _row(2, "sqrt(x)", "m--") | _row(3, "tan(x)", "g-.")
        | _row(4, "abs(x)", "r:") | {f"{KEY}_xlim": "-3, 3", f"{KEY}_ylim": "-5, 5"},
    }  # fmt: skip


def _row(number: int, f: str, fmt: str) -> dict[str, str]:
    return {f"{KEY}_f{number}": f, f"{KEY}_fmt{number}": fmt, f"{KEY}_name{number}": f}


def _finding(plot: Plot) -> str:
    sentence = _("x from {x_low} to {x_high}, f(x) from {y_low} to {y_high}. {lines}.")
    low, high = map(format_number, plot.y_limits)
    return sentence.format(
        x_low=format_number(plot.x_limits[0]),
        x_high=format_number(plot.x_limits[1]),
        y_low=low,
        y_high=high,
        lines="; ".join(_drawn_line(line) for line in plot.lines),
    )


def _drawn_line(line: Line) -> str:
    known = line.y[line.y == line.y]
    if not len(known):
        return _("{f}: nothing to draw").format(f=line.expression.text)
    sentence = _("{f}, {look}, from {first} to {last}")
    look = line_names()[line.format.line]
    first, last = format_number(float(known[0])), format_number(float(known[-1]))
    return sentence.format(f=line.expression.text, look=look, first=first, last=last)


def _tell_tangents(plot: Plot) -> None:
    for line in plot.lines:
        if line.tangent is None:
            continue
        sentences = [function.tell_slope(line.tangent)]
        if line.tangent.kind == "smooth" and line.tangent_y is None:
            sentences.append(_("The tangent of a straight line is the line itself."))
        st.markdown(escape_markdown(f"{line.expression.text}: {' '.join(sentences)}"))
