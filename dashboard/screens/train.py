"""Train: turn the knobs of minibatch SGD and see at once what each one does."""

import inspect

import streamlit as st

from core.language import _
from dashboard.charts.loss import loss_curve
from dashboard.charts.parameters import parameters_way
from dashboard.charts.predictions import fitted_line, predictions_against_truth
from dashboard.parts import knobs, state, tables, training, views
from dashboard.parts.figures import duration, figure, latex, latex_name
from dashboard.parts.frame import boxes, explained, heading, link
from dashboard.parts.plain import plain
from dashboard.parts.training import Problem, Result, Settings

TERMS_OF_A_FORMULA = 6


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Train"),
        _("Minibatch stochastic gradient descent takes a few rows at a time and moves the parameters a little against "
          "the gradient. Turn the knobs and watch it come down to the closed form, or blow up."),
    )  # fmt: skip
    rate_is_low = training.suit_rate(training.problem())
    left, right = st.columns([1, 2.6], gap="large")
    with left:
        _draw_knobs(rate_is_low)
    with right:
        problem = training.problem()
        how = training.settings(problem)
        result = training.result(problem, how)
        _show_outcome(problem, how, result)
        _show_charts(problem, result)
    _show_formulas(problem, how, result)
    _show_code()
    link("compare", _("Next: compare both models, number by number"))


def _draw_knobs(rate_is_low: bool) -> None:
    source = knobs.either("train_source", _("Data"), {"table": _("Your table"), "synthetic": _("Synthetic")})
    if source == "synthetic":
        st.caption(_("y = Xw + b + noise, as in the book: two features drawn from the standard normal distribution."))
        knobs.slider("train_rows", _("Number of samples"))
        knobs.slider("noise", _("Noise: its standard deviation"), format="%.2f")
        knobs.slider("train_weight_1", _("True weight w1"), format="%.1f")
        knobs.slider("train_weight_2", _("True weight w2"), format="%.1f")
        knobs.slider("train_bias", _("True bias b"), format="%.1f")
    else:
        place = st.container(border=True)
        place.text(state.source().name)
        place.text(_("predicting {target}").format(target=tables.target()))
    knobs.slider("learning_rate", _("Learning rate η"), help=_("How far one update goes. The scale is logarithmic."))
    if rate_is_low:
        st.caption(_("It starts low, since the usual 0.03 diverges on these rows."))
    knobs.slider("batch_size", _("Batch size |B|"), help=_("How many rows one update looks at."))
    knobs.slider("epochs", _("Epochs"), help=_("How often SGD goes through all training rows."))
    knobs.number("seed", _("Seed"), help=_("Decides the first weights and the order of the rows; same seed, same run."))
    knobs.toggle(
        "train_standardise",
        _("Standardise the features"),
        help=_("Centre each feature on 0 with spread 1, as learnt from the training rows, before SGD sees it. Results "
               "stay in the units of the table."),
    )  # fmt: skip


def _show_outcome(problem: Problem, how: Settings, result: Result) -> None:
    run = result.run
    if run.diverged:
        st.error(plain(run.note), icon=":material/trending_up:")
        _offer_remedies(how, result)
    else:
        st.markdown(plain(views.outcome(result)))
        if run.note:
            st.info(plain(run.note))
    note = knobs.all_rows_note(knobs.value("batch_size"), len(problem.y_train))
    if note:
        st.caption(note)
    boxes(
        [
            (_("Loss of SGD"), figure(run.history["loss"].iloc[-1], 4)),
            (_("Loss of the closed form"), figure(run.closed_form_loss, 4)),
            (_("Gap"), figure(run.gap, 3)),
            (_("Time for SGD"), duration(run.seconds)),
        ]
    )


def _offer_remedies(how: Settings, result: Result) -> None:
    """Offer what would work, one click each."""
    divergence = result.run.divergence
    if divergence is None:
        return
    buttons = st.container(horizontal=True)
    rate = knobs.rate_at_most(divergence.working_rate)
    buttons.button(
        _("Use the learning rate {rate}").format(rate=f"{rate:g}"),
        on_click=knobs.choose,
        args=["learning_rate", rate],
        icon=":material/speed:",
    )
    if not how.standardise:
        buttons.button(
            _("Standardise the features"),
            on_click=knobs.choose,
            args=["train_standardise", True],
            icon=":material/straighten:",
        )


def _show_charts(problem: Problem, result: Result) -> None:
    run, label = result.run, problem.label
    st.altair_chart(
        loss_curve(run.history, run.closed_form_loss, label),
        alt=views.outcome(result),
    )
    first, second = st.columns(2)
    with first:
        if len(problem.feature_names) == 1:
            chart = fitted_line(views.line_points(problem), views.line_models(result), problem.feature_names[0], label)
        else:
            chart = predictions_against_truth(views.prediction_points(problem, result), label)
        st.altair_chart(chart, alt=_("What SGD predicts beside what is true."))
    with second:
        way, ends, left_out = views.parameters_way(problem, result)
        st.altair_chart(
            parameters_way(way, ends, label), alt=_("Each weight at every step, and where the closed form stands.")
        )
        if left_out:
            st.caption(
                _("The {shown} weights that are largest in the closed form; {count} more are not drawn.").format(
                    shown=len(ends), count=left_out
                )
            )


def _show_formulas(problem: Problem, how: Settings, result: Result) -> None:
    st.subheader(_("The same in formulas"), anchor=False)
    run = result.run
    st.markdown(_("The model, in the units of the table:"))
    st.latex(_model_formula(run.weights.tolist(), run.bias, problem.feature_names))
    st.markdown(_("Its loss on the {rows} training rows:").format(rows=len(problem.y_train)))
    st.latex(r"L = \frac{1}{n}\sum_{i=1}^{n} \tfrac{1}{2}\left(\hat y^{(i)} - y^{(i)}\right)^2 = " + latex(run.loss))
    st.markdown(
        _("One update, with the rows B of a minibatch, η = {rate} and |B| = {batch}:").format(
            rate=f"{how.learning_rate:g}", batch=how.batch_size
        )
    )
    gradient = r"\sum_{i \in B} x^{(i)} \left(\hat y^{(i)} - y^{(i)}\right)"
    st.latex(
        rf"\begin{{aligned}} w \leftarrow{{}} & w - \frac{{\eta}}{{|B|}} {gradient} \\ "
        rf"={{}} & w - {latex(how.learning_rate / how.batch_size)} {gradient} \end{{aligned}}"
    )
    st.markdown(_("The gap to the closed form w*, as a quadratic form with H = XᵀX / n, so that no digit is lost:"))
    st.latex(
        r"\begin{aligned} L(w) - L(w^*) &= \tfrac{1}{2}(w - w^*)^\top H (w - w^*) \\ "
        rf"&= {latex(run.gap)} \end{{aligned}}"
    )


def _model_formula(weights: list[float], bias: float, names: list[str]) -> str:
    """Write the model out, one term a line; past the first few, dots stand for the rest."""
    terms = [_signed(weight, rf" \cdot {latex_name(name)}") for weight, name in zip(weights, names, strict=True)]
    rest = [r"+ \dots"] if len(terms) > TERMS_OF_A_FORMULA else []
    lines = [*terms[:TERMS_OF_A_FORMULA], *rest, _signed(bias)]
    return r"\begin{aligned} \hat y ={} & " + r" \\ & ".join(lines).removeprefix("+ ") + r" \end{aligned}"


def _signed(value: float, factor: str = "") -> str:
    return f"{'-' if value < 0 else '+'} {latex(abs(value))}{factor}"


def _show_code() -> None:
    from core.regression.reference import linreg, sgd, squared_loss, train

    with st.expander(_("The code: the same updates, written with torch's autograd"), icon=":material/code:"):
        code = "\n\n".join(inspect.getsource(function) for function in (linreg, squared_loss, sgd, train))
        st.code(f"import torch\n\n\n{code}", language="python")
        st.caption(_("The screen runs a compiled loop instead, which makes the same updates to the tenth digit."))
