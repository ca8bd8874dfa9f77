"""The miniature of speech: the forward table of an output filled frame by frame, beside all paths."""

import numpy as np

from core.formatting import format_count, format_number, format_percent
from core.language import _, ngettext
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.sequences.ctc import BLANK, merge
from core.problems.sequences.speech import Speech
from core.problems.sequences.speech_panels import named, panels_of_speech


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
        panels_of_speech(run),
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


def _guess(run: Speech) -> Guess:
    options = sorted(list(dict.fromkeys([run.best, run.output, *run.offered]))[:4])
    chance = output_chance(run, run.best)
    why = _("“{best}” has probability {chance}; “{output}”, to which the typed frames merge, has {other}.") if (
        run.best != run.output
    ) else _("“{best}” has probability {chance}; no other output that was tried has more.")  # fmt: skip
    return Guess(
        _("Which of these outputs is the most probable, all its paths together?"),
        [named(each) for each in options],
        options.index(run.best),
        why.format(
            best=named(run.best),
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
        Figure(_("Most probable output"), named(run.offered[0]), "" if run.every is None else named(run.best)),
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
    return f"{first} " + second.format(best=named(run.best), chance=format_number(output_chance(run, run.best), 3))


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
