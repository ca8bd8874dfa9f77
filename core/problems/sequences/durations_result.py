"""The miniature of durations: means over spoken words, letters expanded to frames, and run lengths back."""

from collections.abc import Sequence

import numpy as np

from core.formatting import format_count, format_list, format_number
from core.language import _, ngettext
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.panels import Axis, Bars, BarSet, Cells
from core.problems.sequences.durations import LONGEST, TYPICAL, best_whole, mean_duration, overall_mean, run_lengths
from core.problems.sequences.text_to_speech import Spoken


def miniature_of_durations(run: Spoken) -> Miniature:
    """Return the miniature of a run: a frame for each take, for each letter, and for the way back."""
    start = _("No word has been heard yet: no letter has a duration.")
    frames = [
        start,
        *(_heard(run, t) for t in range(len(run.takes))),
        *(_spoken(run, at) for at in range(len(run.letters))),
    ]
    return Miniature(
        _("How many frames does each letter of “{letters}” sound, and do the frames give the letters back?").format(
            letters=run.letters
        ),
        [*frames, _back(run)],
        (_bars(run), _staircase(run)),
        _guess(run),
        _figures(run),
        _sentence(run),
        _("For each letter all whole numbers of frames from 1 to {most} were tried for the smallest squared error on "
          "the spoken words, with α added examples of mean length.").format(most=LONGEST),
        durations_code(run),
    )  # fmt: skip


def _pairs(letters: Sequence[str], frames: Sequence[int]) -> str:
    return format_list(f"{letter} {format_count(count)}" for letter, count in zip(letters, frames, strict=True))


def _heard(run: Spoken, t: int) -> str:
    take = run.takes[t]
    return _(
        "Word {number}, “{word}”: its letters last {frames} frames. The mean of all letters so far is {mean}."
    ).format(
        number=format_count(t + 1),
        word=take.letters,
        frames=_pairs(take.letters, take.frames),
        mean=format_number(overall_mean(run.takes[: t + 1]), 3),
    )


def _spoken(run: Spoken, at: int) -> str:
    first = sum(run.frames[:at]) + 1
    mean = mean_duration(run.takes, run.letters[at], run.smoothing)
    return ngettext(
        "“{letter}” has a mean of {mean} frames after smoothing, so it gets {count} frame: number {first}.",
        "“{letter}” has a mean of {mean} frames after smoothing, so it gets {count} frames: from {first} to {last}.",
        run.frames[at],
    ).format(
        letter=run.letters[at],
        mean=format_number(mean, 3),
        count=format_count(run.frames[at]),
        first=format_count(first),
        last=format_count(first + run.frames[at] - 1),
    )


def _back(run: Spoken) -> str:
    runs = run_lengths(run.sounds)
    return _("The way back: the runs of equal letters are {runs}, which spell “{letters}”.").format(
        runs=_pairs([letter for letter, _count in runs], [count for _letter, count in runs]), letters=run.given_back
    )


def _bars(run: Spoken) -> Bars:
    """Return the mean duration of each letter after each take, beside the best whole number."""
    letters = list(dict.fromkeys(run.letters))
    means = [
        [mean_duration(run.takes[:heard], letter, run.smoothing) for letter in letters]
        for heard in range(len(run.takes) + 1)
    ]
    values = np.array(means + [means[-1]] * (len(run.letters) + 1))
    exact = np.array([float(best_whole(run.takes, letter, run.smoothing)) for letter in letters])
    return Bars(
        _("Mean duration of each letter in the words heard"),
        Axis(_("Frames"), 0.0),
        letters,
        [BarSet(values, _("Mean")), BarSet(exact, _("Best whole number"), "exact")],
        _("The means after all words are {means}.").format(
            means=format_list(f"{a} {format_number(m, 2)}" for a, m in zip(letters, means[-1], strict=True))
        ),
    )


def _staircase(run: Spoken) -> Cells:
    """Return letters by frames: each letter's frames are coloured when it is spoken."""
    heard, total = len(run.takes) + 1, sum(run.frames)
    owner = np.repeat(np.arange(len(run.letters)), run.frames)
    values = np.full((heard + len(run.letters) + 1, len(run.letters), total), np.nan)
    for at in range(len(run.letters)):
        mine = np.flatnonzero(owner == at)
        values[heard + at :, at, mine] = 1.0
    return Cells(
        _("Which letter sounds in which frame"),
        values,
        _("The {letters} letters become {frames} frames, a staircase.").format(
            letters=format_count(len(run.letters)), frames=format_count(total)
        ),
        row_names=tuple(run.letters),
        column_names=[format_count(frame + 1) for frame in range(total)],
        texts=[
            [run.letters[at] if owner[frame] == at else "" for frame in range(total)] for at in range(len(run.letters))
        ],
        low=0.0,
        high=1.0,
    )


def _guess(run: Spoken) -> Guess:
    same = run.given_back == run.letters
    why = (
        _("The run lengths spell “{back}”: no letter of “{letters}” stands beside itself.")
        if same
        else _("The run lengths spell “{back}”: equal letters side by side in “{letters}” become one run.")
    )
    return Guess(
        _("The frames are cut into runs of equal letters. Do the runs spell “{letters}”?").format(letters=run.letters),
        [_("Yes"), _("No")],
        0 if same else 1,
        why.format(back=run.given_back, letters=run.letters),
    )


def _figures(run: Spoken) -> list[Figure]:
    usual = [f"{mark} {format_count(TYPICAL[mark])}" for mark in dict.fromkeys(run.letters) if mark in TYPICAL]
    return [
        Figure(_("Frames of each letter"), _pairs(run.letters, run.frames), _pairs(run.letters, run.exact)),
        Figure(_("Frames in all"), format_count(sum(run.frames)), format_count(sum(run.exact))),
        Figure(_("Letters that the runs give back"), run.given_back, run.letters),
        Figure(_("Typical frames of the letters, from which the words were drawn"), format_list(usual) or "–"),
    ]


def _sentence(run: Spoken) -> str:
    letters = ngettext("{letters} letter", "{letters} letters", len(run.letters))
    frames = ngettext("{frames} frame", "{frames} frames", sum(run.frames))
    first = _("{letters} became {frames}.").format(
        letters=letters.format(letters=format_count(len(run.letters))),
        frames=frames.format(frames=format_count(sum(run.frames))),
    )
    if run.given_back == run.letters:
        second = _("Their run lengths give the letters and durations back.")
    else:
        second = _("Their run lengths give “{back}” back: the border between equal letters is lost, so durations have "
                   "to be kept beside the letters.").format(back=run.given_back)  # fmt: skip
    unknown = [mark for mark in dict.fromkeys(run.letters) if mark not in TYPICAL]
    if not unknown:
        return f"{first} {second}"
    third = ngettext(
        "{letters} is in none of the words heard and gets the mean of all letters.",
        "{letters} are in none of the words heard and get the mean of all letters.",
        len(unknown),
    ).format(letters=format_list([f"“{mark}”" for mark in unknown], "and"))
    return f"{first} {second} {third}"


_CODE = """
from itertools import groupby
from math import ceil

takes = {takes!r}
letters = {letters!r}
alpha = {smoothing!r}

every = [frames for word, counts in takes for frames in counts]
overall = sum(every) / len(every)


def duration(letter):
    heard = [d for word, counts in takes for mark, d in zip(word, counts) if mark == letter]
    mean = (sum(heard) + alpha * overall) / (len(heard) + alpha) if heard else overall
    return max(ceil(mean - 0.5 - 1e-9), 1)


frames = [duration(letter) for letter in letters]
sounds = "".join(letter * count for letter, count in zip(letters, frames))
runs = [(letter, len(list(run))) for letter, run in groupby(sounds)]
print(*frames)
print(len(sounds))
print("".join(letter for letter, count in runs))
"""


def durations_code(run: Spoken) -> str:
    """Return lines that print the frames of each letter, of all, and the letters that the runs give back."""
    takes = [(take.letters, take.frames) for take in run.takes]
    return _CODE.lstrip("\n").format(takes=takes, letters=run.letters, smoothing=run.smoothing)
