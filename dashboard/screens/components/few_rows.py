"""Few rows against many: the error of the visitor's own model by the number of its training rows."""

import json
import math

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_latex, format_number
from core.language import _
from core.regression.experiments.learning_curve import LearningCurve, learning_curve
from core.regression.sgd.config import SgdConfig
from dashboard.charts.compare.learning_curve import learning_curve as learning_curve_chart
from dashboard.pipeline import training
from dashboard.pipeline.training import Problem
from dashboard.ui import controls
from dashboard.ui.chart import draw_chart
from dashboard.ui.examples import examples
from dashboard.ui.page import boxes
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

REPEATS = 8


def draw_few() -> None:
    """Draw the curve of the closed form, and what few rows cost."""
    problem = training.problem()
    seed = settings.value("seed")
    curve = _curve(json.dumps([problem.key, seed]), problem, seed)
    summary, law = curve.summary(), curve.law()
    summary = summary[summary["model"] == "closed_form"]
    losses = [value for value in [*summary["low"], *summary["high"], *law["train"], *law["test"]] if value > 0]
    if not losses:
        st.info(_("Every loss is 0: the fit is perfect on any part of the rows."))
        return
    share = controls.slider("components_bad_rows", _("Training rows used"), format="%d%%") / 100
    examples("components_bad", {
        _("A setting that works"): {"components_bad_rows": 100},
        _("A setting that fails, and why"): {"components_bad_rows": 5},
    })  # fmt: skip
    test = summary[summary["part"] == "test"].set_index("size")
    size = min(test.index, key=lambda each: abs(each - share * curve.rows))
    draw_chart(
        learning_curve_chart(
            summary, law, curve.noise, problem.label, _("Error by the number of rows"),
            _("Exact fits. Band: {repeats} draws. Dashed: σ²/2. Dotted: expected.").format(repeats=REPEATS), losses,
        ),
        _about(curve, test, size),
    )  # fmt: skip
    boxes([
        (_("Training rows"), format_count(size)),
        (_("Mean test loss"), format_number(float(test["mean"][size]), 4)),
        (_("Lowest of the draws"), format_number(float(test["low"][size]), 4)),
        (_("Highest of the draws"), format_number(float(test["high"][size]), 4)),
    ])  # fmt: skip
    st.markdown(_about(curve, test, size))
    if curve.noise and size > 2 * curve.parameters:  # with fewer rows the approximation says too little
        expected = curve.noise * (1 + curve.parameters / size)
        st.latex(
            r"\begin{aligned} \mathbb{E}\,L_{\text{test}} &\approx \frac{\sigma^2}{2}\left(1 + \frac{p}{n}\right) \\ "
            rf"&= {format_latex(curve.noise)} \left(1 + \frac{{{curve.parameters}}}{{{size}}}\right) = "
            rf"{format_latex(expected)} \end{{aligned}}"
        )


def _about(curve: LearningCurve, test: pd.DataFrame, size: int) -> str:
    """Say what this number of rows costs."""
    most = int(test.index.max())
    mean, least = float(test["mean"][size]), float(test["mean"][most])
    numbers = {
        "size": format_count(size), "most": format_count(most), "parameters": format_count(curve.parameters),
        "mean": format_number(mean, 4), "least": format_number(least, 4),
        "times": format_number(mean / least if least else math.inf, 3),
        "low": format_number(float(test["low"][size]), 4), "high": format_number(float(test["high"][size]), 4),
    }  # fmt: skip
    if mean <= 1.15 * least:
        return _("**This works:** {size} rows for {parameters} parameters give a mean test loss of {mean}; all {most} "
                 "give {least}.").format(**numbers)  # fmt: skip
    return _("**This fails:** with {size} rows for {parameters} parameters the mean test loss is {mean}, {times} times "
             "that with {most} rows. And it depends on which rows they are: it goes from {low} to "
             "{high}.").format(**numbers)  # fmt: skip


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _curve(key: str, _problem: Problem, seed: int) -> LearningCurve:
    quick = SgdConfig(learning_rate=1e-9, batch_size=1024, epochs=1, seed=seed)  # its runs are not shown
    return learning_curve(
        _problem.X_train, _problem.y_train, _problem.X_test, _problem.y_test,
        fit=training.closed_form(_problem), config=quick, repeats=REPEATS, seed=seed,
    )  # fmt: skip
