"""A recipe fitted on training rows, and the tables it prepares."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _, ngettext
from core.preprocessing.column_types.frames import check_frame, pick_columns, read_target
from core.preprocessing.column_types.infer import as_labels, as_numbers, is_missing
from core.preprocessing.naming import quote_names, unique_names
from core.preprocessing.recipes.column_arrays import Mask, moments_of, numbers_of
from core.preprocessing.recipes.dates import A_DAY, read_moment
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.impute import FittedImputer
from core.preprocessing.recipes.notes import row_notes
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.rows import kept_rows, usable_rows
from core.preprocessing.recipes.target_transform import FittedTarget, transform_target
from core.preprocessing.recipes.transform import (
    ReadColumn,
    rank_of,
    read_column,
    read_columns,
    read_filled,
    write_features,
)
from core.preprocessing.schema import Reading

if TYPE_CHECKING:
    import torch


__all__ = ["Features", "FittedColumn", "FittedRecipe", "Prepared"]


@dataclass(frozen=True, eq=False)
class Features:
    """The features of some rows.

    Attributes:
        X (n, d): of float64.
        rows: the labels of the n rows.
        notes: which rows were left out and which values were new.
    """

    X: "torch.Tensor"
    rows: pd.Index
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Prepared:
    """The features and the label of some rows, without a missing or infinite value.

    Attributes:
        X (n, d): of float64.
        y (n,): of float64.
        feature_names: of the d features.
        rows: the labels of the n rows.
        notes: which rows were left out and which values were new.
        target: the name of the label; of a transformed one, such as “log Price”.
        untransformed (n,): the label in the units of the table, None if `y` is in them.
    """

    X: "torch.Tensor"
    y: "torch.Tensor"
    feature_names: list[str]
    rows: pd.Index
    notes: tuple[str, ...]
    target: str
    untransformed: "torch.Tensor | None" = None

    @property
    def frame(self) -> pd.DataFrame:
        """The features and, as the last column, the target; a target named like a feature gets `_2`."""
        names = unique_names([*self.feature_names, self.target])
        values = np.column_stack([self.X.numpy(), self.y.numpy()])
        return pd.DataFrame(values, index=self.rows, columns=pd.Index(names))


@dataclass(frozen=True, eq=False)
class FittedRecipe:
    """A recipe with what it learnt from the training rows alone.

    Attributes:
        recipe: the plan.
        columns: those that become features, in the order of the recipe.
        notes: the columns that could not become features: without a single value among the training rows there is
            nothing to learn.
        reading: how the table was read.
        rows: the labels of the rows it learnt from.
        imputer: the models, if a column is filled by one.
        target: the transform of the target, None if it stays as it is.
    """

    recipe: Recipe
    columns: tuple[FittedColumn, ...]
    notes: tuple[str, ...]
    reading: Reading | None
    rows: pd.Index
    imputer: FittedImputer | None
    target: FittedTarget | None = None

    @property
    def feature_names(self) -> tuple[str, ...]:
        """The names of the d features; one-hot features are called `<column>_<category>`, as by `get_dummies`."""
        return tuple(name for column in self.columns for name in column.feature_names)

    def features(self, frame: pd.DataFrame) -> Features:
        """Return the features of these rows; the target is not needed. Rows missing in a `drop_rows` column are left
        out.

        For a category that no training row has, all features of that column are 0, or it counts as other if there is
        such a feature; in an ordinal column it counts as missing. For a missing value in an `own_class` column that had
        none in the training rows, all its features are 0. A note says where. No feature is ever missing or infinite.
        Raises InputError if a column is absent or holds other values than it was fitted on, and LimitError if the
        matrix would have more than 2**28 cells or a model would take too long to fill the missing values.
        """
        return self._write(frame, kept_rows(frame, self.recipe))

    def transform(self, frame: pd.DataFrame) -> Prepared:
        """Return features and labels of the rows that have a target; see `features` for the rest.

        Raises InputError also if the target is absent or no row is left, and where its transform is not defined.
        """
        import torch

        target = self.recipe.target
        keep = usable_rows(frame, self.recipe)
        features = self._write(frame, keep)
        y = as_numbers(pick_columns(frame, [target])[target][keep], target)
        left_out = () if keep.all() else self._row_notes(frame)
        notes = (*self.notes, *left_out, *features.notes)
        names, rows = list(self.feature_names), features.rows
        if self.target is None:
            return Prepared(features.X, torch.from_numpy(y), names, rows, notes, target)
        plain = np.asarray(y, dtype=np.float64)
        label = torch.from_numpy(transform_target(self.target, plain, rows))
        return Prepared(features.X, label, names, rows, notes, self.target.label, torch.from_numpy(plain))

    def filled(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the columns that become features, filled but not yet encoded or scaled.

        The columns have the order of the table, the rows are those of `features`. Missing values that become a class of
        their own stay missing. Numbers are float64 where a value was filled, dates datetime64[us], categories text or
        numbers; for categories a model's prediction becomes the nearest category.
        Raises as `features`.
        """
        pass

        return fill_missing(self.columns, self.imputer, self._sources(frame), kept_rows(frame, self.recipe))

    def filled_cells(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Mark the cells that were filled, or became a class of their own: bool, one column per source column.

        The index is that of `frame`. In rows that the recipe drops nothing is filled. In an ordinal column a value that
        is not in the order counts as missing.
        """
        every = np.ones(len(frame), dtype=bool)
        keep = kept_rows(frame, self.recipe)
        marks = {}
        for read in read_columns(self.columns, self._sources(frame), every):
            column = read.column
            fills = column.fill_value is not None or column.has_missing_column or column.is_filled_by_model
            marks[column.plan.column] = read.gaps & keep & fills
        return pd.DataFrame(marks, index=frame.index)

    def differences(self, frame: pd.DataFrame) -> tuple[str, ...]:
        """Return a sentence for each difference between this table and the one fitted on; () if there is none.

        Columns that are absent or hold other values, for which `features` raises; columns that the recipe does not
        have; categories that no training row has, with their counts. Raises InputError if this is no table.
        """
        pass

        return find_differences(self.recipe, self.columns, frame)

    def to_script(self, path: str | None = None, split: tuple[float, int] | None = None) -> str:
        """Return a Python script, needing only pandas, numpy and torch, that leaves X, y and feature_names.

        A model that fills missing values needs scikit-learn too. Run on the file the table was read from, X and y equal
        those of `transform` bit for bit. The file is `path`, or where the table was read, or `table.csv`; the script's
        first argument overrides it. With `split`, test share and seed as given to `split_rows`, the script splits the
        rows too.
        """
        from core.export.preprocessing_script.writer import write_script

        return write_script(self, path, split)

    def _write(self, frame: pd.DataFrame, keep: Mask) -> Features:
        import torch

        read = read_filled(self.columns, self.imputer, self._sources(frame), keep)
        rows = frame.index[keep]
        notes = tuple(note for column in read for note in column.notes)
        return Features(torch.from_numpy(write_features(read, len(rows))), rows, notes)

    def _sources(self, frame: pd.DataFrame) -> pd.DataFrame:
        return pick_columns(frame, [column.plan.column for column in self.columns])

    def _row_notes(self, frame: pd.DataFrame) -> tuple[str, ...]:
        unlabelled = is_missing(read_target(frame, self.recipe.target))
        dropped = ~kept_rows(frame, self.recipe) & ~unlabelled
        return row_notes(self.recipe.target, int(unlabelled.sum()), int(dropped.sum()))


def fill_missing(
    columns: Sequence[FittedColumn], imputer: FittedImputer | None, frame: pd.DataFrame, keep: Mask
) -> pd.DataFrame:
    """Return the columns in the order of the table and the rows marked in `keep`; see `FittedRecipe.filled`."""
    read = read_filled(columns, imputer, frame, np.ones(len(frame), dtype=bool))
    filled = {column.column.plan.column: _fill(column, frame[column.column.plan.column]) for column in read}
    return pd.DataFrame({name: filled[name] for name in frame.columns}, index=frame.index)[keep]


def _fill(read: ReadColumn, values: pd.Series) -> pd.Series:
    if not read.gaps.any():
        return values
    column = read.column
    plain = _plain(column, values).mask(read.gaps)
    if column.is_filled_by_model:
        return plain.where(~read.gaps, _predicted(read, values.index).astype(plain.dtype))
    if column.plan.fill == "forward":
        plain = plain.ffill()
    fill = column.fill_value
    if fill is None:
        return plain
    return plain.fillna(pd.Timestamp(np.datetime64(read_moment(str(fill)), "us")) if column.kind == "date" else fill)


def _plain(column: FittedColumn, values: pd.Series) -> pd.Series:
    """Return the column as numbers, dates or text, whatever its dtype."""
    name = column.plan.column
    if column.kind == "date":
        return pd.Series(moments_of(values, name).view("datetime64[us]"), index=values.index)
    if column.of_numbers:
        return pd.Series(numbers_of(values, name).astype(np.float64), index=values.index)
    return as_labels(values)


def _predicted(read: ReadColumn, index: pd.Index) -> pd.Series:
    """Return predictions of a model as values of the column: of categories, the one whose number is nearest."""
    numbers, column = read.numbers(), read.column
    if column.kind == "date":
        moments = np.rint(np.where(read.gaps, numbers, 0.0) * A_DAY).astype(np.int64)
        return pd.Series(moments.view("datetime64[us]"), index=index)
    if column.plan.encode == "number":
        return pd.Series(numbers, index=index)
    ranks = np.array([rank_of(column, category) for category in column.categories])
    nearest = np.abs(numbers[:, np.newaxis] - ranks).argmin(axis=1)
    categories = pd.Series(list(column.categories), dtype="float64" if column.of_numbers else "str")
    return pd.Series(categories.array.take(nearest), index=index)


def find_differences(recipe: Recipe, columns: Sequence[FittedColumn], frame: pd.DataFrame) -> tuple[str, ...]:
    """Return a sentence for each difference; see `FittedRecipe.differences`."""
    check_frame(frame)
    present = [column for column in columns if column.plan.column in frame.columns]
    return (
        *_absent(recipe, columns, frame),
        *_extra(recipe, frame),
        *(note for column in present for note in _changed(column, frame[column.plan.column])),
    )


def _absent(recipe: Recipe, columns: Sequence[FittedColumn], frame: pd.DataFrame) -> list[str]:
    notes = []
    absent = [column.plan.column for column in columns if column.plan.column not in frame.columns]
    if absent:
        notes.append(
            ngettext(
                "The recipe needs the column {names}, which the table does not have; add it, or leave it out of the "
                "recipe.",
                "The recipe needs the columns {names}, which the table does not have; add them, or leave them out "
                "of the recipe.",
                len(absent),
            ).format(names=quote_names(absent))
        )
    if recipe.target not in frame.columns:
        notes.append(
            _("The table has no target {name}: it gives features, but no labels.").format(
                name=quote_names([recipe.target])
            )
        )
    return notes


def _extra(recipe: Recipe, frame: pd.DataFrame) -> list[str]:
    known = {recipe.target, *(plan.column for plan in recipe.columns)}
    extra = [name for name in frame.columns if name not in known]
    if not extra:
        return []
    return [
        ngettext(
            "The recipe has no column {names}, which is left out.",
            "The recipe has no columns {names}, which are left out.",
            len(extra),
        ).format(names=quote_names(extra))
    ]


def _changed(column: FittedColumn, values: pd.Series) -> tuple[str, ...]:
    try:
        return read_column(column, values, np.ones(len(values), dtype=bool)).notes
    except InputError as problem:
        return (str(problem),)
