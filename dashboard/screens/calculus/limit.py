"""The derivative as a limit: the table of difference quotients for smaller and smaller steps."""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.calculus import difference_quotients
from core.calculus.expression.parser import Expression
from core.calculus.limits import book_lines, nearest_row
from core.calculus.slopes import Slope, slope_at
from core.calculus.torch_code import torch_definition
from core.formatting import format_fixed, format_general, format_latex, format_number
from core.language import _
from dashboard.charts.calculus.limits import method_names, quotient_tables, quotients_against_step
from dashboard.screens.calculus import function, traps
from dashboard.ui import controls, lesson, text_fields
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit import settings

METHODS = ("forward", "backward", "central")
LEAST_DECIMALS = 5  # as in the notes
ROWS_OF_NOTES = 10


@dataclass(frozen=True, eq=False)
class Limit:
    """What the view shows."""

    expression: Expression
    slope: Slope
    table: pd.DataFrame


def draw_limit() -> None:
    """Draw the view."""
    st.markdown(_("How steep is f at x? Take a step h, divide the rise by h, and let h become smaller."))
    inputs: dict[str, Any] = function.draw_fields()
    left, right = st.columns(2)
    with left:
        inputs["calculus_rows"] = controls.slider("calculus_rows", _("Number of steps, each a tenth of the one before"))
    with right:
        chosen = min(controls.slider("calculus_row", _("Row worked out below")), inputs["calculus_rows"])
    answer = text_fields.answer("calculus_limit", inputs, _work_out)
    found, chosen = answer.value, min(chosen, len(answer.value.table))
    st.markdown(escape_markdown(function.tell_slope(found.slope)))
    left, right = st.columns([2, 3])
    with left:
        _draw_table(found)
    with right:
        _draw_picture(found, _step(chosen))
    _tell_rounding(found)
    _tell_print(found)
    _draw_working(found, chosen)
    _tell_pace(found)
    lesson.code(torch_lines(found))
    lesson.traps(traps.of_limits)


def _work_out(calculus_f: str, calculus_x: str, calculus_rows: int) -> Limit:
    expression, x = function.read_function(calculus_f), function.read_place(calculus_x)
    steps = [_step(row) for row in range(1, calculus_rows + 1)]
    return Limit(expression, slope_at(expression, x), difference_quotients(expression, x, steps))


def _step(row: int) -> float:
    return float(f"1e-{row}")


def _limits(slope: Slope) -> dict[str, float]:
    """Return the limit of each quotient. The central one is the mean of the others, whether f is defined or not."""
    left, right = slope.left.slope, slope.right.slope
    if slope.kind in ("undefined", "unknown", "jump"):
        return dict.fromkeys(METHODS, math.nan)
    return {"forward": right, "backward": left, "central": (left + right) / 2}


def _draw_table(found: Limit) -> None:
    names = method_names()
    decimals = [max(LEAST_DECIMALS, row) for row in range(1, len(found.table) + 1)]
    shown = pd.DataFrame({"h": [format_fixed(h, max(row, 1)) for row, h in enumerate(found.table["h"], 1)]})
    for method in METHODS:
        values = zip(found.table[method], decimals, strict=True)
        shown[names[method]] = [_written(value, places) for value, places in values]
    limits = _limits(found.slope)
    if not all(map(math.isnan, limits.values())):
        shown.loc[len(shown)] = ["→ 0", *(format_number(limits[method], 10) for method in METHODS)]
    right = {column: st.column_config.TextColumn(alignment="right") for column in shown.columns}
    described = _("The difference quotients for each step h, and in the last row their limits.")
    show_table(shown, hide_index=True, column_config=right, alt=described, height="content")
    if found.table[list(METHODS)].isna().any(axis=None):
        st.caption(_("A dash marks a quotient that needs a point where the function has no finite value."))


def _written(value: float, decimals: int) -> str:
    """Return a quotient with this many decimals, as in the notes, unless it is too large."""
    if math.isnan(value) or abs(value) >= 1e9:
        return format_number(value)
    return format_fixed(value, decimals)


def _draw_picture(found: Limit, chosen: float) -> None:
    long = found.table.melt("h", value_name="quotient", var_name="method").dropna()
    if long.empty:
        st.info(_("There is no quotient to draw: the function has no finite value here or nearby."))
        return
    limits = sorted({limit + 0.0 for limit in _limits(found.slope).values() if math.isfinite(limit)})
    ends = [
        _("{method} from {first} to {last}").format(
            method=method_names()[method], first=format_number(some.iloc[0]), last=format_number(some.iloc[-1])
        )
        for method in METHODS
        if len(some := long.loc[long["method"] == method, "quotient"])
    ]
    sentence = _("The quotients for h down to {h}: {ends}.").format(h=found.table["h"].min(), ends="; ".join(ends))
    draw_kept(quotients_against_step, quotient_tables(long, limits, chosen), sentence)


def _tell_rounding(found: Limit) -> None:
    """Show from which row on the quotients get worse, and lead on: to more rows, or to why."""
    rows, limit = len(found.table), found.slope.derivative
    best = nearest_row(found.table["forward"].tolist(), limit)
    if best is None:
        return
    if best == rows - 1:
        if rows < ROWS_OF_NOTES:
            st.button(
                _("Show {count} rows: do they all come nearer?").format(count=ROWS_OF_NOTES),
                on_click=settings.choose, args=["calculus_rows", ROWS_OF_NOTES], icon=":material/table_rows:",
            )  # fmt: skip
        return
    errors = [format_number(abs(float(found.table["forward"][row]) - limit), 2) for row in (best, best + 1, rows - 1)]
    template = _(
        "Row {best}, h = {h}, is the nearest: its forward quotient differs from the derivative by {least}. **From row "
        "{next} on every quotient is worse**: row {next} differs by {after}, row {rows} by {last}. A smaller h brings "
        "the quotient nearer, but also divides the rounding of f by a smaller number."
    ) if rows > best + 2 else _(
        "Row {best}, h = {h}, is the nearest: its forward quotient differs from the derivative by {least}. **Row "
        "{next} is worse**: it differs by {after}. A smaller h brings the quotient nearer, but also divides the "
        "rounding of f by a smaller number."
    )  # fmt: skip
    h = format_general(float(found.table["h"][best]))
    st.markdown(
        template.format(best=best + 1, next=best + 2, rows=rows, h=h, least=errors[0], after=errors[1], last=errors[2])
    )
    st.button(
        _("How small an h is best?"),
        on_click=settings.choose, args=["calculus_view", "valley"], icon=":material/arrow_forward:",
    )  # fmt: skip


def _tell_print(found: Limit) -> None:
    """Show what the book's loop prints where five decimals hide the whole step."""
    hidden = [row for row, h in enumerate(found.table["h"], 1) if round(h, LEAST_DECIMALS) == 0]
    if not hidden or found.table["forward"].isna().all():
        return
    h = float(found.table["h"][hidden[0] - 1])
    template = _(
        "The book prints five decimals, so from row {row} on it prints `h=0.00000`. That is a rounded print of a step "
        "that is not 0: in row {row} h is {h}. The quotient of h = 0 would be 0/0. Print {code} to see it."
    )
    st.markdown(template.format(row=hidden[0], h=format_general(h), code="`{h:g}`"))
    st.code("\n".join(book_lines(found.table)), language=None)


def _draw_working(found: Limit, row: int) -> None:
    """Show the forward quotient of one row with its numbers."""
    x, h, quotient = found.slope.x, _step(row), float(found.table["forward"][row - 1])
    if math.isnan(quotient):
        return
    digits = min(7 + row, 16)
    there, here = (format_latex(float(found.expression(place)), digits) for place in (x + h, x))
    minus = rf"\left({here}\right)" if here.startswith("-") else here
    place = format_latex(x, 10)
    st.latex(
        rf"\begin{{aligned}}\frac{{f({place} + {format_latex(h)}) - f({place})}}{{{format_latex(h)}}}"
        rf" &= \frac{{{there} - {minus}}}{{{format_latex(h)}}} \\ &= {format_latex(quotient, digits)}\end{{aligned}}"
    )


def _tell_pace(found: Limit) -> None:
    """Show how much nearer the quotients get with each row, where rounding does not hide it."""
    slope, rows = found.slope, found.table.iloc[:2]
    if slope.kind != "smooth":
        return
    bends = abs(float(rows["central"].iloc[0]) - slope.derivative) > 1e-10 * (1 + abs(slope.derivative))
    template = (
        _("From the first row to the second the forward quotient gets {forward} times nearer to the derivative, the "
          "central one {central} times: the errors of its two sides largely cancel.")
        if bends
        else _("From the first row to the second the forward quotient gets {forward} times nearer to the "
               "derivative. The central one is exact at once: the errors of its two sides cancel.")
    )  # fmt: skip
    pace = {method: _pace(rows[method], slope.derivative) for method in METHODS}
    if all(math.isfinite(pace[method]) for method in (("forward", "central") if bends else ("forward",))):
        st.markdown(
            escape_markdown(template.format(**{method: format_number(times, 3) for method, times in pace.items()}))
        )


def _pace(quotients: pd.Series, true: float) -> float:
    """Return how many times nearer the second quotient is than the first; nan where rounding dominates."""
    first, second = (abs(float(value) - true) for value in quotients)
    return first / second if second > 1e-10 * (1 + abs(true)) else math.nan


def torch_lines(found: Limit) -> str:
    """Return the code for torch: the table and the derivative."""
    steps = ", ".join(f"{h:g}" for h in found.table["h"])
    return f"""{torch_definition(found.expression, ["x"])}

x = torch.tensor({found.slope.x!r}, dtype=torch.float64, requires_grad=True)
h = torch.tensor([{steps}], dtype=torch.float64)
with torch.no_grad():
    forward = (f(x + h) - f(x)) / h
    backward = (f(x) - f(x - h)) / h
    central = (f(x + h) - f(x - h)) / (2 * h)
f(x).backward()
print(forward, backward, central, x.grad, sep="\\n")"""
