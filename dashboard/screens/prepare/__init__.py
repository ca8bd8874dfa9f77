"""Prepare: a plan for every column, the table before and after, and the code that does the same."""

import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_list
from core.language import _
from dashboard.pipeline import far_values, incoming_recipe, split_choice, tables
from dashboard.pipeline.tables import Preparation
from dashboard.screens.prepare import (
    before_after,
    downloads,
    order_question,
    plan_editor,
    plan_table,
    target_row,
    weak_fills,
)
from dashboard.ui import controls
from dashboard.ui.escape import show_error, show_notes
from dashboard.ui.page import boxes, explained, heading, link

NAMES_SHOWN = 30


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Prepare"),
        _("A model needs numbers without missing values. Every column has a plan: how missing values are filled and "
          "how it becomes numbers. All of it is learnt from the training rows only."),
    )  # fmt: skip
    _choose_split()
    told = st.container()
    incoming_recipe.tell()
    target_row.draw_target_row()
    far_values.warn_of_plan()
    order_question.ask_for_orders()
    plan_editor.draw_plan_editor()
    ready = _prepare()
    plan_table.draw_plan_table(tables.recipe(), ready)
    if ready is None:
        return
    weak_fills.draw_weak_fills(ready)
    with told:
        show_notes(ready.split_notes)
    before_after.draw_before_after(ready)
    _show_tensors(ready)
    downloads.draw_take_home(ready)
    link("train", _("Next: train on these tensors"))


def _choose_split() -> None:
    share, seed = st.columns([2, 1], gap="large")
    with share:
        controls.slider(
            "prepare_test_share",
            _("Share of the rows held out for testing"),
            format="%d%%",
            help=_(
                "Nothing is learnt from these rows; they measure the error of the model on rows it was not fitted on."
            ),
        )
    with seed:
        controls.number("prepare_split_seed", _("Seed of the split"))
    split_choice.draw_split_choice()


def _prepare() -> Preparation | None:
    """Apply the plan. On an error show the reason; the plan can still be changed."""
    try:
        return tables.preparation()
    except InputError as problem:
        show_error(_("This plan cannot be applied. {problem}").format(problem=problem))
        link("data", _("Change it above, or choose another table or target"))
        return None


def _show_tensors(ready: Preparation) -> None:
    prepared = ready.prepared
    st.header(_("The tensors"), anchor=False)
    boxes(
        [
            ("X.shape", str(tuple(prepared.X.shape))),
            ("y.shape", str(tuple(prepared.y.shape))),
            ("dtype", str(prepared.X.dtype).removeprefix("torch.")),
            (_("Training rows"), format_count(len(ready.train))),
            (_("Test rows"), format_count(len(ready.test))),
        ]
    )
    st.text(
        _("The columns of X: {names}").format(names=format_list(prepared.feature_names[:NAMES_SHOWN]))
        + (", …" if len(prepared.feature_names) > NAMES_SHOWN else "")
    )
