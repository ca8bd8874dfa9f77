"""The plan of one column, or of many at once, for a change. What differs among them stays blank."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.formatting import format_count
from core.language import _
from core.preprocessing import ColumnPlan, Recipe
from dashboard.parts import plan_choices, plan_options, state, tables
from dashboard.parts.plain import plain, show_error
from dashboard.parts.plan_changes import MOST_FREQUENT, change, keep_frequent, suggest_again
from dashboard.parts.plan_words import encode_names, fill_names, scale_names

MOST_EXPLAINED = 3


def draw_plan_editor() -> None:
    """Offer the plan for a change. It can be changed even while it cannot be carried out."""
    plan = tables.recipe()
    st.header(_("The plan"), anchor=False)
    with st.container(border=True):
        chosen = _choose_columns([column.column for column in plan.columns])
        plans = [plan.plan(name) for name in chosen]
        _explain(plans)
        _draw_fields(plans)
        plan_options.draw_plan_options(plans)
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
        state.put("prepare_columns", (picks.get(_("with gaps")) or names)[:1])
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
    """Say why the suggestion is what it is, if only a few columns are chosen; the table below says it of all."""
    suggested, reasons = tables.suggested_recipe(), tables.explanations()
    if not 0 < len(plans) <= MOST_EXPLAINED:
        return
    said = []
    for plan in plans:
        what = suggested.plan(plan.column)
        sentence = _("Suggested for “{column}”: {encode}; gaps: {fill}. {reason}").format(
            column=plan.column,
            encode=encode_names()[what.encode],
            fill=fill_names()[what.fill],
            reason=reasons[plan.column],
        )
        said.append(plain(sentence))
    st.caption("  \n".join(said))


def _draw_fields(plans: Sequence[ColumnPlan]) -> None:
    encode, fill, scale, mark = st.columns(4)
    _field(encode, "encode", _("Becomes"), plans, plan_choices.encodes(plans), encode_names())
    _field(fill, "fill", _("Gaps are filled with"), plans, plan_choices.fills(plans), fill_names())
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
            help=_("Beside the filled column, one that is 1 where there was a gap: the gap itself may say something."),
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
    if plan != tables.suggested_recipe():
        st.button(_("Go back to the suggested plan"), on_click=suggest_again, icon=":material/undo:")
