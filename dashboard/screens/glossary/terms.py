"""All terms by topic, and how they are searched and linked."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit

from core.language import _
from core.term_search import Entry, find_terms, nearest_terms
from dashboard.screens.glossary.autograd import AUTOGRAD
from dashboard.screens.glossary.calculus import CALCULUS
from dashboard.screens.glossary.foundations import FOUNDATIONS
from dashboard.screens.glossary.linear_algebra import LINEAR_ALGEBRA
from dashboard.screens.glossary.preprocessing import PREPROCESSING
from dashboard.screens.glossary.problems import PROBLEMS
from dashboard.screens.glossary.regression import REGRESSION
from dashboard.screens.glossary.term import Term
from dashboard.visit import navigation, settings

TOPICS: Mapping[str, tuple[Term, ...]] = {
    "foundations": FOUNDATIONS,
    "problems": PROBLEMS,
    "preprocessing": PREPROCESSING,
    "linear_algebra": LINEAR_ALGEBRA,
    "calculus": CALCULUS,
    "autograd": AUTOGRAD,
    "regression": REGRESSION,
}


def terms_on(topic: str) -> list[Term]:
    """Return the terms on a topic, or of all topics, by name in the visitor's language."""
    chosen = TOPICS[topic] if topic in TOPICS else [term for terms in TOPICS.values() for term in terms]
    return sorted(chosen, key=lambda term: _(term.name).casefold())


def search(query: str, terms: Sequence[Term]) -> list[Term]:
    """Return the terms that match, the best first; an empty query matches all."""
    return [terms[place] for place in find_terms(query, [_entry(term) for term in terms])]


def nearest(query: str, terms: Sequence[Term]) -> list[Term]:
    """Return the few terms with names most like the query."""
    return [terms[place] for place in nearest_terms(query, [_entry(term) for term in terms])]


def _entry(term: Term) -> Entry:
    words = ", ".join(_(text) for text in (term.also, term.finds) if text).split(", ")
    names = dict.fromkeys([_(term.name), str.__str__(term.name), *words, term.code])
    return Entry(tuple(name for name in names if name), _(term.meaning))


def destination(term: Term) -> tuple[str, dict[str, str]]:
    """Return the path of the screen where one plays with a term, and the choices it opens with."""
    parts = urlsplit(term.at)
    return parts.path, dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))


def destination_label(term: Term) -> str:
    """Return what the link is called: the screen, and the names of the choices that have one."""
    path, choices = destination(term)
    names = [settings.KNOBS[key].names.get(value) for key, value in choices.items()]
    return " · ".join([_(navigation.screen_at(path).title), *(_(name) for name in names if name)])
