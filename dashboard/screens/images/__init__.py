"""A picture is a vector: its three channels, its numbers, and the one long list that a model takes."""

import streamlit as st

from core.language import _
from dashboard.screens.images.choosing import choose_picture
from dashboard.screens.images.flatten import draw_flatten
from dashboard.screens.images.neuron import draw_neuron
from dashboard.screens.images.numbers import draw_numbers
from dashboard.ui import controls
from dashboard.ui.page import explained, heading, link

VIEWS = {"flatten": draw_flatten, "numbers": draw_numbers, "neuron": draw_neuron}


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("A picture is a vector"),
        _("To a computer a picture is three tables of numbers. A model takes them as one long list, a **feature "
          "vector**."),
    )  # fmt: skip
    chosen = choose_picture()
    controls.view("images_view", _("Which lesson"), VIEWS)(chosen)
    st.caption(
        _("What it takes for granted: nothing but that a table has rows and columns. What comes next: a neuron, which "
          "weighs the vector.")
    )  # fmt: skip
    link("neuron", _("Next: a neuron"))
