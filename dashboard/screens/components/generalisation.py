"""Fitting and generalising: polynomials by degree with their exact fits, and one trained update by update."""

import json
import math

import numpy as np
import pandas as pd
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_general, format_latex, format_number
from core.foundations.degrees import DegreeFits, fit_degrees
from core.foundations.descent_on_curve import CurveDescent, descend_on_curve, descents_by_degree
from core.language import _
from dashboard.pipeline import training
from dashboard.scenes.components.fits import degrees_scene, steps_scene
from dashboard.screens.components.curve_rows import CurveRows, choose_feature, curve_rows
from dashboard.screens.components.fit_code import degree_code, degree_traps, descent_code
from dashboard.ui import controls, lesson, scenes
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import examples
from dashboard.ui.page import boxes, link
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

HIGHEST = 12
FEW, MANY = 15, 60  # training rows of the setting that fails, and of the one that works


def draw_generalisation() -> None:
    """Draw the controls, the stage, and what it says."""
    st.markdown(
        _("**Optimising** makes the training error small. **Generalising** makes the error on new rows small. Play the "
          "stage, and watch the two part.")
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = controls.either("components_fit_what", _("What grows"))
        source = controls.either("components_fit_source", _("Rows"))
        controls.number("seed", _("Seed"))
    first, second, third = st.columns(3)
    with first:
        controls.slider("components_fit_rows", _("Training rows"))
    with second:
        if source == "wave":
            noise = float(controls.slider("components_fit_noise", _("Noise σ")))
        else:
            noise = float(controls.slider("components_fit_extra", _("Noise added, in deviations of the label")))
    with third:
        if what == "descent":
            controls.slider("components_fit_polynomial", _("Degree"))
        elif source == "table":
            choose_feature(training.base_problem())
    if what == "descent":
        left, right = st.columns(2)
        with left:
            controls.slider("components_fit_updates", _("Updates"))
        with right:
            if source == "table":
                choose_feature(training.base_problem())
    rows = curve_rows(source, settings.value("components_fit_rows"), noise, settings.value("seed"))
    (_draw_descent if what == "descent" else _draw_degrees)(rows)
    st.caption(
        escape_markdown(
            _("Takes for granted: training and test rows are drawn from the same rows at random. {train} to train on, "
              "{test} to test on.").format(train=format_count(len(rows.x)), test=format_count(len(rows.x_test)))
        )
    )  # fmt: skip
    link("compare", _("The learning curve of your whole model is on Compare"),
         {"compare_view": "diagnostics", "compare_diagnostic": "learning"})  # fmt: skip


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _fits(key: str, _rows: CurveRows) -> DegreeFits:
    return fit_degrees(_rows.x, _rows.y, _rows.x_test, _rows.y_test, HIGHEST)


def _draw_degrees(rows: CurveRows) -> None:
    fits = _fits(rows.key, rows)
    degree = min(settings.value("components_fit_degree"), len(fits.errors) - 1)
    pair = ((rows.x, rows.y), (rows.x_test, rows.y_test))
    scene = degrees_scene(fits, *pair, (rows.feature, rows.label), degree, rows.key)
    scenes.components(scene, "components_degrees", lambda: _take_degree(fits))
    examples("components_fit", {
        _("A setting that works"): {"components_fit_degree": fits.best},
        _("A setting that fails, and why"): {"components_fit_degree": len(fits.errors) - 1},
    })  # fmt: skip
    st.markdown(_verdict(fits, degree, len(rows.x)))
    _show_numbers(fits, degree)
    st.latex(
        r"\begin{aligned} \hat y &= \sum_{k=0}^{"
        + str(degree)
        + r"} c_k\, p_k(x) \\ c_k &= \frac{1}{n} \sum_{i=1}^{n} p_k(x_i)\, y_i \\ "
        "c_{" + str(degree) + "} &= " + format_latex(float(fits.coefficients[degree])) + r" \end{aligned}"
    )
    st.caption(
        _("The p are polynomials that are orthonormal on the training rows, so each coefficient is a mean, exact, and "
          "the same for every higher degree. Nothing is trained step by step here.")
    )  # fmt: skip
    lesson.code(degree_code(rows, degree))
    lesson.traps(degree_traps)


def _take_degree(fits: DegreeFits) -> None:
    settled = getattr(state.get("components_degrees"), "settled", None)
    if isinstance(settled, int | float):
        settings.choose("components_fit_degree", int(settled))


def _verdict(fits: DegreeFits, degree: int, rows: int) -> str:
    errors, best = fits.errors, fits.best
    here, least = float(errors["test"][degree]), float(errors["test"][best])
    numbers = {
        "degree": degree, "best": best, "rows": rows, "train": format_number(float(errors["train"][degree]), 4),
        "test": format_number(here, 4), "least": format_number(least, 4), "times": _times(here, least),
        "weights": degree + 1,
    }  # fmt: skip
    verdict = fits.judge(degree)
    if verdict in ("best", "near"):
        return _("**This works:** with degree {degree} the test error is {test}. It is least with degree {best}, "
                 "{least}.").format(**numbers)  # fmt: skip
    if verdict == "under":
        return _("**This fails:** degree {degree} bends too little. Its test error is {times} times that of degree "
                 "{best}, and its training error, {train}, is high too.").format(**numbers)  # fmt: skip
    if verdict == "chance":
        return _("**This fails:** the test error is {times} times that of degree {best}, though the training error, "
                 "{train}, is low. {rows} rows are too few to tell the degrees apart; try another seed.").format(
                     **numbers)  # fmt: skip
    return _("**This fails:** degree {degree} has {weights} coefficients for {rows} rows. The training error is only "
             "{train}, the test error {times} times that of degree {best}.").format(**numbers)  # fmt: skip


def _times(error: float, least: float) -> str:
    return format_number(error / least if least else math.inf, 3)


def _show_numbers(fits: DegreeFits, degree: int) -> None:
    errors = fits.errors
    boxes([
        (_("Degree"), format_count(degree)),
        (_("Training error"), format_number(float(errors["train"][degree]), 4)),
        (_("Test error"), format_number(float(errors["test"][degree]), 4)),
        (_("Least test error, at degree"), format_count(fits.best)),
    ])  # fmt: skip


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _descent(key: str, _rows: CurveRows, degree: int, updates: int, seed: int) -> CurveDescent:
    return descend_on_curve(_rows.x, _rows.y, _rows.x_test, _rows.y_test, degree=degree, epochs=updates, seed=seed)


def _draw_descent(rows: CurveRows) -> None:
    degree, updates = settings.value("components_fit_polynomial"), settings.value("components_fit_updates")
    seed = settings.value("seed")
    found = _descent(rows.key, rows, degree, updates, seed)
    if found.run.diverged:
        raise InputError(_("Gradient descent diverges on these rows; choose a lower degree or more rows."))
    key = json.dumps([rows.key, degree, updates])
    scenes.components(
        steps_scene(found, (rows.x, rows.y), (rows.x_test, rows.y_test), (rows.feature, rows.label), key),
        "components_steps",
    )
    examples("components_fit", {
        _("A setting that works"): _settings_for(MANY, overfits=False),
        _("A setting that fails, and why"): _settings_for(FEW, overfits=True),
    })  # fmt: skip
    st.markdown(_descent_verdict(found, _fits(rows.key, rows)))
    run = found.run
    boxes([
        (_("Training error at the end"), format_number(run.loss, 4)),
        (_("Training error, closed form"), format_number(run.closed_form_loss, 4)),
        (_("Test error at the end"), format_number(float(found.test_errors[-1]), 4)),
        (_("Test error, closed form"), format_number(_exact_error(rows, found), 4)),
    ])  # fmt: skip
    st.caption(
        _("Full-batch gradient descent on Chebyshev polynomials of x, with half of the largest stable rate, {rate}. "
          "The closed form is where it would end.").format(rate=format_general(run.config.learning_rate, 4))
    )  # fmt: skip
    lesson.code(descent_code(rows, found))
    lesson.traps(degree_traps)


def _exact_error(rows: CurveRows, found: CurveDescent) -> float:
    """Return the test error of the closed form of the same degree."""
    fits = _fits(rows.key, rows)
    return float(fits.errors["test"][min(found.degree, len(fits.errors) - 1)])


def _settings_for(train: int, *, overfits: bool) -> dict[str, int]:
    """Return the setting of so many training rows at whose degree a descent ends best, or overfits most."""
    source = settings.value("components_fit_source")
    noise = settings.value("components_fit_noise" if source == "wave" else "components_fit_extra")
    rows = curve_rows(source, train, float(noise), settings.value("seed"))
    found = _by_degree(rows.key, rows, settings.value("components_fit_updates"))
    judged = -(found["end"] / found["least"]) if overfits else found["end"]
    degree = int(found["degree"][int(judged.fillna(np.inf).to_numpy().argmin())])
    return {"components_fit_polynomial": degree, "components_fit_rows": train}


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _by_degree(key: str, _rows: CurveRows, updates: int) -> pd.DataFrame:
    return descents_by_degree(_rows.x, _rows.y, _rows.x_test, _rows.y_test, range(1, 11), updates)


def _descent_verdict(found: CurveDescent, fits: DegreeFits) -> str:
    history = found.history
    step, least = history["step"].iloc[found.best], float(found.test_errors[found.best])
    end, possible = float(found.test_errors[-1]), float(fits.errors["test"][fits.best])
    numbers = {
        "step": format_count(step), "least": format_number(least, 4), "end": format_number(end, 4),
        "train": format_number(found.run.loss, 4), "times": _times(end, least),
        "exact": format_number(found.run.closed_form_loss, 4), "degree": found.degree, "best": fits.best,
        "possible": format_number(possible, 4), "more": _times(end, possible),
    }  # fmt: skip
    if end > 1.1 * least:
        return _("**This fails:** the test error was least after {step} updates, {least}, and ends at {end}, {times} "
                 "times as much, while the training error falls to {train}, towards the {exact} of the closed form."
                 ).format(**numbers)  # fmt: skip
    if end > 1.2 * possible:
        return _("**This fails:** optimising is not the trouble here, the degree is. The run of degree {degree} ends "
                 "at a test error of {end}, {more} times the {possible} of the exact fit of degree {best}."
                 ).format(**numbers)  # fmt: skip
    return _("**This works:** the run ends at a test error of {end}, close to the least on its way, {least}. Fitting "
             "better is generalising better here.").format(**numbers)  # fmt: skip
