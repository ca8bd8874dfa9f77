"""The rows of the prepared table and their distances, computed once for each norm and scale."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.formatting import format_count, format_general
from core.language import _
from core.preprocessing.recipes.scale import learn_scale, scaled
from core.tensors.distances import distances_between, label_gap_of_any, nearest_rows
from dashboard.pipeline import tables
from dashboard.visit.cache import cache_resource

MOST_PAIRED = 250  # rows with pairwise distances at each move of a slider
MOST_MAPPED = 16

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Rows:
    """The prepared table: X (n, d) as `raw` and `standardised` in `scales`, its labels y (n,), its original cells.

    `scaling` holds centre and spread, (d,) each, of the training rows. `paired` are the rows with pairwise
    distances, `mapped` the drawn ones, in the order of their labels; `left_out` is a sentence on the others.
    """

    key: str
    names: list[str]
    label: str
    scales: Mapping[str, Array]
    scaling: tuple[Array, Array]
    y: Array
    cells: pd.DataFrame
    paired: npt.NDArray[np.int64]
    left_out: str

    @property
    def raw(self) -> Array:
        """The features as prepared, shape (n, d)."""
        return self.scales["raw"]


@dataclass(frozen=True, eq=False)
class Standing:
    """How well distances reflect the label: its mean difference between nearest rows, and between any two rows.

    `cells` are the rows for `distance_map`.
    """

    near_gap: float
    any_gap: float
    cells: pd.DataFrame


def the_rows() -> Rows:
    """Return the rows of the table in use. Raises InputError where there are fewer than two, or no features."""
    ready = tables.preparation()
    return _rows(ready.key, ready, tables.table().frame)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _rows(key: str, _ready: tables.Preparation, _frame: pd.DataFrame) -> Rows:
    prepared = _ready.prepared
    X, y = prepared.X.numpy(), prepared.y.numpy()
    if len(X) < 2 or not X.shape[1]:
        template = _("Distances need at least two rows and one feature, but the prepared table has shape {shape}; "
                     "choose another table.")  # fmt: skip
        raise InputError(template.format(shape=tuple(X.shape)))
    train = prepared.rows.isin(_ready.train)
    learnt = [learn_scale("standard", column) for column in (X[train] if train.any() else X).T]
    centre, spread = np.array(learnt).T
    standard = np.column_stack([scaled(X[:, at], "standard", *learnt[at]) for at in range(X.shape[1])])
    count = min(len(X), MOST_PAIRED)
    template = _("{count} of its {rows} rows, evenly spaced, are compared with each other.")
    return Rows(
        key=key,
        names=list(prepared.feature_names),
        label=prepared.target,
        scales={"raw": X, "standardised": standard},
        scaling=(centre, spread),
        y=y,
        cells=_frame.loc[prepared.rows],
        paired=np.linspace(0, len(X) - 1, count).round().astype(np.int64),
        left_out="" if count == len(X) else template.format(rows=format_count(len(X)), count=count),
    )


def standing(rows: Rows, p: float, scale: str) -> Standing:
    """Return how well distances reflect the label under a norm and on a scale."""
    return _standing(rows.key, p, scale, rows)


@cache_resource(scope="session", max_entries=60, show_spinner=False)
def _standing(key: str, p: float, scale: str, _rows: Rows) -> Standing:
    X, y = _rows.scales[scale][_rows.paired], _rows.y[_rows.paired]
    between = distances_between(X, p)
    near = nearest_rows(between)
    by_label = np.argsort(y, kind="stable")
    mapped = by_label[np.linspace(0, len(y) - 1, min(len(y), MOST_MAPPED)).round().astype(int)]
    part = between[np.ix_(mapped, mapped)]
    places = np.arange(1, len(mapped) + 1)
    labels = np.array([f"{_rows.paired[at]} ({format_general(y[at])})" for at in mapped])
    across, up = (grid.ravel() for grid in np.meshgrid(places, places))
    cells = pd.DataFrame(
        {
            "across": across,
            "up": up,
            "distance": part.ravel(),
            "nearest": nearest_rows(part).nearest[across - 1] + 1 == up,
            "row": labels[across - 1],
            "other": labels[up - 1],
        }
    )
    finite = cells[np.isfinite(cells["distance"])]
    return Standing(near.label_gap(y), label_gap_of_any(y), finite)
