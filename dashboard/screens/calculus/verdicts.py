"""What a point of a function of two variables is, in sentences: the gradient, the slopes, and whether they agree."""

import math
from decimal import Decimal

import numpy as np

from core.calculus.directional_slopes import LINES, Path, Slopes
from core.calculus.expression.parser import Expression
from core.calculus.gradients import DIRECTIONS, Place, directions
from core.formatting import format_decimal, format_general, format_number
from core.language import _, ngettext

TRIED = 0.1  # length of the trial step downhill
BY_GRADIENT = ("differentiable", "only along lines", "undecided")  # kinds where the gradient is what is known


def steepness(place: Place, around: Slopes) -> tuple[str, str, str]:
    """Return the box of the steepness: its label, its value, and a help text."""
    norm = format_number(place.steepness)
    if around.kind == "undecided":
        return (
            _("Norm of the gradient"),
            norm,
            _("The slope straight uphill, if f is differentiable here, which is not decided."),
        )
    if around.kind in BY_GRADIENT:
        return _("Steepness"), norm, _("The norm of the gradient: the slope straight uphill.")
    steepest, _degrees = around.steepest
    if around.kind == "not continuous":
        return _("Steepest slope"), "–", _("f is not continuous here, so slopes along lines do not bound its change.")
    if around.kind == "undefined" or math.isnan(steepest):
        return _("Steepest slope"), "–", _("Not every direction has a slope here, or the slopes have no bound.")
    template = (
        _("The largest slope of {count} directions. There is no gradient here.")
        if math.isnan(place.steepness)
        else _("The largest slope of {count} directions. f is not differentiable here, so it is not the norm of the "
               "gradient, {norm}.")
    )  # fmt: skip
    return _("Steepest slope"), format_number(steepest, 4), template.format(count=DIRECTIONS, norm=norm)


def way_down(place: Place, around: Slopes) -> tuple[float, float]:
    """Return the direction of steepest descent, of length 1; (0, 0) or nan where there is none."""
    if around.kind in BY_GRADIENT:
        return place.downhill
    slope, degrees = around.lowest
    if around.kind in ("undefined", "not continuous") or not slope < 0:
        return math.nan, math.nan
    x, y = directions()[round(degrees * DIRECTIONS / 360)]
    return float(x), float(y)


def tell_value(place: Place, around: Slopes) -> str:
    """Return how f is continued where the formula has no value; "" where it has one."""
    if not place.filled:
        return ""
    template = {
        True: _("The formula has no value at ({x}, {y}); f is continued there by its limit, {value}."),
        False: _("The formula has no value at ({x}, {y}), and f has no limit there; f is set to {value}, what it tends "
                 "to along both axes."),
        None: _("The formula has no value at ({x}, {y}); f is set to {value} there, what it tends to along both axes."),
    }[around.jump.tends]  # fmt: skip
    return template.format(**_at(place), value=format_number(place.value)) + " "


def tell_downhill(expression: Expression, place: Place, around: Slopes) -> str:
    """Show the direction of steepest descent, and try it; or why there is none."""
    if math.isnan(place.value):
        return _("The formula has no value at ({x}, {y}), so there is no gradient. Move the point.").format(
            **_at(place)
        )
    if math.isnan(place.steepness):
        return _(
            "At ({x}, {y}) there is no slope along one of the axes (a kink, a jump, an end, or a slope without bound), "
            "so there is no gradient."
        ).format(**_at(place))
    text = tell_value(place, around)
    gradient = {"first": format_number(place.slopes[0], 4), "second": format_number(place.slopes[1], 4)}
    if around.kind == "only along lines":
        return text + _(
            "The gradient at ({x}, {y}), ({first}, {second}), gives the slope along every straight line tried, and yet "
            "f is not differentiable there."
        ).format(**_at(place), **gradient)
    if around.kind not in BY_GRADIENT:
        return text + _tell_other_way(place, around, gradient)
    if around.kind == "undecided":
        text += _("Whether f is differentiable here is not decided; what follows holds only if it is.") + " "
    if place.steepness == 0:
        return text + _("The gradient at ({x}, {y}) is (0, 0): it gives no direction of descent.").format(**_at(place))
    (dx, dy), step = place.downhill, TRIED
    there = float(expression(place.x + step * dx, place.y + step * dy))
    return text + _(
        "The direction of steepest descent is ({dx}, {dy}), against the gradient. A step of {step} should change f "
        "by {foretold}; it changes f by {measured}."
    ).format(
        dx=format_number(dx, 3),
        dy=format_number(dy, 3),
        step=format_number(step),
        foretold=format_number(-step * place.steepness, 4),
        measured=format_number(there - place.value, 4),
    )


def _tell_other_way(place: Place, around: Slopes, gradient: dict[str, str]) -> str:
    text = _(
        "f is not differentiable at ({x}, {y}), so its partial derivatives, ({first}, {second}), do not give the "
        "direction of steepest descent."
    ).format(**_at(place), **gradient)
    if math.isnan(sum(way_down(place, around))):
        return text
    slope, degrees = around.lowest
    return f"{text} " + _("Of {count} directions f falls most steeply at {degrees}°, with slope {slope}.").format(
        count=DIRECTIONS, degrees=format_general(degrees), slope=format_number(slope, 3)
    )


def tell_verdict(place: Place, around: Slopes) -> str:
    """Return whether the gradient gives every slope, and if not, which of the ways to fail it is."""
    kind = around.kind
    if kind == "only along lines":
        return _(
            "No, though along the {count} straight lines tried the error divided by h tends to 0. On a path that bends "
            "it does not: at ({x}, {y}) it is {largest}, and no smaller nearer the point. f is not differentiable here."
        ).format(
            count=DIRECTIONS, largest=format_number(around.remainder.largest, 3), **_witness(place, around.remainder)
        )
    if kind == "not continuous":
        return f"{_tell_break(place, around)} {_tell_all(around) or _tell_lines(around)}"
    if kind == "undecided" and place.verdict == "differentiable":
        return _(
            "Not decided: along the {count} straight lines tried the error divided by h tends to 0, but on paths that "
            "bend these steps do not decide it."
        ).format(count=DIRECTIONS)
    text = _tell_error(place)
    if kind == "not linear":
        return f"{text} {_tell_slopes(place, around)}"
    if kind == "some without":
        return f"{text} {_tell_lines(around)} {tell_broken(around)}"
    if kind == "not differentiable":
        return f"{text} " + _("These steps do not decide whether each direction has a slope.")
    return text


def _tell_slopes(place: Place, around: Slopes) -> str:
    """Return that every direction has a slope, and that this is not enough."""
    (high, _highest), (low, _lowest) = around.steepest, around.lowest
    foretold = float(np.dot(directions()[round(around.worst * DIRECTIONS / 360)], place.slopes))
    return _(
        "**Every direction has a slope** here: those tried lie between {low} and {high}. No slope is missing; they are "
        "not linear in the direction. At {degrees}° the slope is {slope}, but gradient · direction is {foretold}."
    ).format(
        low=format_number(low, 3),
        high=format_number(high, 3),
        degrees=format_general(around.worst),
        slope=format_number(around.at(around.worst), 3),
        foretold=format_number(foretold, 3),
    )


def _tell_break(place: Place, around: Slopes) -> str:
    first, last = _ends(place)
    text = (
        _("No: both partial derivatives exist, but along the {count} straight lines tried the error divided by h grows "
          "from {first} to {last}. f is not even continuous here: it does not tend to f(p) along every path.")
        if place.verdict == "not continuous"
        else _("No: both partial derivatives exist, but f is not even continuous here: it does not tend to f(p) along "
               "every path.")
    ).format(count=DIRECTIONS, first=first, last=last)  # fmt: skip
    if around.jump.tends is not False:
        return text
    return f"{text} " + _("At ({x}, {y}) it is {value}, at the point {here}.").format(
        value=format_number(around.jump.value, 3), here=format_number(place.value, 3), **_witness(place, around.jump)
    )


def _tell_all(around: Slopes) -> str:
    """Return that every line has a slope though f is not continuous; "" if that is not so."""
    if around.straight < LINES:
        return ""
    return _(
        "All the same, f has a slope along each of the {lines} lines tried through the point: slopes in all "
        "directions do not make f continuous."
    ).format(lines=LINES)


def _tell_lines(around: Slopes) -> str:
    """Return how many of the lines through the point have a slope."""
    return ngettext(
        "Of {lines} lines tried through the point {count} has a slope.",
        "Of {lines} lines tried through the point {count} have a slope.",
        around.straight,
    ).format(lines=LINES, count=around.straight)


def tell_broken(around: Slopes) -> str:
    """Return which line has no slope, and why; "" where each has one."""
    if math.isnan(around.broken):
        return ""
    ahead, back = around.at(around.broken), -around.at(around.broken + 180) + 0.0
    if math.isnan(ahead + back):
        template = _("Along the line at {degrees}° there is none: f jumps, has no value, or its slope has no bound.")
    else:
        template = _("Along the line at {degrees}° f has a kink: its slope is {back} before and {ahead} after it.")
    return template.format(
        degrees=format_general(around.broken), ahead=format_number(ahead, 3), back=format_number(back, 3)
    )


def tell_no_gradient(around: Slopes) -> str:
    """Return which lines have a slope where an axis has none."""
    return f"{_tell_lines(around)} {tell_broken(around)}"


def _tell_error(place: Place) -> str:
    """Return what the error does along the directions tried; another path may still behave otherwise."""
    table = place.closeness
    first, last = _ends(place)
    start, end = (step_text(table["h"].iloc[row]) for row in (0, -1))
    if place.verdict == "differentiable":  # it may rise first
        row = int(table["remainder"].argmax())
        first, start = format_number(table["remainder"].iloc[row], 3), step_text(table["h"].iloc[row])
    if place.verdict == "differentiable" and table["remainder"].iloc[-1] <= table["rounding"].iloc[-1]:
        return _(
            "Yes, as far as {count} straight lines can tell: at h = {end} the error divided by h, {last}, is no more "
            "than the rounding of f. f is differentiable here."
        ).format(count=DIRECTIONS, end=end, last=last)
    return {
        "differentiable": _(
            "Yes, as far as {count} straight lines can tell: from h = {start} to h = {end} the error divided by h "
            "falls from {first} to {last}, towards 0. f is differentiable here unless it behaves otherwise between "
            "them."
        ),
        "not differentiable": _(
            "No: both partial derivatives exist, but along the {count} straight lines tried the error divided by h "
            "does not tend to 0; it stays near {last}. f is not differentiable here."
        ),
        "undecided": _(
            "Not decided: along the {count} straight lines tried the error divided by h goes from {first} at h = "
            "{start} to {last} at h = {end}, and these steps do not decide whether it tends to 0. Smaller ones would "
            "be lost in rounding."
        ),
    }[place.verdict].format(count=DIRECTIONS, first=first, last=last, start=start, end=end)


def _ends(place: Place) -> tuple[str, str]:
    remainders = place.closeness["remainder"]
    return format_number(remainders.iloc[0], 3), format_number(remainders.iloc[-1], 3)


def step_text(h: float) -> str:
    """Return a step with all its digits."""
    return format_decimal(Decimal(np.format_float_positional(h, trim="-")))


def _at(place: Place) -> dict[str, str]:
    return {"x": format_number(place.x), "y": format_number(place.y)}


def _witness(place: Place, path: Path) -> dict[str, str]:
    """Return the point on a path, with digits enough to see it beside `place`."""
    pairs = (("x", path.x, place.x), ("y", path.y, place.y))
    return {name: format_number(there, 8 if here else 4) for name, there, here in pairs}
