"""Then and now: the book's lines of preprocessing, run with today's versions on a file one types or on one's table."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import streamlit as st

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.preprocessing import ThenAndNow
from core.preprocessing.analysis.book_examples import Step
from dashboard.screens.then_and_now import asides, book_lines, line_notes
from dashboard.ui import code_runs, controls, text_fields
from dashboard.ui.escape import escape_markdown, show_error, show_notes
from dashboard.ui.page import explained, heading, link
from dashboard.visit import settings, state

FILE, VIEW = "then_and_now_file", "then_and_now_view"
MOST_LINES = 8  # of the field of the file

ASIDES: Mapping[str, Callable[[ThenAndNow], None]] = MappingProxyType(
    {"read": asides.show_missing_tokens, "fill": asides.show_deletions, "encode": asides.show_indicators}
)


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Then and now"),
        _(
            "The lines that prepare a table in the book, run now: on the left as in the book, on the right as they "
            "have to be written today. They run on the book's file, which you can change, or on **your** table."
        ),
    )
    link("paths", _("Paths: what os.path.join does, and where a file is looked for"))
    book_lines.suit_view()
    table = _("Your table: {name}").format(name=escape_markdown(state.source().name))
    controls.either(VIEW, _("What the lines run on"), controls.option_names(VIEW) | {"table": table})
    VIEWS[settings.value(VIEW)]()
    link("prepare", _("The same with a plan for every column"))
    link("gaps", _("What each fill, and each deletion, does to a column"))


def _show_file() -> None:
    st.header(_numbered(1, "file"), anchor=False)
    text = text_fields.field(
        FILE,
        _("The file that the lines write and read, its last column the label"),
        lines=min(max(settings.text(FILE).count("\n") + 1, 5), MOST_LINES),
        help=_("The first line has the names. Everything below runs on what is typed here."),
    )
    if text != settings.TEXTS[FILE]:
        st.button(
            _("Bring back the notes' file"),
            on_click=state.put,
            args=[FILE, settings.TEXTS[FILE]],
            icon=":material/undo:",
            type="tertiary",
        )
    first, run = text_fields.answer("then_and_now", {FILE: text}, _run_file).value
    _show_versions(run, _("Run on the file above with {versions}."))
    _show_steps([*first, *run.steps], run, titled=1)


def _run_file(then_and_now_file: str) -> tuple[tuple[Step, ...], ThenAndNow]:
    return book_lines.lines_of_file(then_and_now_file)


def _show_table() -> None:
    try:
        run = book_lines.lines()
    except InputError as problem:
        show_error(str(problem))
        return
    _show_versions(run, _("Run on {table} with {versions}.").replace("{table}", escape_markdown(state.source().name)))
    _show_steps([*book_lines.first_steps(), *run.steps], run)


def _show_versions(run: ThenAndNow, sentence: str) -> None:
    versions = format_list(f"{name} {version}" for name, version in run.versions.items())
    whole = sentence.replace("{versions}", escape_markdown(versions))
    st.caption(f"{whole} " + _("Each line starts from the result of the right side above it."))
    show_notes(run.notes)


def _show_steps(steps: Sequence[Step], run: ThenAndNow, titled: int = 0) -> None:
    """Show the steps; the first ones may have their titles already."""
    for number, step in enumerate(steps, start=1):
        title = _numbered(number, step.name)
        if number > titled:
            st.header(title, anchor=False)
        _show_step(step, title)
        ASIDES.get(step.name, partial(_pass, step))(run)


def _pass(step: Step, run: ThenAndNow) -> None:
    """Show nothing beside this step."""


def _numbered(number: int, name: str) -> str:
    titles = {
        "file": _("Write a small table to a file"),
        "read": _("Read the file"),
        "split": _("Split inputs and outputs"),
        "fill": _("Fill missing values"),
        "encode": _("Encode the categories"),
        "features": _("Turn the inputs into a tensor"),
        "labels": _("Turn the outputs into a tensor"),
    }
    return f"{number}. {titles[name]}"


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
    for code, meaning in line_notes.of(step.name):
        st.markdown(f"- `{code}`: " + meaning)
    st.markdown(f":material/lightbulb: {escape_markdown(step.reason)}")


VIEWS: Mapping[str, Callable[[], None]] = MappingProxyType({"file": _show_file, "table": _show_table})
