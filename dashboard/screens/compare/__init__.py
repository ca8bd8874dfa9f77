"""Compare: SGD and the closed form, number by number, and their predictions for a new row."""

import streamlit as st

from core.formatting import format_general
from core.language import _, ngettext
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline import results, target_units, training
from dashboard.pipeline.closed_form import draw_closed_form
from dashboard.pipeline.starts import suit_start
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.compare.coefficients import draw_coefficients
from dashboard.screens.compare.diagnostics import draw_diagnostics
from dashboard.screens.compare.exact import draw_exact
from dashboard.screens.compare.rank import draw_rank
from dashboard.screens.compare.what_if import draw_what_if
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.ui.page import explained, heading, link
from dashboard.visit import settings, state


def _draw_closed_form(problem: Problem, how: SgdConfig, result: Result) -> None:
    draw_closed_form(problem, result)


VIEWS = {
    "coefficients": draw_coefficients,
    "closed_form": _draw_closed_form,
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
        _("Two ways to the same line, on the same rows: SGD gets there step by step, the closed form at once."),
    )
    problem = training.problem()
    suit_start(problem)
    how = training.sgd_config(problem)
    result = training.result(problem, how)
    _show_settings(problem, how)
    if result.run.diverged:
        show_warning(result.run.note)
    else:
        st.markdown(escape_markdown(results.outcome(result)))
    target_units.draw_errors(problem, result)
    controls.view("compare_view", _("What to compare"), VIEWS)(problem, how, result)
    link("train", _("Back to the knobs"))


def _show_settings(problem: Problem, how: SgdConfig) -> None:
    if settings.value("train_source") == "synthetic":
        data = _("synthetic data")
    else:
        data = _("{table}, predicting {target}").format(table=state.source().name, target=problem.label)
    template = ngettext(
        "{data}: {rows} training rows, learning rate {rate}, batch size {batch}, {epochs} epoch, seed {seed}.",
        "{data}: {rows} training rows, learning rate {rate}, batch size {batch}, {epochs} epochs, seed {seed}.",
        how.epochs,
    )
    st.caption(
        escape_markdown(
            template.format(
                data=data,
                rows=len(problem.y_train),
                rate=format_general(how.learning_rate),
                batch=how.batch_size,
                epochs=how.epochs,
                seed=how.seed,
            )
        )
    )
