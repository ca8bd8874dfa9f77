"""The plan, column by column: what a person may change, and what happens when it cannot be carried out."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.errors import InputError
from core.language import _
from core.preprocessing import Recipe, encode_choices, fill_choices
from dashboard.parts import state, tables
from dashboard.parts.plain import show_error


def fill_names() -> dict[str, str]:
    """Return what the ways of filling a gap are called."""
    return {
        "mean": _("the mean"),
        "median": _("the median"),
        "most_frequent": _("the most frequent value"),
        "constant": _("a constant"),
        "own_class": _("a class of its own"),
        "drop_rows": _("drop the rows"),
        "drop_column": _("drop the column"),
    }


def encode_names() -> dict[str, str]:
    """Return what the encodings are called."""
    return {"number": _("as a number"), "one_hot": _("one-hot"), "drop": _("leave out")}


def draw() -> None:
    """Offer the plan of one column, or of many at once, for a change. What differs among them stays blank."""
    plan = tables.recipe()
    names = [column.column for column in plan.columns]
    chosen = state.get("prepare_columns")
    if chosen is None or not set(chosen) <= set(names):  # the first visit, or the columns of another table
        state.put("prepare_columns", _columns_with_gaps(names)[:1])
    st.subheader(_("The plan"), anchor=False)
    places = st.columns([2, 1, 1, 1])
    chosen = places[0].multiselect(
        _("Columns to change"), names, key="prepare_columns", placeholder=_("Choose columns"), persist_state="session"
    )
    kinds = tables.table_profile().set_index("column")["kind"]
    encodes = [encode for encode in encode_names() if all(encode in encode_choices(kinds[name]) for name in chosen)]
    _field(places[1], "encode", _("Becomes"), plan, chosen, encodes, encode_names())
    fills = [
        fill
        for fill in fill_names()
        if all(fill in fill_choices(kinds[name], plan.plan(name).encode) for name in chosen)
    ]
    _field(places[2], "fill", _("Gaps are filled with"), plan, chosen, fills, fill_names())
    constants = {str(plan.plan(name).constant) for name in chosen if plan.plan(name).fill == "constant"}
    if constants:
        state.put("prepare_constant", constants.pop() if len(constants) == 1 else "")
        places[3].text_input(_("The constant"), key="prepare_constant", on_change=_change, args=["constant"])
    refused = state.choice("refused_plan")
    if refused:
        show_error(refused)
    if plan != tables.suggested_recipe():
        st.button(_("Go back to the suggested plan"), on_click=_suggest_again, icon=":material/undo:")


def _field(
    place: st.delta_generator.DeltaGenerator,
    what: str,
    label: str,
    plan: Recipe,
    chosen: list[str],
    options: Sequence[str],
    names: Mapping[str, str],
) -> None:
    present = {getattr(plan.plan(name), what) for name in chosen}
    state.put(f"prepare_{what}", present.pop() if len(present) == 1 else None)
    place.selectbox(
        label,
        options,
        format_func=lambda option: names[option],
        key=f"prepare_{what}",
        placeholder=_("differs") if chosen else _("no column chosen"),
        disabled=not options or not chosen,
        on_change=_change,
        args=[what],
    )


def _columns_with_gaps(names: list[str]) -> list[str]:
    columns = tables.table_profile().set_index("column")
    return [name for name in names if columns.loc[name, "missing"] and columns.loc[name, "kind"] != "empty"] or names


def _change(what: str) -> None:
    """Change the plan as asked. A plan that cannot be carried out is refused with its reason, and the old one stays."""
    chosen, value = state.get("prepare_columns", []), state.get(f"prepare_{what}")
    if value is None:
        return
    before = tables.recipe()
    try:
        if what == "constant":
            changed = _with_constants(before, chosen, str(value))
        elif value == "constant":
            changed = _with_constants(before, chosen, None)
        else:
            changed = before.change(chosen, **{what: value})
        tables.keep_recipe(changed)
        tables.preparation()
    except InputError as problem:
        tables.keep_recipe(before)
        state.choose("refused_plan", _("The plan was not changed. {problem}").format(problem=problem))
    else:
        state.choose("refused_plan", None)


def _with_constants(plan: Recipe, columns: list[str], typed: str | None) -> Recipe:
    """Fill these columns with what was typed, or with a constant to begin with: 0 among numbers, a word elsewhere."""
    kinds = tables.table_profile().set_index("column")["kind"]
    for name in columns:
        constant: str | float
        if kinds[name] == "number":
            constant = 0.0 if typed is None else _as_number(typed, name)
        else:
            constant = _("unknown") if typed is None else typed
        plan = plan.change(name, fill="constant", constant=constant)
    return plan


def _as_number(typed: str, column: str) -> float:
    try:
        return float(typed.replace(",", "."))
    except ValueError:
        raise InputError(
            _("“{column}” holds numbers, and {typed} is not a number; type one like 3.5.").format(
                column=column, typed=repr(typed)
            )
        ) from None


def _suggest_again() -> None:
    tables.keep_recipe(None)
    state.choose("refused_plan", None)
