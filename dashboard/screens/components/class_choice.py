"""The two classes of the visitor's table that bad data is shown on."""

import json

import streamlit as st

from core.errors import InputError
from core.foundations.class_task import ClassProblem, ClassTarget, class_problem, possible_classes
from core.language import _
from dashboard.pipeline import tables
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

CLASS = "components_bad_class"
MOST_ROWS = 5_000  # more would make every fit slow, and show no more


def choose_classes() -> ClassProblem:
    """Draw the choice of what is told apart, and return the rows. Raises InputError if the table has nothing."""
    key = tables.table_key()
    targets = {class_name(target): target for target in _possible(key)}
    if not targets:
        raise InputError(
            _("Two classes are needed: a column with two to twelve levels, or one of numbers. This table has none.")
        )
    if state.get(CLASS) not in targets:
        state.put(CLASS, next(iter(targets)))
    chosen = str(st.selectbox(_("What is told apart"), list(targets), key=CLASS, bind=state.bound(CLASS)))
    seed = settings.value("seed")
    return _problem(json.dumps([key, chosen, seed]), targets[chosen], seed)


def class_name(target: ClassTarget) -> str:
    """Return what a class is called, such as "sex = male", or "price above its median"."""
    if not target.level:
        return _("{column} above its median").format(column=target.column)
    return f"{target.column} = {target.level}"


def other_name(target: ClassTarget) -> str:
    """Return what class 0 is called: the other level of two, or else that it is not class 1."""
    if not target.level:
        return _("{column} at most its median").format(column=target.column)
    levels = [level for level in map(str, tables.levels(target.column)) if level != target.level]
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
