"""From "the derivative is zero" to the closed form, a step a line, with the numbers of the table."""

from collections.abc import Sequence

import streamlit as st

from core.formatting import format_count, format_latex, format_list, format_number, latex_name
from core.language import _, ngettext
from core.regression.data.validation import Array
from core.regression.least_squares.normal_equations import NormalEquations, build_normal_equations
from dashboard.pipeline.training import Problem, Result
from dashboard.ui.escape import escape_markdown
from dashboard.ui.page import view_button
from dashboard.visit.cache import cache_resource

NAMES_SPELT = 4  # of the columns left out


def draw_closed_form(problem: Problem, result: Result) -> None:
    """Draw the derivation, and where the rank is not full, why there is no inverse and where to look."""
    found = equations(problem, result)
    st.header(_("The closed form: from “the derivative is zero” to w*"), anchor=False)
    st.markdown("\n\n".join(_steps(found, problem.feature_names, result.fit.loss)))
    if not found.is_invertible:
        view_button(
            "compare", _("Open the rank doctor: which columns depend on which"), {"compare_view": "rank"},
            key="closed_form_rank", icon=":material/healing:",
        )  # fmt: skip
    if result.run.ridge is not None:
        st.caption(
            _("That is without the penalty. With it they are (XᵀX + nα I) w = Xᵀy, in the coordinates trained in, with "
              "0 for the bias in I: such a matrix has an inverse whatever the rank of X.")
        )  # fmt: skip


def equations(problem: Problem, result: Result) -> NormalEquations:
    """Return the normal equations of the training rows, in the units of the table."""
    return _equations(problem.key, problem, result)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _equations(key: str, _problem: Problem, _result: Result) -> NormalEquations:
    return build_normal_equations(_problem.X_train, _problem.y_train, _result.fit)


def _steps(found: NormalEquations, names: Sequence[str], least: float) -> list[str]:
    """Return the derivation as paragraphs of Markdown."""
    matrix, cross = matrix_latex(found.gram, found.hidden), matrix_latex(found.cross[:, None], found.hidden)
    solution = matrix_latex(found.solution[:, None], found.hidden)
    inverse = r"\left(X^\top X\right)^{-1}"
    numbers = [] if found.inverse is None else [rf"{matrix_latex(found.inverse, found.hidden)} {cross}"]
    return [
        _setting(found, names),
        _("**1. The loss** of all rows at once: half the mean squared error."),
        _shown(r"L(w) = \frac{1}{2n} \lVert Xw - y \rVert^2"),
        _("**2. Its gradient.** The 2 that the square brings down cancels the ½; that is all the ½ is for."),
        _shown(r"\nabla L(w) = \frac{1}{n} X^\top (Xw - y)"),
        _("**3. Set it to zero.** L is convex, so where its gradient is zero it is smallest. argmin names the place w* "
          "where that is, min the value there:"),
        _shown(r"X^\top (Xw^* - y) = 0, \quad w^* = \underset{w}{\operatorname{argmin}}\ L(w), \quad "
               rf"\min_w L(w) = L(w^*) = {format_latex(least)}"),
        _("**4. The normal equations**: the same with y on the other side."),
        _shown(rf"X^\top X\, w^* = X^\top y: \quad {matrix}\, w^* = {cross}"),
        _inverse_sentence(found, names),
        _shown(_aligned("w^*", [rf"{inverse} X^\top y", *numbers, solution])),
        _checked(found),
    ]  # fmt: skip


def _setting(found: NormalEquations, names: Sequence[str]) -> str:
    """Return what X, y and w are here, and which of their columns are written out."""
    columns = [f"${latex_name(names[place])}$" for place in found.shown]
    text = " ".join(
        [
            _(
                "X has the {rows} training rows in the units of the table and, last, a column of ones, whose weight is "
                "the bias."
            ).format(rows=format_count(found.rows)),
            _("Written out: {columns} and the ones.").format(columns=format_list(columns))
            if columns
            else _("No feature varies, so the ones alone are written out."),
        ]
    )
    if found.hidden:
        more = ngettext("Dots stand for {count} more column.", "Dots stand for {count} more columns.", found.hidden)
        text += " " + more.format(count=format_count(found.hidden))
    if found.left_out:
        away = ngettext(
            "{count} column that depends on the others is left out: see step 5.",
            "{count} columns that depend on the others are left out: see step 5.",
            len(found.left_out),
        )
        text += " " + away.format(count=format_count(len(found.left_out)))
    return text


def _inverse_sentence(found: NormalEquations, names: Sequence[str]) -> str:
    """Return the last step in words: when the inverse exists, and whether it does here."""
    text = _(
        "**5. Multiply by the inverse** of XᵀX. It exists exactly when the columns of X are linearly independent: when "
        "the rank of X is the number of its columns."
    )
    rank, columns = format_count(found.rank), format_count(found.columns)
    if found.is_invertible:
        here = _("Here the rank is {rank} of {columns}: it exists, and w* is the only minimum.")
        return f"{text} {here.format(rank=rank, columns=columns)}"
    left_out = [f"“{names[place]}”" for place in found.left_out]
    spelt, more = left_out[:NAMES_SPELT], len(left_out) - NAMES_SPELT
    listed = (
        format_list(spelt) if more <= 0 else _("{names} and {count} more").format(names=format_list(spelt), count=more)
    )
    here = _(
        "**Here the rank is {rank} of {columns}: XᵀX has no inverse**, and infinitely many w have the smallest loss."
    )
    rest = ngettext(
        "Without {names}, which depends on the other columns, no prediction changes and the inverse exists. The "
        "numbers here are without it.",
        "Without {names}, which depend on the other columns, no prediction changes and the inverse exists. The numbers "
        "here are without them.",
        len(left_out),
    ).format(names=escape_markdown(listed))
    smallest = _("The lab itself keeps all columns and takes the solution of smallest norm, so its weights differ.")
    return f"{text} {here.format(rank=rank, columns=columns)} {rest} {smallest}"


def _checked(found: NormalEquations) -> str:
    return _(
        "Checked on the rows: at w = 0 the largest entry of the gradient is {zero} in size, at w* it is {least}, which "
        "is rounding. The lab solves step 4 without an inverse, since that loses digits: see “How exact” on Compare."
    ).format(zero=format_number(found.slope_at_zero, 4), least=format_number(found.slope_at_solution, 2))


def _aligned(left: str, right: list[str]) -> str:
    """Return a chain of equations, one below the other."""
    return rf"\begin{{aligned}} {left} &= " + r" \\[4pt] &= ".join(right) + r" \end{aligned}"


def _shown(formula: str) -> str:
    return f"$$\n{formula}\n$$"


def matrix_latex(values: Array, hidden: int) -> str:
    r"""Return a matrix (k, k) or a column (k, 1) in brackets; if columns are hidden, dots stand before the last.

    >>> import numpy as np
    >>> matrix_latex(np.array([[1.0], [2.5]]), hidden=0)
    '\\begin{bmatrix} 1 \\\\ 2.5 \\end{bmatrix}'
    """
    rows = [[format_latex(value) for value in row] for row in values.tolist()]
    if hidden:
        if values.shape[1] > 1:
            rows = [[*row[:-1], r"\cdots", row[-1]] for row in rows]
        between = [r"\vdots"] * (len(rows[0]) - 2) + [r"\ddots", r"\vdots"] if values.shape[1] > 1 else [r"\vdots"]
        rows.insert(-1, between)
    lines = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}"
