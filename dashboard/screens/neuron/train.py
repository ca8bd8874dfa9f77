"""The neuron trained on two classes: descent beside the exact optimum, and the verdict on separability."""

import numpy as np
import streamlit as st

from core.formatting import format_count, format_general, format_latex, format_number, format_percent
from core.foundations.descent import rate_limit
from core.foundations.two_classes import fit_safe_scaling, with_ones
from core.language import _, ngettext
from dashboard.charts.neuron import newton_growth
from dashboard.scenes.classifier.scene import classifier_scene
from dashboard.screens.neuron.class_problem import ClassProblem, choose, learn, possible_targets
from dashboard.screens.neuron.fits import Fits, Fitted, fits_of
from dashboard.screens.neuron.torch_code import training_code
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings
from dashboard.visit.foundation_settings import NEURON_RATES

PENGUINS_RATE = 20.0  # above both limits, for the sex of the penguins by their bills


def draw_train() -> None:
    """Draw the choices, the stage, the verdict on separability, the rate and its limit, and the code."""
    st.markdown(
        _("A neuron learns which of **two classes** a row belongs to. Step, play or scrub: every update of gradient "
          "descent turns and shifts the line where the probability is one half.")
    )  # fmt: skip
    chosen = choose()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.slider("neuron_rate", _("Learning rate η"))
        controls.slider("neuron_updates", _("Updates"))
        controls.toggle("neuron_standardise", _("Standardise"))
    problem, fits = learn(chosen, fits_of)
    examples("neuron_train", _examples(problem, fits))
    _verdict(problem, fits)
    scenes.classifier(_scene(problem, fits), "neuron_stage")
    _rate(fits)
    if fits.verdict.separable:
        _growth(fits)
    _formulas(problem, fits)
    lesson.code(training_code(problem, float(settings.value("neuron_rate")), int(settings.value("neuron_updates")),
                              fits.run, bool(settings.value("neuron_standardise"))))  # fmt: skip
    lesson.traps(_traps)
    _ends()


def _scene(problem: ClassProblem, fits: Fits) -> dict[str, object]:
    exact = None if fits.exact is None else (fits.exact.weights.numpy(), fits.exact.bias, fits.exact.loss)
    run = fits.run
    return classifier_scene(
        problem.X_train,
        problem.y_train,
        problem.names,
        (problem.across, problem.up),
        problem.classes,
        (run.weights.numpy(), run.bias.numpy(), run.loss.numpy()),
        {
            _("Exact (Newton)"): exact,
            _("scikit-learn, C=inf"): _triple(fits.plain),
            _("scikit-learn's default, C=1"): _triple(fits.penalised),
        },
    )


def _triple(fit: Fitted) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], float, float]:
    return fit.weights, fit.bias, fit.loss


def _examples(problem: ClassProblem, fits: Fits) -> Examples:
    """Return settings that work and that fail: of the penguins where they are the table, else of the rate alone."""
    usual = {"neuron_rate": 1.0, "neuron_updates": 200, "neuron_standardise": True}
    found: dict[str, dict[str, object]] = {_("A setting that works"): dict(usual)}
    species = possible_targets().get("species")
    if species is not None and {"Adelie", "Gentoo", "Chinstrap"} <= set(species.classes):
        bill = {"neuron_across": "bill_length_mm", "neuron_up": "bill_depth_mm", "neuron_features": "two"}
        found = {
            _("A setting that works"): {**usual, **bill, "neuron_target": "sex", "neuron_negative": "female",
                                        "neuron_positive": "male"},
            _("Classes that overlap"): {**usual, **bill, "neuron_target": "species", "neuron_negative": "Adelie",
                                        "neuron_positive": "Chinstrap"},
            _("Fails: separable classes"): {**usual, **bill, "neuron_target": "species", "neuron_negative": "Adelie",
                                            "neuron_positive": "Gentoo"},
        }  # fmt: skip
        fails = {**found[_("A setting that works")], "neuron_rate": PENGUINS_RATE}
    else:
        standardise = bool(settings.value("neuron_standardise"))  # as it is: the limit depends on it
        fails = {**usual, "neuron_rate": _failing_rate(fits), "neuron_standardise": standardise}
        found[_("A setting that works")]["neuron_rate"] = _working_rate(
            problem, fits.run.limit if standardise else None
        )
    return {**found, _("Fails: the rate is above its limit"): fails}


def _working_rate(problem: ClassProblem, limit: float | None) -> float:
    """Return the largest rate of the slider up to 1 and below the limit of standardised columns, if that is known."""
    if limit is None:
        limit = rate_limit(fit_safe_scaling(problem.X_train).transform(problem.X_train))
    return max((rate for rate in NEURON_RATES if rate <= 1 and rate < limit), default=NEURON_RATES[0])


def _failing_rate(fits: Fits) -> float:
    """Return the first rate of the slider clearly above both limits, for which descent does not come to rest."""
    limit = 2 * max(fits.run.limit, fits.resting or 0.0)
    return next((rate for rate in NEURON_RATES if rate > limit), NEURON_RATES[-1])


def _verdict(problem: ClassProblem, fits: Fits) -> None:
    low, high = (escape_markdown(name) for name in problem.classes)
    if not fits.verdict.separable:
        sentence = (
            _("**Not separable.** No line has all {low} on one side and all {high} on the other, so there is one "
              "best line. Newton's method finds it in {steps} steps: loss {loss}.")
            if problem.is_plane
            else _("**Not separable.** No plane or hyperplane has all {low} on one side and all {high} on the other, "
                   "so there is one best. Newton's method finds it in {steps} steps: loss {loss}.")
        )  # fmt: skip
        st.success(
            sentence.format(
                low=low, high=high, steps=fits.exact.steps if fits.exact else 0,
                loss=format_number(fits.exact.loss if fits.exact else None, 5)),
            icon=":material/check:",
        )  # fmt: skip
        return
    how = _found(problem, fits).format(low=low, high=high)
    if fits.verdict.complete:
        why = _("Make the weights twice as large, and every probability gets nearer to 0 or 1 and the loss smaller: "
                "the weights would grow for ever. It separates the classes; the size of the weights depends on when "
                "training stops.")  # fmt: skip
    else:
        why = _("Larger weights in that direction bring every row off it nearer to 0 or 1 and lower the loss: they "
                "would grow for ever. The rows on it stay uncertain.")  # fmt: skip
    st.warning(
        " ".join([_("**Separable: no finite weights are the best ones.**"), how, why]), icon=":material/all_inclusive:"
    )


def _found(problem: ClassProblem, fits: Fits) -> str:
    """Return the sentence on what separates the classes, with places for their names."""
    if fits.verdict.complete and problem.is_plane:
        return _("A linear programme found a line with every {low} on one side and every {high} on the other.")
    if fits.verdict.complete:
        return _("A linear programme found a plane or hyperplane with every {low} on one side and every {high} on the "
                 "other.")  # fmt: skip
    count = fits.verdict.on_plane
    told = (
        ngettext("A linear programme found a line that no row is on the wrong side of; {count} row is on it.",
                 "A linear programme found a line that no row is on the wrong side of; {count} rows are on it.", count)
        if problem.is_plane
        else ngettext("A linear programme found a plane or hyperplane that no row is on the wrong side of; {count} row "
                      "is on it.", "A linear programme found a plane or hyperplane that no row is on the wrong side "
                      "of; {count} rows are on it.", count)
    )  # fmt: skip
    return told.replace("{count}", format_count(count))


def _rate(fits: Fits) -> None:
    rate, limit = float(settings.value("neuron_rate")), fits.run.limit
    said: list[tuple[str, str] | tuple[str, str, str]] = [(_("Learning rate"), format_general(rate)),
            (_("Its limit, 8/λmax"), format_number(limit, 4),
             _("Below it every update lowers the loss, whatever the labels are."))]  # fmt: skip
    if fits.resting is not None:
        said.append((
            _("At the optimum"), format_number(fits.resting, 4),
            _("2/λmax of the Hessian at the exact optimum: above it descent does not come to rest there.")
        ))  # fmt: skip
    rises = fits.run.rises
    updates = len(fits.run.loss) - 1
    said.append((_("Updates that raised the loss"), str(rises)))
    page.boxes(said)
    if rate < limit:
        sentence = _("The rate is below its limit, so none of the {updates} updates raised the loss.")
    elif fits.resting is None:
        sentence = _("The rate is above its limit: nothing is promised. {rises} of {updates} updates raised the loss.")
    elif rate < fits.resting:
        sentence = _("The rate is above its limit, so nothing is promised, but below the one at the optimum, where the "
                     "curve is flatter: {rises} of {updates} updates raised the loss.")  # fmt: skip
    else:
        sentence = _("The rate is above both limits: {rises} of {updates} updates raised the loss. Descent jumps to "
                     "and fro across the valley. It does not run off to infinity, since the gradient of this loss "
                     "is bounded.")  # fmt: skip
    st.markdown(sentence.format(rises=rises, updates=updates))


def _growth(fits: Fits) -> None:
    table = fits.growth
    sentence = (
        _("With every step of Newton's method the weights grow, to {size} after {steps} steps, while the loss falls to "
          "{loss} without reaching 0.")
        if fits.verdict.complete
        else _("With every step of Newton's method the weights grow, to {size} after {steps} steps, while the loss "
               "falls towards that of the rows on the boundary: {loss}.")
    )  # fmt: skip
    draw_kept(
        newton_growth,
        {"steps": table},
        sentence.format(
            size=format_number(table["size"].iloc[-1], 3), steps=int(table["step"].iloc[-1]),
            loss=format_number(table["loss"].iloc[-1], 2)),
    )  # fmt: skip


def _formulas(problem: ClassProblem, fits: Fits) -> None:
    last = float(fits.run.loss[-1])
    st.latex(
        r"\begin{aligned} L &= \frac{1}{n} \sum_i \log\left(1 + e^{-s_i z_i}\right) = " + format_latex(last, 5)
        + r" \\ s_i &= +1 \text{ or } -1 \\ \nabla L &= \frac{1}{n} Z^\top (p - y) \end{aligned}"
    )  # fmt: skip
    scaled = with_ones(fits.run.scaling.transform(problem.X_train))
    with np.errstate(over="ignore"):
        largest = float(np.linalg.norm(scaled, 2) ** 2 / len(scaled))
    st.latex(
        r"\begin{aligned} \nabla^2 L &= \tfrac{1}{n} Z^\top \mathrm{diag}(p(1-p)) Z \preceq \tfrac{1}{4n} Z^\top Z \\"
        r"\eta &< \frac{2}{\lambda_{\max}/4} = \frac{8}{" + format_latex(largest, 4) + "} = "
        + format_latex(fits.run.limit, 4) + r" \end{aligned}"
    )  # fmt: skip
    if fits.exact is not None:
        gap = last - fits.exact.loss
        silent = fits.penalised.loss - fits.exact.loss
        st.markdown(
            _("After {updates} updates descent is {gap} above the smallest loss, scikit-learn's default {silent} "
              "above it: its `LogisticRegression` has a penalty, C=1, unless you set another.").format(
                updates=format_count(len(fits.run.loss) - 1), gap=format_number(gap, 2),
                silent=format_number(silent, 2))
        )  # fmt: skip
    else:
        st.markdown(
            _("Without a penalty scikit-learn returns weights here too, without a word: they are where it stopped. "
              "With its default penalty, C=1, one best line exists, whatever the classes.")
        )  # fmt: skip
    with np.errstate(over="ignore", invalid="ignore"):
        z = problem.X_train @ fits.run.weights[-1].numpy() + float(fits.run.bias[-1])
    right = np.mean((z > 0) == problem.y_train)
    st.caption(_("{share} of the training rows are on the right side of the last line.").format(
        share=format_percent(float(right), 1)))  # fmt: skip


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("`BCELoss` wants probabilities, `BCEWithLogitsLoss` log-odds."),
            _("Given log-odds, `BCELoss` complains only where they are outside 0 to 1; inside it returns a wrong "
              "loss."),
            "z, y = torch.tensor([0.2, 0.9]), torch.tensor([0.0, 1.0])\n"
            "wrong = torch.nn.BCELoss()(z, y)\nright = torch.nn.BCEWithLogitsLoss()(z, y)",
            ["wrong", "right"],
        ),
        trap(
            _("The logarithm of a rounded probability."),
            _("The sigmoid of 40 is 1 in float32, so log(1 − p) is −∞. The loss of the log-odds is computed without "
              "p."),
            "z = torch.tensor(40.0)\nnaive = -torch.log(1 - torch.sigmoid(z))\n"
            "stable = torch.nn.functional.softplus(z)",
            ["naive", "stable"],
        ),
        trap(
            _("Accuracy is no loss."),
            _("It does not change when the weights move a little, so its gradient is 0 almost everywhere: torch has "
              "none."),
            "w = torch.tensor(0.5, requires_grad=True)\nx, y = torch.tensor([1.0, -2.0]), torch.tensor([True, False])\n"
            "accuracy = ((w * x > 0) == y).float().mean()\naccuracy.backward()",
        ),
    ]  # fmt: skip


def _ends() -> None:
    st.caption(
        _("**What it takes for granted:** the log-odds are a straight line in the columns; rows are independent; "
          "the labels are right.")
    )  # fmt: skip
    page.link("neuron", _("Next: where to put the threshold"), {"neuron_view": "threshold"})
    page.link("norms", _("What a penalty on the weights measures"))
