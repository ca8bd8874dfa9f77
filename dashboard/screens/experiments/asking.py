"""Experiments that take long start on a button; all others start at once."""

import streamlit as st

from core.language import _, ngettext
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline import training
from dashboard.pipeline.training import Problem
from dashboard.visit import state

LONGEST = 20.0  # seconds that need no button
NUMBERS_PER_SECOND = 3e8  # that the training loop reads, on one core of an ordinary machine


def may_start(name: str, problem: Problem, how: SgdConfig, runs: int) -> bool:
    """Return whether so many runs are quick, or were started; draw the button that starts them if not."""
    rows, columns = problem.X_train.shape
    seconds = rows * how.epochs * (columns + 4) * runs / NUMBERS_PER_SECOND
    key = f"_asked_{name}_{state.digest(training.run_key(problem, how).encode())}_{runs}"
    if seconds <= LONGEST or state.get(key):
        return True
    minutes = max(round(seconds / 60), 1)
    st.button(
        _("Run it"),
        on_click=state.put,
        args=[key, True],
        type="primary",
        icon=":material/play_arrow:",
        key=f"run_{name}",
    )
    st.caption(
        ngettext(
            "{runs} runs on these rows take about {minutes} minute here. It can be stopped.",
            "{runs} runs on these rows take about {minutes} minutes here. It can be stopped.",
            minutes,
        ).format(runs=runs, minutes=minutes)
    )
    return False
