"""Finding a term in a glossary by whatever a person types: its name, a synonym, its code, words of its definition."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

MOST_NEAREST = 3
NEAR = 0.7  # of difflib's ratio, which is 1 for equal texts
MOST_ASKED = 1_000  # characters of a query that count
LONGEST_NAME = 80  # characters compared, since difflib takes the square of the length
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Entry:
    """What is searched of a term.

    Attributes:
        names: its name, its synonyms, and its names in code.
        text: its definition.
    """

    names: tuple[str, ...]
    text: str


class _Prepared(NamedTuple):
    """An entry as it is compared: its names without spaces, and all its words."""

    names: tuple[str, ...]
    words: frozenset[str]


def fold(text: str) -> str:
    """Return a text without case, accents, hyphens, underscores and invisible characters, its spaces single.

    >>> fold("One-Hot  Éncoding"), fold("vector_norm"), fold("R²")
    ('onehot encoding', 'vectornorm', 'r2')
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (sign for sign in plain if sign not in "_−" and unicodedata.category(sign) not in ("Mn", "Pd", "Cf"))
    return " ".join("".join(kept).split())


def find_terms(query: str, entries: Sequence[Entry]) -> list[int]:
    """Return the positions of the entries that match, the best first; all of them if nothing is asked for.

    A name that is the query precedes one that begins with it, one that holds it, and a definition that has all its
    words or their beginnings. Spaces do not count within a name.
    """
    asked = fold(query[:MOST_ASKED])
    ranks = ((_rank(asked, _prepare(entry)), place) for place, entry in enumerate(entries))
    return [place for rank, place in sorted((rank, place) for rank, place in ranks if rank is not None)]


def _rank(asked: str, prepared: _Prepared) -> int | None:
    whole = _squeeze(asked)
    if not whole or whole in prepared.names:
        return 0
    if any(name.startswith(whole) for name in prepared.names):
        return 1
    if any(whole in name for name in prepared.names):
        return 2
    words = _WORD.findall(asked)
    if words and all(any(word.startswith(begun) for word in prepared.words) for begun in words):
        return 3
    return None


@lru_cache(maxsize=1_000)
def _prepare(entry: Entry) -> _Prepared:
    """Fold an entry, once: folding a glossary takes a tenth of a second, and each key pressed is a search."""
    words = _WORD.findall(fold(" ".join((*entry.names, entry.text))))
    return _Prepared(tuple(_squeeze(fold(name)) for name in entry.names), frozenset(words))


def _squeeze(folded: str) -> str:
    return folded.replace(" ", "")


def nearest_terms(query: str, entries: Sequence[Entry]) -> list[int]:
    """Return the positions of the entries with the names most like the query, the nearest first; none if none is near.

    If no name is like the whole query, those like one of its words are returned.
    """
    places = {
        _squeeze(fold(name)): place for place, entry in reversed(list(enumerate(entries))) for name in entry.names
    }
    asked = fold(query[:MOST_ASKED])[:LONGEST_NAME]
    found = [places[name] for name in get_close_matches(_squeeze(asked), places, MOST_NEAREST, NEAR)]
    if not found:
        words = [word for word in _WORD.findall(asked) if len(word) > 3]
        found = [places[name] for word in words for name in get_close_matches(word, places, 1, NEAR)]
    return list(dict.fromkeys(found))[:MOST_NEAREST]
