"""The lines of a script that transform the target, and that invert predictions of it."""

from collections.abc import Callable, Iterator
from inspect import getsource
from typing import Any

from core.preprocessing.recipes.target_transform import (
    FittedTarget,
    box_cox,
    box_cox_inverse,
    sqrt_inverse,
    standard_target,
    yeo_johnson,
    yeo_johnson_inverse,
)

_FORWARD = {
    "log": "np.log({values})",
    "sqrt": "np.sqrt({values})",
    "box_cox": "box_cox({values}, {power!r})",
    "yeo_johnson": "yeo_johnson({values}, {power!r})",
    "standard": "standard_target({values}, {centre!r}, {spread!r})",
}
_INVERSE = {
    "log": "np.exp({values})",
    "sqrt": "sqrt_inverse({values})",
    "box_cox": "box_cox_inverse({values}, {power!r})",
    "yeo_johnson": "yeo_johnson_inverse({values}, {power!r})",
    "standard": "{values} * {spread!r} + {centre!r}",
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (standard_target, box_cox, box_cox_inverse, yeo_johnson, yeo_johnson_inverse, sqrt_inverse)
}


def write_forward(target: FittedTarget, values: str) -> str:
    """Return the expression of these values, themselves an expression, as they are trained on."""
    return _write(_FORWARD, target, values)


def write_inverse(target: FittedTarget, values: str) -> str:
    """Return the expression of these predictions in the units of the table."""
    return _write(_INVERSE, target, values)


def write_to_units(target: FittedTarget) -> list[str]:
    """Return the lines of a function `to_units` from predictions, an array, to the units of the table."""
    return [
        "def to_units(predicted):",
        '    """Return predictions in the units of the table; NaN where no finite number becomes this prediction."""',
        '    with np.errstate(over="ignore", invalid="ignore"):',
        f"        values = {write_inverse(target, 'predicted')}",
        "    return np.where(np.isfinite(values), values, np.nan)",
    ]


def target_functions(target: FittedTarget | None, *, forward: bool = True, inverse: bool = False) -> Iterator[str]:
    """Yield the source of the functions that these expressions call."""
    if target is None:
        return
    expressions = [_FORWARD[target.transform]] * forward + [_INVERSE[target.transform]] * inverse
    for expression in expressions:
        name = expression.partition("(")[0]
        if name in _FUNCTIONS:
            yield getsource(_FUNCTIONS[name])


def _write(templates: dict[str, str], target: FittedTarget, values: str) -> str:
    return templates[target.transform].format(
        values=values, power=target.power, centre=target.centre, spread=target.spread
    )
