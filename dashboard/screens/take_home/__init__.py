"""Take home: the experiment on the screen as a script, a notebook, a report, pictures, a model, a session, a link."""

import streamlit as st

from core.errors import InputError
from core.export import write_script
from core.formatting import format_number
from core.language import _
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline import links, manual_fit, results, session, target_units, training
from dashboard.pipeline.starts import suit_start
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.take_home import downloads, facts
from dashboard.screens.take_home.facts import title
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.ui.page import boxes, explained, heading, link
from dashboard.visit import state

LARGEST = 4  # MB
TALLEST_CODE = 480  # pixels


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Take home"),
        _("The run of Train with everything that led to it: as code that reproduces it, as a page to share, as a "
          "model to use, as a session to continue."),
    )  # fmt: skip
    session.tell()
    left, right = st.columns([3, 2], gap="large")
    with right:  # a session can be loaded even where nothing can be trained
        _draw_session()
    with left:
        _draw_experiment()


def _draw_experiment() -> None:
    problem, how = _choose_run()
    result = training.result(problem, how)
    made = facts.experiment(problem, how, result)
    st.header(escape_markdown(title(problem)), anchor=False)
    _show_outcome(problem, result)
    st.header(_("As code"), anchor=False)
    downloads.draw_code(made)
    with st.expander(_("The script"), icon=":material/code:"):
        st.code(write_script(made), language="python", height=TALLEST_CODE)
    st.header(_("As a page and as pictures"), anchor=False)
    downloads.draw_report(problem, how, result)
    st.header(_("As a model"), anchor=False)
    downloads.draw_model(made, how, result)
    link("compare", _("Back to the comparison"))


def _choose_run() -> tuple[Problem, SgdConfig]:
    """Return the run on all features or, where a line fitted by hand was handed over, draw the choice between both."""
    problem = training.problem()
    suit_start(problem)
    how = training.sgd_config(problem)
    by_hand = manual_fit.handed_over(problem, how)
    if by_hand is None:
        return problem, how
    names = {"watch": _("SGD on all features"), "hand": _("SGD from where your hand was")}
    return by_hand if controls.either("train_view", _("Which run"), names) == "hand" else (problem, how)


def _show_outcome(problem: Problem, result: Result) -> None:
    if result.run.diverged:
        show_warning(result.run.note)
        st.caption(_("Everything here belongs to this run, up to its last finite parameters."))
    else:
        st.markdown(escape_markdown(results.outcome(result)))
    boxes(
        [
            (_("Loss of SGD"), format_number(result.run.loss, 4)),
            (_("Loss of the closed form"), format_number(result.run.closed_form_loss, 4)),
            (_("Gap"), format_number(result.run.gap, 3)),
        ]
    )
    target_units.draw_errors(problem, result)


def _draw_session() -> None:
    st.header(_("As a session"), anchor=False)
    name = f"{facts.stem()}_session.json"
    content = session.write().encode()
    downloads.row([downloads.File(_("Session (JSON)"), name, "application/json", lambda: content)])
    if state.is_upload():
        st.caption(_("How the table is read, the plan, every knob and text. The table itself is not included; "
                     "upload it again."))  # fmt: skip
    else:
        st.caption(_("How the table is read, the plan, every knob and text. Loading it restores everything."))
    st.file_uploader(
        _("Load a session"), type=["json"], max_upload_size=LARGEST, key="take_home_session", on_change=_take_session
    )
    _draw_link()


def _draw_link() -> None:
    st.header(_("As a link"), anchor=False)
    try:
        address = links.address("train")
    except InputError:  # the table cannot be read, which is reported elsewhere
        return
    st.code(address, language=None, wrap_lines=True)
    if state.is_upload():
        st.caption(_("The link carries every setting, but not the table: whoever opens it needs the same file."))
    else:
        st.caption(_("Whoever opens it sees the same screen with the same numbers."))


def _take_session() -> None:
    file = state.get("take_home_session")
    if file is not None:
        session.take_file(file.getvalue(), file.name)
