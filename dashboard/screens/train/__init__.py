"""Train: turn the knobs of minibatch SGD and see at once what each one does."""

import streamlit as st

from core.errors import InputError
from core.formatting import format_duration, format_number
from core.language import _
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline import far_values, results, target_units, training
from dashboard.pipeline.jobs import forget, stopped
from dashboard.pipeline.pins import pin_button
from dashboard.pipeline.starts import suit_start
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.train.formulas import draw_formulas
from dashboard.screens.train.knob_column import draw_knob_column
from dashboard.screens.train.manual_fit import draw_hand
from dashboard.screens.train.nudge import draw_nudge
from dashboard.screens.train.rate_facts import draw_rate_facts
from dashboard.screens.train.rate_panel import draw_rate_panel
from dashboard.screens.train.stage import draw_parameters, draw_watch
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown
from dashboard.ui.page import boxes, explained, heading, link, view_button
from dashboard.visit import settings

CLOSER = {"formulas": draw_formulas, "parameters": draw_parameters, "nudge": draw_nudge, "rate": draw_rate_panel}


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Train"),
        _("Minibatch stochastic gradient descent takes a few rows at a time and moves the parameters a little "
          "against the gradient. Turn the knobs and watch it converge to the closed form, or diverge."),
    )  # fmt: skip
    if settings.value("train_source") != "synthetic":
        far_values.warn_of_plan()
    problem, start_note, rows = _suited()
    left, right = st.columns([1, 2.6], gap="large")
    with left:
        below_rate = draw_knob_column(start_note, rows)
    with right:
        problem = problem or training.problem()  # raises here what is wrong with it
        how = training.sgd_config(problem)
        view = controls.either("train_view", _("View"), visible="collapsed")
        if view == "hand":
            draw_hand(problem, how)
        else:
            result = training.result(problem, how)
            with below_rate:
                draw_rate_facts(problem, how, result)
            _show_outcome(problem, how, result)
            pin_button(problem, how, result)
            draw_watch(problem, how, result)
            closer = controls.either("train_closer", _("Look closer"))
            CLOSER[closer](problem, how, result)
    link("compare", _("Next: compare both models, number by number"))
    _show_ways_on()


def _show_ways_on() -> None:
    """Draw the ways to the two views of Compare that a trained model leads to."""
    with st.container(horizontal=True):
        view_button(
            "compare", _("Why squared loss: maximum likelihood"),
            {"compare_view": "diagnostics", "compare_diagnostic": "noise"},
            key="train_to_likelihood", icon=":material/functions:",
        )  # fmt: skip
        view_button(
            "compare", _("What if: predict a row of your own"), {"compare_view": "what_if"},
            key="train_to_what_if", icon=":material/online_prediction:",
        )  # fmt: skip


def _suited() -> tuple[Problem | None, str, int]:
    """Return the problem, a sentence on where the knobs start, if any, and the number of training rows.

    Features that cannot be made are reported further down, once the knobs are drawn.
    """
    base = training.base_problem()
    try:
        problem = training.problem(base)
        return problem, suit_start(problem), len(base.y_train)
    except InputError:
        return None, "", len(base.y_train)


def _show_outcome(problem: Problem, how: SgdConfig, result: Result) -> None:
    run = result.run
    if run.diverged:
        st.error(escape_markdown(run.note), icon=":material/trending_up:")
    else:
        st.markdown(escape_markdown(results.outcome(result)))
        if run.note:
            st.info(escape_markdown(run.note))
    target_units.draw_errors(problem, result)
    if stopped(training.run_key(problem, how)):
        st.button(
            _("Train to the end"), on_click=forget, args=[training.run_key(problem, how)], icon=":material/play_arrow:"
        )
    note = controls.all_rows_note(settings.value("batch_size"), len(problem.y_train))
    if note:
        st.caption(note)
    boxes(
        [
            (_("Loss of SGD"), format_number(run.history["loss"].iloc[-1], 4)),
            (_("Loss of the closed form"), format_number(run.closed_form_loss, 4)),
            (_("Gap"), format_number(run.gap, 3)),
            (_("Time for SGD"), format_duration(run.seconds)),
        ]
    )
