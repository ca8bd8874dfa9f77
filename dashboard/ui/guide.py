"""The foot of every page: what one can do after it, and the next step of the path."""

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import Page

from core.formatting import format_count
from core.language import _
from dashboard.visit import four_days
from dashboard.visit.outcomes import outcomes
from dashboard.visit.path_steps import STEPS
from dashboard.visit.step import Step


def draw_foot(path: str, pages: Mapping[str, Page]) -> None:
    """Draw what is learned on the screen at this path, and one line with the next step; nothing where there is none."""
    if learned := outcomes(path):
        with st.container(border=True):
            st.markdown("\n".join([_("**After this you can**"), "", *(f"- {each}" for each in learned)]))
    step = four_days.step_at(path)
    if step is not None:
        _draw_next(step, pages)


def _draw_next(step: Step, pages: Mapping[str, Page]) -> None:
    way = STEPS
    place, count = way.index(step) + 1, len(way)
    here = _("Step {place} of {count}.").format(place=format_count(place), count=format_count(count))
    with st.container(horizontal=True, vertical_alignment="center"):
        if place < count:
            st.caption(here + " " + _("Next:"), width="content")
            step_link(way[place], pages)
        else:
            st.caption(here + " " + _("This is the last one."), width="content")
        st.page_link(pages["path"], label=_("All steps"), icon=":material/route:")


def step_link(step: Step, pages: Mapping[str, Page], number: int | None = None) -> None:
    """Draw the link to a step, with its number if it is given."""
    name = four_days.title(step)
    st.page_link(
        pages[step.path],
        label=name if number is None else _("{number}. {name}").format(number=format_count(number), name=name),
        icon=four_days.screen_of(step).icon,
        query_params=four_days.query(step),
    )
