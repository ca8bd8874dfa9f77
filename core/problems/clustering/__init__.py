"""Clustering as a miniature: k-means assigns and moves, and ends in one of several local optima."""

from core.errors import InputError
from core.formatting import format_count, format_list, format_number, format_percent
from core.language import _, ngettext
from core.problems.clustering.code import code_for
from core.problems.clustering.kmeans import HalfStep, Start
from core.problems.clustering.panels import ends_panel, loss_panel, plane_panel, shown_steps
from core.problems.clustering.run import STARTS, Run, run_clustering
from core.problems.clustering.task import POINTS, points_task, rows_task
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.rows import Rows

UNEVEN = 10.0  # times that one axis varies more than the other: then it counts a hundred times as much


def miniature(
    *,
    seed: int = 0,
    points: str = POINTS,
    rows: Rows | None = None,
    across: int = 0,
    up: int = 1,
    scaled: bool = True,
    k: int = 3,
    start: Start = "random",
) -> Miniature:
    """Return k-means on typed points, or on two columns of a table.

    `seed` draws the first centres: k different points by chance ("random") or far apart ("plus", k-means++). `points`
    is a JSON list of up to 12 pairs; with `rows` their columns `across` and `up`, counted from 0, are used instead,
    standardised if `scaled`. The optimum is that of all partitions for up to 12 points, and the best of 200 starts
    above. Raises InputError for what cannot be read, for a k outside 2 to 6, and for fewer different points than k.
    """
    if start not in ("random", "plus"):
        raise InputError(_("A start is “random” or “plus”, but it was “{start}”; choose one.").format(start=start))
    task = points_task(points) if rows is None else rows_task(rows, across, up, scaled)
    run = run_clustering(task, k, start, seed)
    shown = shown_steps(run.steps)
    frames = [_first(run), *(_during(run, run.steps[place]) for place in shown), _last(run)]
    return Miniature(
        _question(run),
        frames,
        [plane_panel(run, shown), loss_panel(run, shown), ends_panel(run, len(frames))],
        _guess(run),
        _figures(run),
        _sentence(run),
        _oracle(run),
        code_for(task, k, start, seed, STARTS),
    )


def _question(run: Run) -> str:
    text = _("Which {k} groups do these {n} points fall into, when nobody has named any?")
    return text.format(k=run.k, n=format_count(len(run.task.X)))


def _first(run: Run) -> str:
    return _("{k} of the {n} points are drawn as the first centres.").format(k=run.k, n=format_count(len(run.task.X)))


def _during(run: Run, step: HalfStep) -> str:
    """Return what happens in a half step, with its loss."""
    if step.moved:
        text = _("Move: every centre goes to the mean of its points; the loss is now {loss}.")
        if step.refilled:
            text = _("Move: every centre goes to the mean of its points. An empty cluster takes over the point that is "
                     "farthest from its centre: {clusters}. The loss is now {loss}.")  # fmt: skip
    elif not step.changed:
        text = _("Assign: no point has a nearer centre, so nothing changes any more; the loss stays {loss}.")
    elif step is run.steps[0]:
        text = _("Assign: every point goes to its nearest centre; the loss is {loss}.")
    else:
        text = ngettext(
            "Assign: {count} point changes to a nearer centre; the loss is now {loss}.",
            "Assign: {count} points change to a nearer centre; the loss is now {loss}.",
            step.changed,
        )
    clusters = format_list([_("cluster {number}").format(number=group + 1) for group in step.refilled])
    return text.format(count=format_count(step.changed), loss=format_number(step.loss, 5), clusters=clusters)


def _last(run: Run) -> str:
    text = ngettext(
        "From {starts} starts, this one included, k-means ends in {count} clustering with a loss of {loss}.",
        "From {starts} starts, this one included, k-means ends in {count} clusterings; the lowest loss is {loss}.",
        len(run.optima),
    )
    return text.format(starts=STARTS, count=len(run.optima), loss=format_number(run.optima[0].loss, 5))


def _guess(run: Run) -> Guess:
    question = (
        _("Does this start end in the best of all partitions?")
        if run.task.is_small
        else _("Does this start end in the lowest loss that {starts} starts find?").format(starts=STARTS)
    )
    options = (_("Yes"), _("No, in a worse one"))
    return Guess(question, options, 0 if run.is_best else 1, _sentence(run))


def _figures(run: Run) -> list[Figure]:
    best = (
        _("Loss (exact: of the best partition)")
        if run.task.is_small
        else _("Loss (exact: the lowest found, not proven)")
    )
    figures = [
        Figure(best, format_number(run.end.loss, 5), format_number(run.best.loss, 5)),
        Figure(_("Starts of {starts} that end in the best").format(starts=STARTS), format_count(run.hits)),
        Figure(_("Different ends of {starts} starts").format(starts=STARTS), format_count(len(run.optima))),
        Figure(_("Times that the centres moved"), format_count(run.rounds)),
    ]
    ours, theirs = run.agreement(run.end), run.agreement(run.best)
    if ours is not None:
        name = _("Agreement with the classes, which it never saw (adjusted Rand index, 1 is full)")
        figures.append(Figure(name, _plain(ours), _plain(theirs)))
    return figures


def _plain(index: float | None) -> str:
    """Return an index with three decimals at most; what only rounding has left is 0."""
    return "" if index is None else format_number(round(index, 3), 3)


def _sentence(run: Run) -> str:
    """Return where this start ended, beside the best partition that is known."""
    if run.task.is_small and run.is_best:
        text = _("This start ends in the best of all {count} partitions, with a loss of {loss}; {share} of {starts} "
                 "starts do.")  # fmt: skip
    elif run.task.is_small:
        text = _("This start ends in a local optimum with a loss of {loss}, {more} above that of the best of all "
                 "{count} partitions, {best}; {share} of {starts} starts end in the best.")  # fmt: skip
    elif run.is_best:
        text = _("This start ends in the lowest loss that {starts} starts find, {loss}, as {share} of them do; that "
                 "does not prove that there is no better partition.")  # fmt: skip
    else:
        text = _("This start ends in a local optimum with a loss of {loss}, {more} above the lowest that {starts} "
                 "starts find, {best}; {share} of them end there.")  # fmt: skip
    result = text.format(
        count=format_count(run.partitions) if run.task.is_small else "",
        loss=format_number(run.end.loss, 5),
        share=format_percent(run.hits / STARTS, 1),
        starts=STARTS,
        more=format_percent(run.excess(run.end.loss), 3, significant=True),
        best=format_number(run.best.loss, 5),
    )
    return " ".join([result, *_on_units(run)])


def _on_units(run: Run) -> list[str]:
    """Return a sentence on a column whose unit decides alone, if there is one."""
    spread = run.task.X.std(axis=0)
    if not spread.min() > 0 or spread.max() < UNEVEN * spread.min():
        return []
    wide, narrow = run.task.titles[int(spread.argmax())], run.task.titles[int(spread.argmin())]
    text = _("“{wide}” varies {times} times as much as “{narrow}”, so it decides nearly alone which centre is nearest; "
             "standardising gives both columns the same weight.")  # fmt: skip
    return [text.format(wide=wide, narrow=narrow, times=format_number(float(spread.max() / spread.min()), 3))]


def _oracle(run: Run) -> str:
    if run.task.is_small:
        text = _("All {count} partitions of {n} points into {k} clusters were gone through; a beginning is given up "
                 "once its loss exceeds that of a known partition, since further points never lower it.")  # fmt: skip
        return text.format(count=format_count(run.partitions), n=len(run.task.X), k=run.k)
    text = _("{n} rows have too many partitions to go through. Shown is the best of {starts} starts: the best found, "
             "not proven to be the optimum.")  # fmt: skip
    return text.format(n=format_count(len(run.task.X)), starts=STARTS)
