"""How a second table differs from the one that a recipe learnt from."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _, ngettext
from core.preprocessing.frames import check_frame
from core.preprocessing.naming import quote_names
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.read_column import read_column
from core.preprocessing.recipes.recipe import Recipe


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
                "The column {names} is absent, and the recipe needs it; add it, or leave it out of the recipe.",
                "The columns {names} are absent, and the recipe needs them; add them, or leave them out of the recipe.",
                len(absent),
            ).format(names=quote_names(absent))
        )
    if recipe.target not in frame.columns:
        notes.append(
            _("The target {name} is absent: there will be features, but no labels.").format(
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
            "The recipe does not know the column {names}, which is left out.",
            "The recipe does not know the columns {names}, which are left out.",
            len(extra),
        ).format(names=quote_names(extra))
    ]


def _changed(column: FittedColumn, values: pd.Series) -> tuple[str, ...]:
    try:
        return read_column(column, values, np.ones(len(values), dtype=bool)).notes
    except InputError as problem:
        return (str(problem),)
