"""Four days: the whole lab as one path, in the order of the book, each step leading to its screen and view."""

import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_list
from core.language import _, ngettext
from dashboard.pipeline import tables
from dashboard.ui.escape import escape_markdown
from dashboard.ui.guide import step_link
from dashboard.ui.page import explained, heading
from dashboard.visit import navigation, state
from dashboard.visit.path_steps import DAYS, STEPS
from dashboard.visit.step import Step

MOST_NAMES = 4


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Four days"),
        _("One way through the lab: from a table in a file to a model that you can explain. Each step opens its screen "
          "with what it needs, and the foot of each screen leads to the next. The menu has the same screens by topic."),
    )  # fmt: skip
    numbered = list(enumerate(STEPS, start=1))
    pages = navigation.pages()
    for day, (name, chapters) in DAYS.items():
        st.header(_(name), anchor=False)
        st.caption(_(chapters))
        if day == 1:
            _draw_words()
        for number, step in numbered:
            if step.day == day:
                _draw_step(number, step, pages)


def _draw_step(number: int, step: Step, pages: dict[str, st.Page]) -> None:
    way, sentence = st.columns([1, 1.8], vertical_alignment="center")
    with way:
        step_link(step, pages, number)
    sentence.markdown(_(step.does))


def _draw_words() -> None:
    """Draw what a table is made of, in the words of the book, with the visitor's own table beside them."""
    try:
        columns, rows = list(tables.table().frame.columns), len(tables.table().frame)
        label, name = tables.target(), state.source().name
    except InputError:
        columns, rows, label, name = [], 0, None, ""
    features = [str(column) for column in columns if column != label]
    shown = format_list([*features[:MOST_NAMES], *(["…"] if len(features) > MOST_NAMES else [])])
    words = [
        (
            _("**Data set**"),
            _("examples of what is to be learnt, as a table"),
            _("{file}: rows {rows}, columns {columns}").format(
                file=name, rows=format_count(rows), columns=format_count(len(columns))
            ),
        ),
        (
            _("**Sample**, or example, data point"),
            _("a row"),
            ngettext("the {rows} row", "each of the {rows} rows", rows).format(rows=format_count(rows)),
        ),
        (_("**Feature**, or covariate"), _("a column that a prediction is made from"), shown),
        (_("**Label**, or target"), _("the column to predict"), str(label) if label is not None else _("none yet")),
    ]
    head = [_("Word"), _("What it is"), _("In your table")]
    lines = [" | ".join([word, meaning, escape_markdown(here) if columns else ""]) for word, meaning, here in words]
    st.markdown("\n".join([" | ".join(head), "--- | --- | ---", *lines]))
