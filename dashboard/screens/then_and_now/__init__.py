"""Then and now: the book's lines of preprocessing, run on the table in use with today's versions; and paths."""

import streamlit as st

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.preprocessing.analysis.book_examples import Step
from dashboard.screens.then_and_now import book_lines, path_lesson
from dashboard.ui import code_runs
from dashboard.ui.escape import escape_markdown, show_error, show_notes
from dashboard.ui.page import explained, heading, link
from dashboard.visit import state


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Then and now"),
        _(
            "The lines that prepare a table in the book, run now on **yours**: on the left as in the book, on the "
            "right as they have to be written today."
        ),
    )
    _show_lines()
    path_lesson.draw_path_lesson()
    link("prepare", _("The same with a plan for every column"))


def _show_lines() -> None:
    try:
        run = book_lines.lines()
    except InputError as problem:
        show_error(str(problem))
        return
    versions = format_list(f"{name} {version}" for name, version in run.versions.items())
    template = _("Run on {table} with {versions}. Each line starts from the result of the right side above it.")
    st.caption(escape_markdown(template.format(table=state.source().name, versions=versions)))
    show_notes(run.notes)
    titles = _titles()
    for number, step in enumerate(book_lines.first_steps() + run.steps, start=1):
        title = f"{number}. {titles[step.name]}"
        st.header(title, anchor=False)
        _show_step(step, title)


def _titles() -> dict[str, str]:
    return {
        "file": _("Write a small table to a file"),
        "read": _("Read your file"),
        "split": _("Split inputs and outputs"),
        "fill": _("Fill missing values"),
        "encode": _("Encode the categories"),
        "features": _("Turn the inputs into a tensor"),
        "labels": _("Turn the outputs into a tensor"),
    }


def _show_step(step: Step, title: str) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(_("**Then**"))
        code_runs.show(step.then, _("{title}, then").format(title=title))
    with right:
        if step.now.code == step.then.code:
            st.markdown(_("**Now**: the same line"))
        else:
            st.markdown(_("**Now**"))
            code_runs.show(step.now, _("{title}, now").format(title=title))
    st.markdown(f":material/lightbulb: {escape_markdown(step.reason)}")
