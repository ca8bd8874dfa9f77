"""The derivative by rules: step by step, as a tree, and compared with torch and a difference quotient."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from core.calculus.curves import curve, shown_span
from core.calculus.differentiate import Derivation, Step, differentiate
from core.calculus.expression.parser import Expression
from core.calculus.expression.printing import to_latex, to_text
from core.calculus.expression.tree import Apply, Node, nodes
from core.calculus.limits import difference_quotients
from core.calculus.slopes import Slope, slope_at
from core.calculus.torch_code import torch_definition
from core.calculus.torch_values import torch_gradient
from core.calculus.tree_layout import lay_out_tree
from core.formatting import format_number
from core.language import _, ngettext
from dashboard.charts.calculus import rules as charts
from dashboard.screens.calculus import function, gradient_traps
from dashboard.ui import lesson, text_fields
from dashboard.ui.chart import draw_chart
from dashboard.ui.escape import escape_markdown
from dashboard.ui.page import boxes

REACH = 3.0  # to either side of x
STEP = 1e-5  # of the central difference
MOST_STEPS = 25  # shown at once
DEEPEST = 4  # levels to the right
WIDE = 30  # characters

EXAMPLES = {
    "3x² − 4x": ("3*x**2 - 4*x", "1"),
    "x² sin x": ("x**2*sin(x)", "1"),
    "sin x / x": ("sin(x)/x", "2"),
    "exp(−x²)": ("exp(-x**2)", "1"),
    "(x² + 1)⁵": ("(x**2 + 1)**5", "0.5"),
    "1/(1 + e⁻ˣ)": ("1/(1 + exp(-x))", "0"),
    "xˣ": ("x**x", "1"),
    "|x|": ("abs(x)", "0"),
}  # one for each rule; formulas are the same in every language


@dataclass(frozen=True, eq=False)
class Differentiated:
    """What the view shows."""

    expression: Expression
    derivation: Derivation
    derivative: Expression
    slope: Slope
    by_rules: float
    by_torch: float
    by_difference: float


def draw_rules() -> None:
    """Draw the view."""
    st.markdown(_("Which rule applies to which piece? The derivative of your function, as worked out by hand."))
    answer = text_fields.answer("calculus_rules", function.draw_fields(EXAMPLES), _work_out)
    found = answer.value
    st.latex(rf"f'(x) = {to_latex(found.derivation.result)}")
    boxes(
        [
            (_("f(x)"), format_number(found.slope.value)),
            (_("Slope by the rules"), format_number(found.by_rules)),
            (_("Slope by autograd"), format_number(found.by_torch)),
            (_("Central difference"), format_number(found.by_difference), _("(f(x+h) − f(x−h)) / 2h with h = 0.00001")),
        ]
    )
    st.markdown(escape_markdown(_tell(found)))
    steps, pictures = st.columns([1, 1])
    with steps:
        _draw_steps(found.derivation.steps)
    with pictures:
        _draw_tree(found)
        _draw_curves(found)
    lesson.code(torch_lines(found))
    lesson.traps(gradient_traps.of_rules)


def _work_out(calculus_f: str, calculus_x: str) -> Differentiated:
    expression, x = function.read_function(calculus_f), function.read_place(calculus_x)
    derivation = differentiate(expression.root, "x")
    derivative = Expression(to_text(derivation.result), derivation.result, ("x",), ("x",))
    quotient = float(difference_quotients(expression, x, [STEP])["central"][0])
    slopes = float(derivative(x)), torch_gradient(expression, x)[0], quotient
    return Differentiated(expression, derivation, derivative, slope_at(expression, x), *slopes)


def _tell(found: Differentiated) -> str:
    text = function.tell_slope(found.slope)
    if found.slope.kind in ("kink", "jump") and found.by_torch == found.by_rules:
        return text + " " + _("The rules and torch still give {slope}: a convention, not a derivative.").format(
            slope=format_number(found.by_rules)
        )  # fmt: skip
    return text


def _rules() -> Mapping[str, tuple[str, str]]:
    """Return the name and the formula of each rule."""
    return {
        "constant": (_("Constant"), r"c' = 0"),
        "variable": (_("Variable"), r"x' = 1"),
        "factor": (_("Constant factor"), r"(c\,u)' = c\,u'"),
        "sum": (_("Sum rule"), r"(u \pm v)' = u' \pm v'"),
        "product": (_("Product rule"), r"(u\,v)' = u'\,v + u\,v'"),
        "quotient": (_("Quotient rule"), r"\left(\tfrac{u}{v}\right)' = \tfrac{u'\,v - u\,v'}{v^2}"),
        "power": (_("Power rule"), r"(x^n)' = n\,x^{n-1}"),
        "exponential": (_("Exponential"), r"(a^x)' = a^x \log a"),
        "both": (
            _("Base and exponent"),
            r"(u^v)' = u^v\,\left(v' \log u + \tfrac{v\,u'}{u}\right)",
        ),
        "function": (_("Known function"), ""),
        "chain": (_("Chain rule"), r"f(u)' = f'(u)\,u'"),
    }


def _draw_steps(steps: Sequence[Step]) -> None:
    st.header(_("Step by step"), anchor=False)
    st.markdown("\n".join(line for step in steps[:MOST_STEPS] for line in _lines(step)))
    left = len(steps) - MOST_STEPS
    if left > 0:
        with st.expander(ngettext("{count} more step", "{count} more steps", left).format(count=left)):
            st.markdown("\n".join(line for step in steps[MOST_STEPS:] for line in _lines(step)))


def _lines(step: Step) -> Iterator[str]:
    """Yield the lines of one step: TeX, with no letters of the typed text but those of its names."""
    name, says = _rules()[step.rule]
    margin = "    " * min(step.depth, DEEPEST)
    sentence = f": ${says}$" if says else ""
    if step.outer and step.inner:
        with_u = _("with $f(u) = {outer}$ and $u = {inner}$")
        sentence += ", " + with_u.replace("{outer}", to_latex(step.outer)).replace("{inner}", to_latex(step.inner))
    piece, pattern, result = (to_latex(node) for node in (step.node, step.pattern, step.result))
    sides = [piece, result] if pattern == result else [piece, pattern, result]
    sides[0] = rf"\frac{{\mathrm{{d}}}}{{\mathrm{{d}}x}}\left[{piece}\right]"
    yield f"{margin}- **{name}**{sentence}  "
    if not any(_is_wide(node) for node in (step.node, step.pattern, step.result)):
        yield f"{margin}  ${' = '.join(sides)}$"  # wraps at the edge of the screen
        return
    aligned = r" \\ &= ".join([f"{sides[0]} &= {sides[1]}", *sides[2:]])
    yield from ("", f"{margin}  $$", rf"{margin}  \begin{{aligned}}{aligned}\end{{aligned}}", f"{margin}  $$", "")


def _is_wide(root: Node) -> bool:
    """Return whether it has a fraction too wide for a telephone, which cannot wrap and needs scrolling."""
    fractions = (node for node in nodes(root) if isinstance(node, Apply) and node.operation == "divide")
    return any(len(to_text(side)) > WIDE for node in fractions for side in node.arguments)


def _draw_tree(found: Differentiated) -> None:
    pieces, lines = lay_out_tree(found.derivation, found.slope.x)
    sentence = ngettext(
        "The function as a tree of {count} piece; the last operation is on top: {sign}.",
        "The function as a tree of {count} pieces; the last operation is on top: {sign}.",
        len(pieces),
    )
    draw_chart(charts.tree(pieces, lines), sentence.format(count=len(pieces), sign=pieces["sign"][0]))


def _draw_curves(found: Differentiated) -> None:
    x, names = found.slope.x, (_("f"), _("f′, its derivative"))
    curves = [curve(f, x - REACH, x + REACH) for f in (found.expression, found.derivative)]
    both = pd.concat([some.assign(series=name) for some, name in zip(curves, names, strict=True)])
    here = pd.DataFrame({"x": x, "y": [found.slope.value, found.by_rules], "series": names})
    span = shown_span(*(some["y"].to_numpy() for some in curves))
    sentence = _("The function and its derivative from x = {low} to {high}; at x = {x} they are {value} and {slope}.")
    draw_chart(
        charts.with_derivative(both, here[pd.notna(here["y"])], span),
        sentence.format(
            low=format_number(x - REACH),
            high=format_number(x + REACH),
            x=format_number(x),
            value=format_number(found.slope.value),
            slope=format_number(found.by_rules),
        ),
    )


def torch_lines(found: Differentiated) -> str:
    """Return the code for torch: the slope at x."""
    return "\n".join(
        [
            torch_definition(found.expression, ["x"]),
            "",
            f"x = torch.tensor({found.slope.x!r}, dtype=torch.float64, requires_grad=True)",
            "f(x).backward()",
            "print(x.grad)",
        ]
    )
