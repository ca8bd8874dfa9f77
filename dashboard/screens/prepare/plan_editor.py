"""The editor of the plan of one column or of many at once. What differs among them is blank."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from core.formatting import format_count, format_list, format_number
from core.language import _, ngettext
from core.preprocessing import ColumnPlan, Recipe
from dashboard.pipeline import plan_choices, tables
from dashboard.pipeline.plan_names import encode_names, fill_names, level_name, part_names, scale_names
from dashboard.screens.prepare import order_question
from dashboard.screens.prepare.plan_changes import (
    KEEP_ALL,
    LEVEL,
    MOST_FREQUENT,
    change,
    keep_frequent,
    suggest_again,
    turn_order,
)
from dashboard.ui.escape import escape_markdown, show_error
from dashboard.visit import state

MOST_LISTED = 5


def draw_plan_options(plans: Sequence[ColumnPlan]) -> None:
    """Draw the options of the plans of the chosen columns, if there are any."""
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
    most, rare, base = st.columns(3)
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
        help=_("All other categories share one column, “other”. If empty, every category has its own column."),
    )
    agrees, count = plan_choices.shared(plans, "min_frequency")
    state.put("prepare_min_frequency", count if agrees else None)
    rare.number_input(
        _("Group levels in fewer training rows than"),
        min_value=1,
        value=None,
        key="prepare_min_frequency",
        placeholder=_("none is grouped") if agrees else _("differs"),
        on_change=change,
        args=["min_frequency"],
        help=_("Rare categories share one column, “other”; so do then categories that no training row has. A weight "
               "learnt from a few rows says little."),
    )  # fmt: skip
    agrees, level = plan_choices.shared(plans, "base")
    levels = [level_name(level) for level in plan_choices.levels_of([plan.column for plan in plans])]
    names = {KEEP_ALL: _("none: keep all columns"), LEVEL: _("the most frequent category")}
    names |= {f"{LEVEL}{name}": _("the category {name}").format(name=name) for name in levels}
    present = KEEP_ALL if level is None else f"{LEVEL}{level}"
    state.put("prepare_base", present if agrees and present in names else None)
    base.selectbox(
        _("Base level, which gets no column"),
        list(names),
        format_func=lambda option: names.get(option, option),
        key="prepare_base",
        placeholder=_("differs"),
        on_change=change,
        args=["base"],
        help=_("The one-hot columns of a feature add up to 1, like the bias, so they are linearly dependent. "
               "Without the base level each weight is the difference from it."),
    )  # fmt: skip


def _order(plans: Sequence[ColumnPlan]) -> None:
    if not plan_choices.share_values([plan.column for plan in plans]):
        st.caption(
            _(
                "These columns have different categories; choose one, or several with the same categories, to change "
                "their order."
            )
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
        help=_(
            "The first becomes 0, the second 1, and so on. Remove a value and choose it again to move it to the end."
        ),
    )
    if order:
        order_question.explain_order([plan.column for plan in plans], shown)
    left_out = [level for level in levels if level not in shown]
    if shown and left_out:
        st.caption(
            ngettext(
                "Not in the order, so it counts as missing: {names}.",
                "Not in the order, so they count as missing: {names}.",
                len(left_out),
            ).format(names=escape_markdown(_listed(left_out)))
        )
    st.button(_("Reverse the order"), on_click=turn_order, icon=":material/swap_vert:", type="tertiary")


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
        _("Parts of the date"),
        list(part_names()),
        format_func=part_names().__getitem__,
        key="prepare_parts",
        placeholder=_("differs"),
        on_change=change,
        args=["parts"],
        help=_("Each becomes a column of X. Days since 1970, fractions included, and the year increase with time; "
               "the others repeat every year, month, week or day."),
    )  # fmt: skip


def _listed(levels: Sequence[str | float]) -> str:
    names = format_list(level_name(level) for level in levels[:MOST_LISTED])
    more = len(levels) - MOST_LISTED
    return _("{names} and {count} more").format(names=names, count=format_number(more)) if more > 0 else names


MOST_EXPLAINED = 3


def draw_plan_editor() -> None:
    """Draw the editor. The plan can be changed even while it cannot be applied."""
    plan = tables.recipe()
    st.header(_("The plan"), anchor=False)
    with st.container(border=True):
        chosen = _choose_columns([column.column for column in plan.columns])
        plans = [plan.plan(name) for name in chosen]
        _explain(plans)
        _draw_fields(plans)
        draw_plan_options(plans)
        refused = state.choice("refused_plan")
        if refused:
            show_error(refused)
        if state.choice("may_keep_frequent"):
            st.button(
                _("Keep the {count} most frequent categories, all others as “other”").format(count=MOST_FREQUENT),
                on_click=keep_frequent,
                icon=":material/filter_list:",
            )
        _offer_suggestion(plan)


def _choose_columns(names: list[str]) -> list[str]:
    picks = plan_choices.quick_picks(names)
    chosen = state.get("prepare_columns")
    if chosen is None or not set(chosen) <= set(names):  # the first visit, or the columns of another table
        state.put("prepare_columns", (picks.get(_("with missing values")) or names)[:1])
    chosen = st.multiselect(
        _("Columns to change"), names, key="prepare_columns", placeholder=_("Choose columns"), persist_state="session"
    )
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    row.caption(_("or at once:"), width="content")
    for label, group in picks.items():
        row.button(
            f"{label} ({format_count(len(group))})",
            key=f"prepare_pick_{label}",
            on_click=state.put,
            args=["prepare_columns", group],
            type="tertiary",
        )
    return chosen


def _explain(plans: Sequence[ColumnPlan]) -> None:
    """Draw the reason of the suggestion if only a few columns are chosen; the table below has all reasons."""
    suggested, reasons = tables.suggested_recipe(), tables.explanations()
    if not 0 < len(plans) <= MOST_EXPLAINED:
        return
    sentences = []
    for plan in plans:
        what = suggested.plan(plan.column)
        sentence = _("Suggested for “{column}”: {encode}; missing values: {fill}. {reason}").format(
            column=plan.column,
            encode=encode_names()[what.encode],
            fill=fill_names()[what.fill],
            reason=reasons[plan.column],
        )
        sentences.append(escape_markdown(sentence))
    st.caption("  \n".join(sentences))


def _draw_fields(plans: Sequence[ColumnPlan]) -> None:
    encode, fill, scale, mark = st.columns(4)
    _field(encode, "encode", _("Becomes"), plans, plan_choices.encodes(plans), encode_names())
    _field(fill, "fill", _("Filled with"), plans, plan_choices.fills(plans), fill_names())
    _field(scale, "scale", _("Scale"), plans, plan_choices.scales(plans), scale_names())
    agrees, marked = plan_choices.shared(plans, "was_missing")
    state.put("prepare_was_missing", ("yes" if marked else "no") if agrees else None)
    names = {"no": _("no"), "yes": _("yes, as 0 and 1")}
    with mark:
        st.selectbox(
            _("A column “was missing”"),
            list(names) if plan_choices.may_mark_gaps(plans) else ["no"],
            format_func=names.__getitem__,
            key="prepare_was_missing",
            placeholder=_placeholder(plans),
            disabled=not plans or not plan_choices.may_mark_gaps(plans),
            on_change=change,
            args=["was_missing"],
            help=_("A second column that is 1 where the value was missing: being missing may itself be informative."),
        )


def _field(
    place: st.delta_generator.DeltaGenerator,
    field: str,
    label: str,
    plans: Sequence[ColumnPlan],
    options: Sequence[str],
    names: Mapping[str, str],
) -> None:
    agrees, value = plan_choices.shared(plans, field)
    state.put(f"prepare_{field}", value if agrees and value in options else None)
    place.selectbox(
        label,
        options,
        format_func=lambda option: names[option],
        key=f"prepare_{field}",
        placeholder=_placeholder(plans),
        disabled=len(options) < 1 or not plans,
        on_change=change,
        args=[field],
    )


def _placeholder(plans: Sequence[ColumnPlan]) -> str:
    return _("differs") if plans else _("no column chosen")


def _offer_suggestion(plan: Recipe) -> None:
    suggested = tables.suggested_recipe()
    if replace(plan, split=suggested.split) != suggested:
        st.button(_("Go back to the suggested plan"), on_click=suggest_again, icon=":material/undo:")
