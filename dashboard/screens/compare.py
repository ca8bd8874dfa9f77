"""Compare: SGD beside the closed form, number by number, and both asked about a new row."""

import streamlit as st

from core.formatting import format_general
from core.language import _
from core.regression.config import SgdConfig
from dashboard.parts import knobs, state, training, views
from dashboard.parts.compare.coefficients import draw_coefficients
from dashboard.parts.compare.diagnostics import draw_diagnostics
from dashboard.parts.compare.exact import draw_exact
from dashboard.parts.compare.rank import draw_rank
from dashboard.parts.compare.what_if import draw_what_if
from dashboard.parts.frame import explained, heading, link
from dashboard.parts.plain import plain, show_warning
from dashboard.parts.training import Problem

VIEWS = {
    "coefficients": draw_coefficients,
    "rank": draw_rank,
    "diagnostics": draw_diagnostics,
    "exact": draw_exact,
    "what_if": draw_what_if,
}


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Compare"),
        _("Two ways to the same line, on the same rows: SGD walks there step by step, the closed form leaps."),
    )
    problem = training.problem()
    training.suit_rate(problem)
    how = training.settings(problem)
    result = training.result(problem, how)
    _show_settings(problem, how)
    if result.run.diverged:
        show_warning(result.run.note)
    else:
        st.markdown(plain(views.outcome(result)))
    knobs.view("compare_view", _("What to compare"), VIEWS)(problem, how, result)
    link("train", _("Back to the knobs"))


def _show_settings(problem: Problem, how: SgdConfig) -> None:
    if knobs.value("train_source") == "synthetic":
        data = _("synthetic data")
    else:
        data = _("{table}, predicting {target}").format(table=state.source().name, target=problem.label)
    told = _("{data}: {rows} training rows, learning rate {rate}, batch size {batch}, {epochs} epochs, seed {seed}.")
    st.caption(
        plain(
            told.format(
                data=data,
                rows=len(problem.y_train),
                rate=format_general(how.learning_rate),
                batch=how.batch_size,
                epochs=how.epochs,
                seed=how.seed,
            )
        )
    )
