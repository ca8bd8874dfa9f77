"""Durations: letters to speak, with frames that are learned from spoken words."""

import unicodedata
from dataclasses import dataclass

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.problems.sequences.durations import (
    Take,
    best_whole,
    expand,
    mean_duration,
    record,
    run_lengths,
    whole,
)

MOST_LETTERS = 12
LONGEST_TEXT = 1000
LARGEST_SMOOTHING = 10.0


@dataclass(frozen=True)
class Spoken:
    """Letters with their learned durations.

    Attributes:
        letters: the L letters to speak.
        takes: the spoken words that durations are learned from.
        smoothing: how many more examples of mean length each letter gets.
        frames: the learned frames of each letter.
        exact: those with the smallest squared error, by trial.
    """

    letters: str
    takes: tuple[Take, ...]
    smoothing: float
    frames: tuple[int, ...]
    exact: tuple[int, ...]

    @property
    def sounds(self) -> str:
        """The letters of all frames."""
        return expand(self.letters, self.frames)

    @property
    def given_back(self) -> str:
        """The letters that the run lengths of the frames give back."""
        return "".join(letter for letter, _count in run_lengths(self.sounds))


def read_letters(text: str) -> str:
    """Return the small letters and numbers of a text. Raises InputError for none, or more than `MOST_LETTERS`.

    >>> read_letters("Hello, you!")
    'helloyou'
    """
    plain = unicodedata.normalize("NFKC", text).lower() if len(text) <= LONGEST_TEXT else text
    letters = "".join(mark for mark in plain if mark.isalnum())
    if not letters:
        raise InputError(_("At least one letter to speak is needed, but the text has none; type a word."))
    if len(letters) > MOST_LETTERS:
        raise InputError(
            _("At most {most} letters can be spoken, but {got} were typed; type fewer.").format(
                most=MOST_LETTERS, got=format_count(len(letters))
            )
        )
    return letters


def run_durations(text: str, smoothing: float, seed: int) -> Spoken:
    """Return the run of a text. Raises InputError as `read_letters`, and for a smoothing out of range."""
    letters = read_letters(text)
    if not 0 <= smoothing <= LARGEST_SMOOTHING:
        raise InputError(
            _("The smoothing α has to be from 0 to {high}; choose one between them.").format(
                high=format_count(LARGEST_SMOOTHING)
            )
        )
    takes = record(seed)
    learned = tuple(whole(mean_duration(takes, letter, smoothing)) for letter in letters)
    exact = tuple(best_whole(takes, letter, smoothing) for letter in letters)
    return Spoken(letters, takes, smoothing, learned, exact)
