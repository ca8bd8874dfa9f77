"""What copies of rows on both sides of the split do to the test error."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.errors import InputError
from core.formatting import format_count, format_number
from core.language import _, ngettext
from core.preprocessing.analysis.leakage.measure import SPLITS, errors_of, most_rows
from core.preprocessing.analysis.leakage.repeated_splits import Average, average_over_splits
from core.preprocessing.column_types.duplicates import Places, count_copies, first_equal_rows
from core.preprocessing.column_types.frames import pick_columns
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.row_groups import draw_groups
from core.preprocessing.recipes.rows import take_rows, usable_rows
from core.preprocessing.recipes.split import compared_columns, split_rows

COLUMNS = ("seed", "honest_test", "leaky_test")


@dataclass(frozen=True, eq=False)
class CopiesLeak:
    """The test error with copies on one side of the split (honest) and on both sides (leaky).

    Attributes:
        copies: how many usable rows equal an earlier one in the target and in every column that becomes features.
        errors: one row per split: seed, and the RMSE on the test rows, in the unit of the label, of the closed form
            trained on the training rows; empty if there are no copies, or if no split could be measured.
        average: that of leaky minus honest, None without errors.
        rows: how many rows the errors are measured on; of a large table a sample that keeps copies together.
        sentence: the result in words.
    """

    copies: int
    errors: pd.DataFrame
    average: Average | None
    rows: int
    sentence: str


def measure_copies(
    frame: pd.DataFrame, recipe: Recipe, test_share: float = 0.2, seed: int = 0, splits: int = SPLITS
) -> CopiesLeak:
    """Split the table with the copies on one side and on both, train on each, and compare the test errors.

    Only whether copies stay together differs: the splits have the seeds `seed`, `seed + 1`, ..., and groups stay
    together in both. Split by time, where the time alone decides, nothing is measured.
    Raises InputError as `split_rows` and `Recipe.fit` do.
    """
    usable = take_rows(frame, usable_rows(frame, recipe))
    first = first_equal_rows(pick_columns(usable, compared_columns(recipe)))
    copies = count_copies(first)
    empty = pd.DataFrame(columns=list(COLUMNS))
    if not copies:
        sentence = _("No two rows are equal in the target and in every feature, so no test row is a copy of a training "
                     "row.")  # fmt: skip
        return CopiesLeak(0, empty, None, len(usable), sentence)
    if recipe.split.by == "time":
        sentence = _("The rows are split by time, which alone decides on which side a copy is; split at random to "
                     "measure what copies do.")  # fmt: skip
        return CopiesLeak(copies, empty, None, len(usable), sentence)
    sample = _whole_classes(usable, first, most_rows(recipe, len(recipe.fit(usable).feature_names)))
    errors = _measure(sample, recipe, test_share, range(seed, seed + splits)) if test_share else empty
    difference = (errors["leaky_test"] - errors["honest_test"]).tolist()
    tested = max(round(test_share * len(sample)), 1)
    average = average_over_splits(difference, max(len(sample) - tested, 1), tested) if difference else None
    return CopiesLeak(copies, errors, average, len(sample), _describe(copies, len(usable), errors, average, recipe))


def _whole_classes(usable: pd.DataFrame, first: Places, most: int) -> pd.DataFrame:
    """Return about as many rows as allowed, drawn with seed 0 so that equal ones come together, in their order."""
    return usable if len(usable) <= most else usable[draw_groups(pd.Series(first), most, 0)]


def _measure(frame: pd.DataFrame, recipe: Recipe, test_share: float, seeds: range) -> pd.DataFrame:
    """Return the errors of the splits that can be measured."""
    found = []
    for seed in seeds:
        try:
            errors = [_test_error(frame, recipe, keep, test_share, seed) for keep in (True, False)]
        except InputError:
            continue
        if np.isfinite(errors).all():
            found.append((seed, *errors))
    return pd.DataFrame(found, columns=list(COLUMNS))


def _test_error(frame: pd.DataFrame, recipe: Recipe, keep_copies: bool, test_share: float, seed: int) -> float:
    chosen = replace(recipe, split=replace(recipe.split, keep_copies=keep_copies))
    train, _test = split_rows(frame, chosen, test_share, seed)
    return errors_of(chosen.fit(frame.loc[train]).transform(frame), train)[1]


def _describe(copies: int, rows: int, errors: pd.DataFrame, average: Average | None, recipe: Recipe) -> str:
    counted = ngettext(
        "{count} of {rows} rows equals an earlier one in the target and in every feature.",
        "{count} of {rows} rows equal an earlier one in the target and in every feature.",
        copies,
    ).format(count=format_count(copies), rows=format_count(rows))
    if average is None:
        return counted + " " + _("What that does to the test error could not be measured.")
    means = errors.mean()
    measured = ngettext(
        "In {splits} split the test RMSE in the unit of “{target}” is {both} with copies on both sides and {one} with "
        "copies on one side.",
        "Over {splits} splits the mean test RMSE in the unit of “{target}” is {both} with copies on both sides and "
        "{one} with copies on one side.",
        average.splits,
    ).format(
        splits=average.splits,
        target=recipe.label,
        both=format_number(means["leaky_test"], 4),
        one=format_number(means["honest_test"], 4),
    )
    return f"{counted} {measured} {_judge(average)}"


def _judge(average: Average) -> str:
    if average.high is not None and average.high < 0:
        return _("The copies make the test error too small.")
    if average.low is None or average.high is None:
        return _("One split is weak evidence.")
    if average.low > 0:
        return _("Here the copies make the test error larger.")
    return _(
        "The 95% interval of the difference, from {low} to {high}, contains 0. The fewer parameters a model has, the "
        "less it remembers of single rows, and the less it gains from copies."
    ).format(low=format_number(average.low, 3), high=format_number(average.high, 3))
