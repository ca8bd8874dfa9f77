"""Generating data: a small GAN whose rules can be changed until it covers all of the data, or one clump alone."""

from typing import Any

import streamlit as st

from core.language import _
from core.problems.generating import miniature
from dashboard.screens.problems.kind import Kind
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.visit import settings

WIDTH = 190  # pixels of a control


def _controls() -> dict[str, Any]:
    """Draw the data and the rules of the game."""
    with st.container(width=260):
        data = controls.select("problems_generating_data", _("Data"))
    labels = {
        "updates": _("Updates"),
        "discriminator_steps": _("Steps of D in each update"),
        "generator_steps": _("Steps of G in each update"),
        "discriminator_rate": _("Learning rate of D"),
        "generator_rate": _("Learning rate of G"),
    }
    if data in ("clumps", "ring"):  # on a line the noise is one number, so that the density made is exact
        labels["noise"] = _("Numbers of noise")
    found = {}
    for name, label in labels.items():
        with st.container(width=WIDTH):
            found[name] = controls.slider(f"problems_generating_{name}", label)
    loss = controls.either("problems_generating_loss", _("Loss of the generator"))
    return {"seed": settings.value("problems_seed"), "data": data, "loss": loss, **found}


def _examples() -> Examples:
    quick = {"updates": 500, "generator_steps": 3, "discriminator_rate": 0.002, "generator_rate": 0.01}
    return {
        _("Works: all eight clumps"): _example(),
        _("Fails: mode collapse, the generator is too quick"): _example(**quick),
        _("Works: one clump on a line"): _example(data="one", discriminator_rate=0.01, generator_rate=0.002),
        _("Fails: stopped too early"): _example(updates=100),
    }


def _example(**values: Any) -> dict[str, Any]:
    usual = {
        "data": "clumps", "loss": "non_saturating", "updates": 800, "discriminator_steps": 1, "generator_steps": 1,
        "discriminator_rate": 0.007, "generator_rate": 0.005, "noise": 2,
    }  # fmt: skip
    return {"problems_seed": 0} | {f"problems_generating_{name}": value for name, value in (usual | values).items()}


def _links() -> None:
    link("neuron", _("A discriminator is a classifier of two classes: train one neuron"), {"neuron_view": "train"})


KIND = Kind("generating", controls=_controls, make=miniature, examples=_examples, links=_links)
