"""Training rows and test rows."""

from numbers import Integral, Real

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import _
from core.preprocessing.column_types.duplicates import first_equal_rows
from core.preprocessing.column_types.frames import pick_columns
from core.preprocessing.column_types.infer import as_labels, as_numbers, holds_numbers
from core.preprocessing.recipes.column_arrays import moments_of
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.row_groups import draw_groups, join_groups, latest_rows, number_groups
from core.preprocessing.recipes.rows import usable_rows


def split_rows(
    frame: pd.DataFrame, recipe: Recipe, test_share: float = 0.2, seed: int = 0
) -> tuple[pd.Index, pd.Index]:
    """Return the labels of the training rows and of the test rows, each in the order of the table.

    How they are drawn says `recipe.split`: by a permutation from the seed, in whole groups, or the last ones. Rows
    without a target, and rows that the recipe drops, are in neither. `test_share` is the share of the remaining rows
    held out, 0 to below 1, rounded to whole rows: 0 gives no test rows; any other share gives at least one if there are
    two rows; one training row always remains. Rows that stay together make the share as near as they allow.
    Raises InputError for another share, a seed that is no whole number of at least 0, row labels that are not unique,
    a table in which no row can be used, and a split by a column that is absent, has a single value or no times.
    """
    if isinstance(test_share, bool) or not isinstance(test_share, Real) or not 0 <= test_share < 1:
        raise InputError(
            _("The share of test rows has to be at least 0 and below 1; got {value}.").format(value=test_share)
        )
    if isinstance(seed, bool) or not isinstance(seed, Integral) or seed < 0:
        raise InputError(_("The seed has to be a whole number of at least 0; got {value}.").format(value=seed))
    usable = np.flatnonzero(usable_rows(frame, recipe))
    if not frame.index.is_unique:
        raise InputError(_("Row labels have to be unique to split a table; call reset_index(drop=True) first."))
    wanted = max(round(test_share * len(usable)), 1 if test_share > 0 else 0)
    if recipe.split.by == "random" and not recipe.split.keep_copies:
        count = min(wanted, len(usable) - 1)
        shuffled = np.random.default_rng(int(seed)).permutation(usable)
        return frame.index[np.sort(shuffled[count:])], frame.index[np.sort(shuffled[:count])]
    tested = _tested(frame, usable, recipe, min(wanted, len(usable)), int(seed))
    return frame.index[usable[~tested]], frame.index[usable[tested]]


def compared_columns(recipe: Recipe) -> list[str]:
    """Return the columns in which copies are equal: those that become features, and last the target."""
    return [*(plan.column for plan in recipe.columns if plan.is_kept), recipe.target]


def read_times(values: pd.Series) -> pd.Series:
    """Return dates to the microsecond in UTC, or numbers, NaN where missing or infinite.

    Raises InputError if the column holds anything else.
    """
    name = str(values.name)
    if holds_numbers(values) and not values.isna().all():
        return pd.Series(as_numbers(values, name))
    try:
        return pd.Series(moments_of(values, name).view("datetime64[us]"))
    except InputError:
        raise InputError(
            _("To split by time, “{column}” has to hold dates or numbers; choose another column.").format(column=name)
        ) from None


def read_groups(values: pd.Series) -> pd.Series:
    """Return the number of each row's group; a row without a value is a group of its own."""
    numbers = holds_numbers(values)
    return number_groups(pd.Series(as_numbers(values, str(values.name))) if numbers else as_labels(values))


def _tested(
    frame: pd.DataFrame, usable: npt.NDArray[np.int64], recipe: Recipe, count: int, seed: int
) -> npt.NDArray[np.bool_]:
    """Mark which of the usable rows are tested on."""
    split = recipe.split
    if split.column is not None and split.column not in frame.columns:
        raise InputError(
            _("The rows are split by “{column}”, and the table has no such column; choose another split.").format(
                column=split.column
            )
        )
    if split.by == "time":
        times = read_times(pick_columns(frame, [str(split.column)])[str(split.column)].iloc[usable])
        if count and len(usable) > 1 and times.nunique() < 2:
            raise _single(str(split.column))
        return latest_rows(times, count)
    groups = None
    if split.by == "group":
        groups = read_groups(pick_columns(frame, [str(split.column)])[str(split.column)].iloc[usable])
        if count and len(usable) > 1 and groups.nunique() < 2:
            raise _single(str(split.column))
        groups = groups.reset_index(drop=True)
    if split.keep_copies:
        copies = pd.Series(first_equal_rows(pick_columns(frame, compared_columns(recipe)).iloc[usable]))
        groups = copies if groups is None else join_groups(groups, copies)
        if count and len(usable) > 1 and groups.nunique() < 2:
            raise InputError(
                _("All rows are linked as copies of each other, so none can be held out while copies stay on one side.")
            )
    assert groups is not None  # a split at random without copies is drawn elsewhere
    return draw_groups(groups, count, seed)


def _single(column: str) -> InputError:
    return InputError(
        _("“{column}” has the same value in every row, or none, so rows cannot be split by it; choose another.").format(
            column=column
        )
    )
