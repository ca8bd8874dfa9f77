"""Remedies for a run that has diverged, or is about to: one click each."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.formatting import format_general
from core.language import _
from core.regression import SgdRun
from core.regression.sgd.config import SgdConfig
from dashboard.visit import settings


def offer(how: SgdConfig, run: SgdRun) -> None:
    """Offer settings that would converge where a run has diverged."""
    if run.divergence is None:
        return
    buttons = st.container(horizontal=True)
    rate = settings.rate_at_most(run.divergence.working_rate)
    rate_button(buttons, _("Use the learning rate {rate}").format(rate=format_general(rate)), rate)
    standardise_button(buttons, how)


def rate_button(place: DeltaGenerator, label: str, rate: float) -> None:
    """Draw a button that sets the learning rate."""
    place.button(
        label,
        on_click=settings.choose,
        args=["learning_rate", rate],
        icon=":material/speed:",
        help=_("Sets the learning rate to {rate}.").format(rate=format_general(rate)),
    )


def standardise_button(place: DeltaGenerator, how: SgdConfig) -> None:
    """Draw a button that standardises the features, unless they are."""
    if how.standardise:
        return
    place.button(
        _("Standardise the features"),
        on_click=settings.choose,
        args=["train_standardise", True],
        icon=":material/straighten:",
    )
