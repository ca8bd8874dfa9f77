"""The choices that belong to one encoding: which categories, in which order, which parts of a date, which constant."""

from collections.abc import Sequence

import streamlit as st

from core.formatting import format_list
from core.language import _, ngettext
from core.preprocessing import ColumnPlan
from dashboard.parts import plan_choices, state
from dashboard.parts.figures import figure
from dashboard.parts.plain import plain
from dashboard.parts.plan_changes import KEEP_ALL, LEVEL, change, turn_order
from dashboard.parts.plan_words import level_name, part_names

MOST_LISTED = 5


def draw_plan_options(plans: Sequence[ColumnPlan]) -> None:
    """Draw what the plans of the chosen columns leave to choose; nothing if that is nothing."""
    if any(plan.fill == "constant" for plan in plans):
        _constant([plan for plan in plans if plan.fill == "constant"])
    encodes = {plan.encode for plan in plans}
    if encodes == {"one_hot"}:
        _one_hot(plans)
    elif encodes == {"ordinal"}:
        _order(plans)
    elif encodes == {"yes_no"}:
        _yes(plans)
    elif encodes == {"date"}:
        _parts(plans)


def _constant(plans: Sequence[ColumnPlan]) -> None:
    agrees, constant = plan_choices.shared(plans, "constant")
    state.put("prepare_constant", str(constant) if agrees else "")
    st.text_input(_("The constant"), key="prepare_constant", on_change=change, args=["constant"], width=280)


def _one_hot(plans: Sequence[ColumnPlan]) -> None:
    most, base = st.columns(2)
    agrees, count = plan_choices.shared(plans, "most")
    state.put("prepare_most", count if agrees else None)
    most.number_input(
        _("Most frequent categories to keep"),
        min_value=1,
        max_value=1000,
        value=None,
        key="prepare_most",
        placeholder=_("all of them") if agrees else _("differs"),
        on_change=change,
        args=["most"],
        help=_("All other categories share one column, “other”. Empty: every category has a column of its own."),
    )
    agrees, level = plan_choices.shared(plans, "base")
    levels = [level_name(level) for level in plan_choices.levels_of([plan.column for plan in plans])]
    names = {KEEP_ALL: _("none: keep all columns"), LEVEL: _("the most frequent category")}
    names |= {f"{LEVEL}{name}": _("the category {name}").format(name=name) for name in levels}
    present = KEEP_ALL if level is None else f"{LEVEL}{level}"
    state.put("prepare_base", present if agrees and present in names else None)
    base.selectbox(
        _("Base level, left without a column"),
        list(names),
        format_func=lambda option: names.get(option, option),
        key="prepare_base",
        placeholder=_("differs"),
        on_change=change,
        args=["base"],
        help=_("All one-hot columns of a feature add up to 1, as the bias does, so one of them says nothing new. "
               "Without the base level each weight is the difference from it."),
    )  # fmt: skip


def _order(plans: Sequence[ColumnPlan]) -> None:
    if not plan_choices.share_values([plan.column for plan in plans]):
        st.caption(
            _("These columns hold different values; choose one, or several with the same, to change their order.")
        )
        return
    levels = plan_choices.levels_of([plan.column for plan in plans])
    agrees, order = plan_choices.shared(plans, "order")
    shown = list(order or levels) if agrees else []  # type: ignore[call-overload]
    state.put("prepare_order", shown)
    st.multiselect(
        _("Order, the lowest first"),
        list(dict.fromkeys([*levels, *shown])),
        format_func=level_name,
        key="prepare_order",
        placeholder=_("differs; choose the lowest first"),
        on_change=change,
        args=["order"],
        help=_("The first becomes 0, the second 1, and so on. Take a value out and choose it again to put it last."),
    )
    left_out = [level for level in levels if level not in shown]
    if shown and left_out:
        st.caption(
            ngettext(
                "Not in the order, so it counts as missing: {names}.",
                "Not in the order, so they count as missing: {names}.",
                len(left_out),
            ).format(names=plain(_listed(left_out)))
        )
    st.button(_("Turn the order around"), on_click=turn_order, icon=":material/swap_vert:", type="tertiary")


def _yes(plans: Sequence[ColumnPlan]) -> None:
    levels = [str(level) for level in plan_choices.levels_of([plan.column for plan in plans])]
    agrees, yes = plan_choices.shared(plans, "yes")
    state.put("prepare_yes", yes if agrees else None)
    st.selectbox(
        _("The value that becomes 1"),
        list(dict.fromkeys([*levels, *([str(yes)] if yes is not None else [])])),
        key="prepare_yes",
        placeholder=_("the word for yes") if agrees else _("differs"),
        on_change=change,
        args=["yes"],
        width=280,
    )


def _parts(plans: Sequence[ColumnPlan]) -> None:
    agrees, parts = plan_choices.shared(plans, "parts")
    state.put("prepare_parts", list(parts) if agrees else [])  # type: ignore[call-overload]
    st.multiselect(
        _("Numbers of the date"),
        list(part_names()),
        format_func=part_names().__getitem__,
        key="prepare_parts",
        placeholder=_("differs"),
        on_change=change,
        args=["parts"],
        help=_("A tensor column for each. Days since 1970 count on with their fraction; the others repeat every year, "
               "month, week or day."),
    )  # fmt: skip


def _listed(levels: Sequence[str | float]) -> str:
    names = format_list(level_name(level) for level in levels[:MOST_LISTED])
    more = len(levels) - MOST_LISTED
    return _("{names} and {count} more").format(names=names, count=figure(more)) if more > 0 else names
