"""A recipe that has learnt from training rows, and what it makes of a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.language import ngettext
from core.preprocessing.columns.kinds import as_numbers, is_gap
from core.preprocessing.frames import kept_rows, pick_columns, read_target, take_rows, usable_rows
from core.preprocessing.naming import unique_names
from core.preprocessing.recipes.matrix import write_features
from core.preprocessing.recipes.plans import ColumnPlan
from core.preprocessing.recipes.recipe import Recipe

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class FittedColumn:
    """What the training rows taught about one column.

    `fill_value` is what gaps become, None if they become no value (`own_class`, `drop_rows`). `categories` are the
    values with a feature each, sorted: floats or texts; () for a column encoded as a number. `has_missing_column` says
    whether a last feature marks the gaps. `learnt_from` counts the training rows with a value.
    """

    plan: ColumnPlan
    fill_value: float | str | None
    categories: tuple[float, ...] | tuple[str, ...]
    has_missing_column: bool
    learnt_from: int
    feature_names: tuple[str, ...]


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
    single value among the training rows there is nothing to learn. `reading` says how the table was read.
    """

    recipe: Recipe
    columns: tuple[FittedColumn, ...]
    notes: tuple[str, ...]
    reading: Mapping[str, Any] | None

    @property
    def feature_names(self) -> tuple[str, ...]:
        """The names of the d features; one-hot features are called `<column>_<category>`, as by `get_dummies`."""
        return tuple(name for column in self.columns for name in column.feature_names)

    def features(self, frame: pd.DataFrame) -> Features:
        """Return the features of these rows; the target is not needed. Rows with a gap in a `drop_rows` column go.

        A category the training rows did not have, and a gap in an `own_class` column that had none there, make all
        features of that column 0; a note says where.
        Raises InputError if a column is absent or holds other values than it was fitted on.
        """
        import torch

        keep = kept_rows(frame, self.recipe)
        matrix, notes = write_features(self.columns, take_rows(self._sources(frame), keep))
        return Features(torch.from_numpy(matrix), frame.index[keep], tuple(notes))

    def transform(self, frame: pd.DataFrame) -> Prepared:
        """Return features and labels of the rows that have a target; see `features` for the rest.

        Raises InputError also if the target is absent or no row is left.
        """
        import torch

        keep = usable_rows(frame, self.recipe)
        usable = take_rows(frame, keep)
        features = self.features(usable)
        y = as_numbers(pick_columns(usable, [self.recipe.target])[self.recipe.target], self.recipe.target)
        notes = (*self.notes, *self._row_notes(frame), *features.notes)
        return Prepared(
            features.X, torch.from_numpy(y), list(self.feature_names), features.rows, notes, self.recipe.target
        )

    def filled_cells(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Mark the cells whose gap was filled, or became a class of its own: bool, one column per source column.

        The index is that of `frame`. Rows the recipe drops have nothing filled.
        """
        keep = kept_rows(frame, self.recipe)
        sources = self._sources(frame)
        marks = {}
        for column in self.columns:
            fills = column.fill_value is not None or column.has_missing_column
            marks[column.plan.column] = is_gap(sources[column.plan.column]) & keep & fills
        return pd.DataFrame(marks, index=frame.index)

    def to_script(self, path: str | None = None) -> str:
        """Return a Python script, needing only pandas, numpy and torch, that leaves X, y and feature_names.

        Run on the file the table was read from, X and y equal those of `transform` bit for bit. The file is `path`, or
        where the table was read, or `table.csv`; the script's first argument names another one.
        """
        from core.preprocessing.scripts.writer import write_script

        return write_script(self, path)

    def _sources(self, frame: pd.DataFrame) -> pd.DataFrame:
        return pick_columns(frame, [column.plan.column for column in self.columns])

    def _row_notes(self, frame: pd.DataFrame) -> list[str]:
        unlabelled = is_gap(read_target(frame, self.recipe.target))
        dropped = int((~kept_rows(frame, self.recipe) & ~unlabelled).sum())
        count = int(unlabelled.sum())
        notes = []
        if count:
            notes.append(
                ngettext(
                    "{count} row has no value for the target “{target}” and was left out.",
                    "{count} rows have no value for the target “{target}” and were left out.",
                    count,
                ).format(count=count, target=self.recipe.target)
            )
        if dropped:
            notes.append(
                ngettext(
                    "{count} row was dropped for a gap, as the recipe says.",
                    "{count} rows were dropped for a gap, as the recipe says.",
                    dropped,
                ).format(count=dropped)
            )
        return notes
