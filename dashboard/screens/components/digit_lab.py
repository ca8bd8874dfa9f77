"""The digits, and what was learned from them, computed once for all visits with the same settings."""

import numpy as np
import pandas as pd
import streamlit as st

from core.foundations.digits import DigitImages, hand_made_accuracies, load_digits
from core.foundations.representation import DigitNetwork, layer_accuracies, learned_kernels, train_network
from core.language import N_, _
from dashboard.ui import controls
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

Array = np.ndarray
Sample = tuple[int, int, int]  # rows, shift and seed


def sample() -> Sample:
    """Return which digits are in use, by the knobs."""
    names = ("components_digit_rows", "components_shift", "components_draw_seed")
    rows, shift, seed = (int(settings.value(name)) for name in names)
    return rows, shift, seed


@cache_resource(max_entries=20, show_spinner=False)
def digits(which: Sample) -> DigitImages:
    """Return the digits."""
    rows, shift, seed = which
    return load_digits(rows=rows, shift=shift, seed=seed)


@cache_resource(max_entries=20, show_spinner=N_("Fitting linear classifiers"))
def hand_made(which: Sample) -> pd.DataFrame:
    """Return the accuracy on each kind of feature made by hand."""
    return hand_made_accuracies(digits(which))


@cache_resource(max_entries=20, show_spinner=N_("Training a small network"))
def network(which: Sample, depth: int, epochs: int, relu: bool) -> DigitNetwork:
    """Return the network trained on these digits."""
    return train_network(digits(which), depth=depth, epochs=epochs, seed=which[2], relu=relu)


@cache_resource(max_entries=20, show_spinner=N_("Measuring the layers"))
def layers(which: Sample, depth: int, epochs: int, relu: bool) -> pd.DataFrame:
    """Return how well each layer of that network tells the digits apart."""
    return layer_accuracies(digits(which), network(which, depth, epochs, relu))


@cache_resource(max_entries=4, show_spinner=N_("Learning kernels"))
def kernels(seed: int) -> tuple[Array, float]:
    """Return eight learned kernels, (8, 3, 3), and how well their network does."""
    return learned_kernels(digits((1347, 0, seed)), seed=seed)


def chosen_network() -> DigitNetwork:
    """Return the network that the knobs ask for."""
    return network(sample(), *network_settings())


def network_settings() -> tuple[int, int, bool]:
    """Return depth, epochs and whether there is a ReLU, by the knobs."""
    depth, epochs = settings.value("components_depth"), settings.value("components_epochs")
    return int(depth), int(epochs), bool(settings.value("components_relu"))


def draw_controls(*, relu: bool = False) -> None:
    """Draw the knobs of the digits and of the network."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.either("components_shift", _("Digits"))
        controls.slider("components_digit_rows", _("Images to learn from"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.slider("components_depth", _("Hidden layers"))
        controls.slider("components_epochs", _("Epochs"))
        if relu:
            controls.toggle("components_relu", _("ReLU after each"))
        controls.number("components_draw_seed", _("Seed"))
