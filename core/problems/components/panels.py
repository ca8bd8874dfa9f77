"""What the miniature of principal components draws: two numbers a row, the angle, the error, and rows rebuilt."""

import numpy as np

from core.formatting import format_count, format_number, format_percent
from core.language import _
from core.problems.components.principal_components import Array
from core.problems.components.rows import SIDE
from core.problems.components.run import Run
from core.problems.panels import Axis, Bars, BarSet, Cells, Curve, Panel, Pictures, Plane, Points

MOST_DRAWN = 400  # rows
MOST_NAMED = 12  # columns whose weights are shown
LEAST_BARS = 10
SHOWN_DIGITS = 4
FLOOR = 1e-8  # degrees; smaller angles are drawn there, since a logarithmic axis has no 0


def plane_panel(run: Run) -> Plane:
    """Return the first two numbers of each row in the autoencoder's plane, in every frame, and the exact ones."""
    drawn = np.unique(np.linspace(0, len(run.X) - 1, min(len(run.X), MOST_DRAWN)).round().astype(np.int64))
    centred = (run.X - run.components.mean)[drawn]
    learned = np.array([centred @ basis[:2].T for basis in run.turned])
    exact = centred @ run.axes[:2].T
    names = run.rows.classes if run.rows.y is not None else ()
    groups = None if run.rows.y is None else run.rows.y[drawn]
    shares = [format_percent(share, 1) for share in run.components.shares[:2]]
    alt = _("The two first components hold {first} and {second} of the variance of {n} rows.")
    points = Points(learned, _("in the autoencoder's plane"), "learned", groups, names, size=3)
    rings = Points(exact, _("by the SVD"), "exact", shape="ring", size=4)
    return Plane(
        _("Two numbers of each row, turned to the first two components"),
        Axis(_("first number")),
        Axis(_("second number")),
        [points, rings],
        alt.format(first=shares[0], second=shares[1], n=format_count(len(run.X))),
        square=True,
    )


def angle_panel(run: Run) -> Plane:
    """Return the largest angle between the two planes after each recorded step."""
    curve = np.column_stack([run.training.steps, np.maximum(run.angles, FLOOR)])
    alt = _("The angle goes from {first}° to {last}°.")
    return Plane(
        _("Largest angle between the autoencoder's plane and that of the SVD"),
        Axis(_("step"), 0.0),
        Axis(_("degrees"), log=True),
        [Curve(curve, _("angle"), until=np.arange(1, len(curve) + 1))],
        alt.format(first=format_number(run.angles[0], 3), last=format_number(run.angles[-1], 3)),
    )


def error_panel(run: Run) -> Plane:
    """Return the share of the variance that is lost after each recorded step, with the least possible."""
    curve = np.column_stack([run.training.steps, run.lost])
    least = np.array([[0.0, run.least], [run.training.steps[-1] or 1, run.least]])
    is_wide = run.training.diverged is not None
    alt = _("The share of the variance that is lost goes from {first} to {last}; the least possible is {least}.")
    return Plane(
        _("Share of the variance that is lost in rebuilding"),
        Axis(_("step"), 0.0),
        Axis(_("share lost"), None if is_wide else 0.0, log=is_wide),
        [
            Curve(curve, _("autoencoder"), until=np.arange(1, len(curve) + 1)),
            Curve(least, _("least possible (SVD)"), "exact", dashed=True),
        ],
        alt.format(**{name: format_number(one, 4) for name, one in _ends(run).items()}),
    )


def _ends(run: Run) -> dict[str, float]:
    return {"first": float(run.lost[0]), "last": float(run.lost[-1]), "least": run.least}


def shares_panel(run: Run) -> Bars:
    """Return the share of the variance of each component, all up to it as a mark, and what the autoencoder keeps."""
    count = min(len(run.components.shares), max(LEAST_BARS, run.k))
    shares = run.components.shares[:count]
    kept = np.full((len(run.lost), count), np.nan)
    kept[:, run.k - 1] = np.where(run.lost < 1, 1 - run.lost, np.nan)
    needed = int(np.searchsorted(np.cumsum(run.components.shares), 0.9 - 1e-9)) + 1
    alt = _("The first component holds {first} of the variance; for 90% of it {count} are needed.")
    return Bars(
        _("Share of the variance that numbers keep"),
        Axis(_("share"), 0.0, 1.0),
        [str(place + 1) for place in range(count)],
        [
            BarSet(shares, _("component alone"), "data"),
            BarSet(kept, _("autoencoder with {k} numbers").format(k=run.k), "learned"),
            BarSet(np.cumsum(shares), _("components up to here"), "exact"),
        ],
        alt.format(first=format_percent(shares[0], 1), count=needed),
    )


def rebuilt_panels(run: Run, *, are_pictures: bool) -> list[Panel]:
    """Return pictures as they are rebuilt, or the weights of the columns, each learned and exact."""
    return _pictures(run) if are_pictures else _weights(run)


def _pictures(run: Run) -> list[Panel]:
    rows = run.X[:SHOWN_DIGITS]
    frames = len(run.lost)
    rebuilt = np.array([_inked(run, run.rebuilt(place, rows)) for place in range(frames)])
    originals = np.broadcast_to(_inked(run, rows), rebuilt.shape)
    captions = [_("original")] * len(rows) + [_("autoencoder")] * len(rows)
    alt = _("With {k} numbers each, the autoencoder loses {last} of the variance of the digits.")
    title = _("Digits rebuilt from {k} numbers").format(k=run.k)
    exact = _inked(run, run.components.rebuilt(rows, run.k))
    return [
        Pictures(title, np.concatenate([originals, rebuilt], axis=1), captions,
                 alt.format(k=run.k, last=format_number(run.lost[-1], 3))),
        Pictures(_("Digits rebuilt from {k} components").format(k=run.k), exact, [_("SVD")] * len(rows),
                 _("The SVD loses {least} of the variance.").format(least=format_number(run.least, 3)), exact=True),
    ]  # fmt: skip


def _inked(run: Run, rows: Array) -> Array:
    """Return rows of X (m, 64) as pictures (m, 8, 8) with ink between 0 and 1."""
    if run.scaled:
        spread = run.rows.X.std(axis=0)
        rows = run.rows.X.mean(axis=0) + rows * spread
    return np.clip(rows, 0.0, 1.0).reshape(-1, SIDE, SIDE)


def _weights(run: Run) -> list[Panel]:
    """Return the weights of the columns with the largest ones in the first two directions."""
    chosen = np.sort(np.argsort(-np.round(np.abs(run.axes[:2]).max(axis=0), 9), kind="stable")[:MOST_NAMED])
    names = [run.rows.names[place] for place in chosen]
    rows = [_("first"), _("second")]
    heaviest = run.rows.names[int(np.round(np.abs(run.axes[0]), 9).argmax())]
    learned = np.array([basis[:2, chosen] for basis in run.turned])
    alt = _("In the first component {name} has the largest weight, {weight}.")
    text = alt.format(name=heaviest, weight=format_number(float(np.abs(run.axes[0]).max()), 3))
    return [
        Cells(_("Weights of the columns in the autoencoder's plane"), learned, text, rows, names, low=-1.0, high=1.0),
        Cells(_("Weights of the columns in the first two components"), run.axes[:2, chosen], text, rows,
              names, low=-1.0, high=1.0, exact=True),
    ]  # fmt: skip
