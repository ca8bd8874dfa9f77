"""Data of different lengths, and what becomes of it as a vector of one fixed length."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import N_, _
from core.preprocessing import column_kinds

PADDING = 0  # the number that stands where a text has no token
MOST_LENGTH = 40  # tokens of a text that are looked at
SENTENCES = (
    N_("the dog bites the man"),
    N_("the man bites the dog"),
    N_("it rains"),
    N_("it rains and the dog sleeps in the house of the man"),
    N_("no"),
)

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class FixedVectors:
    """Texts of different lengths as vectors of one length, and what that loses.

    Attributes:
        tokens: the tokens of each text, in order.
        vocabulary: every token once, in alphabetical order; the first has number 1, since 0 is padding.
        padded (n, length): the numbers of the first tokens of each text, then 0.
        means (n, v): the share of each token of the vocabulary in each text: the mean of its one-hot vectors; a text
            without tokens has zeros.
        cut: how many tokens are beyond the fixed length, over all texts.
        empty: how many places of `padded` hold padding.
        same_mean: pairs of texts, as places, that differ but have the same mean, so that no model tells them apart.
        same_padded: pairs of texts that differ but have the same padded vector.
    """

    tokens: tuple[tuple[str, ...], ...]
    vocabulary: tuple[str, ...]
    padded: npt.NDArray[np.int64]
    means: npt.NDArray[np.float64]
    cut: int
    empty: int
    same_mean: tuple[tuple[int, int], ...]
    same_padded: tuple[tuple[int, int], ...]

    @property
    def share_cut(self) -> float:
        """The share of all tokens that is cut off; 0 without tokens."""
        return self.cut / max(sum(map(len, self.tokens)), 1)

    @property
    def share_empty(self) -> float:
        """The share of the padded vectors that is padding; 0 without places."""
        return self.empty / max(self.padded.size, 1)


def fixed_vectors(texts: Sequence[str], length: int) -> FixedVectors:
    """Turn texts into vectors of `length` numbers, by padding and cutting, and into means over their tokens.

    Tokens are words in lower case; where no text has more than one word, they are characters. Raises InputError
    without texts, without a single token, and for a length below 1.
    """
    if length < 1:
        raise InputError(_("A vector needs a length of at least 1, but got {length}.").format(length=length))
    tokens = tokenise(texts)
    vocabulary = tuple(sorted({token for text in tokens for token in text}))
    if not vocabulary:
        raise InputError(_("A text with at least one word was needed, but there is none; choose another column."))
    number = {token: place + 1 for place, token in enumerate(vocabulary)}
    padded = np.full((len(tokens), length), PADDING, dtype=np.int64)
    counts = np.zeros((len(tokens), len(vocabulary)))
    for row, text in enumerate(tokens):
        for place, token in enumerate(text):
            if place < length:
                padded[row, place] = number[token]
            counts[row, number[token] - 1] += 1
    means = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return FixedVectors(
        tokens=tokens,
        vocabulary=vocabulary,
        padded=padded,
        means=means,
        cut=sum(max(len(text) - length, 0) for text in tokens),
        empty=int((padded == PADDING).sum()),
        same_mean=_alike(tokens, [_shares(row) for row in counts.astype(int)]),
        same_padded=_alike(tokens, [tuple(row.tolist()) for row in padded]),
    )


def tokenise(texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the words of each text in lower case, or its characters if no text has more than one word."""
    words = tuple(tuple(_WORD.findall(text.lower())) for text in texts)
    if any(len(found) > 1 for found in words):
        return words
    return tuple(tuple(mark for mark in text.lower() if not mark.isspace()) for text in texts)


def varied_texts(column: pd.Series, most: int = 8) -> list[str]:
    """Return texts of a column, each once, from the shortest to the longest; missing cells are left out."""
    known = sorted({str(cell) for cell in column.dropna()}, key=lambda text: (len(text), text))
    chosen = np.linspace(0, len(known) - 1, min(most, len(known))).round().astype(int)
    return [known[at][: 8 * MOST_LENGTH] for at in chosen]


def columns_of_texts(frame: pd.DataFrame) -> dict[str, list[str]]:
    """Return `varied_texts` of the columns of text or of categories that hold texts of different numbers of tokens.

    The column with the most different numbers of tokens comes first; empty where there is none.
    """
    kinds = column_kinds(frame)
    found = {str(name): varied_texts(frame[name]) for name in frame if kinds[str(name)] in ("text", "category")}
    lengths = {name: len({len(tokens) for tokens in tokenise(texts)}) for name, texts in found.items()}
    return {name: found[name] for name in sorted(found, key=lambda each: -lengths[each]) if lengths[name] > 1}


def _shares(counts: npt.NDArray[np.int64]) -> tuple[int, ...]:
    """Return the counts by their greatest common divisor: equal for texts with equal means, without rounding."""
    divisor = int(np.gcd.reduce(counts)) or 1
    return tuple((counts // divisor).tolist())


def _alike(tokens: tuple[tuple[str, ...], ...], vectors: Sequence[tuple[int, ...]]) -> tuple[tuple[int, int], ...]:
    return tuple(
        (first, second)
        for first in range(len(tokens))
        for second in range(first + 1, len(tokens))
        if vectors[first] == vectors[second] and tokens[first] != tokens[second]
    )
