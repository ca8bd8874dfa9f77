"""Glossary: every term of the lab in a sentence or two, with a link to where one plays with it."""

from collections.abc import Sequence

import streamlit as st

from core.formatting import format_list
from core.language import _, ngettext
from core.term_search import MOST_ASKED, fold
from dashboard.screens.glossary.term import Term
from dashboard.screens.glossary.terms import TOPICS, destination, destination_label, nearest, search, terms_on
from dashboard.ui import controls, text_fields
from dashboard.ui.escape import escape_markdown
from dashboard.ui.page import explained, heading, link

LONGEST_QUOTED = 80  # characters of a search that found nothing


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Glossary"),
        _("Every term in a sentence or two, its formula, its name in PyTorch, and the screen where you can play with "
          "it."),
    )  # fmt: skip
    help_text = _("A name, a synonym, a line of PyTorch, or words of the definition.")
    query = text_fields.field("glossary_search", _("Search"), help=help_text, live=True)
    topic = controls.either("glossary_topic", _("Topic"))
    if fold(query[:MOST_ASKED]):
        _show_found(query, topic)
    else:
        for shown in TOPICS if topic == "all" else [topic]:
            st.header(controls.option_names("glossary_topic")[shown].capitalize(), anchor=False)
            _show_terms(terms_on(shown))


def _show_found(query: str, topic: str) -> None:
    found = search(query, terms_on(topic))
    if not found and topic != "all":
        found = search(query, terms_on("all"))
        if found:
            template = _("Nothing on {topic} matches; these are terms on other topics.")
            st.markdown(template.format(topic=controls.option_names("glossary_topic")[topic]))
    if found:
        st.markdown(ngettext("{count} term.", "{count} terms.", len(found)).format(count=len(found)))
    else:
        found = nearest(query, terms_on("all"))
        st.info(escape_markdown(_nothing_found(query, found)), icon=":material/search_off:")
    _show_terms(found)


def _nothing_found(query: str, near: Sequence[Term]) -> str:
    text = " ".join(query[:MOST_ASKED].split())
    quoted = text if len(text) <= LONGEST_QUOTED else text[:LONGEST_QUOTED] + "…"
    if not near:
        return _("No term matches “{query}”, and none has a name like it. Try one word, or choose a topic.").format(
            query=quoted
        )
    names = format_list([_(term.name) for term in near])
    return _("No term matches “{query}”. The nearest are: {names}.").format(query=quoted, names=names)


def _show_terms(terms: Sequence[Term]) -> None:
    """Show terms in two columns, the first half in the left one; on a telephone it is above the other."""
    half = (len(terms) + 1) // 2
    for place, part in zip(st.columns(2, gap="large"), (terms[:half], terms[half:]), strict=True):
        with place:
            for term in part:
                _show_term(term)


def _show_term(term: Term) -> None:
    lines = [f"**{_(term.name)}**", _(term.meaning)]
    if term.also:
        lines[0] += " · " + _("also: {names}").format(names=_(term.also))
    if term.formula:
        lines.append(f"${term.formula}$")
    if term.code:
        lines.append(f"`{term.code}`")
    if term.see:
        lines.append(_("See also: {terms}").format(terms=format_list(map(_, term.see))))
    with st.container(border=True, gap="small"):
        st.markdown("  \n".join(lines))
        path, choices = destination(term)
        link(path, destination_label(term), choices)
