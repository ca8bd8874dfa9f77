"""How the rows are split: the controls that several screens draw, and what the split does, in sentences."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from core.errors import InputError
from core.language import _
from core.preprocessing import SplitPlan, split_rows
from core.preprocessing.recipes.split_plan import SplitBy
from dashboard.pipeline import plan_choices, tables
from dashboard.ui.escape import show_error
from dashboard.visit import settings, state

BY, COLUMN, COPIES = "prepare_split_by", "prepare_split_column", "prepare_keep_copies"
REFUSED = "refused_split"


def draw_split_choice() -> None:
    """Draw how rows are split, by which column, and whether copies stay on one side; all of it is in the recipe."""
    split = tables.recipe().split
    names = {"random": _("at random"), "group": _("by group"), "time": _("by time")}
    how, which, copies = st.columns([1.4, 1.4, 1.2], gap="large", vertical_alignment="bottom")
    state.put(BY, split.by)
    how.segmented_control(
        _("How rows are split"),
        list(names),
        required=True,
        format_func=names.__getitem__,
        key=BY,
        on_change=_change,
        args=[BY],
        help=_("By group, all rows with the same value in a column, such as a patient, stay on one side. By time, the "
               "last rows are tested on."),
    )  # fmt: skip
    if split.by != "random":
        state.put(COLUMN, split.column)
        which.selectbox(
            _("Column of the groups") if split.by == "group" else _("Column of the times"),
            list(dict.fromkeys([*_columns(split.by), str(split.column)])),
            key=COLUMN,
            on_change=_change,
            args=[COLUMN],
        )
    if split.by != "time":
        state.put(COPIES, split.keep_copies)
        copies.checkbox(
            _("Keep copies on one side"),
            key=COPIES,
            on_change=_change,
            args=[COPIES],
            help=_("Rows that are equal in the target and in every column that becomes features are all trained on or "
                   "all tested on."),
        )  # fmt: skip
    refused = state.choice(REFUSED)
    if refused:
        show_error(refused)


def in_words(split: SplitPlan) -> str | None:
    """Return how rows are split, for a report; None for the usual split at random."""
    if split.by == "time":
        return _("by time: {column}").format(column=split.column)
    if split.by == "group":
        template = _("by group, copies on one side: {column}") if split.keep_copies else _("by group: {column}")
        return template.format(column=split.column)
    return _("at random, copies on one side") if split.keep_copies else None


def _change(widget: str) -> None:
    """Take over the value of a widget. A split that cannot be made is not kept, and the reason is shown."""
    plan, value = tables.recipe(), state.get(widget)
    state.choose(REFUSED, None)
    try:
        split = _changed(plan.split, widget, value)
        changed = replace(plan, split=split)
        share, seed = settings.value("prepare_test_share") / 100, settings.value("prepare_split_seed")
        split_rows(tables.table().frame, changed, share, seed)
    except InputError as problem:
        state.choose(REFUSED, _("The split was not changed. {problem}").format(problem=problem))
        return
    tables.keep_recipe(None if changed == tables.suggested_recipe() else changed)


def _changed(split: SplitPlan, widget: str, value: object) -> SplitPlan:
    if widget == COPIES:
        return replace(split, keep_copies=bool(value))
    if widget == COLUMN:
        return replace(split, column=str(value))
    if value == "random":
        return SplitPlan(keep_copies=split.keep_copies)
    columns = _columns("time" if value == "time" else "group")
    if not columns:
        raise InputError(
            _("To split by time, a column of dates or numbers beside the target is needed; this table has none.")
            if value == "time"
            else _("To split by group, a column beside the target is needed; this table has none.")
        )
    if value == "time":
        return SplitPlan("time", columns[0])
    return SplitPlan("group", columns[0], split.keep_copies)


def _columns(by: SplitBy) -> Sequence[str]:
    """Return the columns by which rows can be split, the most likely ones first."""
    kinds = {name: kind for name, kind in plan_choices.kinds().items() if name != tables.target()}
    of_groups = ("category", "identifier", "text", "number", "yes_no", "date")
    order = ("date", "number", "identifier") if by == "time" else of_groups
    named = [name for kind in order for name, own in kinds.items() if own == kind]
    if by == "time":
        frame = tables.table().frame
        return [name for name in named if frame[name].dtype.kind in "iufM"]
    return named
