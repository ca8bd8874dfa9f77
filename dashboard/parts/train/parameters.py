"""The way of the parameters, and where the closed form stands."""

import streamlit as st

from core.language import _
from core.regression.config import SgdConfig
from dashboard.charts.parameters import parameters_way
from dashboard.parts import findings, views
from dashboard.parts.chart import draw_chart
from dashboard.parts.training import Problem, Result


def draw_parameters(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw the parameters of the run at every recorded step."""
    way, ends, left_out = views.parameters_way(problem, result)
    draw_chart(parameters_way(way, ends, problem.label), findings.parameters_way(way, ends))
    if left_out:
        st.caption(
            _("The {shown} weights that are largest in the closed form; {count} more are not drawn.").format(
                shown=len(ends), count=left_out
            )
        )
