"""What the learning rate does here: the updates it takes, and the factor along each direction, with the formulas."""

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_latex, format_number, latex_name
from core.language import _, ngettext
from core.regression.convergence.learning_rates import convergence_factor
from core.regression.sgd.config import SgdConfig
from dashboard.charts.train.learning_rate import growth_of_directions, updates_against_rate
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.train.forecast import Outlook, directions_table, is_bounded, look_ahead, updates_table

_TERMS = 4  # columns of a direction that are written out
_TERMS_A_LINE = 2
_POINTS = 200


def draw_rate_panel(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the section; for Adam only the reason why there is nothing to draw."""
    st.header(_("What the learning rate does here"), anchor=False)
    if is_bounded(how):
        st.markdown(
            _("Plain descent and momentum are linear: along each eigenvector of the Hessian an update multiplies the"
              " error by a number. Adam is not. It divides the mean of the recent gradients by the root of the mean of"
              " their squares, so every parameter moves by about η per update, and no eigenvalue sets a limit.")
        )  # fmt: skip
        st.latex(r"w_j \leftarrow w_j - \eta\, \frac{\hat m_j}{\sqrt{\hat v_j} + 10^{-8}}, \qquad "
                 rf"\eta = {format_latex(how.learning_rate)}")  # fmt: skip
        return
    ahead = look_ahead(problem, how, result)
    first, second = st.columns(2)
    with first:
        _draw_updates(problem, how, result, ahead)
    with second:
        _draw_growth(problem, how, result, ahead)
    _write_out(problem, how, ahead)


def _draw_updates(problem: Problem, how: SgdConfig, result: Result, ahead: Outlook) -> None:
    curve = updates_table(problem, how, result)
    if curve.empty:
        st.caption(_("The run begins at the closed form: there is no gap to close."))
        return
    rate = how.learning_rate
    marks = [
        (rate, _("η now: {rate}").format(rate=format_number(rate, 3))),
        (ahead.limit, _("limit: {rate}").format(rate=format_number(ahead.limit, 3))),
        (ahead.best, _("best: {rate}").format(rate=format_number(ahead.best, 3))),
    ]
    chart = updates_against_rate(curve, pd.DataFrame(marks, columns=["rate", "mark"]))
    place = int(curve["updates"].to_numpy().argmin())
    fewest, at = float(curve["updates"].iloc[place]), float(curve["rate"].iloc[place])
    st.altair_chart(
        chart,
        alt=_("The learning rate {rate} takes the fewest updates, {updates}; from {limit} on the gap never"
              " closes.").format(
            updates=format_number(fewest, 3), rate=format_number(at, 3), limit=format_number(ahead.limit, 3)
        ),
    )  # fmt: skip


def _draw_growth(problem: Problem, how: SgdConfig, result: Result, ahead: Outlook) -> None:
    points, curve = growth_tables(directions_table(problem, how, result), how, ahead.momentum)
    grown = int((points["factor"] >= 1).sum())
    st.altair_chart(
        growth_of_directions(points, curve, _growth_label(ahead), _("Above the dashed line the error grows.")),
        alt=ngettext(
            "Of {all} direction the error grows along {grown}; the largest factor is {largest}.",
            "Of {all} directions the error grows along {grown}; the largest factor is {largest}.",
            len(points),
        ).format(all=len(points), grown=grown, largest=format_number(points["factor"].max(), 3)),
    )


def _growth_label(ahead: Outlook) -> str:
    return _("factor of the error, in the long run") if ahead.momentum else _("factor of the error, |1 − ηλ|")


def growth_tables(directions: pd.DataFrame, how: SgdConfig, momentum: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the factor along each direction, what becomes of the error in words, and the curve of these points."""
    rate = how.learning_rate
    eigenvalues = directions["eigenvalue"].to_numpy()
    factor = convergence_factor(eigenvalues, rate, momentum)
    turns = (rate * eigenvalues > 1) & (momentum == 0)
    words = [_("dies out"), _("dies out, sign flips"), _("grows")]
    fate = np.where(factor >= 1, 2, np.where(turns, 1, 0))
    points = directions.assign(factor=factor, fate=[words[place] for place in fate], order=fate)
    low, high = eigenvalues.min() / 1.2, eigenvalues.max() * 1.2
    # where ηλ = 1 the factor is 0, and the curve has a corner there
    corner = np.clip(1.0 / rate, low, high)
    across = np.unique(np.append(np.geomspace(low, high, _POINTS), corner))
    curve = pd.DataFrame({"eigenvalue": across, "factor": convergence_factor(across, rate, momentum)})
    return points.sort_values("order", kind="stable").drop(columns="order"), curve


def _write_out(problem: Problem, how: SgdConfig, ahead: Outlook) -> None:
    """Draw the formulas of the factor, the limit and the condition number with their numbers."""
    rate, eigenvalues = how.learning_rate, ahead.told.eigenvalues
    top, least = eigenvalues[0], eigenvalues[-1]
    st.markdown(
        _("Along an eigenvector of H = [X 1]ᵀ[X 1]/n with the eigenvalue λ, an update on all rows multiplies the "
          "error by 1 − ηλ. It dies out along all of them only below the limit, and most slowly along the flattest "
          "direction:")
        if not ahead.momentum
        else _("With momentum β the error along an eigenvector follows e⁺ = (1 + β − ηλ) e − β e⁻, so what counts "
               "is the absolute value of the larger root of z² − (1 + β − ηλ) z + β = 0. It stays below 1 up to (1 "
               "+ β) times the limit of plain descent:")
    )  # fmt: skip
    beta = rf"(1 + {format_latex(ahead.momentum)})" if ahead.momentum else ""
    name = r"\eta_{\max} = \frac{2" + (r"(1 + \beta)" if ahead.momentum else "") + r"}{\lambda_{\max}}"
    lines = [rf"{name} &= \frac{{2{beta}}}{{{format_latex(top)}}} = {format_latex(ahead.limit)}"]
    if not ahead.momentum:
        lines += [
            rf"1 - \eta\,\lambda_{{{end}}} &= 1 - {format_latex(rate)} \cdot {format_latex(value)} "
            rf"= {format_latex(1 - rate * value)}"
            for end, value in ((r"\max", top), (r"\min", least))
        ]
    lines.append(rf"\kappa = \frac{{\lambda_{{\max}}}}{{\lambda_{{\min}}}} &= {format_latex(ahead.condition)}")
    st.latex(r"\begin{aligned} " + r" \\[4pt] ".join(lines) + r" \end{aligned}")
    st.markdown(_("The steepest direction, as columns (the bias is the column of ones):"))
    st.latex(_direction_formula(problem, ahead))


def _direction_formula(problem: Problem, ahead: Outlook) -> str:
    """Format the steepest direction as a sum of its largest columns; dots stand for the rest."""
    direction = ahead.told.directions[:, 0]
    direction = direction * np.sign(direction[np.abs(direction).argmax()])
    names = [*problem.feature_names, _("bias")]
    largest = np.argsort(-np.abs(direction), kind="stable")[:_TERMS]
    terms = [
        f"{'-' if direction[j] < 0 else '+'} {format_latex(abs(direction[j]), 2)}\\,{latex_name(names[j])}"
        for j in largest
        if direction[j] != 0
    ]
    rest = r" + \dots" if np.count_nonzero(direction) > len(terms) else ""
    lines = [" ".join(terms[first : first + _TERMS_A_LINE]) for first in range(0, len(terms), _TERMS_A_LINE)]
    return r"\begin{aligned} v_{\max} ={} & " + r" \\ & ".join(lines).removeprefix("+ ") + rest + r" \end{aligned}"
