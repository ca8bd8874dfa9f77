"""What a split does: copies on both sides, groups and times, values carried from one side to the other."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.formatting import format_count, format_date, format_number
from core.language import _, ngettext
from core.preprocessing.column_types.duplicates import Places, first_equal_rows
from core.preprocessing.column_types.frames import pick_columns
from core.preprocessing.column_types.infer import is_missing
from core.preprocessing.naming import quote_names
from core.preprocessing.recipes.fitted import FittedRecipe
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.rows import take_rows
from core.preprocessing.recipes.split import compared_columns, read_groups, read_times
from core.preprocessing.recipes.transform import read_column


@dataclass(frozen=True)
class CopiesAcross:
    """Test rows that equal a training row; missing equals missing.

    Attributes:
        tested: how many test rows there are.
        copies: how many of them equal a training row in the target and in every column that becomes features.
        same_features: how many equal one in the latter.
    """

    tested: int
    copies: int
    same_features: int


def count_copies_across(frame: pd.DataFrame, recipe: Recipe, train: pd.Index, test: pd.Index) -> CopiesAcross:
    """Count the test rows that equal a training row. Raises InputError if a column is absent."""
    *features, target = compared_columns(recipe)
    if not len(test) or not features:
        return CopiesAcross(len(test), 0, 0)
    side = np.zeros(len(frame), dtype=np.int8)
    side[frame.index.get_indexer(train)], side[frame.index.get_indexer(test)] = 1, 2
    rows, side = take_rows(pick_columns(frame, [*features, target]), side > 0), side[side > 0]
    counts = [_tested_as_trained(first_equal_rows(part), side) for part in (rows, rows[features])]
    return CopiesAcross(len(test), *counts)


def _tested_as_trained(first: Places, side: npt.NDArray[np.int8]) -> int:
    """Return how many rows on side 2 equal one on side 1."""
    is_trained = np.zeros(len(first), dtype=bool)
    is_trained[first[side == 1]] = True
    return int(is_trained[first[side == 2]].sum())


def describe_split(frame: pd.DataFrame, fitted: FittedRecipe, train: pd.Index, test: pd.Index) -> tuple[str, ...]:
    """Return a sentence for each thing that this split of the table does and that nobody might expect."""
    if not len(test):
        return ()
    return (
        *_describe_sides(frame, fitted.recipe, train, test),
        *_describe_copies(count_copies_across(frame, fitted.recipe, train, test)),
        *_describe_carried(frame, fitted, train, test),
    )


def _describe_sides(frame: pd.DataFrame, recipe: Recipe, train: pd.Index, test: pd.Index) -> list[str]:
    split = recipe.split
    if split.column is None:
        return []
    values = pick_columns(frame, [split.column])[split.column]
    missing = int(is_missing(values.loc[train.append(test)]).sum())
    name = quote_names([split.column])
    if split.by == "group":
        return _describe_groups(values.loc[train], values.loc[test], name, missing)
    return _describe_times(values.loc[test], name, missing)


def _describe_groups(trained: pd.Series, tested: pd.Series, name: str, missing: int) -> list[str]:
    notes = [
        _("Split by {name}: {trained} groups are trained on and {tested} are tested on; none is on both sides.").format(
            name=name,
            trained=format_count(read_groups(trained).nunique()),
            tested=format_count(read_groups(tested).nunique()),
        )
    ]
    if missing:
        sentence = ngettext(
            "{count} row without a value in {name} is a group of its own.",
            "{count} rows without a value in {name} are groups of their own.",
            missing,
        )
        notes.append(sentence.format(count=format_count(missing), name=name))
    return notes


def _describe_times(tested: pd.Series, name: str, missing: int) -> list[str]:
    start = read_times(tested).min()
    shown = format_date(start) if isinstance(start, pd.Timestamp) else format_number(float(start))
    notes = [
        ngettext(
            "Split by {name}: {count} row is tested on, from {start} on; the seed does not matter.",
            "Split by {name}: {count} rows are tested on, from {start} on; the seed does not matter.",
            len(tested),
        ).format(name=name, count=format_count(len(tested)), start=shown)
    ]
    if missing:
        sentence = ngettext(
            "{count} row without a value in {name} is trained on.",
            "{count} rows without a value in {name} are trained on.",
            missing,
        )
        notes.append(sentence.format(count=format_count(missing), name=name))
    return notes


def _describe_copies(across: CopiesAcross) -> list[str]:
    notes = []
    if across.copies:
        sentence = ngettext(
            "{count} of {rows} test rows equals a training row in the target and in every feature, so the test error "
            "is too small.",
            "{count} of {rows} test rows equal a training row in the target and in every feature, so the test error "
            "is too small.",
            across.copies,
        )
        notes.append(sentence.format(count=format_count(across.copies), rows=format_count(across.tested)))
    if across.same_features > across.copies:
        sentence = ngettext(
            "{count} of {rows} test rows equals a training row in every feature, whatever the target.",
            "{count} of {rows} test rows equal a training row in every feature, whatever the target.",
            across.same_features,
        )
        notes.append(sentence.format(count=format_count(across.same_features), rows=format_count(across.tested)))
    return notes


def _describe_carried(frame: pd.DataFrame, fitted: FittedRecipe, train: pd.Index, test: pd.Index) -> list[str]:
    """Return the notes on values that a forward fill carries from test rows to training rows, or the reverse."""
    carried = [column for column in fitted.columns if column.plan.fill == "forward"]
    if not carried:
        return []
    trains, tests = frame.index.isin(train), frame.index.isin(test)
    sources = pick_columns(frame, [column.plan.column for column in carried])
    notes = []
    for column in carried:
        gaps = read_column(column, sources[column.plan.column], np.ones(len(frame), dtype=bool)).gaps
        source = np.maximum.accumulate(np.where(gaps, -1, np.arange(len(frame))))
        filled = gaps & (source >= 0)
        to_train = int((filled & trains & tests[source]).sum())
        to_test = int((filled & tests & trains[source]).sum())
        name = quote_names([column.plan.column])
        if to_train:
            sentence = ngettext(
                "{name}: {count} training row takes its value from a test row above, carried forward.",
                "{name}: {count} training rows take their values from test rows above, carried forward.",
                to_train,
            )
            notes.append(sentence.format(name=name, count=format_count(to_train)))
        if to_test:
            sentence = ngettext(
                "{name}: {count} test row takes its value from a training row above, carried forward.",
                "{name}: {count} test rows take their values from training rows above, carried forward.",
                to_test,
            )
            notes.append(sentence.format(name=name, count=format_count(to_test)))
    return notes
