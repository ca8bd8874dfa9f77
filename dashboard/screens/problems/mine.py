"""Which of them is mine? What the table in use and its target can be, each opened on this table."""

import pandas as pd
import streamlit as st

from core.language import _
from core.problems.kinds import KINDS
from core.problems.mine import Suggestion, suggest_kinds
from dashboard.pipeline import tables
from dashboard.screens.problems import mini
from dashboard.ui.escape import escape_markdown
from dashboard.ui.page import link
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource


def draw_mine() -> None:
    """Draw the kinds that fit the table, the best first, then why the others do not."""
    target = tables.target()
    st.markdown(
        _("The table is **{table}**, and its target is **{target}**. These kinds of problems it could be:").format(
            table=escape_markdown(state.source().name),
            target=escape_markdown(target) if target is not None else _("not chosen"),
        )
    )
    found = _suggestions(tables.table_key(), target, tables.table().frame)
    fitting = [each for each in found if each.fits]
    for each in fitting:
        _row(each)
    if not fitting:
        st.markdown(_("None of the kinds fits this table."))
    others = [each for each in found if not each.fits]
    if others:
        with st.expander(_("Kinds that it is not")):
            lines = [f"- **{_(KINDS[each.kind].title)}:** {escape_markdown(each.why)}" for each in others]
            st.markdown("\n".join(lines))
    st.caption(
        _("Search, sequences, generated data, bandits and decision processes have data of their own, on the map.")
    )
    link("data", _("Choose another table or target"))


def _row(each: Suggestion) -> None:
    kind = KINDS[each.kind]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_(kind.title)}.** {_(kind.question)}  \n{escape_markdown(each.why)}", width="stretch")
        st.button(
            _("Open it on this table"), key=f"problems_mine_{each.kind}", icon=":material/open_in_new:",
            on_click=_open, args=[each.kind],
        )  # fmt: skip


def _open(kind: str) -> None:
    data = f"problems_{kind}_data"
    settings.choose(data, mini.OWN)
    settings.choose("problems_kind", kind)
    settings.choose("problems_view", "kind")


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _suggestions(key: str, target: str | None, _frame: pd.DataFrame) -> list[Suggestion]:
    return suggest_kinds(_frame, target)
