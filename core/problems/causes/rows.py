"""Causes and graphs, part one: the slope in rows with classes, without the class and with it held fixed."""

from collections.abc import Sequence

from core.formatting import format_count, format_number, format_percent
from core.language import _
from core.problems.causes.code import rows_code
from core.problems.causes.confounder import SlopeFit, fit_slope
from core.problems.causes.rows_panels import experiment, graphs, scatter, slopes
from core.problems.causes.rows_run import DRAWS, ROUNDS, SLIDES, RowsRun, rows_run, shares_of, slid_slope
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.panels import Panel
from core.problems.rows import Rows


def rows_miniature(rows: Rows, *, x: int, y: int, label: str, seed: int) -> Miniature:
    """Return the miniature of rows with classes; raises InputError as `rows_run` does."""
    run = rows_run(rows, x, y, label, seed)
    panels: list[Panel] = [scatter(run), slopes(run), experiment(run), graphs(run)]
    return Miniature(
        _("How does {y} change with {x}, and how once {label} is held fixed?")
        .format(y=run.y_name, x=run.x_name, label=run.label),
        _frames(run),
        panels,
        _guess(run),
        _figures(run),
        _sentence(run),
        _("The regression of {y} on {x} and {label} was solved exactly by least squares. The mean under do() follows "
          "from each graph in closed form.").format(y=run.y_name, x=run.x_name, label=run.label),
        rows_code(rows, x, y),
    )  # fmt: skip


def _frames(run: RowsRun) -> list[str]:
    """Return a sentence for each frame."""
    sentences = [
        _("All {n} rows without their classes: the slope is {slope}.")
        .format(n=format_count(len(run.x)), slope=with_error(run.overall))
    ]  # fmt: skip
    for name, fit in zip(run.names, run.within, strict=True):
        if fit is None:
            sentences.append(_("{name}: {x} does not vary here, so there is no slope.").format(name=name, x=run.x_name))
        else:
            sentences.append(_("Within {name} the slope is {slope}.").format(name=name, slope=with_error(fit)))
    for share in shares_of(run)[len(sentences) : len(sentences) + SLIDES]:
        sentences.append(
            _("The means of the classes are {percent} of the way together: the slope through all points is {slope}.")
            .format(percent=format_percent(share), slope=format_number(slid_slope(run, share), 3))
        )  # fmt: skip
    for step in range(ROUNDS):
        forward, back = (fit_slope(run.set_to, means[step]).slope for means in run.drawn)
        sentences.append(
            _("do() with {count} draws at each value: slope {forward} in the twin x → y, {back} in the twin y → x.")
            .format(count=format_count((step + 1) * DRAWS // ROUNDS), forward=format_number(forward, 3),
                    back=format_number(back, 3))
        )  # fmt: skip
    return sentences


def with_error(fit: SlopeFit) -> str:
    """Return a slope with its standard error, where it has one.

    >>> with_error(SlopeFit(0.25, 0.0312, 40, 38)), with_error(SlopeFit(2.0, None, 2, 0))
    ('0.25 ± 0.031', '2')
    """
    slope = format_number(fit.slope, 3)
    return slope if fit.error is None else f"{slope} ± {format_number(fit.error, 2)}"


def _guess(run: RowsRun) -> Guess:
    """Return the question about the slope with the class held fixed."""
    answer = {1: 0, -1: 1, 0: 2}[run.held.direction]
    return Guess(
        _("When {label} is held fixed, does {y} rise or fall with {x}?")
        .format(label=run.label, y=run.y_name, x=run.x_name),
        [_("It rises"), _("It falls"), _("Neither: the slope is within two standard errors of 0")],
        answer,
        _("With {label} held fixed the slope is {held}; without it, {overall}.")
        .format(label=run.label, held=with_error(run.held), overall=with_error(run.overall)),
    )  # fmt: skip


def _figures(run: RowsRun) -> Sequence[Figure]:
    """Return the slopes, and what do() gives in the twins."""
    last = [fit_slope(run.set_to, means[-1]).slope for means in run.drawn]
    return [
        Figure(_("slope without {label}").format(label=run.label), with_error(run.overall)),
        Figure(
            _("slope with {label} held fixed").format(label=run.label),
            format_number(slid_slope(run, 1.0), 3),
            with_error(run.held),
        ),
        *(
            Figure(_("slope within {name}").format(name=name), with_error(fit))
            for name, fit in zip(run.names, run.within, strict=True)
            if fit is not None
        ),
        Figure(_("slope under do() in the twin x → y"), format_number(last[0], 3), format_number(run.twins.effect, 3)),
        Figure(_("slope under do() in the twin y → x"), format_number(last[1], 3), format_number(0.0, 3)),
    ]


def _sentence(run: RowsRun) -> str:
    """Return what the class did to the slope, and what these rows cannot say."""
    values = {"label": run.label, "overall": with_error(run.overall), "held": with_error(run.held)}
    signs = run.overall.direction, run.held.direction
    if signs[0] * signs[1] < 0:
        first = _("The slope turns round once {label} is held fixed, from {overall} to {held}: Simpson's paradox.")
    elif run.overall.slope * run.held.slope < 0:
        first = _("The slope changes its sign once {label} is held fixed, from {overall} to {held}; not both are more "
                  "than two standard errors from 0.")  # fmt: skip
    elif run.overall.slope * run.held.slope > 0:
        first = _("Holding {label} fixed changes the slope from {overall} to {held}, and not its sign.")
    else:
        first = _("Holding {label} fixed changes the slope from {overall} to {held}.")
    second = _("These rows cannot distinguish cause from association: two graphs fit them equally well, and setting "
               "{x} changes {y} by {effect} a unit in one and by 0 in the other.")  # fmt: skip
    effect = format_number(run.twins.effect, 3)
    return " ".join((first.format(**values), second.format(x=run.x_name, y=run.y_name, effect=effect)))
