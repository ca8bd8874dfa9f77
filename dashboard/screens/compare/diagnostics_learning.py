"""The learning curve: the loss against the number of training rows."""

import json
from dataclasses import asdict

import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_general, format_latex, format_number
from core.language import _, ngettext
from core.regression.experiments.learning_curve import LearningCurve, learning_curve
from core.regression.sgd.config import SgdConfig
from dashboard.charts.compare.learning_curve import learning_curve as draw_curve
from dashboard.pipeline.jobs import GoOn, forget, long_work, stopped
from dashboard.pipeline.training import Problem, Result
from dashboard.ui.escape import escape_markdown, show_notes

LOWEST = 1e-12  # of the largest loss; smaller ones are rounding
ENOUGH = 0.05  # a smaller share of the loss is not worth more rows


def draw_learning_curve(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the curves of both models, and what they mean."""
    key = json.dumps(["learning_curve", problem.key, asdict(how)])
    try:
        curve = long_work(key, _("Training on more and more rows"), lambda go_on: _trained(problem, how, result, go_on))
    except InputError as reason:
        st.info(escape_markdown(str(reason)))
        return
    if stopped(key) and curve.stopped:
        st.info(_("This was stopped; the chart shows what was finished by then."))
        st.button(_("Train again"), on_click=forget, args=[key], icon=":material/replay:")
    if not len(curve.runs):
        return
    _show_charts(problem, curve)
    for sentence in _verdicts(curve):
        st.markdown(escape_markdown(sentence))
    _show_law(curve)
    show_notes(_notes(problem, how, curve))


def _trained(problem: Problem, how: SgdConfig, result: Result, go_on: GoOn) -> LearningCurve:
    return learning_curve(
        problem.X_train,
        problem.y_train,
        problem.X_test,
        problem.y_test,
        fit=result.fit,
        config=how,
        seed=how.seed,
        progress=go_on,
    )


def _show_charts(problem: Problem, curve: LearningCurve) -> None:
    summary, law = curve.summary(), curve.law()
    losses = pd.concat([summary["low"], summary["high"], law["train"], law["test"]])
    highest = float(losses.max())
    if not highest > 0:
        st.info(_("Every loss is 0: the fit is perfect on any part of the rows."))
        return
    losses = losses[losses > LOWEST * highest]
    names = {"closed_form": _("Closed form"), "sgd": _("SGD")}
    text = _("Band: repeats. Dashed: σ²/2. Dotted: expected.")
    for place, (model, name) in zip(st.columns(2, gap="large"), names.items(), strict=True):
        rows = summary[summary["model"] == model]
        if model == "closed_form" and curve.noise == 0:
            place.info(_("There is no noise: with enough rows the closed form is perfect."))
            continue
        if not len(rows):
            place.info(_("SGD diverged on every part, so it has no learning curve; choose a lower learning rate."))
            continue
        place.altair_chart(
            draw_curve(rows, law, curve.noise, problem.label, name, text, losses.tolist()),
            alt=_told(name, rows),
        )


def _told(name: str, rows: pd.DataFrame) -> str:
    """Return how the test loss of a model changes with the number of rows, as a sentence."""
    test = rows[rows["part"] == "test"]
    return _("{model}: the mean test loss goes from {first} with {few} training rows to {last} with {many}.").format(
        model=name,
        first=format_number(test["mean"].iloc[0], 4),
        few=format_count(test["size"].iloc[0]),
        last=format_number(test["mean"].iloc[-1], 4),
        many=format_count(test["size"].iloc[-1]),
    )


def _verdicts(curve: LearningCurve) -> list[str]:
    summary = curve.summary()
    sentences = [
        _told(name, summary[summary["model"] == model])
        for model, name in (("closed_form", _("Closed form")), ("sgd", _("SGD")))
        if (summary["model"] == model).any() and not (model == "closed_form" and curve.noise == 0)
    ]
    share = curve.parameters / (curve.rows + curve.parameters)
    if not curve.noise:
        return sentences
    gain = f"{format_general(100 * share, 2)}%"
    if share < ENOUGH:
        return [
            *sentences,
            _("Infinitely many more rows would lower the closed form's test loss by about {share}: this model has "
              "learnt nearly all it can. More features would help more than more rows.").format(share=gain),
        ]  # fmt: skip
    return [
        *sentences,
        _("Infinitely many more rows would lower the closed form's test loss by about {share}: more rows would "
          "help, or fewer parameters.").format(share=gain),
    ]  # fmt: skip


def _show_law(curve: LearningCurve) -> None:
    if not curve.noise:
        return
    st.markdown(
        escape_markdown(
            _("If the model is right, its p = {parameters} independent parameters also fit a little of the noise of "
              "the n rows, which raises the loss on new rows:").format(parameters=curve.parameters)
        )
    )  # fmt: skip
    expected = curve.noise * (1 + curve.parameters / curve.rows)
    st.latex(
        r"\begin{aligned} \mathbb{E}\,L_{\text{test}} &\approx \frac{\sigma^2}{2}\left(1 + \frac{p}{n}\right) \\ "
        rf"&= {format_latex(curve.noise)} \left(1 + \frac{{{curve.parameters}}}{{{curve.rows}}}\right) "
        rf"= {format_latex(expected)} "
        r"\end{aligned}"
    )


def _notes(problem: Problem, how: SgdConfig, curve: LearningCurve) -> list[str]:
    notes = [
        ngettext(
            "SGD runs {epochs} epoch on each part, so with fewer rows it makes fewer updates and may not converge.",
            "SGD runs {epochs} epochs on each part, so with fewer rows it makes fewer updates and may not converge.",
            how.epochs,
        ).format(epochs=how.epochs)
    ]
    if curve.held_back:
        template = _("No rows are held out, so each repeat keeps {rows} of the training rows back and tests on them.")
        notes.append(template.format(rows=format_count(curve.test_rows)))
    if curve.capped:
        template = _("To save time, at most {rows} of the {all} training rows are used for training, and as many for "
                     "testing.")  # fmt: skip
        notes.append(template.format(rows=format_count(curve.rows), all=format_count(len(problem.y_train))))
    if curve.diverged:
        notes.append(
            ngettext(
                "{count} run of SGD diverged and is left out.",
                "{count} runs of SGD diverged and are left out.",
                curve.diverged,
            ).format(count=curve.diverged)
        )
    return notes
