"""The sentences of the miniature of online learning, computed from its run."""

import numpy as np

from core.formatting import format_count, format_number
from core.language import _
from core.problems.online.learning import safe_rate
from core.problems.online.run import StreamRun


def sentence_of(run: StreamRun, close: bool) -> str:
    """Return who lost less on the later rows, unless both are `close`, why, and what the regret says."""
    if run.online.diverged is not None:
        return _diverged(run)
    online, offline = run.later
    if close:
        first = _("After the first {first} rows both lose about the same: {online} row by row, {offline} fitted once.")
    elif online < offline:
        first = _(
            "After the first {first} rows, learning row by row loses {online} a row, the line fitted once {offline}."
        )
    else:
        first = _(
            "After the first {first} rows, the line fitted once loses {offline} a row, learning row by row {online}."
        )
    first = first.format(
        first=format_count(run.first), online=format_number(online, 3), offline=format_number(offline, 3)
    )
    return " ".join(part for part in (first, _moved(run), _overshoots(run), _regret(run)) if part)


def _moved(run: StreamRun) -> str:
    """Return how far the law moved from the first rows, if it is known."""
    if run.stream.law is None:
        return _("Whether the law of a table drifts is not known.")
    slopes = run.stream.law[:, 0]
    if np.ptp(slopes) == 0:
        return _("The law did not drift.")
    moved = float(np.abs(slopes - slopes[: run.first].mean()).max())
    return _("The true slope moved up to {moved} away from its mean in the first rows.").format(
        moved=format_number(moved, 3)
    )


def _overshoots(run: StreamRun) -> str:
    """Return how many steps overshot, before the weights were kept in the ball, if any."""
    count = int(np.sum(run.online.rates * (1.0 + run.stream.x**2) > 2.0))
    if count == 0:
        return ""
    return _("Steps that overshot, with a rate above 2 / (1 + x²): {count} of {all}. Below {safe} none does.").format(
        count=format_count(count), all=format_count(len(run.stream.x)), safe=format_number(safe_rate(run.stream.x), 3)
    )


def _regret(run: StreamRun) -> str:
    """Return what the regret of SGD says."""
    regret = run.regrets[0][-1]
    if regret < 0:
        words = _("The regret of learning row by row is negative, {regret}: it lost less than the best fixed line, "
                  "which knew all rows but could not change.")  # fmt: skip
    elif run.bound is None:
        words = _("The regret of learning row by row is {regret}; without a ball the theorem has no bound for it.")
    else:
        words = _("The regret of learning row by row is {regret}; the theorem allows {bound}.")
    bound = "" if run.bound is None else format_number(run.bound[-1], 3)
    return words.format(regret=format_number(regret, 3), bound=bound)


def _diverged(run: StreamRun) -> str:
    """Return where SGD diverged, and the rate that would have been safe."""
    learned = run.online.diverged or 1
    rate = float(run.online.rates[learned - 1])
    words = _("With the rate {rate} SGD diverged after {rows} rows: a step makes the error of its own row larger "
              "where 1 + x² is above {limit}. Below a rate of {safe} no step does. The line fitted once loses "
              "{offline} a row after the first {first}.")  # fmt: skip
    return words.format(
        rate=format_number(rate, 3),
        rows=format_count(learned),
        limit=format_number(2.0 / rate, 3),
        safe=format_number(safe_rate(run.stream.x), 3),
        offline=format_number(run.later[1], 3),
        first=format_count(run.first),
    )


def oracle_of(run: StreamRun) -> str:
    """Return how the best fixed line, the bound and the floor were computed."""
    parts = [
        _("The best fixed line in hindsight is exact least squares on all rows so far."),
        _("Every row is predicted before it is learned from (prequential evaluation), so no row tests a line that has "
          "seen it; use it wherever rows arrive in order."),
    ]  # fmt: skip
    if run.floor is not None:
        parts.append(_("The true law is expected to lose half the variance of the noise."))
    if run.bound is not None:
        parts.append(
            _("The bound is Zinkevich's (2003), for weights kept in a ball of radius {radius}, with the gradients met.")
            .format(radius=format_number(run.radius))
        )  # fmt: skip
    return " ".join(parts)
