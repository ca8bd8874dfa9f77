"""Offline and online: a stream whose law drifts, a line fitted once, and SGD that learns row by row."""

from collections.abc import Sequence

from core.formatting import format_count, format_number, format_percent
from core.language import _
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.online.code import stream_code
from core.problems.online.learning import safe_rate
from core.problems.online.panels import loss_panel, regret_panel, rows_panel, slope_panel
from core.problems.online.run import StreamRun, stream_run
from core.problems.online.sentences import oracle_of, sentence_of
from core.problems.rows import Rows

CLOSE = 0.05  # two mean losses that differ by less than this share are taken as equal


def miniature(
    *,
    seed: int = 0,
    rows: Rows | None = None,
    x: int = 0,
    y: int = 1,
    drift: str = "turn",
    speed: float = 0.5,
    noise: float = 0.3,
    length: int = 600,
    first: int = 100,
    rate: float = 0.1,
    schedule: str = "constant",
    project: bool = True,
) -> Miniature:
    """Return the miniature of online learning.

    The stream is made (`drift` of `stream.DRIFTS`, its `speed` as the mean change of the slope in 100 rows, `noise`,
    `length`), or it is columns x and y of the rows, if some are given, in their order. One line is fitted to the
    `first` rows; the other is learned row by row with a `rate` that is "constant" or falls with the "root" of the
    row's number, and with `project` its weights are kept in a ball. Raises InputError for settings out of range.
    """
    run = stream_run(
        rows=rows, x=x, y=y, drift=drift, speed=speed, noise=noise, length=length, first=first, rate=rate,
        schedule=schedule, project=project, seed=seed,
    )  # fmt: skip
    return Miniature(
        _question(rows, x, y),
        _frames(run),
        [rows_panel(run), slope_panel(run), regret_panel(run), loss_panel(run)],
        _guess(run),
        _figures(run),
        sentence_of(run, _is_close(run)),
        oracle_of(run),
        stream_code(run, rows, x=x, y=y, drift=drift, speed=speed, schedule=schedule, seed=seed),
    )


def _question(rows: Rows | None, x: int, y: int) -> str:
    if rows is None:
        return _("Rows arrive one after the other, and their law may drift: fit once, or learn row by row?")
    return _("The rows of a table arrive in order: is {y} predicted from {x} by fitting once, or row by row?").format(
        x=rows.names[x], y=rows.names[y]
    )


def _frames(run: StreamRun) -> list[str]:
    """Return a sentence for each frame."""
    sentences = [_("No row has arrived: both predict 0.")]
    for before, tick in zip(run.ticks, run.ticks[1:], strict=False):
        losses = [format_number(float(each[before:tick].mean()), 3) for each in (run.online.losses, run.offline_losses)]
        if run.online.diverged is not None and tick >= run.online.diverged:
            words = _("Rows {start} to {end}: row by row has diverged; mean loss {offline} with the other line.")
        elif tick <= run.first:
            words = _(
                "Rows {start} to {end}: mean loss {online} row by row; the other line predicts 0 until row {first}."
            )
        else:
            words = _("Rows {start} to {end}: mean loss {online} row by row, {offline} with the line fitted once.")
        values = {"start": format_count(before + 1), "end": format_count(tick), "first": format_count(run.first)}
        sentences.append(words.format(online=losses[0], offline=losses[1], **values))
    return sentences


def _guess(run: StreamRun) -> Guess:
    """Return the question which of the two predicts the later rows better."""
    online, offline = run.later
    if run.online.diverged is not None:
        answer = 0
        why = _(
            "SGD diverged after {rows} rows; the mean loss of the later rows is {offline} for the line fitted once."
        )
    else:
        answer = 2 if _is_close(run) else int(online < offline)
        why = _("The mean loss of the later rows is {offline} for the line fitted once and {online} row by row.")
    close = _("Neither: they differ by less than {share}").format(share=format_percent(CLOSE))
    return Guess(
        _("After the first {first} rows, which one loses less?").format(first=format_count(run.first)),
        [_("The line fitted once"), _("The line learned row by row"), close],
        answer,
        why.format(
            offline=format_number(offline, 3),
            online=format_number(online, 3),
            rows=format_count(run.online.diverged or 0),
        ),
    )


def _is_close(run: StreamRun) -> bool:
    """Return whether both lose about the same on the later rows."""
    online, offline = run.later
    return abs(online - offline) <= CLOSE * max(online, offline)


def _figures(run: StreamRun) -> Sequence[Figure]:
    """Return the mean losses beside the best possible, the regrets beside their bound, and the slopes at the end."""
    online, offline = run.later
    best, floor = format_number(run.best_later, 3), run.floor
    bound = "" if run.bound is None else _("at most {bound}").format(bound=format_number(run.bound[-1], 3))
    law = "" if run.stream.law is None else format_number(run.stream.law[-1, 0], 3)

    def learned(number: float) -> str:
        return _("diverged") if run.online.diverged is not None else format_number(number, 3)

    return [
        Figure(_("Mean loss of later rows, row by row"), learned(online), _least(floor)),
        Figure(_("Mean loss of later rows, fitted once"), format_number(offline, 3), _least(floor)),
        Figure(_("Mean loss of later rows, best fixed line for them"), "–", best),
        Figure(_("Regret of all rows, row by row"), learned(run.regrets[0][-1]), bound),
        Figure(_("Regret of all rows, fitted once"), format_number(run.regrets[1][-1], 3)),
        Figure(_("Slope at the end, row by row"), learned(run.online.weights[-1, 0]), law),
        Figure(_("Slope at the end, fitted once"), format_number(run.offline_line[0], 3), law),
        Figure(_("Rate below which no step overshoots"), "–", format_number(safe_rate(run.stream.x), 3)),
    ]


def _least(floor: float | None) -> str:
    if floor is None:
        return ""
    return _("{floor} expected under the true law").format(floor=format_number(floor, 3))
