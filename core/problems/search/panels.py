"""What the miniature of search draws: the pictures found one by one, and the metrics after each."""

import math

import numpy as np
import numpy.typing as npt

from core.formatting import format_fixed, format_percent
from core.language import _
from core.problems.panels import Axis, Curve, Layer, Panel, Pictures, Plane, Role, Segments
from core.problems.search.digit_pictures import SIDE, Array
from core.problems.search.nearest_pictures import Found
from core.problems.search.ranking_metrics import ndcg_at, precision_at
from core.problems.search.run import Search


def draw_panels(run: Search, results: int) -> list[Panel]:
    """Return the panels: what pixels find, what the network finds, precision, nDCG, and the mean of many queries."""
    return [
        _pictures(run, run.pixels, results, _("Nearest by pixels; the first picture can be painted"), paintable=True),
        _pictures(run, run.network, results, _("Nearest by the network's hidden layer"), paintable=False),
        _precision(run, results),
        _ndcg(run, results),
        _mean(run, results),
    ]


def _pictures(run: Search, found: Found, results: int, title: str, *, paintable: bool) -> Pictures:
    """Return the query and, frame by frame, what was found; places not reached yet are blank."""
    images = np.zeros((results + 1, results + 1, SIDE, SIDE))
    images[:, 0] = run.image.reshape(SIDE, SIDE)
    tones = np.zeros((results + 1, results + 1), dtype=np.int64)
    labels = run.pictures.labels[found.places]
    captions = [[_("query: {digit}").format(digit=run.label), *[""] * results] for _frame in range(results + 1)]
    for at in range(1, results + 1):
        images[at:, at] = run.pictures.pixels[found.places[at - 1]].reshape(SIDE, SIDE)
        tones[at:, at] = 1 if found.right[at - 1] else -1
        for frame in range(at, results + 1):
            captions[frame][at] = f"{at}: {labels[at - 1]}"
    right = int(found.right[:results].sum())
    alt = _("{right} of the first {k} pictures show the digit {digit}, as the query does.")
    return Pictures(title, images, captions, alt.format(right=right, k=results, digit=run.label), tones,
                    paintable=paintable)  # fmt: skip


def _precision(run: Search, results: int) -> Plane:
    places = np.arange(1, results + 1)
    curves = [precision_at(found.right[:results]) for found in (run.pixels, run.network)]
    alt = _("Precision at {k}: {pixels} by pixels, {network} by the network, {chance} by chance.")
    return Plane(
        _("Precision at k of this query"),
        _axis_of_places(results),
        Axis(_("precision at k"), 0.0, 1.0),
        (
            _still(places, np.minimum(run.total, places) / places, _("best order")),
            _still(places, np.full(results, run.total / run.rows), _("by chance")),
            _growing(curves[0], _("pixels"), "other"),
            _growing(curves[1], _("network"), "learned"),
        ),
        alt.format(k=results, pixels=format_percent(float(curves[0][-1])), network=format_percent(float(curves[1][-1])),
                   chance=format_percent(run.total / run.rows)),
    )  # fmt: skip


def _ndcg(run: Search, results: int) -> Plane:
    curves = [ndcg_at(found.right[:results], run.total) for found in (run.pixels, run.network)]
    alt = _("nDCG at {k}: {pixels} by pixels, {network} by the network; the best order has 1.")
    return Plane(
        _("nDCG at k of this query"),
        _axis_of_places(results),
        Axis(_("nDCG at k"), 0.0, 1.0),
        (
            _still(np.arange(1, results + 1), np.ones(results), _("best order")),
            _growing(curves[0], _("pixels"), "other"),
            _growing(curves[1], _("network"), "learned"),
        ),
        alt.format(
            k=results, pixels=format_fixed(float(curves[0][-1]), 3), network=format_fixed(float(curves[1][-1]), 3)
        ),
    )


def _mean(run: Search, results: int) -> Plane:
    queries = len(run.table_pixels)
    layers: list[Layer] = []
    ends: list[str] = []
    sides: tuple[tuple[Array, str, Role, float], ...] = (
        (run.table_pixels, _("pixels"), "other", -0.12),
        (run.table_network, _("network"), "learned", 0.12),
    )
    for table, name, role, aside in sides:
        mean, error = table.mean(axis=0), table.std(axis=0, ddof=1) / math.sqrt(queries)
        places = np.arange(1, results + 1) + aside
        bars = np.column_stack([places, mean - error, places, mean + error])
        layers += [
            _growing(mean, name, role, aside),
            Segments(_revealed(bars), "", role),
        ]
        ends.append(format_percent(float(mean[-1]), 1))
    alt = _("Over {queries} queries the precision at {k} is {pixels} by pixels and {network} by the network.")
    return Plane(
        _("Mean precision at k of {queries} other queries, with standard errors").format(queries=queries),
        _axis_of_places(results),
        Axis(_("mean precision at k")),
        layers,
        alt.format(queries=queries, k=results, pixels=ends[0], network=ends[1]),
    )


def _axis_of_places(results: int) -> Axis:
    return Axis(_("k, the pictures shown"), 0.5, results + 0.5)


def _still(places: npt.ArrayLike, values: Array, name: str) -> Curve:
    return Curve(np.column_stack([np.asarray(places, dtype=np.float64), values]), name, "exact", dashed=True)


def _growing(values: Array, name: str, role: Role, aside: float = 0.0) -> Curve:
    return Curve(_revealed(np.column_stack([np.arange(1, len(values) + 1) + aside, values])), name, role)


def _revealed(rows: Array) -> Array:
    """Return rows (k, d) as frames (k + 1, k, d), of which frame i has the first i; the others are NaN."""
    hidden = np.arange(len(rows))[None, :] >= np.arange(len(rows) + 1)[:, None]
    return np.where(hidden[..., None], np.nan, rows[None])
