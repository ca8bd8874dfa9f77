"""More outputs than inputs: letters that each sound for some frames, as in text to speech.

A length regulator (FastSpeech: Ren et al. 2019) repeats each letter as often as its duration says. Run lengths are its
inverse only where no letter stands beside itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from core.problems.sequences.viterbi import TIE

WORDS = (
    "hello", "world", "moon", "river", "seven", "lamp", "house", "tree", "letter", "winter",
    "deep", "learn", "machine", "summer",
)  # fmt: skip
TYPICAL = {
    **dict.fromkeys("aeiou", 5),
    **dict.fromkeys("lmnrsvwhc", 3),
    **dict.fromkeys("dpt", 2),
}  # frames that each letter of the words is spoken on average; a take is a frame longer or shorter
LONGEST = 12  # frames that a letter is tried with


@dataclass(frozen=True)
class Take:
    """A spoken word.

    Attributes:
        letters: of the word.
        frames: how many frames each of them sounds.
    """

    letters: str
    frames: tuple[int, ...]


def record(seed: int) -> tuple[Take, ...]:
    """Return a take of each word, in drawn order; each letter is as long as usual, a frame longer or shorter."""
    draw = np.random.default_rng(seed)
    words = [WORDS[at] for at in draw.permutation(len(WORDS))]
    return tuple(Take(word, tuple(TYPICAL[mark] + int(draw.integers(-1, 2)) for mark in word)) for word in words)


def lengths_of(takes: Sequence[Take], letter: str) -> list[int]:
    """Return every duration of a letter in the takes."""
    return [frames for take in takes for mark, frames in zip(take.letters, take.frames, strict=True) if mark == letter]


def overall_mean(takes: Sequence[Take]) -> float:
    """Return the mean duration of all letters; NaN without takes."""
    every = [frames for take in takes for frames in take.frames]
    return float(np.mean(every)) if every else float("nan")


def mean_duration(takes: Sequence[Take], letter: str, smoothing: float) -> float:
    """Return the mean duration of a letter, drawn to that of all letters as by `smoothing` more examples of it.

    A letter that is in no take has the mean of all letters; NaN without takes.

    >>> takes = [Take("abb", (2, 5, 5))]
    >>> mean_duration(takes, "a", 0.0), mean_duration(takes, "a", 1.0), mean_duration(takes, "q", 0.0)
    (2.0, 3.0, 4.0)
    """
    lengths, overall = lengths_of(takes, letter), overall_mean(takes)
    if not lengths or not takes:
        return overall
    return (sum(lengths) + smoothing * overall) / (len(lengths) + smoothing)


def whole(mean: float) -> int:
    """Return the nearest whole number of frames, at least 1; the lower one of two equally near.

    >>> whole(2.5), whole(2.51), whole(0.2)
    (2, 3, 1)
    """
    return max(int(np.ceil(mean - 0.5 - TIE)), 1)


def best_whole(takes: Sequence[Take], letter: str, smoothing: float) -> int:
    """Return the whole number with the smallest squared error, by trying all from 1 to `LONGEST`.

    The error is Σ (d − x)² over the letter's durations d and α (m − x)², m being the mean of all letters; for a letter
    that is in no take, (m − x)².
    """
    lengths, overall = lengths_of(takes, letter), overall_mean(takes)
    weight = smoothing if lengths else 1.0
    errors = [sum((d - x) ** 2 for d in lengths) + weight * (overall - x) ** 2 for x in range(1, LONGEST + 1)]
    return 1 + int(np.flatnonzero(np.array(errors) <= min(errors) + TIE)[0])


def expand(letters: str, frames: Sequence[int]) -> str:
    """Return the letters, each repeated as often as it has frames.

    >>> expand("abc", [2, 1, 3])
    'aabccc'
    """
    return "".join(letter * count for letter, count in zip(letters, frames, strict=True))


def run_lengths(sounds: str) -> tuple[tuple[str, int], ...]:
    """Return the runs of equal letters with their lengths.

    >>> run_lengths("aabccc")
    (('a', 2), ('b', 1), ('c', 3))
    """
    return tuple((letter, len(list(run))) for letter, run in groupby(sounds))
