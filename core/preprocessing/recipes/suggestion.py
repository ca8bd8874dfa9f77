"""A first recipe for a table that nobody has looked at yet."""

import pandas as pd

from core.errors import InputError
from core.language import _
from core.preprocessing.columns.kinds import column_kind
from core.preprocessing.frames import check_frame, read_target
from core.preprocessing.recipes.choices import encode_choices, fill_choices
from core.preprocessing.recipes.plans import ColumnPlan
from core.preprocessing.recipes.recipe import Recipe


def suggest_recipe(frame: pd.DataFrame, target: str | None = None) -> Recipe:
    """Suggest what to do with each column, by its kind alone.

    Numbers are filled with their mean; categories are encoded one-hot, missing as a class of its own; free text and
    empty columns are dropped. Without a target, the last column of numbers is taken.
    Raises InputError if the target is absent or holds no numbers, or if no column does.

    >>> recipe = suggest_recipe(pd.DataFrame({"Alley": ["Pave", None], "Price": [127500, 106000]}))
    >>> recipe.target, recipe.plan("Alley").fill
    ('Price', 'own_class')
    """
    check_frame(frame)
    kinds = {str(name): column_kind(frame[name]) for name in frame.columns}
    if target is None:
        numbers = [name for name, kind in kinds.items() if kind == "number"]
        if not numbers:
            raise InputError(_("A target has to be a column of numbers; this table has none."))
        target = numbers[-1]
    read_target(frame, target)
    plans = []
    for name, kind in kinds.items():
        if name != target:
            encode = encode_choices(kind)[0]
            plans.append(ColumnPlan(name, fill_choices(kind, encode)[0], encode))
    return Recipe(target, tuple(plans))
