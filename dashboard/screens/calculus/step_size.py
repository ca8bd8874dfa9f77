"""The step size h: the error of a difference quotient for every step, in float32 and float64."""

import math
from typing import Any

import pandas as pd
import streamlit as st

from core.calculus.expression.parser import Expression
from core.calculus.step_size import DTYPES, METHODS, StepSizes, measure_step_sizes
from core.calculus.torch_code import torch_definition
from core.formatting import format_number
from core.language import _, ngettext
from dashboard.charts.calculus.limits import method_names
from dashboard.charts.calculus.limits import valley as valley_chart
from dashboard.screens.calculus import function, traps
from dashboard.ui import controls, lesson, text_fields
from dashboard.ui.chart import draw_chart
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table


def draw_valley() -> None:
    """Draw the view."""
    st.markdown(
        _(
            "A large step h has a large truncation error; a small one drowns in rounding. The best h lies in "
            "between, and is not the smallest."
        )
    )
    inputs: dict[str, Any] = function.draw_fields()
    shown = controls.either("calculus_dtype", _("Computed in"))
    answer = text_fields.answer("calculus_valley", inputs, _measure)
    expression, found = answer.value
    dtypes = list(DTYPES) if shown == "both" else [shown]
    _draw_chart(found, dtypes)
    _draw_best(found)
    _tell(found)
    lesson.code(torch_lines(expression, found))
    lesson.traps(traps.of_valleys)


def _measure(calculus_f: str, calculus_x: str) -> tuple[Expression, StepSizes]:
    expression = function.read_function(calculus_f)
    return expression, measure_step_sizes(expression, function.read_place(calculus_x))


def _draw_chart(found: StepSizes, dtypes: list[str]) -> None:
    points = found.points[found.points["dtype"].isin(dtypes)]
    if points.empty:
        st.info(_("Every quotient is exact, and an error of 0 cannot be drawn on a logarithmic axis."))
        return
    series = {(method, dtype): f"{method_names()[method]}, {dtype}" for method in METHODS for dtype in DTYPES}
    points = points.assign(series=_series(points, series))
    best = found.best[found.best["dtype"].isin(dtypes) & (found.best["error"] > 0)]
    best = best.assign(series=_series(best, series), h=best["found"])
    best["label"] = [f"h = {format_number(h, 1)}" for h in best["found"]]
    marked = "; ".join(
        _("{series}: {error} at h = {h}").format(series=series, error=format_number(error, 2), h=format_number(h, 2))
        for series, error, h in zip(best["series"], best["error"], best["h"], strict=True)
    )
    subtitle = _("Rings: the best h. Dashed: theory.")
    sentence = _("Errors against h on logarithmic axes. The smallest are {marked}.").format(marked=marked)
    draw_chart(valley_chart(points, _sides(found, dtypes), best, subtitle), sentence)


def _series(table: pd.DataFrame, names: dict[tuple[str, str], str]) -> list[str]:
    return [names[key] for key in zip(table["method"], table["dtype"], strict=True)]


def _sides(found: StepSizes, dtypes: list[str]) -> pd.DataFrame:
    """Return the lines to draw and their names; the truncation of both dtypes is one line."""
    sides = found.sides[found.sides["dtype"].isin(dtypes)]
    cut = sides[sides["side"] == "truncation"].drop_duplicates(["method", "h"])
    drawn = pd.concat([cut, sides[(sides["side"] == "rounding") & (sides["method"] == "forward")]])
    words = {1: _("truncation ∝ h"), 2: "∝ h²", -1: _("rounding ∝ 1/h")}
    line = drawn["method"] + drawn["side"] + drawn["dtype"]
    return drawn.assign(line=line, label=drawn["power"].map(words))


def _draw_best(found: StepSizes) -> None:
    names, best = method_names(), found.best.sort_values(["method", "dtype"], ascending=[False, True])
    table = pd.DataFrame(
        {
            _("difference"): [names[method] for method in best["method"]],
            _("computed in"): best["dtype"],
            _("best h found"): [format_number(h, 2) for h in best["found"]],
            _("error at best h"): [format_number(error, 2) for error in best["error"]],
            _("predicted h for this f"): [_foretold(h) for h in best["foretold"]],
            _("rule of thumb"): [
                f"{'√ε' if method == 'forward' else '∛ε'} = {format_number(rule, 2)}"
                for method, rule in zip(best["method"], best["rule"], strict=True)
            ],
        }
    )
    show_table(table, hide_index=True, alt=_("The best step for each difference and dtype: predicted and found."))


def _foretold(h: float) -> str:
    return (
        _("no limit: this error term is 0")
        if math.isinf(h)
        else _("the smaller the better")
        if h == 0
        else format_number(h, 2)
    )


def _tell(found: StepSizes) -> None:
    """Show what the chart leaves out, and what a missing side means."""
    slope, sentences = found.slope, []
    if slope.left.third == slope.right.third == 0 and slope.right.second != 0:
        sentences.append(
            _(
                "The third derivative of this function is 0 here, so the central difference has no truncation error "
                "∝ h². Try sin x."
            )
        )
    if slope.left.second == slope.right.second == slope.left.third == slope.right.third == 0:
        sentences.append(
            _("The second and the third derivative are 0 here, so there is no truncation error ∝ h or ∝ h².")
        )
    if found.exact:
        sentences.append(
            ngettext(
                "{count} quotient is exact and not drawn: a log axis has no 0.",
                "{count} quotients are exact and not drawn: a log axis has no 0.",
                found.exact,
            ).format(count=found.exact)
        )
    if found.undefined:
        sentences.append(
            ngettext(
                "{count} quotient has no finite value and is left out.",
                "{count} quotients have no finite value and are left out.",
                found.undefined,
            ).format(count=found.undefined)
        )
    if sentences:
        st.caption(escape_markdown(" ".join(sentences)))


def torch_lines(expression: Expression, found: StepSizes) -> str:
    """Return the code for torch: the errors for every step."""
    return f"""{torch_definition(expression, ["x"])}

for dtype in (torch.float32, torch.float64):
    x = torch.tensor({found.slope.x!r}, dtype=dtype)
    exact = torch.func.grad(f)(x.double())
    for power in range(17):
        h = torch.tensor(10.0**-power, dtype=dtype)
        forward = (f(x + h) - f(x)) / h
        central = (f(x + h) - f(x - h)) / (2 * h)
        print(dtype, f"{{h:.0e}}  {{abs(forward - exact):.1e}}  {{abs(central - exact):.1e}}")"""
