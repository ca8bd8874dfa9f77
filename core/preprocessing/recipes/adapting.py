"""A recipe that was made for one table, carried over to another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from core.errors import InputError
from core.language import _, ngettext
from core.preprocessing.columns.kinds import column_kinds
from core.preprocessing.frames import check_frame
from core.preprocessing.naming import quote_names
from core.preprocessing.recipes.choices import encode_choices
from core.preprocessing.recipes.plans import ColumnPlan
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.suggestion import suggest_recipe


@dataclass(frozen=True)
class Adapted:
    """A recipe that names every column of a table and no other, and a sentence for each thing that did not fit."""

    recipe: Recipe
    notes: tuple[str, ...]


def adapt_recipe(recipe: Recipe, frame: pd.DataFrame) -> Adapted:
    """Return the recipe as it can be used for this table.

    Planned columns that the table does not have go; columns of the table without a plan are left out; a column whose
    kind does not go with its plan gets the suggested one. The columns keep their order in the recipe; those that are
    left out come last.
    Raises InputError if the table has no column to predict of this name, or if it holds no numbers.
    """
    check_frame(frame)
    if recipe.target not in frame.columns:
        raise InputError(
            _("The recipe predicts “{target}”, and the table has no such column; its columns are {names}.").format(
                target=recipe.target, names=quote_names(frame.columns)
            )
        )
    suggested = suggest_recipe(frame, recipe.target)
    kinds = column_kinds(frame)
    known = [plan for plan in recipe.columns if plan.column in frame.columns]
    absent = [plan.column for plan in recipe.columns if plan.column not in frame.columns]
    misfits = [plan.column for plan in known if plan.encode not in encode_choices(kinds[plan.column])]
    planned = {plan.column for plan in known}
    extra = [plan.column for plan in suggested.columns if plan.column not in planned]
    plans = [suggested.plan(plan.column) if plan.column in misfits else plan for plan in known]
    plans += [ColumnPlan(name, "drop_column", "drop") for name in extra]
    return Adapted(replace(recipe, columns=tuple(plans)), tuple(_notes(absent, extra, misfits)))


def _notes(absent: Sequence[str], extra: Sequence[str], misfits: Sequence[str]) -> list[str]:
    notes = []
    if absent:
        notes.append(
            ngettext(
                "{count} column of the recipe is not in the table and was passed over: {names}.",
                "{count} columns of the recipe are not in the table and were passed over: {names}.",
                len(absent),
            ).format(count=len(absent), names=quote_names(absent))
        )
    if extra:
        notes.append(
            ngettext(
                "{count} column of the table is not in the recipe and is left out: {names}.",
                "{count} columns of the table are not in the recipe and are left out: {names}.",
                len(extra),
            ).format(count=len(extra), names=quote_names(extra))
        )
    if misfits:
        notes.append(
            ngettext(
                "{count} column holds another kind of values than the recipe expects and keeps the suggested plan: "
                "{names}.",
                "{count} columns hold another kind of values than the recipe expects and keep the suggested plan: "
                "{names}.",
                len(misfits),
            ).format(count=len(misfits), names=quote_names(misfits))
        )
    return notes
