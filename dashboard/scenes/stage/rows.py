"""The rows to draw: which of them, and which are in the minibatch of which update."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.regression.data.minibatches import Rows
from core.regression.data.standardizer import Scaling
from core.regression.data.validation import Array
from dashboard.charts.shared import MOST_POINTS

MOST_NUMBERS = 250_000  # of features of drawn rows
MOST_LIT = 50_000  # rows of minibatches, over all frames
MOST_EXTRA = 60_000  # numbers sent for rows of minibatches that are not drawn themselves
LARGEST = 1e30  # float32 ends at 3e38


@dataclass(frozen=True, eq=False)
class DrawnRows:
    """The rows at `positions` (p,) of the table.

    The first `drawn` of them are points of the scatter, spread evenly over the table; the others are there because a
    minibatch has them. `lit` are positions among them, `counts` (k,) of them for each frame; `all_lit`: every minibatch
    is the whole table instead.
    """

    positions: Rows
    drawn: int
    lit: Rows
    counts: Rows
    all_lit: bool


def choose_rows(minibatches: list[Rows], n: int, d: int) -> DrawnRows:
    """Choose which of n rows with d features to draw, and which rows of each frame's minibatch to highlight."""
    most = min(MOST_POINTS, max(MOST_NUMBERS // d, 3))
    points = np.arange(n) if n <= most else np.linspace(0, n - 1, most).round().astype(np.int64)
    frames = len(minibatches)
    if max(map(len, minibatches), default=0) == n:
        counts = np.array([min(len(rows), 1) for rows in minibatches], dtype=np.int64) * len(points)
        return DrawnRows(points, len(points), np.empty(0, dtype=np.int64), counts, True)
    most_lit = MOST_LIT // frames if n <= most else min(MOST_LIT, MOST_EXTRA // (d + 2)) // frames
    kept = [rows[: max(most_lit, 1)] for rows in minibatches]
    wanted = np.concatenate(kept)
    extra = np.setdiff1d(wanted, points)
    positions = np.concatenate([points, extra])
    order = np.argsort(positions, kind="stable")
    lit = order[np.searchsorted(positions, wanted, sorter=order)]
    return DrawnRows(positions, len(points), lit, np.array([len(rows) for rows in kept], dtype=np.int64), False)


def row_tables(rows: DrawnRows, X: Array, y: Array, scaling: Scaling, residuals: Array) -> dict[str, pd.DataFrame]:
    """Return the tables of the rows: `rows` (row, truth, residual), `features` (z, row after row) and `lit` (place).

    z is (x - centre)/spread. `residuals` (p,) are prediction less truth at the closed form: the error at another
    step is computed from there, so that float32 keeps its digits.
    """
    chosen = rows.positions
    z = scaling.transform(X[chosen])
    return {
        "rows": pd.DataFrame(
            {
                "row": chosen.astype(np.int32),
                "truth": y[chosen].astype(np.float64),
                "residual": np.clip(residuals, -LARGEST, LARGEST).astype(np.float32),
            }
        ),
        "features": pd.DataFrame({"z": np.clip(z, -LARGEST, LARGEST).astype(np.float32).ravel()}),
        "lit": pd.DataFrame({"place": rows.lit.astype(np.uint16 if len(chosen) < 2**16 else np.int32)}),
    }
