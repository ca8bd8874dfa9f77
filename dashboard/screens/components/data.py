"""Bad data: wrong labels, an unbalanced set, a feature that leaks, few rows."""

import json
import math

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_count, format_latex, format_number, format_percent
from core.foundations.class_task import ClassProblem
from core.foundations.imbalance import ImbalanceStudy, study_imbalance
from core.foundations.label_noise import Which, measured_accuracy, study_label_noise
from core.foundations.leaking_feature import LeakStudy, study_leak
from core.language import _, ngettext
from dashboard.charts.components import label_noise
from dashboard.scenes.components.counts import counts_scene
from dashboard.screens.components.class_choice import choose_classes, class_name, other_name
from dashboard.screens.components.class_code import bad_traps, imbalance_code, labels_code, leak_code
from dashboard.screens.components.few_rows import draw_few
from dashboard.ui import controls, lesson, scenes
from dashboard.ui.chart import draw_chart
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import examples
from dashboard.ui.page import boxes, link
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource


def draw_data() -> None:
    """Draw the choice of what is wrong with the data, and what it does."""
    st.markdown(
        _("A model is no better than its rows. Each of these four faults leaves the code as it was; nothing raises an "
          "error.")
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        fault = controls.either("components_bad", _("What is wrong"))
        controls.number("seed", _("Seed"))
    if fault == "few":
        draw_few()
    else:
        problem = choose_classes()
        st.caption(escape_markdown(_about(problem)))
        {"labels": _draw_labels, "imbalance": _draw_imbalance, "leak": _draw_leak}[fault](problem)
    lesson.traps(bad_traps)
    st.caption(_("Takes for granted: test rows are drawn from the same rows at random, and kept out of training."))
    link("leakage", _("A leak through the preparation is on Leakage"))


def _about(problem: ClassProblem) -> str:
    text = ngettext(
        "Class 1 is {one}, class 0 is {zero}. Logistic regression without a penalty on {features} feature: {train} "
        "training rows, {test} test rows.",
        "Class 1 is {one}, class 0 is {zero}. Logistic regression without a penalty on {features} features: {train} "
        "training rows, {test} test rows.",
        len(problem.names),
    )
    one, zero = _names(problem)
    said = text.format(
        one=one, zero=zero, features=format_count(len(problem.names)), train=format_count(len(problem.y)),
        test=format_count(len(problem.y_test)),
    )  # fmt: skip
    if not problem.dropped:
        return said
    left = ngettext(
        "{count} row with a missing or infinite value is left out.",
        "{count} rows with a missing or infinite value are left out.",
        problem.dropped,
    ).format(count=format_count(problem.dropped))
    return f"{said} {left}"


def _key(problem: ClassProblem, *more: object) -> str:
    return json.dumps([settings.value("seed"), class_name(problem.target), problem.dropped, len(problem.y), *more])


def _names(problem: ClassProblem) -> tuple[str, str]:
    return class_name(problem.target), other_name(problem.target)


def _share(value: float) -> str:
    return _("undefined") if math.isnan(value) else format_percent(value, 1)


def _draw_labels(problem: ClassProblem) -> None:
    left, right = st.columns(2)
    with left:
        flipped = controls.slider("components_bad_flipped", _("Labels flipped"), format="%d%%") / 100
    with right:
        which: Which = "ones" if controls.either("components_bad_which", _("Labels")) == "ones" else "any"
    examples("components_bad", {
        _("A setting that works"): {"components_bad_flipped": 20, "components_bad_which": "any"},
        _("A setting that fails, and why"): {"components_bad_flipped": 60, "components_bad_which": "ones"},
    })  # fmt: skip
    study = _label_study(_key(problem, which), problem, which, settings.value("seed"))
    here = study[study["share"].round(2) == round(flipped, 2)]
    clean, true, measured = (
        float(study[study["share"] == 0]["true"].mean()), float(here["true"].mean()), float(here["measured"].mean())
    )  # fmt: skip
    draw_chart(
        label_noise(study, flipped),
        (_("With {share} of class 1 flipped the accuracy on true labels is {true}; without, {clean}.")
         if which == "ones"
         else _("With {share} of the labels flipped the accuracy on true labels is {true}; without, {clean}.")
         ).format(share=format_percent(flipped), true=_share(true), clean=_share(clean)),
    )  # fmt: skip
    boxes([
        (_("No label flipped"), _share(clean)),
        (_("Trained on flipped labels"), _share(true)),
        (_("As flipped test rows measure it"), _share(measured)),
    ])  # fmt: skip
    st.markdown(_about_labels(clean, true, measured, flipped, which))
    if which == "any":
        rate, share, wrong = format_latex(true), format_latex(flipped), format_latex(1 - true)
        st.markdown(_("What flipped test rows are expected to measure, whatever the model:"))
        st.latex(
            rf"\begin{{aligned}} a\,(1 - s) + (1 - a)\, s &= {rate} \cdot {format_latex(1 - flipped)} \\ "
            rf"& \quad + {wrong} \cdot {share} \\ &= {format_latex(measured_accuracy(true, flipped))} \end{{aligned}}"
        )
    lesson.code(labels_code(problem.y, flipped, which, true))


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _label_study(key: str, _problem: ClassProblem, which: Which, seed: int) -> pd.DataFrame:
    return study_label_noise(_problem, which=which, first_seed=seed)


def _about_labels(clean: float, true: float, measured: float, flipped: float, which: Which) -> str:
    numbers = {
        "clean": _share(clean), "true": _share(true), "measured": _share(measured), "share": format_percent(flipped),
    }  # fmt: skip
    if not flipped:
        return _("No label is flipped, so the test rows tell the truth: {true}.").format(**numbers)
    if true >= clean - 0.05 and which == "ones":
        return _("**This works so far:** {share} of class 1 are labelled 0, all in one direction, and the model is "
                 "still right on {true} of the rows, against {clean}. More of them shift its boundary. A test set with "
                 "the same flips measures {measured}.").format(**numbers)  # fmt: skip
    if true >= clean - 0.05:
        return _("**This works:** though {share} of the labels are wrong, the model is right on {true} of the rows, "
                 "against {clean}. The flips fall on either side and cancel. But a test set with the same flips "
                 "measures {measured}: the model is hardly worse, the measurement is.").format(**numbers)  # fmt: skip
    if which == "ones":
        return _("**This fails:** the flips are all in one direction, so they cancel nothing: the model learns that "
                 "the class is rarer than it is. Accuracy falls from {clean} to {true}.").format(**numbers)  # fmt: skip
    return _("**This fails:** near 50% flipped the labels say nothing, and beyond it they say the opposite. Accuracy "
             "falls from {clean} to {true}.").format(**numbers)  # fmt: skip


def _draw_imbalance(problem: ClassProblem) -> None:
    share = controls.slider("components_bad_rare", _("Share of class 1"), format="%d%%") / 100
    examples("components_bad", {
        _("A setting that works"): {"components_bad_rare": 50},
        _("A setting that fails, and why"): {"components_bad_rare": 5},
    })  # fmt: skip
    found = _imbalance(_key(problem, share), problem, share, settings.value("seed"))
    models = {
        _("Always the larger class"): found.constant,
        _("Logistic regression"): found.plain,
        _("The same, rare rows weigh more"): found.weighted,
    }
    scenes.components(counts_scene(models, *_names(problem)), "components_counts")
    st.caption(
        _("Counts of the test rows in {draws} draws of the rows that stay, added up: a class that is rare in one "
          "test set gives figures that jump.").format(draws=found.draws)
    )  # fmt: skip
    st.markdown(_about_imbalance(found))
    lesson.code(imbalance_code(found))


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _imbalance(key: str, _problem: ClassProblem, share: float, seed: int) -> ImbalanceStudy:
    return study_imbalance(_problem, share, seed)


def _about_imbalance(found: ImbalanceStudy) -> str:
    constant, plain, weighted = found.constant, found.plain, found.weighted
    numbers = {
        "rare": format_count(found.rare), "rows": format_count(found.rows), "constant": _share(constant.accuracy),
        "plain": _share(plain.accuracy), "recall": _share(plain.recall), "weighted": _share(weighted.recall),
        "balanced": _share(constant.balanced_accuracy), "own": _share(plain.balanced_accuracy),
    }  # fmt: skip
    said = [_("{rare} of {rows} training rows are of class 1.").format(**numbers)]
    if constant.accuracy < 0.6:
        said.append(_("**This works:** always saying the larger class is right on {constant} only, so an accuracy of "
                      "{plain} means something; the balanced accuracy, {own}, says about the same."
                      ).format(**numbers))  # fmt: skip
        return " ".join(said)
    if constant.accuracy < 0.8:
        said.append(_("Always the larger class is right on {constant} already, so {plain} means less than it seems; "
                      "the balanced accuracy is {own}.").format(**numbers))  # fmt: skip
        return " ".join(said)
    said.append(_("**This fails:** always saying the larger class is right on {constant} of the test rows and "
                  "finds none of the others; its balanced accuracy is {balanced}. So {plain} says little. Ask for "
                  "the recall, {recall}; with rows of the rare class weighing more it is {weighted}."
                  ).format(**numbers))  # fmt: skip
    return " ".join(said)


def _draw_leak(problem: ClassProblem) -> None:
    noise = float(controls.slider("components_bad_leak", _("Noise on the feature that leaks")))
    examples("components_bad", {
        _("A setting that works"): {"components_bad_leak": 2.0},
        _("A setting that fails, and why"): {"components_bad_leak": 0.1},
    })  # fmt: skip
    found = _leak(_key(problem, noise), problem, noise, settings.value("seed"))
    models = {
        _("Without the feature"): found.honest,
        _("With it, as tested"): found.tested,
        _("With it, in use"): found.in_use,
    }
    scenes.components(counts_scene(models, *_names(problem)), "components_counts")
    st.markdown(_about_leak(found))
    own, others = format_latex(float(found.weights[-1]), 3), format_latex(float(max(abs(found.weights[:-1]))), 3)
    st.latex(
        rf"\begin{{aligned}} x_{{d+1}} &= y + {format_latex(noise)} \cdot \varepsilon \\ w_{{d+1}} &= {own} \\ "
        rf"\max_{{j \leq d}} |w_j| &= {others} \end{{aligned}}"
    )
    lesson.code(leak_code(found))


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _leak(key: str, _problem: ClassProblem, noise: float, seed: int) -> LeakStudy:
    return study_leak(_problem, noise, seed)


def _about_leak(found: LeakStudy) -> str:
    numbers = {
        "honest": _share(found.honest.accuracy), "tested": _share(found.tested.accuracy),
        "used": _share(found.in_use.accuracy), "weight": format_number(float(found.weights[-1]), 3),
    }  # fmt: skip
    said = _("The feature was written down after the label was known. In use the label is not known yet, so the "
             "feature is filled with its training mean.")  # fmt: skip
    if found.in_use.accuracy < found.tested.accuracy - 0.03:
        outcome = _("**This fails:** the test score is {tested}, against {honest} without the feature, and in use "
                    "it is {used}. The model leans on the feature, with a weight of {weight}."
                    ).format(**numbers)  # fmt: skip
    elif abs(found.weights[-1]) > max(np.abs(found.weights[:-1]), default=0.0):
        outcome = _("**This fails, though no score shows it:** the largest weight, {weight}, is on the feature that "
                    "leaks. These rows are classified well without it ({honest}), so the loss in use is small here: "
                    "{tested} as tested, {used} in use.").format(**numbers)  # fmt: skip
    else:
        outcome = _("**This works:** there is so much noise on the feature that the model hardly uses it: {tested} as "
                    "tested, {used} in use, {honest} without it.").format(**numbers)  # fmt: skip
    return f"{said} {outcome}"
