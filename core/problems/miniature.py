"""A kind of learning problem as a miniature: what is asked, what happens in each frame, and the exact answer.

Each module of this package makes one kind, `miniature(**settings) -> Miniature`. The dashboard draws all of them in
one way, so that a new kind is a module here, its controls, and a row of the map.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.problems.panels import Panel, frames_of

MOST_FRAMES = 400  # that are sent to a browser at once


@dataclass(frozen=True)
class Guess:
    """The question that a visitor answers before the miniature runs.

    Attributes:
        question: what is asked.
        options: two to four answers.
        answer: which of them is right for this run.
        why: one computed sentence that says so, with its numbers.
    """

    question: str
    options: Sequence[str]
    answer: int
    why: str

    def __post_init__(self) -> None:
        """Check that the right answer is one of them."""
        assert 2 <= len(self.options) <= 4 and 0 <= self.answer < len(self.options)


@dataclass(frozen=True)
class Figure:
    """One number of the result, learned and exact, as a person reads it.

    Attributes:
        name: what it is, with its unit.
        learned: what was learned.
        exact: the exact answer; "" where there is none.
    """

    name: str
    learned: str
    exact: str = ""


@dataclass(frozen=True, eq=False)
class Miniature:
    """A run of one kind of learning problem, ready to be drawn.

    Attributes:
        question: what this problem asks, in a sentence with its data.
        frames: a sentence for each frame: what happens there.
        panels: what is drawn; all that moves in them has as many frames.
        guess: what a visitor is asked before it runs.
        figures: the results, learned beside exact.
        sentence: what happened in this run, with its numbers.
        oracle: how the exact answer was computed, in a sentence.
        code: lines of Python that give the numbers shown, complete with their imports.
    """

    question: str
    frames: Sequence[str]
    panels: Sequence[Panel]
    guess: Guess
    figures: Sequence[Figure]
    sentence: str
    oracle: str
    code: str

    def __post_init__(self) -> None:
        """Check that all that moves has the same number of frames."""
        counts = {count for panel in self.panels for count in frames_of(panel)}
        assert counts <= {len(self.frames)}, f"{len(self.frames)} sentences, but panels with {counts} frames"
        assert 1 <= len(self.frames) <= MOST_FRAMES, f"{len(self.frames)} frames"
