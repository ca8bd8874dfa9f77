"""What the miniature of recommendation draws: the ratings seen, the table filled, the errors, and what is knowable."""

import numpy as np
import numpy.typing as npt

from core.formatting import format_count, format_number
from core.language import _
from core.problems.panels import Axis, Cells, Curve, Layer, Panel, Plane, Role
from core.problems.recommendation.ratings import Array
from core.problems.recommendation.run import Recommendation


def draw_panels(run: Recommendation, *, editable: bool) -> list[Panel]:
    """Return the panels; the full table is among them where it is known."""
    ratings = run.ratings
    filled = np.stack([run.filled[at] * run.scales for at in run.shown])
    title, marks = _("Table filled in; ratings seen are marked"), ratings.train.astype(np.int64)
    panels: list[Panel] = [
        _seen(run, editable=editable),
        _table(run, title, filled, _filled_alt(run), marks=marks),
        _errors(run),
    ]
    if run.best is not None:
        alt = _("The full table of ratings, before some were hidden.")
        panels.append(_table(run, _("All ratings, those hidden too"), ratings.values * run.scales, alt, exact=True))
    return [*panels, _knowable(run)]


def _seen(run: Recommendation, *, editable: bool) -> Cells:
    """Return the ratings learned from; those of a visitor with the hidden ones, which are marked."""
    ratings = run.ratings
    if ratings.truth is not None or not ratings.test.any():
        title = _("Ratings seen; click one to change it") if editable else _("Ratings seen")
        return _table(run, title, ratings.seen * run.scales, _seen_alt(run), editable=editable)
    title = (
        _("Ratings, some hidden as a test (marked); click one to change it")
        if editable
        else _("Ratings, some hidden as a test (marked)")
    )
    marks = ratings.test.astype(np.int64)
    return _table(run, title, ratings.values * run.scales, _seen_alt(run), marks=marks, editable=editable)


def _table(
    run: Recommendation,
    title: str,
    values: Array,
    alt: str,
    *,
    marks: npt.NDArray[np.int64] | None = None,
    exact: bool = False,
    editable: bool = False,
) -> Cells:
    """Return a table of people and things, coloured from the smallest rating to the largest."""
    ratings = run.ratings
    given = (ratings.values * run.scales)[np.isfinite(ratings.values)]
    low, high = float(given.min()), float(given.max())
    high = high if high > low else low + 1
    return Cells(title, values, alt, row_names=ratings.people, column_names=ratings.things, low=low,
                 high=high, marks=marks, exact=exact, editable=editable, digits=2)  # fmt: skip


def _knowable(run: Recommendation) -> Cells:
    """Return which cells are seen, determined by those seen, or neither."""
    state = np.where(run.ratings.train, 1.0, np.where(run.determined, 0.5, 0.0))
    words = {1.0: _("seen"), 0.5: _("yes"), 0.0: _("no")}
    return Cells(
        _("Determined by the cells seen, at rank {rank}").format(rank=run.possible_rank),
        state,
        _("Of {unseen} cells not seen, {known} are determined, with one or finitely many values.").format(
            unseen=format_count(int((~run.ratings.train).sum())), known=format_count(known_cells(run))
        ),
        row_names=run.ratings.people,
        column_names=run.ratings.things,
        texts=[[words[each] for each in row] for row in state.tolist()],
        low=0.0,
        high=1.0,
        exact=True,
    )


def known_cells(run: Recommendation) -> int:
    """Return how many cells are determined without being seen."""
    return int((run.determined & ~run.ratings.train).sum())


def _errors(run: Recommendation) -> Plane:
    layers: list[Layer] = [_growing(run, run.train_errors, _("ratings seen"), "data")]
    if run.ratings.test.any():
        layers += [
            _growing(run, run.test_errors, _("hidden ratings"), "learned"),
            _growing(run, [run.means_error] * len(run.filled), _("hidden ratings, by column means"), "muted"),
        ]
    if run.noise_error:
        layers.append(_level(run, run.noise_error, _("hidden ratings, noise alone")))
    if run.best_error:
        layers.append(_level(run, run.best_error, _("all ratings, SVD of the full table")))
    title = _("RMSE, in units of each column's root mean square") if (run.scales != 1).any() else _("RMSE")
    epochs = Axis(_("epoch"), 0.0, float(max(len(run.filled) - 1, 1)))
    return Plane(_("Error after each epoch"), epochs, Axis(title, log=True), layers, _errors_alt(run))


def _errors_alt(run: Recommendation) -> str:
    train = format_number(run.train_errors[-1], 3)
    if not run.ratings.test.any():
        return _("After the last epoch the RMSE is {train} on the ratings seen.").format(train=train)
    return _("After the last epoch the RMSE is {train} on the ratings seen and {test} on those hidden.").format(
        train=train, test=format_number(run.test_errors[-1], 3)
    )


def _growing(run: Recommendation, values: list[float], name: str, role: Role) -> Curve:
    """Return a curve of which each frame shows the epochs up to its own; in the first frame there is none yet."""
    epochs = np.arange(len(values))
    points = np.column_stack([epochs, values])
    shown = np.array(run.shown)[:, None]
    hidden = (epochs[None] > shown) | (shown == 0)
    return Curve(np.where(hidden[..., None], np.nan, points[None]), name, role)


def _level(run: Recommendation, value: float, name: str) -> Curve:
    return Curve(np.array([[0.0, value], [float(max(len(run.filled) - 1, 1)), value]]), name, "exact", dashed=True)


def _seen_alt(run: Recommendation) -> str:
    return _("{seen} of {cells} cells have a rating that is learned from.").format(
        seen=format_count(int(run.ratings.train.sum())), cells=format_count(run.ratings.train.size)
    )


def _filled_alt(run: Recommendation) -> str:
    return _("All cells are predicted; {unknown} of them are not determined by those seen at rank {rank}.").format(
        unknown=format_count(int((~run.determined).sum())), rank=run.possible_rank
    )
