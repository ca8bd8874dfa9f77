"""The levels of the categories of a table, and the one of each that the others are compared with."""

import json
from collections.abc import Iterable, Sequence

from core.preprocessing import FittedRecipe
from core.preprocessing.column_types.infer import write_value
from core.regression.data.validation import Array
from core.regression.diagnostics.level_contrasts import LevelGroup
from dashboard.visit import state

_CHOSEN = "compare_references"  # as JSON: the level chosen for a category, by their names


def level_groups(fitted: FittedRecipe) -> tuple[LevelGroup, ...]:
    """Return the one-hot columns of a recipe; a class "missing" of its own is a level too."""
    groups, first = [], 0
    for column in fitted.columns:
        names = column.feature_names
        if column.plan.encode == "one_hot":
            own = len(names) - (column.has_missing_column and column.plan.was_missing)  # that indicator is no level
            levels = [name.removeprefix(f"{column.plan.column}_") for name in names[:own]]
            columns: list[int | None] = list(range(first, first + own))
            if column.base is not None:
                levels, columns = [*levels, write_value(column.base)], [*columns, None]
            if levels:
                groups.append(LevelGroup(column.plan.column, tuple(levels), tuple(columns)))
        first += len(names)
    return tuple(groups)


def comparable(groups: Iterable[LevelGroup]) -> list[LevelGroup]:
    """Return the categories with more than one level."""
    return [group for group in groups if len(group.levels) > 1]


def references(groups: Sequence[LevelGroup], X: Array) -> list[int]:
    """Return the reference level of each category: the chosen one, else the most frequent one in rows X (n, d)."""
    chosen = _chosen()
    return [
        group.levels.index(chosen[group.name]) if chosen.get(group.name) in group.levels else group.most_frequent(X)
        for group in groups
    ]


def choose_reference(group: LevelGroup, level: int) -> None:
    """Keep a reference level as chosen by the visitor."""
    state.put(_CHOSEN, json.dumps({**_chosen(), group.name: group.levels[level]}, ensure_ascii=False))


def _chosen() -> dict[str, str]:
    """Return what was chosen; a link may hold anything."""
    try:
        found = json.loads(state.get(_CHOSEN, "{}"))
    except (TypeError, ValueError, RecursionError):
        return {}
    return (
        {str(name): level for name, level in found.items() if isinstance(level, str)} if isinstance(found, dict) else {}
    )
