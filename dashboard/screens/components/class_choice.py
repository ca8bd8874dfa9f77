"""The two classes of the visitor's table that bad data is shown on."""

import json

import streamlit as st

from core.errors import InputError
from core.foundations.class_task import ClassProblem, ClassTarget, class_problem, possible_classes
from core.language import _
from core.preprocessing.column_types.values import write_value
from dashboard.pipeline import tables
from dashboard.ui.escape import escape_markdown, show_error
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

CLASS = "components_bad_class"
WORKED = "_components_bad_worked"  # the last class that had rows enough
MOST_ROWS = 5_000  # more would make every fit slow, and show no more


def choose_classes() -> ClassProblem:
    """Draw the choice of the class to predict, and return the rows. Raises InputError if the table has none."""
    key = tables.table_key()
    targets = {class_name(target): target for target in _possible(key)}
    if not targets:
        raise InputError(
            _("Two classes are needed: a column with two to twelve levels, or one of numbers. This table has none.")
        )
    if state.get(CLASS) not in targets:
        state.put(CLASS, next(iter(targets)))
    chosen = str(st.selectbox(_("Class to predict"), list(targets), key=CLASS, bind=state.bound(CLASS)))
    return _last_valid(key, targets, chosen)


def _last_valid(key: str, targets: dict[str, ClassTarget], chosen: str) -> ClassProblem:
    """Return the rows of the chosen class, or else, with a sentence, of the last one or the first that has any."""
    seed = settings.value("seed")
    worked = state.get(WORKED)
    trouble: InputError | None = None
    for name in (chosen, *([worked] if worked in targets else []), *targets):
        try:
            problem = _problem(json.dumps([key, name, seed]), targets[name], seed)
        except InputError as found:
            trouble = trouble or found
            continue
        if trouble is None:
            state.put(WORKED, name)
        else:
            show_error(str(trouble))
            st.caption(escape_markdown(_("Showing the last valid result, {name}.").format(name=name)))
        return problem
    raise trouble or InputError(_("This table has no two classes; choose another one."))


def class_name(target: ClassTarget) -> str:
    """Return what a class is called, such as "sex = male", or "price above its median"."""
    if not target.level:
        return _("{column} above its median").format(column=target.column)
    return f"{target.column} = {target.level}"


def other_name(target: ClassTarget) -> str:
    """Return what class 0 is called: the other level of two, or else that it is not class 1."""
    if not target.level:
        return _("{column} at most its median").format(column=target.column)
    levels = [level for level in map(write_value, tables.levels(target.column)) if level != target.level]
    if len(levels) == 1:
        return f"{target.column} = {levels[0]}"
    return _("not {name}").format(name=class_name(target))


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _possible(key: str) -> list[ClassTarget]:
    return possible_classes(tables.table().frame)


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _problem(key: str, _target: ClassTarget, seed: int) -> ClassProblem:
    frame = tables.table().frame
    if len(frame) > MOST_ROWS:
        frame = frame.sample(MOST_ROWS, random_state=seed % 2**32)
    return class_problem(frame, _target, seed=seed)
