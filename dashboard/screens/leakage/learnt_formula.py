"""What was learnt about one column, as a formula with both results."""

from collections.abc import Sequence

import streamlit as st

from core.formatting import format_latex
from core.language import _
from core.preprocessing.analysis.leakage.compare_fits import LearntValue
from dashboard.pipeline.plan_names import encode_names, fill_names, scale_names

_RULES = {
    ("fill_value", "mean"): r"\frac{1}{n}\sum_{i=1}^{n} x_i",
    ("fill_value", "median"): r"\operatorname{median}(x_1, \dots, x_n)",
    ("fill_value", "most_frequent"): r"\operatorname{mode}(x_1, \dots, x_n)",
    ("fill_value", "forward"): r"\frac{1}{n}\sum_{i=1}^{n} x_i",
    ("centre", "standard"): r"\frac{1}{n}\sum_{i=1}^{n} x_i",
    ("spread", "standard"): r"\sqrt{\frac{1}{n}\sum_{i=1}^{n} (x_i - \bar x)^2}",
    ("centre", "min_max"): r"\min(x_1, \dots, x_n)",
    ("spread", "min_max"): r"\max(x_1, \dots, x_n) - \min(x_1, \dots, x_n)",
    ("centre", "robust"): r"\operatorname{median}(x_1, \dots, x_n)",
    ("spread", "robust"): r"Q_{3/4}(x_1, \dots, x_n) - Q_{1/4}(x_1, \dots, x_n)",
}


def rule_names() -> dict[str, str]:
    """Return the names of what is learnt, and of the rules."""
    return {
        "fill_value": _("fill value"),
        "model": _("rows a model was fitted on"),
        "centre": _("centre"),
        "spread": _("spread"),
        "categories": _("categories"),
        **encode_names(),
        **scale_names(),
        **fill_names(),
    }


def formula(learnt: Sequence[LearntValue]) -> None:
    """Draw the formula of the chosen learnt number, for the training rows and for all rows."""
    shown = [value for value in learnt if (value.quantity, value.rule) in _RULES and isinstance(value.training, float)]
    shown = [value for value in shown if isinstance(value.all_rows, float)]
    if not shown:
        return
    names = rule_names()
    labels = [f"{value.column}: {names[value.quantity]}" for value in shown]
    most = max(range(len(shown)), key=lambda place: (bool(shown[place].cells), abs(shown[place].relative or 0.0)))
    chosen = st.selectbox(_("Formula for"), range(len(shown)), index=most, format_func=lambda place: labels[place])
    value = shown[chosen]
    rule = _RULES[value.quantity, value.rule]
    lines = [
        rf"\text{{{rows}}},\; n = {count}: &\quad {rule} = {format_latex(result, 8)}"
        for rows, count, result in zip(
            (_("training rows"), _("all rows")), value.counts, (value.training, value.all_rows), strict=True
        )
        if isinstance(result, float)
    ]
    st.latex(r"\begin{aligned} " + r" \\[4pt] ".join(lines) + r" \end{aligned}")
