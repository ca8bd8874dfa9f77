"""The stage, and the path of the parameters to the closed form."""

import numpy as np
import streamlit as st

from core.language import _
from core.regression.convergence.loss_surface import EXTREMES
from core.regression.sgd.config import SgdConfig
from dashboard.charts.train.parameters import parameters_way
from dashboard.pipeline import findings, results
from dashboard.pipeline.stage import draw_stage, usual_axes
from dashboard.pipeline.training import Problem, Result
from dashboard.ui import controls
from dashboard.ui.chart import draw_chart
from dashboard.visit import state


def draw_parameters(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the parameters of the run at every recorded step."""
    way, ends, left_out = results.parameters_way(problem, result)
    draw_chart(parameters_way(way, ends, problem.label), findings.parameters_way(way, ends))
    if left_out:
        st.caption(
            _(
                "The {shown} weights that are largest in the closed form; the others, {count} in all, are not drawn."
            ).format(shown=len(ends), count=left_out)
        )


def draw_watch(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the run that these settings made."""
    draw_stage(problem, how, result, _choose_axes(problem, result))


def _choose_axes(problem: Problem, result: Result) -> tuple[str, str]:
    """Draw the choice of the axes of the landscape, and return it as `loss_surface` takes it."""
    names = problem.feature_names
    if len(names) == 1:
        return usual_axes(problem)
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        plane = controls.either("train_plane", _("The landscape is drawn over"))
    if plane == "extremes":
        return EXTREMES
    bias = other_than(names, _("bias"))
    parameters = {**{name: f"w{j + 1}" for j, name in enumerate(names)}, bias: "b"}
    size = np.abs(result.comparison.coefficients["closed_form_standardised"].to_numpy()[:-1])
    largest = [names[j] for j in np.argsort(-size, kind="stable")[:2]]
    with row:
        across = choose_name("train_across", _("Horizontal axis"), list(parameters), largest[0])
        others = [name for name in parameters if name != across]
        up = choose_name("train_up", _("Vertical axis"), others, largest[1] if largest[1] != across else largest[0])
    return parameters[across], parameters[up]


def choose_name(key: str, label: str, options: list[str], first: str) -> str:
    """Draw a list of names, starting at `first` unless one of them has been chosen, and return the name chosen."""
    if state.get(key) not in options:
        state.put(key, first)
    return str(st.selectbox(label, options, key=key, bind=state.bound(key)))


def other_than(names: list[str], word: str) -> str:
    """Return the word, marked so that it is not the name of a column too."""
    while word in names:
        word += "′"
    return word
