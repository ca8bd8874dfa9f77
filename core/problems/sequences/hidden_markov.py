"""A hidden Markov model counted from tagged sentences: which tag follows which, and which word a tag has.

A sentence of words w and tags t has the probability P(t1) P(w1|t1) P(t2|t1) P(w2|t2) ... P(end|tn) (Rabiner 1989).
Every probability is a share of counts, each count raised by α (add-α smoothing), so that what was not seen in a small
corpus is rare and not impossible.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _
from core.problems.sequences.corpus import CUT_ENDS, CUT_MOVES, Language, Sentence, tags_of

Array = npt.NDArray[np.float64]
START, END = "", "."  # before the first word, and after the last one


@dataclass(frozen=True, eq=False)
class Lattice:
    """The log probabilities of all labellings of one sentence of n words, with k tags; −∞ is impossible.

    Attributes:
        start: (k,), of each tag at the first word.
        moves: (k, k), from a tag (row) to the next one (column).
        end: (k,), of the end of the sentence after each tag.
        seen: (n, k), of each word under each tag.
    """

    start: Array
    moves: Array
    end: Array
    seen: Array


@dataclass(frozen=True, eq=False)
class HiddenMarkov:
    """Probabilities counted from a corpus, for k tags and V words.

    Attributes:
        tags: the names of the k tags.
        words: the V words that were counted, each with its column of `emissions`.
        initial: (k,), of each tag at the first word.
        transitions: (k, k + 1), from a tag (row) to the next one; the last column is the end of the sentence.
        emissions: (k, V + 1), of each word under a tag (row); the last column is any word that was not counted.
    """

    tags: tuple[str, ...]
    words: Mapping[str, int]
    initial: Array
    transitions: Array
    emissions: Array

    def lattice(self, words: Sequence[str]) -> Lattice:
        """Return the log probabilities of a sentence; words that were not counted share one column."""
        columns = [self.words.get(word, len(self.words)) for word in words]
        with np.errstate(divide="ignore"):  # the log of 0 is −∞
            start, moves, seen = (np.log(each) for each in (self.initial, self.transitions, self.emissions))
        return Lattice(start, moves[:, :-1], moves[:, -1], seen.T[columns])

    def unknown(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the words that were not counted, each once."""
        return tuple(dict.fromkeys(word for word in words if word not in self.words))


def count_model(corpus: Sequence[Sentence], language: Language, smoothing: float) -> HiddenMarkov:
    """Return the model with add-α smoothing, α being `smoothing`, counted from a corpus in a language.

    A transition that the tags of cut words forbid, such as from B to S, has probability 0 for any α: the others of its
    row share what is there. Raises InputError for an empty corpus or an α that is not above 0.

    >>> from core.problems.sequences.corpus import tagged
    >>> model = count_model([tagged("the/DET dog/NOUN")], "english", 0.5)
    >>> model.initial.round(3)[:3]  # 1.5 of 4.5 and 0.5 of 4.5
    array([0.333, 0.111, 0.111])
    """
    if not corpus or not smoothing > 0 or not np.isfinite(smoothing):
        raise InputError(_("At least one sentence and a smoothing above 0 are needed to count a model."))
    tags = tags_of(language)
    words = {word: at for at, word in enumerate(sorted({word for sentence in corpus for word, _tag in sentence}))}
    moved, emitted = _counts(corpus)
    moves = np.array([[moved[a, b] for b in (*tags, END)] for a in (START, *tags)], dtype=np.float64)
    moves = (moves + smoothing) * _allowed(language)
    seen = np.array([[emitted[tag, word] for word in words] + [0] for tag in tags], dtype=np.float64) + smoothing
    moves, seen = (table / table.sum(axis=1, keepdims=True) for table in (moves, seen))
    return HiddenMarkov(tags, words, moves[0, :-1], moves[1:], seen)


def _counts(corpus: Sequence[Sentence]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Return how often a tag follows another, and how often a tag has a word."""
    moved: Counter[tuple[str, str]] = Counter()
    emitted: Counter[tuple[str, str]] = Counter()
    for sentence in corpus:
        tags = [tag for _word, tag in sentence]
        moved.update(zip((START, *tags), (*tags, END), strict=True))
        emitted.update((tag, word) for word, tag in sentence)
    return moved, emitted


def _allowed(language: Language) -> Array:
    """Return 1 where a tag (row, the first is the start) can be followed by another (column, the last is the end)."""
    tags = tags_of(language)
    if language == "english":
        allowed = np.ones((len(tags) + 1, len(tags) + 1))
        allowed[0, -1] = 0.0  # no empty sentence
        return allowed
    return np.array(
        [[float(b in CUT_MOVES[a]) for b in tags] + [float(a != START and a in CUT_ENDS)] for a in (START, *tags)]
    )
