"""A first recipe for a new table, and the reasons for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from core.errors import InputError
from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing.column_types.frames import check_frame, pick_columns, read_target
from core.preprocessing.column_types.infer import Kind, as_labels, column_kinds, is_missing, yes_values
from core.preprocessing.naming import quote_names
from core.preprocessing.recipes.choices import encode_choices, fill_choices
from core.preprocessing.recipes.plan import ColumnPlan
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.split_plan import AT_RANDOM, SplitPlan


def suggest_recipe(frame: pd.DataFrame, target: str | None = None) -> Recipe:
    """Return a recipe with a suggested plan for each column, by its kind.

    Numbers are filled with their mean; categories are encoded one-hot, missing as a class of its own; yes and no become
    1 and 0, missing answers the more frequent one and, if there are any, a feature marks them, since being missing may
    be informative; dates become days, missing ones the median date. Identifiers, free text and empty columns are left
    out. Without a target, the last numeric column is used.
    Raises InputError if the target is absent or holds no numbers, or if no column does.

    >>> recipe = suggest_recipe(pd.DataFrame({"Alley": ["Pave", None], "Price": [127500, 106000]}))
    >>> recipe.target, recipe.plan("Alley").fill
    ('Price', 'own_class')
    """
    check_frame(frame)
    kinds = column_kinds(frame)
    if target is None:
        numbers = [name for name, kind in kinds.items() if kind == "number"]
        if not numbers:
            raise InputError(_("A target has to be a column of numbers; this table has none."))
        target = numbers[-1]
    read_target(frame, target)
    columns = pick_columns(frame, [name for name in kinds if name != target])
    return Recipe(target, tuple(_suggest_plan(values, kinds[str(name)]) for name, values in columns.items()))


def explain_plan(frame: pd.DataFrame, plan: ColumnPlan) -> str:
    """Return in one sentence why this plan is suggested for its column, or, if it is not, what is suggested.

    Raises InputError if the table has no such column.
    """
    values = pick_columns(frame, [plan.column])[plan.column]
    kind = column_kinds(frame[[plan.column]])[plan.column]
    suggested = _suggest_plan(values, kind)
    if plan != suggested:
        return _(
            "You chose this plan; for a column of kind {kind} the encoding {encode} and the fill {fill} are suggested."
        ).format(kind=kind, encode=suggested.encode, fill=suggested.fill)
    gaps = int(is_missing(values).sum())
    if kind == "number":
        return _explain_numbers(gaps)
    if kind == "category":
        return _explain_categories(as_labels(values).nunique(), gaps)
    if kind == "yes_no":
        return _explain_yes_no(str(plan.yes), gaps)
    return _explain_dates(gaps) if kind == "date" else _explain_leaving_out(kind)


def _suggest_plan(values: pd.Series, kind: Kind) -> ColumnPlan:
    name, encode = str(values.name), encode_choices(kind)[0]
    fill = fill_choices(kind, encode)[0]
    if kind != "yes_no":
        return ColumnPlan(name, fill, encode)
    yes = next(iter(yes_values(as_labels(values).dropna().unique())), None)
    return ColumnPlan(name, fill, encode, was_missing=bool(is_missing(values).any()), yes=yes)


def _explain_numbers(gaps: int) -> str:
    if not gaps:
        return _("Numbers go into X as they are; there is no missing value to fill.")
    return ngettext(
        "Numbers go into X as they are; the {count} missing value becomes the mean, which keeps the mean of the "
        "column.",
        "Numbers go into X as they are; the {count} missing values become the mean, which keeps the mean of the "
        "column.",
        gaps,
    ).format(count=format_count(gaps))


def _explain_categories(distinct: int, gaps: int) -> str:
    sentence = (
        _(
            "The categories have no order, so each of the {distinct} becomes a feature of 0 and 1, and so does a "
            "missing value, since being missing may itself be informative."
        )
        if gaps
        else _("The categories have no order, so each of the {distinct} becomes a feature of 0 and 1.")
    )
    return sentence.format(distinct=format_count(distinct))


def _explain_yes_no(yes: str, gaps: int) -> str:
    sentence = (
        _(
            "One feature is enough for yes or no: {yes} becomes 1 and the other 0. A missing value becomes the more "
            "frequent answer, and a second feature marks it, since being missing may itself be informative."
        )
        if gaps
        else _("One feature is enough for yes or no: {yes} becomes 1 and the other 0.")
    )
    return sentence.format(yes=quote_names([yes]))


def _explain_dates(gaps: int) -> str:
    if not gaps:
        return _(
            "Dates become days since 1970-01-01, so that later is larger and a day has the same length everywhere."
        )
    return _("Dates become days since 1970-01-01, so that later is larger; a missing value becomes the median date.")


def _explain_leaving_out(kind: Kind) -> str:
    if kind == "identifier":
        return _(
            "Each value identifies a single row and carries no information about others, so the column is left out."
        )
    if kind == "text":
        return _(
            "Free text would need a feature for nearly every row, describing that row alone, so the column is left out."
        )
    return _("No row has a value, so there is nothing to learn from, and the column is left out.")


@dataclass(frozen=True)
class Adapted:
    """A recipe that was made to fit a table.

    Attributes:
        recipe: it names every column of the table and no other.
        notes: a sentence for each thing that did not fit.
    """

    recipe: Recipe
    notes: tuple[str, ...]


def adapt_recipe(recipe: Recipe, frame: pd.DataFrame) -> Adapted:
    """Return the recipe adapted to this table.

    Planned columns that the table does not have are removed; columns of the table without a plan are left out; a column
    whose kind does not fit its plan gets the suggested one. The columns keep their order in the recipe; those that are
    left out are last.
    Raises InputError if the table has no target of this name, or if it is not numeric.
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
    split = recipe.split if recipe.split.column is None or recipe.split.column in frame.columns else AT_RANDOM
    notes = [*_notes(absent, extra, misfits), *_split_note(recipe, split)]
    return Adapted(replace(recipe, columns=tuple(plans), split=split), tuple(notes))


def _split_note(recipe: Recipe, split: SplitPlan) -> list[str]:
    if split == recipe.split:
        return []
    return [
        _("The recipe splits the rows by “{column}”, which the table does not have; they are split at random.").format(
            column=recipe.split.column
        )
    ]


def _notes(absent: Sequence[str], extra: Sequence[str], misfits: Sequence[str]) -> list[str]:
    notes = []
    if absent:
        notes.append(
            ngettext(
                "{count} column of the recipe is not in the table and was ignored: {names}.",
                "{count} columns of the recipe are not in the table and were ignored: {names}.",
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
