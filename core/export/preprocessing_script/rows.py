"""The lines of a script about rows: sample, rows left out, training rows."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from core.errors import InputError
from core.export.preprocessing_script.imputation import write_rows
from core.export.preprocessing_script.literals import write_list
from core.language import _
from core.preprocessing.schema import Reading

if TYPE_CHECKING:
    from core.preprocessing.recipes.fitted import FittedRecipe


def write_sample(reading: Reading) -> Iterator[str]:
    """Write how a sample of the rows is drawn, if only a sample was read."""
    if reading.sample is not None:
        yield f"drawn = np.sort(np.random.default_rng(0).permutation(len(table))[:{reading.sample}])"
        yield "table = table.iloc[drawn].reset_index(drop=True)"


def write_left_out(fitted: "FittedRecipe", labelled: bool = True) -> Iterator[str]:
    """Write which rows cannot be used; a value that is not in an order does not drop its row."""
    needed = [plan.column for plan in fitted.recipe.columns if plan.is_kept and plan.fill == "drop_rows"]
    if labelled:
        yield "# Rows that cannot be used: without a label, or with a gap that is not to be filled."
        needed = [fitted.recipe.target, *needed]
    elif needed:
        yield "# Rows that cannot be used: with a gap that is not to be filled."
    if needed:
        yield f"table = table.dropna(subset={write_list(needed)})"
    if any(column.plan.was_missing and column.has_missing_column for column in fitted.columns):
        yield "gaps = gaps.loc[table.index]"


def write_split(test_share: float, seed: int) -> Iterator[str]:
    """Write how the rows are split into training and test rows; see `split_rows`."""
    yield f"shuffled = np.random.default_rng({int(seed)}).permutation(table.index.to_numpy())"
    yield f"count = round({test_share!r} * len(table))"
    least = 1 if test_share > 0 else 0
    yield f"count = min(max(count, {least}), len(table) - 1)  # at least one row is learnt from"
    yield "train, test = np.sort(shuffled[count:]), np.sort(shuffled[:count])"


def write_training_rows(rows: pd.Index) -> Iterator[str]:
    """Write the labels of the training rows themselves.

    Raises InputError if they are not integers of at least 0, since they cannot be found in the file then.
    """
    if not pd.api.types.is_integer_dtype(rows.dtype) or (len(rows) and rows.min() < 0):
        raise InputError(
            _("A script with models that fill gaps needs rows that are labelled by their place; number the rows anew.")
        )
    yield f"train = {write_rows(rows.sort_values().to_numpy())}"
