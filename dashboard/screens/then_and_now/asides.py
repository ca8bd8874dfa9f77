"""What stands beside three of the steps: tokens for missing, deleting instead of filling, and dummies by value."""

import streamlit as st

from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing import ThenAndNow
from core.preprocessing.analysis.indicators import Indicators
from core.preprocessing.analysis.missing_tokens import WAYS, TokenReading, default_tokens, read_tokens
from dashboard.pipeline import deletion_table
from dashboard.ui import code_runs, text_fields
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit.cache import cache_resource

TOKENS = "then_and_now_tokens"


def show_missing_tokens(run: ThenAndNow) -> None:
    """Draw which spellings read_csv takes for missing, tried on those that are typed."""
    st.subheader(_("What read_csv takes for missing"), anchor=False)
    text = text_fields.field(
        TOKENS,
        _("Tokens to try, separated by commas"),
        help=_("Each becomes a cell of a column of text. Nothing between two commas is an empty cell."),
    )
    tried = text_fields.answer(TOKENS, {TOKENS: text}, _read_tokens).value
    st.code("\n".join(WAYS.values()), language="python", wrap_lines=True)
    table = tried.table.assign(token=tried.table["token"].map(repr))
    for way in WAYS:
        table[way] = tried.table[way].map({True: "NaN", False: ""}).where(tried.table[way], table["token"])
    column = st.column_config.TextColumn
    show_table(
        table,
        hide_index=True,
        column_config={
            "token": column(_("In the file")),
            "default": column(_("By default")),
            "kept": column(_("With keep_default_na=False")),
            "named": column(_("With na_values=['NA'] as well")),
        },
        alt=_("One row per token: whether read_csv reads it as NaN or as text, by each of the three lines."),
    )
    st.markdown(
        _("By default pandas takes these for missing, spelt exactly so, capitals included:")
        + f" {' '.join(f'`{token}`' for token in _defaults() if token)} "
        + _("and an empty cell. Words such as `none`, `na` or `-` are text. With `keep_default_na=False` "
            "nothing is missing but what `na_values` names; an empty cell is then the text `''`, and a column of "
            "numbers that has one becomes a column of text.")
    )  # fmt: skip


def _read_tokens(then_and_now_tokens: str) -> TokenReading:
    return read_tokens(then_and_now_tokens)


@cache_resource(show_spinner=False)
def _defaults() -> tuple[str, ...]:
    return default_tokens()


def show_deletions(run: ThenAndNow) -> None:
    """Draw what deleting leaves, beside filling."""
    st.subheader(_("Or delete what is missing"), anchor=False)
    if not run.deletions:
        st.markdown(_("No input is missing, so there is nothing to delete."))
        return
    by = {each.way: each for each in run.deletions}
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(_("**Delete the rows** with a missing value"))
        if "rows" in by:
            code_runs.show(by["rows"].run, _("Rows deleted"))
    with right:
        st.markdown(_("**Delete the column** with the most missing values"))
        if "column" in by:
            code_runs.show(by["column"].run, _("Column deleted"))
    deletion_table.draw(run.deletions)


def show_indicators(run: ThenAndNow) -> None:
    """Draw which value of a column of text becomes which column, with and without one for missing values."""
    if not run.indicators:
        return
    st.subheader(_("Which value becomes which column"), anchor=False)
    st.markdown(
        _("A row has 1 in the column of its own value and 0 in the others. pandas prints them as `True` and `False` "
          "since version 2, as 1 and 0 before; `dtype=int` gives the numbers, as here.")
    )  # fmt: skip
    for of in run.indicators:
        _show_values(of)


def _show_values(of: Indicators) -> None:
    left, right = st.columns(2, gap="large")
    for place, table, dummy_na in ((left, of.marked, True), (right, of.unmarked, False)):
        with place:
            st.markdown(f"`dummy_na={dummy_na}`" + ("" if dummy_na else " " + _("(the default)")))
            show_table(
                table,
                hide_index=True,
                placeholder="NaN",
                column_config={
                    "value": st.column_config.TextColumn(of.column),
                    "rows": st.column_config.NumberColumn(_("Rows")),
                },
                alt=_("{column}, value by value: the columns of 0 and 1, dummy_na={choice}.").format(
                    column=of.column, choice=dummy_na
                ),
            )
    st.markdown(escape_markdown(_explain_gap(of)))


def _explain_gap(of: Indicators) -> str:
    last = str(of.marked.columns[-1])
    if not of.marked["value"].isna().any():
        sentence = _("“{column}” has no missing value, so “{last}” is 0 in every row.").format(
            column=of.column, last=last
        )
    else:
        gaps = int(of.marked["rows"].iloc[-1])
        sentence = ngettext(
            "The {count} missing value is 1 in “{last}”; with dummy_na=False it is 0 in every column.",
            "The {count} missing values are 1 in “{last}”; with dummy_na=False they are 0 in every column.",
            gaps,
        ).format(count=format_count(gaps), last=last)
    if of.more:
        more = ngettext("{count} more value is not shown.", "{count} more values are not shown.", of.more)
        sentence += " " + more.format(count=format_count(of.more))
    return sentence
