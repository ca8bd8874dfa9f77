"""What a gap among numbers or dates becomes, learnt from the training rows."""

from typing import Any

import numpy as np

from core.preprocessing.recipes.dates import read_moment, write_moment
from core.preprocessing.recipes.plans import ColumnPlan
from core.preprocessing.recipes.scales import mean_of, median_of
from core.preprocessing.recipes.sources import Moments, Numbers


def fill_number(plan: ColumnPlan, present: Numbers) -> float | None:
    """Return what gaps become, None if rows with gaps are dropped or a model fills them.

    `present` (m,) are the finite training values, at least one unless a constant fills. Of equally frequent values the
    smallest fills. With `forward`, it is the mean, for rows with nothing above them.
    """
    if plan.fill == "constant":
        return float(plan.constant)  # type: ignore[arg-type]
    if plan.fill == "most_frequent":
        return float(_most_frequent(present))
    if plan.fill == "median":
        return median_of(present)
    return mean_of(present) if plan.fill in ("mean", "forward") else None


def fill_moment(plan: ColumnPlan, present: Moments) -> str | None:
    """Return what gaps among dates become, as text to the microsecond; else as `fill_number`."""
    if plan.fill == "constant":
        return write_moment(read_moment(str(plan.constant)))
    if plan.fill == "most_frequent":
        return write_moment(_most_frequent(present))
    if plan.fill not in ("mean", "median", "forward"):
        return None
    first = present.min()
    since = (present - first).astype(np.float64)  # small numbers lose fewer digits
    middle = np.median(since) if plan.fill == "median" else np.mean(since)
    return write_moment(int(first) + round(float(middle)))


def _most_frequent(present: Numbers) -> Any:  # noqa: ANN401 - a float or a whole number
    values, counts = np.unique(present, return_counts=True)
    return values[counts.argmax()].item()
