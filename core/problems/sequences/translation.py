"""Translation: a pair of sentences among others, and the links between its words that EM finds."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.problems.sequences.corpus_parallel import PAIRS
from core.problems.sequences.word_alignment import (
    Array,
    Pair,
    Pairs,
    Places,
    best_links,
    drawn_table,
    em_step,
    even_table,
    link_matrix,
    log_likelihood,
    most_above,
    number_pairs,
)

Start: TypeAlias = Literal["even", "drawn"]
MOST_ROUNDS = 60
ROUNDS_OF_ORACLE = 3000
MOST_WORDS, LONGEST_WORD, LONGEST_TEXT = 10, 30, 1000
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


@dataclass(frozen=True, eq=False)
class Translation:
    """The tables of EM, from the start on, and what they say of one pair.

    Attributes:
        pair: I German and J English words.
        corpus: all pairs that EM learns from, this one too.
        pairs: the same as numbers.
        tables: (rounds + 1, F, E).
        likelihoods: (rounds + 1,), the log-likelihood of each table.
        by_hand: (J,), the links by hand, 0 for none; None for a typed pair.
        highest: the table after many more rounds.
        gap: how far the log-likelihood of any table is above that of `highest`, at most.
    """

    pair: Pair
    corpus: tuple[Pair, ...]
    pairs: Pairs
    tables: Array
    likelihoods: Array
    by_hand: Places | None
    highest: Array
    gap: float

    def matrix(self, table: Array) -> Array:
        """Return the probability (I + 1, J) of each link of the pair, the first row for none."""
        return link_matrix(self.pairs, table, self.pair)

    def links(self, table: Array) -> Places:
        """Return the most probable link (J,) of each English word; −1 where several are equally probable."""
        return best_links(self.matrix(table))

    def right(self, table: Array) -> int:
        """Return how many links are as by hand; 0 for a pair without them."""
        return 0 if self.by_hand is None else int((self.links(table) == self.by_hand).sum())


def parallel_corpus() -> tuple[tuple[Pair, Places], ...]:
    """Return our pairs with their links by hand.

    >>> parallel_corpus()[0][0]
    (('das', 'haus', 'ist', 'alt'), ('the', 'house', 'is', 'old'))
    """
    rows = [[part.split() for part in line.split("|")] for line in PAIRS.strip().splitlines()]
    return tuple(((tuple(a), tuple(b)), np.array(links, dtype=np.int64)) for a, b, links in rows)


def read_pair(text: str) -> Pair:
    """Return a typed pair, with "=" or a new line between; a German sentence of the corpus alone is enough.

    Raises InputError where a sentence is missing, for more than `MOST_WORDS` words, or `LONGEST_WORD` letters.

    >>> read_pair("Das Haus. = The house!")
    (('das', 'haus'), ('the', 'house'))
    """
    if len(text) > LONGEST_TEXT:
        raise InputError(
            _("A text can have at most {most} characters, but this one has {got}; type a shorter one.").format(
                most=format_count(LONGEST_TEXT), got=format_count(len(text))
            )
        )
    plain = unicodedata.normalize("NFKC", text).lower()
    parts = [tuple(_WORD.findall(part)) for part in re.split(r"[=\n]", plain)]
    parts = [part for part in parts if part]
    known = [pair for pair, _links in parallel_corpus() if parts == [pair[0]]]
    if known:
        return known[0]
    if len(parts) != 2:
        raise InputError(
            _("A German and an English sentence with = between them are needed, but {got} were typed; type such as "
              "das haus = the house.").format(got=format_count(len(parts)))
        )  # fmt: skip
    most, longest = max(map(len, parts)), max(len(word) for part in parts for word in part)
    if most > MOST_WORDS or longest > LONGEST_WORD:
        raise InputError(
            _("Each sentence can have at most {words} words of at most {letters} letters; type shorter ones.").format(
                words=MOST_WORDS, letters=LONGEST_WORD
            )
        )
    return parts[0], parts[1]


def run_translation(text: str, rounds: int, start: str, with_none: bool, seed: int) -> Translation:
    """Return the run of a pair, which EM learns from with the corpus; `seed` draws the start if it is "drawn".

    Raises InputError as `read_pair`, for rounds out of range, and for another start.
    """
    if not 1 <= rounds <= MOST_ROUNDS or start not in ("even", "drawn"):
        raise InputError(
            _("EM needs from 1 to {most} rounds and an even or a drawn start; choose from the list.").format(
                most=MOST_ROUNDS
            )
        )
    pair, ours = read_pair(text), parallel_corpus()
    by_hand = next((links for each, links in ours if each == pair), None)
    corpus = tuple(each for each, _links in ours) + ((pair,) if by_hand is None else ())
    pairs = number_pairs(corpus, with_none)
    tables = [even_table(pairs) if start == "even" else drawn_table(pairs, seed)]
    for _round in range(rounds):
        tables.append(em_step(pairs, tables[-1]))
    highest = tables[-1]
    for _round in range(ROUNDS_OF_ORACLE):
        highest = em_step(pairs, highest)
    likelihoods = np.array([log_likelihood(pairs, table) for table in tables])
    gap = most_above(pairs, highest)
    return Translation(pair, corpus, pairs, np.array(tables), likelihoods, by_hand, highest, gap)


def corpus_right(run: Translation, table: Array) -> tuple[int, int]:
    """Return how many links of our pairs are as by hand, and how many there are."""
    ours = parallel_corpus()
    hits = (int((best_links(link_matrix(run.pairs, table, pair)) == links).sum()) for pair, links in ours)
    return sum(hits), sum(len(links) for _pair, links in ours)


def word_by_word(run: Translation, table: Array) -> tuple[str, ...]:
    """Return the most probable English word of each German one, in the German order; "?" where several are alike."""
    rows = table[[run.pairs.german.index(word) for word in run.pair[0]]]
    return tuple("?" if at < 0 else run.pairs.english[at] for at in best_links(rows.T))
