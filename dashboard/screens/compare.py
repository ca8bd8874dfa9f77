"""Compare: SGD beside the closed form, number by number, and both asked about a new row."""

from importlib import import_module

import streamlit as st

from core.formatting import format_general
from core.language import _
from dashboard.parts import compare, knobs, state, training, views
from dashboard.parts.frame import explained, heading, link
from dashboard.parts.plain import plain, show_warning
from dashboard.parts.training import Problem, Settings


def _views() -> dict[str, str]:
    return {
        "coefficients": _("Coefficients"),
        "rank": _("Rank doctor"),
        "diagnostics": _("Diagnostics"),
        "exact": _("How exact"),
        "what_if": _("What if"),
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
    view = knobs.either("compare_view", _("What to compare"), _views(), visible="collapsed")
    import_module(f"{compare.__name__}.{view}").draw(problem, how, result)
    link("train", _("Back to the knobs"))


def _show_settings(problem: Problem, how: Settings) -> None:
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
