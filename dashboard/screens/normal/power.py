"""Which loss: the estimate for every power p of the residuals, from the median over the mean to the mid-range."""

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_number
from core.foundations.power_line import PowerLine, best_line
from core.foundations.power_loss import best_constant, exact_constant
from core.language import _
from core.tensors import parse_tensor
from dashboard.scenes.power_loss.scene import power_scene
from dashboard.screens.normal.nearest import draw_nearest
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.examples import Examples, examples
from dashboard.ui.tables import show_table
from dashboard.ui.traps import trap
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_data

KEY = "normal_power_scene"
MOST_VALUES = 15
LARGEST = 1e6


def draw_power() -> None:
    """Draw the values, the scene, the exact estimates, the code and the traps."""
    st.markdown(
        _("Minimise **Σ |r|ᵖ** and move p from 1 to ∞. p = 1 gives the median, p = 2 the mean, p = ∞ the mid-range. "
          "Then drag a value far away: which estimate follows?")
    )  # fmt: skip
    fields = st.columns([3, 2], vertical_alignment="bottom")
    with fields[0]:
        text_fields.field("normal_values", _("The values"))
    with fields[1]:
        controls.either("normal_fits", _("Fit"))
    found = text_fields.answer("normal_power", {"normal_values": settings.text("normal_values")}, read_values)
    values, p = found.value, float(settings.value("normal_p"))
    line = settings.value("normal_fits") == "line"
    scenes.power_loss(power_scene(values, p=p, line=line), KEY, _take_over)
    examples("normal", _examples())
    _exact(values, p, line)
    draw_nearest()
    st.caption(
        _("It takes for granted that all residuals are of one law. p < 1 is not offered: the sum then has a minimum at "
          "every value. Next: the residuals of your own model.")
    )  # fmt: skip
    lesson.code(code(values, p, line))
    lesson.traps(_traps)


def read_values(normal_values: str) -> tuple[float, ...]:
    """Return typed values, at least 2 and at most 15. Raises InputError for anything else."""
    array = parse_tensor(normal_values, most_cells=1000)
    if array.ndim != 1 or not 2 <= array.size <= MOST_VALUES:
        template = _("Type from 2 to {most} numbers, with spaces between them, such as “1 2 2.5 9”; got shape {shape}.")
        raise InputError(template.format(most=MOST_VALUES, shape=tuple(array.shape)))
    values = tuple(float(value) for value in array)
    if not all(math.isfinite(value) and abs(value) <= LARGEST for value in values):
        raise InputError(_("The values have to be finite, from −1,000,000 to 1,000,000, to be drawn."))
    return values


def _take_over() -> None:
    settled = getattr(state.get(KEY), "settled", None) or {}
    settings.choose("normal_p", settled.get("p"))
    values = settled.get("values")
    if isinstance(values, list) and values:
        text = " ".join(f"{float(value)!r}".removesuffix(".0") for value in values)
        if _values_of(settings.text("normal_values")) != _values_of(text):
            state.put("normal_values", text)


def _values_of(text: str) -> tuple[float, ...]:
    try:
        return read_values(text)
    except InputError:
        return ()


def _examples() -> Examples:
    clean, far = "1 2 2.5 3 4", "1 2 2.5 3 40"
    return {
        _("Works: the median with an outlier"): {"normal_values": far, "normal_p": 1.0, "normal_fits": "number"},
        _("Fails: the mean with it"): {"normal_values": far, "normal_p": 2.0, "normal_fits": "number"},
        _("Fails worse: the mid-range"): {"normal_values": far, "normal_p": math.inf, "normal_fits": "number"},
        _("Without it"): {"normal_values": clean, "normal_p": 2.0, "normal_fits": "number"},
        _("A line with an outlier"): {"normal_values": "1 2.2 2.8 4.1 5 15", "normal_p": 1.0, "normal_fits": "line"},
    }


def _powers(p: float) -> list[float]:
    return sorted({1.0, 2.0, math.inf, p})


def _exact(values: Sequence[float], p: float, line: bool) -> None:
    """Show the estimates that core computes: fractions and closed forms, linear programmes, bracketed searches."""
    if line:
        table, text = _lines_table(values, p)
    else:
        table, text = _numbers_table(values, p)
    st.markdown(text)
    show_table(table, hide_index=True, alt=text)


def _numbers_table(values: Sequence[float], p: float) -> tuple[pd.DataFrame, str]:
    rows = []
    for power in _powers(p):
        found, exact = best_constant(values, power), exact_constant(values, power)
        fraction = "–" if exact is None else str(exact)
        if found.low < found.high:
            fraction = _("all from {low} to {high}").format(
                low=format_number(found.low), high=format_number(found.high)
            )
        rows.append(
            {
                _("p"): format_number(power, 4),
                _("best number"): format_number(found.centre, 8),
                _("exactly"): fraction,
                _("‖residuals‖ₚ"): format_number(found.norm, 6),
            }
        )
    mean, median = best_constant(values, 2).centre, best_constant(values, 1).centre
    middle = best_constant(values, math.inf).centre
    text = _("**The exact answers.** The mean, {mean}, is {first} away from the median, {median}; the mid-range, "
             "{middle}, is {second} away: the larger p, the more the value furthest away counts.").format(
        mean=format_number(mean, 5), median=format_number(median, 5), middle=format_number(middle, 5),
        first=format_number(abs(mean - median), 4), second=format_number(abs(middle - median), 4),
    )  # fmt: skip
    return pd.DataFrame(rows), text


@cache_data(max_entries=100, show_spinner=False)
def _lines(values: tuple[float, ...], p: float) -> dict[float, PowerLine]:
    return {power: best_line(range(1, len(values) + 1), values, power) for power in _powers(p)}


def _lines_table(values: Sequence[float], p: float) -> tuple[pd.DataFrame, str]:
    ways = {1.0: _("linear programme"), 2.0: _("closed form"), math.inf: _("linear programme")}
    rows = []
    lines = _lines(tuple(values), p)
    for power, found in lines.items():
        tied = found.slope_low < found.slope_high
        slope = (
            _("all from {low} to {high}").format(
                low=format_number(found.slope_low, 5), high=format_number(found.slope_high, 5)
            )
            if tied
            else format_number(found.slope, 8)
        )
        rows.append(
            {
                _("p"): format_number(power, 4),
                _("slope b"): slope,
                _("intercept a"): format_number(found.intercept, 6),
                _("‖residuals‖ₚ"): format_number(found.norm, 6),
                _("found by"): ways.get(power, _("convex search")),
            }
        )
    text = _("**The exact answers.** Least absolute deviations have slope {one}, least squares {two}, and Chebyshev’s "
             "line {many}: the larger p, the more the point furthest away counts.").format(
        one=format_number(lines[1.0].slope, 5), two=format_number(lines[2.0].slope, 5),
        many=format_number(lines[math.inf].slope, 5),
    )  # fmt: skip
    return pd.DataFrame(rows), text


def code(values: Sequence[float], p: float, line: bool) -> str:
    """Return the code for torch: losses at the best number or line, and the gradient at it where it is smooth."""
    listed = f"torch.tensor({list(values)}, dtype=torch.float64)"
    if line:
        found = best_line(range(1, len(values) + 1), values, p)
        fitted = f"x = torch.arange(1.0, {len(values) + 1}, dtype=torch.float64)\n"
        fitted += f"fitted = {found.intercept!r} + {found.slope!r} * x  # the best line for this p"
    else:
        fitted = f"fitted = torch.full_like(values, {best_constant(values, p).centre!r})  # the best number for this p"
    power = "torch.inf" if math.isinf(p) else repr(p)
    return (
        "import torch\nfrom torch import nn\n\n"
        f"values = {listed}\n{fitted}\n"
        f"norm = torch.linalg.vector_norm(values - fitted, {power})\n"
        'absolute = nn.L1Loss(reduction="sum")(fitted, values)\n'
        'squared = nn.MSELoss(reduction="sum")(fitted, values)\n'
        "largest = (values - fitted).abs().max()\n"
        "print(norm, absolute, squared, largest)"
    )


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("torch.median returns the lower of two."),
            _("With an even number of values every number between the middle two minimises the sum of sizes. "
              "`torch.median` takes the lower one, NumPy's `median` the middle between them."),
            "x = torch.tensor([1.0, 2.0, 4.0, 9.0])\nlower = x.median()\nmiddle = x.quantile(0.5)",
            ["lower", "middle"],
        ),
        trap(
            _("Mean or sum."),
            _("`nn.L1Loss()` and `nn.MSELoss()` divide by the number of values by default; the minimum is at the "
              "same place, the number is another one."),
            "p, y = torch.zeros(4), torch.tensor([1.0, 2.0, 4.0, 9.0])\n"
            'mean = torch.nn.L1Loss()(p, y)\ntotal = torch.nn.L1Loss(reduction="sum")(p, y)',
            ["mean", "total"],
        ),
        trap(
            _("The absolute loss has no slope at 0."),
            _("Its gradient is −1 or 1 however near the residual is, and torch takes 0 at 0 itself. So gradient "
              "descent at a constant rate does not settle; with a smaller rate it ends nearer, and `nn.HuberLoss`, "
              "which is squared near 0, converges."),
            "r = torch.tensor([-0.001, 0.0, 5.0], requires_grad=True)\nr.abs().sum().backward()\nslopes = r.grad",
            ["slopes"],
        ),
    ]  # fmt: skip
