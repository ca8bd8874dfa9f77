"""The formula of one step from a cell to X, with its numbers."""

from core.formatting import format_latex
from core.preprocessing.analysis.provenance.step import Step

DIGITS = 8

_FILLS = {
    "mean": r"\frac{{1}}{{n}}\sum_{{i=1}}^{{n}} x_i = {value} \quad (n = {n})",
    "forward": r"\frac{{1}}{{n}}\sum_{{i=1}}^{{n}} x_i = {value} \quad (n = {n})",
    "median": r"\operatorname{{median}}(x_1, \dots, x_n) = {value} \quad (n = {n})",
    "most_frequent": r"\operatorname{{mode}}(x_1, \dots, x_n) = {value} \quad (n = {n})",
}
_SCALES = {
    "standard": r"\frac{{x - \text{{mean}}}}{{\text{{std}}}} = \frac{{{x} - {centre}}}{{{spread}}} = {value}",
    "min_max": r"\frac{{x - \min}}{{\max - \min}} = \frac{{{x} - {centre}}}{{{spread}}} = {value}",
    "robust": r"\frac{{x - \text{{median}}}}{{Q_{{3/4}} - Q_{{1/4}}}} = \frac{{{x} - {centre}}}{{{spread}}} = {value}",
    "log": r"\operatorname{{sign}}(x)\,\ln(1 + |x|) = \operatorname{{sign}}({x})\,\ln(1 + |{x}|) = {value}",
}
_ENCODES = {"days": r"\frac{{{moment}\ \mu s}}{{{day}\ \mu s}} = {value}"}
WHOLE = ("n", "moment", "day")


def step_formula(step: Step) -> str | None:
    """Return the formula of a step as LaTeX; None if it has none."""
    rules = {"fill": _FILLS, "scale": _SCALES, "encode": _ENCODES}.get(step.stage, {})
    if step.rule not in rules or not isinstance(step.value, float):
        return None
    numbers = {name: _written(name, value) for name, value in step.numbers.items()}
    return rules[step.rule].format(**{**numbers, "value": format_latex(step.value, DIGITS)})


def _written(name: str, value: float) -> str:
    text = f"{value:.0f}" if name in WHOLE else format_latex(value, DIGITS)
    return rf"({text})" if name == "centre" and value < 0 else text
