"""The plan for a whole table, as data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import EllipsisType
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.errors import InputError
from core.language import _
from core.preprocessing.recipes.choices import Encode, Fill, Part, Scale
from core.preprocessing.recipes.plans import ColumnPlan, change_plan

if TYPE_CHECKING:
    from core.preprocessing.recipes.fitted import FittedRecipe


@dataclass(frozen=True)
class Recipe:
    """What is to be predicted, and what happens to every other column.

    A column of the table that the recipe does not name is left out. Raises InputError if the target or a column is
    planned twice, or if anything has the wrong type.
    """

    target: str
    columns: tuple[ColumnPlan, ...]

    def __post_init__(self) -> None:
        """Refuse what is not a plan."""
        if not isinstance(self.target, str):
            raise InputError(_("The target has to be the name of a column; {value} came.").format(value=self.target))
        if not isinstance(self.columns, tuple) or not all(isinstance(plan, ColumnPlan) for plan in self.columns):
            raise InputError(_("The columns of a recipe have to be a tuple of column plans."))
        seen = {self.target}
        for plan in self.columns:
            if plan.column in seen:
                raise InputError(
                    _("The column “{column}” is in the recipe twice; name it once, as target or feature.").format(
                        column=plan.column
                    )
                )
            seen.add(plan.column)

    def plan(self, column: str) -> ColumnPlan:
        """Return the plan of one column. Raises InputError if the recipe has none for it."""
        for plan in self.columns:
            if plan.column == column:
                return plan
        raise InputError(_("The recipe has no column “{column}”.").format(column=column))

    def change(
        self,
        columns: str | Sequence[str],
        *,
        fill: Fill | None = None,
        encode: Encode | None = None,
        constant: str | float | None = None,
        was_missing: bool | None = None,
        scale: Scale | None = None,
        base: str | EllipsisType | None = ...,
        most: int | EllipsisType | None = ...,
        order: Sequence[str | float] | EllipsisType | None = ...,
        yes: str | EllipsisType | None = ...,
        parts: Sequence[Part] | None = None,
    ) -> "Recipe":
        """Return a recipe with other choices for these columns; what is not given stays.

        A new encoding brings its own first fill (`mean` for numbers, `own_class` for one-hot, `drop_column` for drop)
        if the present fill does not go with it, or if it takes the column back in, and clears the options that do not
        go with it. A constant stays only with its fill, `was_missing` only with a fill that needs it. None clears a
        base, a limit, an order or a yes.
        Raises InputError for a column the recipe does not have and for choices that do not go together.
        """
        given: dict[str, Any] = {"fill": fill, "encode": encode, "constant": constant, "scale": scale, "parts": parts}
        given = {name: value for name, value in {**given, "was_missing": was_missing}.items() if value is not None}
        clearable = {"base": base, "most": most, "order": order, "yes": yes}
        given |= {name: value for name, value in clearable.items() if value is not ...}
        for name in {"order", "parts"} & set(given):
            if isinstance(given[name], list):
                given[name] = tuple(given[name])
        chosen = [columns] if isinstance(columns, str) else list(columns)
        changed = {column: change_plan(self.plan(column), given) for column in chosen}
        return replace(self, columns=tuple(changed.get(plan.column, plan) for plan in self.columns))

    def to_json(self) -> str:
        """Return the recipe as JSON text, which `from_json` reads back to an equal recipe."""
        from core.preprocessing.recipes.recipe_json import dump_recipe

        return dump_recipe(self)

    @staticmethod
    def from_json(text: str) -> "Recipe":
        """Read what `to_json` wrote. Raises InputError for anything else, saying what was wrong."""
        from core.preprocessing.recipes.recipe_json import parse_recipe

        return parse_recipe(text)

    def to_link(self, suggested: "Recipe") -> str | None:
        """Return what differs from the suggestion as a short text for a link, "" if nothing does.

        None if it is longer than 1,500 characters; then `to_json` is the way to share it.
        """
        from core.preprocessing.recipes.recipe_link import write_link

        return write_link(self, suggested)

    @staticmethod
    def from_link(text: str, suggested: "Recipe") -> "Recipe":
        """Read what `to_link` wrote against the same suggestion. Raises InputError for anything else."""
        from core.preprocessing.recipes.recipe_link import read_link

        return read_link(text, suggested)

    def fit(self, frame: pd.DataFrame) -> "FittedRecipe":
        """Learn fill values and categories from these rows, and from no others: give the training rows only.

        Rows without a target, and rows the plan drops, teach nothing. See `FittedRecipe`.
        Raises InputError if a column is absent or of the wrong kind, if no row is left, or if no feature is left.
        """
        from core.preprocessing.recipes.fitting import fit_recipe

        return fit_recipe(self, frame)
