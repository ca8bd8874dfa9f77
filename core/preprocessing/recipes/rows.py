"""Which rows of a table a recipe keeps."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import _
from core.preprocessing.column_types.frames import check_frame, pick_columns, read_target
from core.preprocessing.column_types.infer import is_missing
from core.preprocessing.recipes.recipe import Recipe


def take_rows(frame: pd.DataFrame, keep: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Return the marked rows; the table itself, not a copy, if all are marked."""
    return frame if keep.all() else frame[keep]


def kept_rows(frame: pd.DataFrame, recipe: Recipe) -> npt.NDArray[np.bool_]:
    """Mark the rows that no `drop_rows` column drops, shape (n,)."""
    check_frame(frame)
    keep = np.ones(len(frame), dtype=bool)
    dropping = [plan.column for plan in recipe.columns if plan.is_kept and plan.fill == "drop_rows"]
    for _name, values in pick_columns(frame, dropping).items():
        keep &= ~is_missing(values)
    return keep


def usable_rows(frame: pd.DataFrame, recipe: Recipe) -> npt.NDArray[np.bool_]:
    """Mark the rows that have a target and that the recipe keeps, shape (n,).

    Raises InputError if the target is absent, holds no numbers, or if no row is left.
    """
    keep = kept_rows(frame, recipe) & ~is_missing(read_target(frame, recipe.target))
    if not keep.any():
        raise InputError(
            _(
                "No row is left: each with a value for “{target}” is dropped for a gap elsewhere; fill gaps instead."
            ).format(target=recipe.target)
        )
    return keep
