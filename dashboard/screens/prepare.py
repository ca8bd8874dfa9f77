"""Prepare: a plan for every column, the table before and after, and the code that does the same."""

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from core.language import _, ngettext
from dashboard.parts import knobs, plan_editor, state, tables, views
from dashboard.parts.figures import figure
from dashboard.parts.frame import boxes, explained, heading, link
from dashboard.parts.plain import plain, show_notes
from dashboard.parts.tables import Preparation

ROWS_SHOWN = 30
COLUMNS_SHOWN = 50
TALLEST_CODE = 600  # pixels
LONGEST_CODE = 26  # lines that fit into them
FILLED = "background-color: rgba(230, 159, 0, 0.35)"  # stands out on light and on dark, and is named in words beside it


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Prepare"),
        _("A model needs numbers without gaps. Every column has a plan: how its gaps are filled and how it becomes "
          "numbers. All of it is learnt from the training rows only."),
    )  # fmt: skip
    _choose_split()
    plan_editor.draw()
    ready = tables.preparation()
    _show_plan(ready)
    _show_before_and_after(ready)
    _show_tensors(ready)
    _take_home(ready)
    link("train", _("Next: train on these tensors"))


def _choose_split() -> None:
    share, seed = st.columns([2, 1], gap="large")
    with share:
        knobs.slider(
            "prepare_test_share",
            _("Share of the rows held out for testing"),
            format="%d%%",
            help=_("These rows are never learnt from; they show how the model does on rows it has not seen."),
        )
    with seed:
        knobs.number("prepare_split_seed", _("Seed of the split"))


def _show_plan(ready: Preparation) -> None:
    fitted = {column.plan.column: column for column in ready.fitted.columns}
    kinds = tables.table_profile().set_index("column")["kind"].map(views.kind_names())
    gaps = tables.table().frame.loc[ready.train].isna().sum()
    rows = [
        {
            _("Column"): plan.column,
            _("Kind"): kinds[plan.column],
            _("Gaps in training rows"): int(gaps[plan.column]),
            _("Becomes"): plan_editor.encode_names()[plan.encode],
            _("Gaps are filled with"): plan_editor.fill_names()[plan.fill],
            _("Value learnt"): _learnt(fitted[plan.column].fill_value) if plan.column in fitted else "",
            _("Tensor columns"): len(fitted[plan.column].feature_names) if plan.column in fitted else 0,
        }
        for plan in ready.recipe.columns
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height=min(38 + 35 * len(rows), 388),
        alt=_("The plan: one row per column, how its gaps are filled and what it becomes."),
    )


def _learnt(value: object) -> str:
    if value is None:
        return ""
    return figure(value) if isinstance(value, float) else str(value)


def _show_before_and_after(ready: Preparation) -> None:
    st.subheader(_("Before and after"), anchor=False)
    frame = tables.table().frame.loc[ready.prepared.rows]
    filled = ready.fitted.filled_cells(frame)
    with_gaps = filled.any(axis=1)
    shown = frame.index[with_gaps][:ROWS_SHOWN] if with_gaps.any() else frame.index[:ROWS_SHOWN]
    before, marks = frame.loc[shown, [*filled.columns, ready.recipe.target]], filled.loc[shown]
    after = ready.fitted.transform(frame.loc[shown]).frame
    left, right = st.columns(2, gap="large")
    left.markdown(_("**Before**: the table as it was read"))
    left.dataframe(_painted(before, marks), placeholder=_("missing"), alt=_("The table before, gaps shaded."))
    right.markdown(_("**After**: the tensors X and y"))
    right.dataframe(_painted(after, _filled_features(ready, marks)), alt=_("The tensors, filled cells shaded."))
    count = int(filled.to_numpy().sum())
    told = ngettext("{count} cell was filled.", "{count} cells were filled.", count).format(count=f"{count:,}")
    where = (
        _("Shown are the first {shown} of {rows} rows with gaps; what was filled is shaded and comes first.").format(
            shown=len(shown), rows=f"{int(with_gaps.sum()):,}"
        )
        if count
        else _("Shown are the first {shown} rows.").format(shown=len(shown))
    )
    left_out = max(after.shape[1] - COLUMNS_SHOWN, 0)
    more = (
        ngettext(
            "{count} more tensor column is not shown.", "{count} more tensor columns are not shown.", left_out
        ).format(count=left_out)
        if left_out
        else ""
    )
    st.caption(f"{told} {where} {more}")
    show_notes(ready.notes)


def _filled_features(ready: Preparation, filled: pd.DataFrame) -> pd.DataFrame:
    """Say of every tensor column whether its cell comes from a gap."""
    return pd.DataFrame(
        {feature: filled[column.plan.column] for column in ready.fitted.columns for feature in column.feature_names},
        index=filled.index,
    )


def _painted(frame: pd.DataFrame, filled: pd.DataFrame) -> Styler:
    """Shade what was filled, put the columns in which anything was first, and show as many as a person can look at."""
    marks = filled.reindex(columns=frame.columns, fill_value=False)
    order = sorted(frame.columns, key=lambda column: not marks[column].any())[:COLUMNS_SHOWN]
    shades = marks[order].map(lambda mark: FILLED if mark else "")
    numbers = frame[order].select_dtypes("number").columns
    return frame[order].style.apply(lambda _frame: shades, axis=None).format("{:.10g}", subset=numbers)


def _show_tensors(ready: Preparation) -> None:
    prepared = ready.prepared
    st.subheader(_("The tensors"), anchor=False)
    boxes(
        [
            ("X.shape", str(tuple(prepared.X.shape))),
            ("y.shape", str(tuple(prepared.y.shape))),
            ("dtype", str(prepared.X.dtype).removeprefix("torch.")),
            (_("Training rows"), f"{int(prepared.rows.isin(ready.train).sum()):,}"),
            (_("Test rows"), f"{int(prepared.rows.isin(ready.test).sum()):,}"),
        ]
    )
    st.text(
        _("The columns of X: {names}").format(names=", ".join(prepared.feature_names[:ROWS_SHOWN]))
        + (", …" if len(prepared.feature_names) > ROWS_SHOWN else "")
    )


def _take_home(ready: Preparation) -> None:
    st.subheader(_("Take it home"), anchor=False)
    name = state.source().name
    script = ready.fitted.to_script(name)
    stem = name.rpartition(".")[0] or name
    buttons = st.container(horizontal=True)
    buttons.download_button(
        _("Prepared table (CSV)"),
        lambda: ready.prepared.frame.to_csv(index=False).encode(),
        file_name=f"{stem}_prepared.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
    buttons.download_button(
        _("Script (Python)"),
        script.encode(),
        file_name=f"prepare_{stem}.py",
        mime="text/x-python",
        on_click="ignore",
        icon=":material/download:",
    )
    with st.expander(_("The code: the same with pandas and torch"), icon=":material/code:", expanded=True):
        st.code(script, language="python", height=TALLEST_CODE if script.count("\n") > LONGEST_CODE else "content")
        st.caption(
            plain(_("Save it beside {name} and run it: X and y are the tensors above, bit for bit.").format(name=name))
        )
