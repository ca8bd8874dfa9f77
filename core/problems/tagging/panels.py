"""What is drawn of tags: the loss, scores by threshold, rows with their tags, one row, and which tags go together."""

import numpy as np
import numpy.typing as npt

from core.formatting import format_count, format_list, format_number
from core.language import _
from core.problems.class_panels import loss_plane
from core.problems.panels import Axis, Bars, BarSet, Cells, Curve, Layer, Panel, Plane, Points, Segments
from core.problems.tagging.metrics import every_tag_threshold
from core.problems.tagging.rows import tag_sets
from core.problems.tagging.run import TaggingRun, given_tags

Array = npt.NDArray[np.float64]
GRID = 51  # thresholds that are drawn
SHOWN = 10  # rows in the table


def tagging_panels(run: TaggingRun) -> list[Panel]:
    """Return the five panels of a run."""
    loss = loss_plane(run.path.updates, run.path.losses, run.best.loss, bool(run.best.exists.all()))
    return [loss, _thresholds(run), _table(run), _one_row(run), together(run.rows.Y, run.rows.tags)]


def _thresholds(run: TaggingRun) -> Plane:
    grid = np.linspace(0.0, 1.0, GRID)
    right = np.array([given_tags(run.shares, each) == run.Y for each in grid])  # (GRID, frames, m, L)
    sets, tags = right.all(axis=3).mean(axis=2).T, right.mean(axis=(2, 3)).T
    every = every_tag_threshold(run.shares[-1], run.Y)
    best = every.best
    heights = [every.right_sets.max() / len(run.Y), every.right_tags.max() / run.Y.size]
    layers: list[Layer] = [
        Segments(np.array([[run.threshold, 0.0, run.threshold, 1.0]]), _("threshold"), "muted", dashed=True),
        Curve(_curves(grid, sets), _("whole sets right"), "learned", steps=True),
        Curve(_curves(grid, tags), _("single tags right"), "other", steps=True),
        Points(np.column_stack([best, heights]), _("the most of all thresholds"), "exact", shape="diamond", size=6.0),
    ]
    alt = _("In the last frame most whole sets are right at the threshold {sets}, most single tags at {tags}.").format(
        sets=format_number(best[0], 3), tags=format_number(best[1], 3)
    )
    return Plane(
        _("Rows held out, by threshold"), Axis(_("threshold"), 0.0, 1.0), Axis(_("share right"), 0.0, 1.0), layers, alt
    )


def _curves(grid: Array, heights: Array) -> Array:
    return np.stack([np.broadcast_to(grid, heights.shape), heights], axis=2)


def _table(run: TaggingRun) -> Cells:
    shown = slice(0, SHOWN)
    wrong = int((run.given[-1, shown] != run.Y[shown]).sum())
    alt = _("Tags of this table that are wrong in the last frame: {wrong} of {all}.").format(
        wrong=format_count(wrong), all=format_count(run.Y[shown].size)
    )
    names = [_("row {number}").format(number=format_count(int(place) + 1)) for place in run.held[shown]]
    return Cells(
        _("Probability of each tag; true tags are marked"), run.shares[:, shown], alt, names, run.rows.tags,
        low=0.0, high=1.0, marks=run.Y[shown].astype(np.int64), digits=2)  # fmt: skip


def _one_row(run: TaggingRun) -> Bars:
    row = int(run.Y.sum(axis=1).argmax())  # with the most tags
    names = [tag for tag, has in zip(run.rows.tags, run.Y[row], strict=True) if has]
    sets = [BarSet(run.shares[:, row], _("a sigmoid for each tag")), BarSet(run.one[:, row], _("one softmax"), "other")]
    if run.rows.joint is not None:
        true = run.rows.joint[run.held[row]] @ tag_sets(len(run.rows.tags))
        sets.append(BarSet(true, _("true probability"), "exact"))
    title = _("Row {row}, tagged {tags}") if names else _("Row {row}, without a tag")
    alt = _("In the last frame the sigmoids add up to {sigmoids}, the softmax to 1.").format(
        sigmoids=format_number(float(run.shares[-1, row].sum()), 3)
    )
    filled = title.format(row=format_count(int(run.held[row]) + 1), tags=format_list(names, _("and")))
    return Bars(filled, Axis(_("probability"), 0.0, 1.0), run.rows.tags, sets, alt)


def together(Y: Array, tags: tuple[str, ...]) -> Cells:
    """Return the correlation of each two tags (n, L), empty for one with itself and for one that never varies."""
    centred = Y - Y.mean(axis=0)
    spread = np.sqrt((centred**2).sum(axis=0))
    product = np.outer(spread, spread)
    found = np.divide(centred.T @ centred, product, out=np.full(product.shape, np.nan), where=product > 0)
    np.fill_diagonal(found, np.nan)
    sizes = np.where(np.isnan(found), -1.0, np.abs(found)).round(9)
    first, second = np.unravel_index(int(sizes.argmax()), sizes.shape)
    alt = (
        _("The strongest correlation, {value}, is that of {first} and {second}.").format(
            value=format_number(float(found[first, second]), 2), first=tags[first], second=tags[second])
        if sizes.max() >= 0 else _("No two tags vary, so none are correlated.")
    )  # fmt: skip
    return Cells(_("Correlation of tags, all rows"), found, alt, tags, tags, low=-1.0, high=1.0, digits=2)
