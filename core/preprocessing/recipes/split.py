"""Training rows and test rows."""

from numbers import Integral, Real

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.rows import usable_rows


def split_rows(
    frame: pd.DataFrame, recipe: Recipe, test_share: float = 0.2, seed: int = 0
) -> tuple[pd.Index, pd.Index]:
    """Return the labels of the training rows and of the test rows, each in the order of the table.

    The rows are drawn by a permutation from the seed. Rows without a target, and rows that the recipe drops, are in
    neither. `test_share` is the share of the remaining rows held out, 0 to below 1, rounded to whole rows: 0 gives no
    test rows; any other share gives at least one if there are two rows; one training row always remains.
    Raises InputError for another share, a seed that is no whole number of at least 0, row labels that are not unique,
    and a table in which no row can be used.
    """
    if isinstance(test_share, bool) or not isinstance(test_share, Real) or not 0 <= test_share < 1:
        raise InputError(
            _("The share of test rows has to be at least 0 and below 1; {value} came.").format(value=test_share)
        )
    if isinstance(seed, bool) or not isinstance(seed, Integral) or seed < 0:
        raise InputError(_("The seed has to be a whole number of at least 0; {value} came.").format(value=seed))
    usable = np.flatnonzero(usable_rows(frame, recipe))
    if not frame.index.is_unique:
        raise InputError(_("Row labels have to be unique to split a table; number the rows anew first."))
    wanted = round(test_share * len(usable))
    count = min(max(wanted, 1 if test_share > 0 else 0), len(usable) - 1)
    shuffled = np.random.default_rng(int(seed)).permutation(usable)
    return frame.index[np.sort(shuffled[count:])], frame.index[np.sort(shuffled[:count])]
