"""Diagnostics: what the models leave of the labels, and whether it looks as it should."""

from importlib import import_module

import streamlit as st

from core.language import _
from core.regression.config import SgdConfig
from dashboard.parts import compare, knobs
from dashboard.parts.compare.diagnosed import model_names
from dashboard.parts.training import Problem, Result

OF_ONE_MODEL = ("fit", "noise")


def draw(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the diagnostic that is chosen."""
    names = {
        "fit": _("Fit"),
        "noise": _("Noise"),
        "influence": _("Influence"),
        "learning": _("Learning curve"),
    }
    questions = {
        "fit": _("How far off are the predictions, and do they miss something that a better model would see?"),
        "noise": _("Squared loss assumes normal noise of one size. Does what is left over look like that?"),
        "influence": _("Which rows pull the closed form towards them, and what would it be without them?"),
        "learning": _("Would more rows help, or has this model learnt all it can?"),
    }
    with st.container(horizontal=True, gap="medium"):
        chosen = knobs.either("compare_diagnostic", _("Diagnostic"), names)
        if chosen in OF_ONE_MODEL:
            knobs.either("compare_model", _("Model"), model_names())
    st.markdown(questions[chosen])
    import_module(f"{compare.__name__}.diagnostics_{chosen}").draw(problem, how, result)
