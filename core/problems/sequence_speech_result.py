"""The miniature of speech: the forward table of an output filled frame by frame, beside all paths."""

import numpy as np

from core.formatting import format_count, format_number, format_percent
from core.language import _, ngettext
from core.problems.ctc import BLANK, merge
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.panels import Axis, Bars, BarSet, Cells
from core.problems.sequence_speech import Speech


def miniature_of_speech(run: Speech) -> Miniature:
    """Return the miniature of a run: frame 0 is before the first typed frame."""
    steps = len(run.path)
    question = ngettext(
        "How probable is the output “{output}”, to which {frames} frame, {path}, merges?",
        "How probable is the output “{output}”, to which {frames} frames, {path}, merge?",
        steps,
    ).format(output=run.output, frames=format_count(steps), path=run.path)
    start = _("No frame is heard yet. A path gives each frame one symbol; repeats are merged and blanks left out.")
    return Miniature(
        question,
        [start, *(_frame(run, t) for t in range(steps))],
        (_merging(run), _heard(run), _table(run), _outputs(run)),
        _guess(run),
        _figures(run),
        _sentence(run),
        _oracle(run),
        speech_code(run),
    )


def _frame(run: Speech, t: int) -> str:
    symbol, before, so_far = run.path[t], run.path[t - 1] if t else "", merge(run.path[: t + 1])
    ways = format_percent(float(run.table[t].sum()), 2, significant=True)
    if symbol == BLANK:
        text = _("Frame {number} is blank: the output so far stays “{output}”. Ways towards “{whole}” have "
                 "{ways} of the probability.")  # fmt: skip
    elif symbol == before:
        text = _("Frame {number} repeats {symbol}: merged, the output so far stays “{output}”. Ways towards “{whole}” "
                 "have {ways} of the probability.")  # fmt: skip
    else:
        text = _("Frame {number} adds {symbol}: the output so far is “{output}”. Ways towards “{whole}” have {ways} of "
                 "the probability.")  # fmt: skip
    return text.format(number=format_count(t + 1), symbol=symbol, output=so_far, whole=run.output, ways=ways)


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


def _named(output: str) -> str:
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
        _("The most probable outputs within one changed frame"),
        Axis(_("Probability"), 0.0),
        [_named(each) for each in run.offered],
        sets,
        _("The most probable one of them is “{output}”, {chance}.").format(
            output=_named(run.offered[0]), chance=format_number(run.chances[0], 3)
        ),
    )


def _guess(run: Speech) -> Guess:
    options = sorted(list(dict.fromkeys([run.best, run.output, *run.offered]))[:4])
    chance = output_chance(run, run.best)
    why = _("“{best}” has probability {chance}; “{output}”, to which the typed frames merge, has {other}.") if (
        run.best != run.output
    ) else _("“{best}” has probability {chance}; no other output that was tried has more.")  # fmt: skip
    return Guess(
        _("Which output is the most probable, all its paths together?"),
        [_named(each) for each in options],
        options.index(run.best),
        why.format(
            best=_named(run.best),
            chance=format_number(chance, 3),
            output=run.output,
            other=format_number(run.chance, 3),
        ),
    )


def output_chance(run: Speech, output: str) -> float:
    """Return the probability of an output, from all paths if they were tried."""
    places = tuple(run.places(output).tolist())
    return dict(zip(run.offered, run.chances, strict=True))[output] if run.every is None else run.every[places][0]


def _typed_chance(run: Speech) -> float:
    typed = [run.letters.index(mark) for mark in run.path]
    return float(np.prod(run.probabilities[np.arange(len(typed)), typed]))


def _figures(run: Speech) -> list[Figure]:
    counted = "" if run.every is None else format_count(run.every[tuple(run.places(run.output).tolist())][1])
    return [
        Figure(_("Output of the typed frames"), run.output),
        Figure(_("Probability of this output, all its paths together"), format_number(run.chance, 4),
               format_number(run.exact, 4)),
        Figure(_("Probability of the typed path alone"), format_number(_typed_chance(run), 4)),
        Figure(_("Paths with this output"), format_count(run.paths), counted),
        Figure(_("Most probable output"), _named(run.offered[0]), "" if run.every is None else _named(run.best)),
        Figure(_("CTC loss, −log of the output's probability"), format_number(-float(np.log(run.chance)), 4),
               format_number(-float(np.log(run.exact)), 4)),
    ]  # fmt: skip


def _sentence(run: Speech) -> str:
    first = ngettext(
        "“{output}” has probability {chance}: {paths} path has this output, the typed one.",
        "“{output}” has probability {chance}, the sum of {paths} paths; the typed one alone has {alone}.",
        run.paths,
    ).format(
        output=run.output,
        chance=format_number(run.chance, 3),
        paths=format_count(run.paths),
        alone=format_number(_typed_chance(run), 3),
    )
    if run.best == run.output:
        return first
    second = _("“{best}” is more probable, {chance}: the best symbol of each frame does not give the best output.")
    if (run.probabilities.argmax(axis=1) != [run.letters.index(mark) for mark in run.path]).any():
        second = _(
            "“{best}” is more probable, {chance}: in some frames another symbol is more probable than the typed one."
        )
    return f"{first} " + second.format(best=_named(run.best), chance=format_number(output_chance(run, run.best), 3))


def _oracle(run: Speech) -> str:
    paths = float(len(run.letters)) ** len(run.path)
    if run.every is not None:
        return _("All {count} paths were merged one by one, and their probabilities added for each output.").format(
            count=format_count(int(paths))
        )
    return _("There are {count} paths, too many to try. Sets of paths with the same output so far and the same last "
             "symbol were extended symbol by symbol instead, by the rule of merging alone.").format(
        count=format_number(paths, 3)
    )  # fmt: skip


_CODE = """
import torch

symbols = {letters!r}  # the blank first
path = {path!r}
probabilities = torch.tensor({probabilities!r}, dtype=torch.float64)


def merge(path):
    kept = [b for a, b in zip(" " + path, path) if a != b]
    return "".join(mark for mark in kept if mark != "_")


output = merge(path)
targets = torch.tensor([[symbols.index(letter) for letter in output]])
loss = torch.nn.functional.ctc_loss(
    probabilities.log()[:, None, :], targets, (len(path),), (len(output),), blank=0, reduction="sum"
)
print(output)
print("CTC loss", loss.item())
print("probability", loss.neg().exp().item())
"""


def speech_code(run: Speech) -> str:
    """Return lines that print the output, its loss by PyTorch, and its probability."""
    return _CODE.lstrip("\n").format(letters=run.letters, path=run.path, probabilities=run.probabilities.tolist())
