"""What the miniature of speech draws: the frames as they merge, the forward table, and other outputs."""

import numpy as np

from core.formatting import format_count, format_number
from core.language import _
from core.problems.panels import Axis, Bars, BarSet, Cells, Panel
from core.problems.sequences.ctc import BLANK
from core.problems.sequences.speech import Speech


def panels_of_speech(run: Speech) -> tuple[Panel, ...]:
    """Return the panels of the T + 1 frames: the first is before any frame is heard."""
    return _merging(run), _heard(run), _table(run), _outputs(run)


def _numbers(run: Speech) -> list[str]:
    return [format_count(t + 1) for t in range(len(run.path))]


def _merging(run: Speech) -> Cells:
    """Return the typed frames, and which of them add to the output, as far as they are heard."""
    steps = len(run.path)
    adds = [mark if mark != BLANK and run.path[t - 1 : t] != mark else "·" for t, mark in enumerate(run.path)]
    texts = [[list(run.path), [mark if t < frame else "" for t, mark in enumerate(adds)]] for frame in range(steps + 1)]
    return Cells(
        _("Frames, and what is left of them"),
        np.zeros((2, steps)),
        _("The frames {path} merge to “{output}”.").format(path=run.path, output=run.output),
        row_names=(_("Typed"), _("Output")),
        column_names=_numbers(run),
        texts=texts,
        shaded=False,
    )


def _heard(run: Speech) -> Cells:
    steps = len(run.path)
    surest = float(run.probabilities.max())
    return Cells(
        _("Probability of each symbol in each frame"),
        run.probabilities.T,
        _("The surest symbol of a frame has probability {share}.").format(share=format_number(surest, 2)),
        row_names=tuple(run.letters),
        column_names=_numbers(run),
        low=0.0,
        high=1.0,
        marks=_path_marks(run, steps),
        digits=2,
    )


def _path_marks(run: Speech, steps: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    marks = np.zeros((steps + 1, len(run.letters), steps), dtype=np.int64)
    for t, mark in enumerate(run.path):
        marks[t + 1 :, run.letters.index(mark), t] = 1
    return marks


def _table(run: Speech) -> Cells:
    """Return the forward table (T + 1, 2U + 1, T); colours compare the states of one frame."""
    steps, states = run.table.shape
    totals = run.table.sum(axis=1, keepdims=True)
    shares = np.divide(run.table, totals, out=np.zeros_like(run.table), where=totals > 0).T
    shown = np.arange(steps)[None, None, :] < np.arange(steps + 1)[:, None, None]
    written = [[format_number(float(run.table[t, state]), 2) for t in range(steps)] for state in range(states)]
    texts = [
        [[text if t < frame else "" for t, text in enumerate(row)] for row in written] for frame in range(steps + 1)
    ]
    marks = np.zeros((steps + 1, states, steps), dtype=np.int64)
    marks[steps, -2:, -1] = 1
    return Cells(
        _("Probability of all ways that have got so far in the output"),
        np.where(shown, shares[None], np.nan),
        _("The last two states of the last frame sum to {chance}, the probability of the output.").format(
            chance=format_number(run.chance, 3)
        ),
        row_names=[run.output[at // 2] if at % 2 else BLANK for at in range(states)],
        column_names=_numbers(run),
        texts=texts,
        low=0.0,
        high=1.0,
        marks=marks,
    )


def named(output: str) -> str:
    """Return an output as it is shown, also that of no letters."""
    return output or _("(nothing)")


def _outputs(run: Speech) -> Bars:
    """Return the offered outputs with their probabilities, known after the last frame."""
    values = np.full((len(run.path) + 1, len(run.offered)), np.nan)
    values[-1] = run.chances
    sets = [BarSet(values, _("Forward table"))]
    if run.every is not None:
        exact = [run.every.get(tuple(run.places(each).tolist()), (0.0, 0))[0] for each in run.offered]
        sets.append(BarSet(np.array(exact), _("All paths"), "exact"))
    return Bars(
        _("The most probable outputs within one changed frame, or with no letter"),
        Axis(_("Probability"), 0.0),
        [named(each) for each in run.offered],
        sets,
        _("The most probable one of them is “{output}”, {chance}.").format(
            output=named(run.offered[0]), chance=format_number(run.chances[0], 3)
        ),
    )
