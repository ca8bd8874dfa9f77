"""A recipe that has learnt from training rows, and what it makes of a table."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.preprocessing.columns.kinds import as_numbers, is_gap
from core.preprocessing.frames import pick_columns, read_target
from core.preprocessing.naming import unique_names
from core.preprocessing.reading.table import Reading
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.imputers import FittedImputer
from core.preprocessing.recipes.matrix import read_filled, write_features
from core.preprocessing.recipes.notes import row_notes
from core.preprocessing.recipes.read_column import read_columns
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.rows import kept_rows, usable_rows
from core.preprocessing.recipes.sources import Mask

if TYPE_CHECKING:
    import torch

__all__ = ["Features", "FittedColumn", "FittedRecipe", "Prepared"]


@dataclass(frozen=True, eq=False)
class Features:
    """X (n, d) of float64, the labels of its n rows, and notes."""

    X: "torch.Tensor"
    rows: pd.Index
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Prepared:
    """X (n, d) and y (n,) of float64, without a missing or infinite value.

    `feature_names` are the names of the d features, `rows` the labels of the n rows; `notes` say which rows were left
    out and which values were new.
    """

    X: "torch.Tensor"
    y: "torch.Tensor"
    feature_names: list[str]
    rows: pd.Index
    notes: tuple[str, ...]
    target: str

    @property
    def frame(self) -> pd.DataFrame:
        """The features and, as the last column, the target; a target named like a feature gets `_2`."""
        names = unique_names([*self.feature_names, self.target])
        values = np.column_stack([self.X.numpy(), self.y.numpy()])
        return pd.DataFrame(values, index=self.rows, columns=pd.Index(names))


@dataclass(frozen=True, eq=False)
class FittedRecipe:
    """A recipe together with what it learnt from the training rows, and from no others.

    `columns` are those that become features, in the order of the recipe. `notes` name those that could not: without a
    single value among the training rows there is nothing to learn. `reading` says how the table was read. `rows` are
    the labels of the rows it learnt from. `imputer` holds the models, if a column is filled by one.
    """

    recipe: Recipe
    columns: tuple[FittedColumn, ...]
    notes: tuple[str, ...]
    reading: Reading | None
    rows: pd.Index
    imputer: FittedImputer | None

    @property
    def feature_names(self) -> tuple[str, ...]:
        """The names of the d features; one-hot features are called `<column>_<category>`, as by `get_dummies`."""
        return tuple(name for column in self.columns for name in column.feature_names)

    def features(self, frame: pd.DataFrame) -> Features:
        """Return the features of these rows; the target is not needed. Rows with a gap in a `drop_rows` column go.

        A category the training rows did not have makes all features of that column 0, or counts as other where there
        is such a feature; in an ordinal column it counts as missing. A gap in an `own_class` column that had none in
        the training rows makes all its features 0. A note says where. No feature is ever missing or infinite.
        Raises InputError if a column is absent or holds other values than it was fitted on, and LimitError if the
        matrix would have more than 2**28 cells or a model would take too long to fill so many gaps.
        """
        return self._write(frame, kept_rows(frame, self.recipe))

    def transform(self, frame: pd.DataFrame) -> Prepared:
        """Return features and labels of the rows that have a target; see `features` for the rest.

        Raises InputError also if the target is absent or no row is left.
        """
        import torch

        target = self.recipe.target
        keep = usable_rows(frame, self.recipe)
        features = self._write(frame, keep)
        y = as_numbers(pick_columns(frame, [target])[target][keep], target)
        left_out = () if keep.all() else self._row_notes(frame)
        notes = (*self.notes, *left_out, *features.notes)
        return Prepared(features.X, torch.from_numpy(y), list(self.feature_names), features.rows, notes, target)

    def filled(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the columns that become features with their gaps filled, not yet encoded or scaled.

        The columns stand in the order of the table, the rows are those of `features`. Gaps that become a class of their
        own stay. Numbers are float64 where a gap was filled, dates datetime64[us], categories text or numbers; among
        categories a model's prediction stands as the category it is nearest to.
        Raises as `features`.
        """
        from core.preprocessing.recipes.filling import fill_gaps

        return fill_gaps(self.columns, self.imputer, self._sources(frame), kept_rows(frame, self.recipe))

    def filled_cells(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Mark the cells whose gap was filled, or became a class of its own: bool, one column per source column.

        The index is that of `frame`. Rows the recipe drops have nothing filled. In an ordinal column a value that is
        not in the order counts as a gap.
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
        """Return a sentence for all that differs between this table and the one learnt from; () if nothing does.

        Columns that are absent or hold other values, for which `features` would raise; columns the recipe does not
        know; categories the training rows did not have, with their counts. Raises InputError if this is no table.
        """
        from core.preprocessing.recipes.differences import find_differences

        return find_differences(self.recipe, self.columns, frame)

    def to_script(self, path: str | None = None, split: tuple[float, int] | None = None) -> str:
        """Return a Python script, needing only pandas, numpy and torch, that leaves X, y and feature_names.

        A model that fills gaps needs scikit-learn too. Run on the file the table was read from, X and y equal those of
        `transform` bit for bit. The file is `path`, or where the table was read, or `table.csv`; the script's first
        argument names another one. With `split`, test share and seed as given to `split_rows`, the script splits
        the rows as well.
        """
        from core.preprocessing.scripts.writer import write_script

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
        unlabelled = is_gap(read_target(frame, self.recipe.target))
        dropped = ~kept_rows(frame, self.recipe) & ~unlabelled
        return row_notes(self.recipe.target, int(unlabelled.sum()), int(dropped.sum()))
