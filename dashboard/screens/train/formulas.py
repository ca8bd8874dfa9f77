"""The model, its loss, one update and the closed form as formulas with their numbers, and the updates as code."""

import inspect

import streamlit as st

from core.formatting import format_general, format_latex, latex_name
from core.language import _
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline.closed_form import draw_closed_form
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.train.loss_lessons import draw_loss_lessons, draw_replacement
from dashboard.screens.train.update_lines import draw_update
from dashboard.ui.escape import escape_markdown

TERMS_OF_A_FORMULA = 6


def draw_formulas(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the run in formulas: the model, the objective, one update, the closed form, and the gap."""
    st.header(_("The same in formulas"), anchor=False)
    run = result.run
    if problem.target is None:
        st.markdown(_("The model, in the units of the table:"))
    else:
        st.markdown(_("The model of {label}:").format(label=escape_markdown(problem.label)))
    st.latex(_model_formula(run.weights.tolist(), run.bias, problem.feature_names))
    _show_loss(problem, result)
    draw_loss_lessons(problem, how, result)
    draw_update(problem, how, result)
    draw_replacement(problem, how)
    draw_closed_form(problem, result)
    _show_gap(result)
    _show_code(how)


def _show_loss(problem: Problem, result: Result) -> None:
    run = result.run
    rows = len(problem.y_train)
    loss = r"\frac{1}{n}\sum_{i=1}^{n} \tfrac{1}{2}\left(\hat y^{(i)} - y^{(i)}\right)^2"
    if not run.config.penalty:
        st.markdown(_("Its loss on the training rows, n = {rows}:").format(rows=rows))
        st.latex(f"L = {loss} = {format_latex(run.loss)}")
        return
    st.markdown(
        _("Its loss on the training rows, n = {rows}, and the objective with the penalty α = {penalty}:").format(
            rows=rows, penalty=format_general(run.config.penalty)
        )
    )
    st.latex(
        rf"\begin{{aligned}} L &= {loss} = {format_latex(run.loss)} \\ "
        rf"J &= L + \frac{{\alpha}}{{2}} \lVert w \rVert^2 = {format_latex(float(run.history['objective'].iloc[-1]))}"
        r" \end{aligned}"
    )


def _show_gap(result: Result) -> None:
    run = result.run
    if run.config.penalty:
        st.markdown(
            _("The gap to the closed form w* of ridge regression, as a quadratic form with H = XᵀX / n and the penalty"
              " on its diagonal, so that no digit is lost:")
        )  # fmt: skip
        matrix, name = r"\left(H + \alpha I\right)", "J"
    else:
        st.markdown(_("The gap to the closed form w*, as a quadratic form with H = XᵀX / n, so that no digit is lost:"))
        matrix, name = "H", "L"
    st.latex(
        rf"\begin{{aligned}} {name}(w) - {name}(w^*) &= \tfrac{{1}}{{2}}(w - w^*)^\top {matrix} (w - w^*) \\ "
        rf"&= {format_latex(run.gap)} \end{{aligned}}"
    )


def _model_formula(weights: list[float], bias: float, names: list[str]) -> str:
    """Return the model, one term a line; after the first few, dots stand for the rest."""
    terms = [_signed(weight, rf" \cdot {latex_name(name)}") for weight, name in zip(weights, names, strict=True)]
    rest = [r"+ \dots"] if len(terms) > TERMS_OF_A_FORMULA else []
    lines = [*terms[:TERMS_OF_A_FORMULA], *rest, _signed(bias)]
    return r"\begin{aligned} \hat y ={} & " + r" \\ & ".join(lines).removeprefix("+ ") + r" \end{aligned}"


def _signed(value: float, factor: str = "") -> str:
    return f"{'-' if value < 0 else '+'} {format_latex(abs(value))}{factor}"


def _show_code(how: SgdConfig) -> None:
    from core.regression.sgd.autograd_reference import linreg, sgd, squared_loss, train

    with st.expander(_("The code: the same updates, written with torch's autograd"), icon=":material/code:"):
        code = "\n\n".join(inspect.getsource(function) for function in (linreg, squared_loss, sgd, train))
        st.code(f"import torch\n\n\n{code}", language="python", wrap_lines=True)
        if not how.rule.is_plain or how.penalty:
            st.caption(_("This is plain SGD without a penalty; the update above shows what your choices change in it."))
        st.caption(_("The screen runs a compiled loop instead, which makes the same updates to the tenth digit."))
