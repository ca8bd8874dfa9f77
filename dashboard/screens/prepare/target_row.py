"""The choice of what the target becomes before a model is trained on it."""

import streamlit as st

from core.errors import InputError
from core.formatting import format_number
from core.language import _
from core.preprocessing import FittedTarget
from core.preprocessing.recipes.target_transform import POWER_ENDS
from dashboard.pipeline import tables
from dashboard.pipeline.plan_names import target_transform_names
from dashboard.screens.prepare.plan_changes import change_target
from dashboard.ui.escape import escape_markdown
from dashboard.visit import state

KEY = "prepare_target_transform"


def draw_target_row() -> None:
    """Draw the choice, what was learnt, and which rows forbid what is not offered."""
    try:
        plan = tables.recipe()
    except InputError:  # there is no target, which is told below
        return
    refusals, names = tables.target_refusals(), target_transform_names()
    options = [name for name in names if name not in refusals or name == plan.target_transform]
    state.put(KEY, plan.target_transform)
    st.selectbox(
        _("The target, {name}, becomes").format(name=escape_markdown(plan.target)),
        options,
        format_func=names.__getitem__,
        key=KEY,
        on_change=change_target,
        width=420,
        help=_("A skewed target often has errors that grow with it, and squares of errors follow the largest ones. The "
               "model is trained on the transformed target; predictions and RMSE are told in its own units again."),
    )  # fmt: skip
    for sentence in [*_learnt(), *dict.fromkeys(refusals.values())]:
        st.caption(escape_markdown(sentence))


def _learnt() -> list[str]:
    try:
        target = tables.preparation().fitted.target
    except InputError:  # told below
        return []
    return [] if target is None else [_explain(target)]


def _explain(target: FittedTarget) -> str:
    if target.transform == "standard":
        return _("From the training rows: mean {mean}, standard deviation {deviation}.").format(
            mean=format_number(target.centre), deviation=format_number(target.spread)
        )
    ends = POWER_ENDS.get(target.transform)
    if ends is None:
        return _("A model is trained on {label}.").format(label=target.label)
    sentence = _("A model is trained on {label} with λ = {power}, the most likely for the training rows.")
    if target.power in ends:
        sentence += " " + _("It is the end of the range that is searched; beyond it the likelihood may rise further.")
    return sentence.format(label=target.label, power=format_number(target.power))
