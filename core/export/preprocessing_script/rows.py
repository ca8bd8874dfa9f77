"""The lines of a script about rows: sample, rows left out, training rows."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pandas as pd

from core.errors import InputError
from core.export.preprocessing_script.imputation import write_rows
from core.export.preprocessing_script.literals import literal, write_list
from core.language import _
from core.preprocessing.recipes.row_groups import draw_groups, join_groups, latest_rows, number_groups, number_rows
from core.preprocessing.recipes.split import compared_columns
from core.preprocessing.recipes.split_plan import AT_RANDOM, SplitPlan
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


def write_sides(fitted: "FittedRecipe", reading: Reading) -> Iterator[str]:
    """Write what decides which rows stay together, before values are carried forward or rows are left out.

    Raises InputError for a split by time if it is not known whether the column holds dates or numbers.
    """
    split = fitted.recipe.split
    if split.by != "random":
        column = next((column for column in reading.columns if column.name == split.column), None)
        if split.by == "time" and (column is None or column.kind not in ("date", "number")):
            raise InputError(
                _("A script that splits the rows by “{column}” needs it read as dates or numbers.").format(
                    column=split.column
                )
            )
        place = f"table[{literal(split.column)}]"
        yield f"times = {place}.copy()" if split.by == "time" else f"groups = number_groups({place})"
    if split.keep_copies:
        compared = write_list(compared_columns(fitted.recipe))
        yield f"copies = number_rows([table[name] for name in {compared}])  # equal rows"
        yield "groups = join_groups(groups, copies)" if split.by == "group" else "groups = copies"


def helpers_of_split(split: SplitPlan) -> list[Callable[..., object]]:
    """Return the functions that `write_sides` and `write_split` call."""
    if split.by == "time":
        return [latest_rows]
    needed: list[Callable[..., object]] = [number_groups] if split.by == "group" else []
    needed += [number_rows] if split.keep_copies else []
    needed += [join_groups] if split.by == "group" and split.keep_copies else []
    return [*needed, draw_groups] if needed else []


def write_split(split: SplitPlan, test_share: float, seed: int) -> Iterator[str]:
    """Write how the rows are split into training and test rows; see `split_rows`."""
    least = 1 if test_share > 0 else 0
    if split == AT_RANDOM:
        yield f"shuffled = np.random.default_rng({int(seed)}).permutation(table.index.to_numpy())"
        yield f"count = round({test_share!r} * len(table))"
        yield f"count = min(max(count, {least}), len(table) - 1)  # at least one row is learnt from"
        yield "train, test = np.sort(shuffled[count:]), np.sort(shuffled[:count])"
        return
    yield f"count = min(max(round({test_share!r} * len(table)), {least}), len(table))"
    if split.by == "time":
        yield "tested = latest_rows(times.loc[table.index], count)"
    else:
        yield f"tested = draw_groups(groups.loc[table.index], count, {int(seed)})"
    yield "train, test = table.index[~tested].to_numpy(), table.index[tested].to_numpy()"


def write_training_rows(rows: pd.Index) -> Iterator[str]:
    """Write the labels of the training rows themselves.

    Raises InputError if they are not integers of at least 0, since they cannot be found in the file then.
    """
    if not pd.api.types.is_integer_dtype(rows.dtype) or (len(rows) and rows.min() < 0):
        raise InputError(
            _(
                "A script with models that fill missing values needs rows labelled by their position; call "
                "reset_index(drop=True) first."
            )
        )
    yield f"train = {write_rows(rows.sort_values().to_numpy())}"
