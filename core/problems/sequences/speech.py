"""Speech: typed frames as a recogniser hears them, in doubt, and the probability of what they merge to."""

import unicodedata
from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.formatting import format_count, format_percent
from core.language import _
from core.problems.sequences.ctc import (
    BLANK,
    MOST_PATHS,
    Array,
    Places,
    count_paths,
    every_output,
    forward_table,
    merge,
    output_probability,
    probability_by_prefixes,
)

MOST_FRAMES, MOST_LETTERS = 16, 8
LONGEST_TEXT = 1000
LARGEST_DOUBT = 0.9
OFFERED = 5  # outputs beside each other
ROUNDED = 12  # decimals, for which of two probabilities is larger


@dataclass(frozen=True, eq=False)
class Speech:
    """Frames of a recogniser, and the outputs of the paths through them.

    Attributes:
        path: the T typed frames, letters and blanks.
        letters: the blank and the K letters, in the order of `probabilities`.
        probabilities: (T, K + 1), of each symbol in each frame.
        output: what the typed frames merge to, U letters.
        table: (T, 2U + 1), the forward table of that output.
        offered: the most probable outputs that are at most one changed frame away, the first one first.
        chances: the probability of each of them.
        paths: how many paths have the output.
        every: each output with its probability and its paths, from all paths; None if they are too many.
        exact: the exact probability of the output.
    """

    path: str
    letters: str
    probabilities: Array
    output: str
    table: Array
    offered: tuple[str, ...]
    chances: tuple[float, ...]
    paths: int
    every: dict[tuple[int, ...], tuple[float, int]] | None
    exact: float

    @property
    def chance(self) -> float:
        """The probability of the output, as the forward table gives it."""
        return float(self.table[-1, -2:].sum())

    def places(self, output: str) -> Places:
        """Return the places of an output's letters."""
        return np.array([self.letters.index(letter) for letter in output], dtype=np.int64)

    @property
    def best(self) -> str:
        """The most probable of all outputs; where the paths are too many, of those offered."""
        every = self.every
        if every is None:
            return self.offered[0]
        places = max(every, key=lambda each: (round(every[each][0], ROUNDED), [-place for place in each]))
        return "".join(self.letters[place] for place in places)


def read_frames(text: str) -> str:
    """Return the typed frames: small letters and numbers, and "_" or "-" for the blank; all else is left out.

    Raises InputError without a letter, for more than `MOST_FRAMES` frames, and for more than `MOST_LETTERS` letters.

    >>> read_frames("HHe l-lo!")
    'hhel_lo'
    """
    if len(text) <= LONGEST_TEXT:
        plain = unicodedata.normalize("NFKC", text).lower().replace("-", BLANK)
        path = "".join(mark for mark in plain if mark.isalnum() or mark == BLANK)
    else:
        path = text
    if not path.strip(BLANK):
        raise InputError(_("Frames with at least one letter are needed, but the text has none; type such as hhe_l_lo."))
    if len(path) > MOST_FRAMES:
        raise InputError(
            _("There can be at most {most} frames, but {got} were typed; type fewer.").format(
                most=MOST_FRAMES, got=format_count(len(path))
            )
        )
    letters = len(set(path) - {BLANK})
    if letters > MOST_LETTERS:
        raise InputError(
            _("There can be at most {most} different letters, but {got} were typed; type fewer.").format(
                most=MOST_LETTERS, got=letters
            )
        )
    return path


def hear(path: str, letters: str, doubt: float, seed: int) -> Array:
    """Return the probabilities (T, K + 1) of a recogniser that gives each typed frame 1 − doubt.

    The doubt is divided among the other symbols by a draw, even over all divisions. Raises InputError for a doubt out
    of range.
    """
    if not 0 <= doubt <= LARGEST_DOUBT:
        raise InputError(
            _("The doubt has to be from 0 to {most}; choose one between them.").format(
                most=format_percent(LARGEST_DOUBT)
            )
        )
    draws = np.random.default_rng(seed).exponential(size=(len(path), len(letters)))
    typed = np.array([letters.index(mark) for mark in path])
    frames = np.arange(len(path))
    draws[frames, typed] = 0.0
    heard: Array = doubt * draws / draws.sum(axis=1, keepdims=True)
    heard[frames, typed] = 1.0 - doubt
    return heard


def run_speech(text: str, doubt: float, seed: int) -> Speech:
    """Return the run of typed frames. Raises InputError as `read_frames` and `hear`."""
    path = read_frames(text)
    letters = BLANK + "".join(sorted(set(path) - {BLANK}))
    heard = hear(path, letters, doubt, seed)
    output = merge(path)
    target = np.array([letters.index(letter) for letter in output], dtype=np.int64)
    few = float(len(letters)) ** len(path) <= MOST_PATHS
    every = every_output(heard) if few else None
    exact = probability_by_prefixes(heard, target) if every is None else every[tuple(target.tolist())][0]
    found = _near_outputs(path, letters, heard)[:OFFERED]
    return Speech(
        path,
        letters,
        heard,
        output,
        forward_table(heard, target),
        tuple(each for each, _chance in found),
        tuple(chance for _each, chance in found),
        count_paths(len(path), len(letters), target),
        every,
        exact,
    )


def _near_outputs(path: str, letters: str, heard: Array) -> list[tuple[str, float]]:
    """Return the outputs at most one changed frame away, and no output at all, the most probable first."""
    changed = (path[:t] + letter + path[t + 1 :] for t in range(len(path)) for letter in letters)
    outputs = sorted({"", merge(path), *map(merge, changed)})
    chances = [
        output_probability(heard, np.array([letters.index(e) for e in each], dtype=np.int64)) for each in outputs
    ]
    return sorted(zip(outputs, chances, strict=True), key=lambda pair: (-round(pair[1], ROUNDED), pair[0]))
