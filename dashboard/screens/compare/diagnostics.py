"""Diagnostics: the residuals of the models, and whether they look as they should."""

import streamlit as st

from core.language import _
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.compare.diagnostics_fit import draw_fit
from dashboard.screens.compare.diagnostics_influence import draw_influence
from dashboard.screens.compare.diagnostics_learning import draw_learning_curve
from dashboard.screens.compare.diagnostics_noise import draw_noise
from dashboard.ui import controls

OF_ONE_MODEL = ("fit", "noise")
DIAGNOSTICS = {"fit": draw_fit, "noise": draw_noise, "influence": draw_influence, "learning": draw_learning_curve}


def draw_diagnostics(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the diagnostic that is chosen."""
    questions = {
        "fit": _("How far off are the predictions, and do they miss a pattern that a better model would catch?"),
        "noise": _(
            "Squared loss is maximum likelihood for normal noise of constant variance. Do the residuals look like that?"
        ),
        "influence": _("Which rows pull the closed form towards them, and what would it be without them?"),
        "learning": _("Would more rows help, or has this model learnt all it can?"),
    }
    with st.container(horizontal=True, gap="medium"):
        chosen = controls.either("compare_diagnostic", _("Diagnostic"))
        if chosen in OF_ONE_MODEL:
            controls.either("compare_model", _("Model"))
    st.markdown(questions[chosen])
    DIAGNOSTICS[chosen](problem, how, result)
