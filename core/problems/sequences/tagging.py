"""Tags of a typed sentence, English or Chinese: the run that its miniature shows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_count, format_number
from core.language import _
from core.problems.sequences.corpus import Language, Sentence, joined, sentences, split_text, tags_by_hand
from core.problems.sequences.hidden_markov import HiddenMarkov, Lattice, count_model
from core.problems.sequences.labellings import Exact, exact_labelling
from core.problems.sequences.viterbi import Trellis, greedy, log_total, viterbi

Places = npt.NDArray[np.int64]
SMALLEST_SMOOTHING, LARGEST_SMOOTHING = 0.001, 10.0
FEWEST_COUNTED, MOST_COUNTED = 5, 60  # sentences of the corpus


@dataclass(frozen=True)
class Accuracy:
    """How many of the held-out sentences' tags are right.

    Attributes:
        tags: how many tags they have.
        viterbi: how many of them the best labelling has right.
        greedy: how many of them are right where they are chosen one by one.
        sentences: how many sentences there are.
        whole: how many of them the best labelling has right in every tag.
    """

    tags: int
    viterbi: int
    greedy: int
    sentences: int
    whole: int


@dataclass(frozen=True, eq=False)
class Tagging:
    """A sentence of n words (characters in Chinese) with its labellings.

    Attributes:
        language: of the sentence.
        words: its n symbols.
        corpus: the sentences that the model was counted from; the sentence itself is never one of them.
        model: counted from them.
        lattice: the log probabilities of the sentence.
        trellis: its best labelling by Viterbi.
        total: the log probability of all labellings together, by the forward algorithm.
        greedy: (n,), the tags chosen one by one.
        exact: the best labelling without Viterbi.
        by_hand: (n,), the tags that we gave it, or None.
        accuracy: on the held-out sentences.
    """

    language: Language
    words: tuple[str, ...]
    corpus: tuple[Sentence, ...]
    model: HiddenMarkov
    lattice: Lattice
    trellis: Trellis
    total: float
    greedy: Places
    exact: Exact
    by_hand: Places | None
    accuracy: Accuracy

    @property
    def share(self) -> float:
        """The share of the best labelling in the probability of all, as Viterbi and forward give it."""
        return float(np.exp(min(self.trellis.score - self.total, 0.0)))

    def names(self, tags: Places) -> tuple[str, ...]:
        """Return the names of tags (n,)."""
        return tuple(self.model.tags[tag] for tag in tags)

    def cut(self, tags: Places) -> tuple[str, ...]:
        """Return the words that tags (n,) cut Chinese characters into."""
        return joined(tuple(zip(self.words, self.names(tags), strict=True)))


def run_tagging(language: Language, text: str, smoothing: float, counted: int, seed: int) -> Tagging:
    """Return the run of a typed sentence; `seed` draws the sentences that are counted.

    Raises InputError for a text that `split_text` refuses, and for a smoothing or a number of sentences out of range.
    """
    _check(smoothing, counted)
    words = split_text(text, language)
    corpus = draw_corpus(language, counted, seed, words)
    model = count_model(corpus, language, smoothing)
    lattice = model.lattice(words)
    by_hand = tags_by_hand(words, language)
    return Tagging(
        language,
        words,
        corpus,
        model,
        lattice,
        viterbi(lattice),
        log_total(lattice),
        greedy(lattice),
        exact_labelling(lattice),
        None if by_hand is None else places(model, by_hand),
        accuracy(model, language),
    )


def draw_corpus(language: Language, counted: int, seed: int, words: Sequence[str]) -> tuple[Sentence, ...]:
    """Return `counted` sentences of the corpus in its order, without the one that consists of these words."""
    corpus = sentences(language)
    drawn = np.sort(np.random.default_rng(seed).permutation(len(corpus))[:counted])
    kept = (corpus[at] for at in drawn)
    return tuple(each for each in kept if [word for word, _tag in each] != list(words))


def accuracy(model: HiddenMarkov, language: Language) -> Accuracy:
    """Return how many tags of the held-out sentences the model has right."""
    tags = right = one_by_one = whole = 0
    held_out = sentences(language, held_out=True)
    for sentence in held_out:
        lattice = model.lattice([word for word, _tag in sentence])
        truth = places(model, [tag for _word, tag in sentence])
        hits = viterbi(lattice).tags == truth
        tags, right, whole = tags + len(truth), right + int(hits.sum()), whole + int(hits.all())
        one_by_one += int((greedy(lattice) == truth).sum())
    return Accuracy(tags, right, one_by_one, len(held_out), whole)


def places(model: HiddenMarkov, names: Sequence[str]) -> Places:
    """Return the places of tags in the model's list."""
    return np.array([model.tags.index(name) for name in names], dtype=np.int64)


def _check(smoothing: float, counted: int) -> None:
    if not SMALLEST_SMOOTHING <= smoothing <= LARGEST_SMOOTHING:
        raise InputError(
            _("The smoothing α has to be from {low} to {high}; choose one between them.").format(
                low=format_number(SMALLEST_SMOOTHING), high=format_count(LARGEST_SMOOTHING)
            )
        )
    if not FEWEST_COUNTED <= counted <= MOST_COUNTED:
        raise InputError(
            _("From {low} to {high} sentences can be counted, but {got} were asked for; choose a number between them.")
            .format(low=FEWEST_COUNTED, high=MOST_COUNTED, got=format_count(counted))
        )  # fmt: skip
