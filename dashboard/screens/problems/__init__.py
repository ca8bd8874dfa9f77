"""The map of learning problems: every kind as a miniature that learns at once, with its exact answer beside it."""

import streamlit as st

from core.language import _
from core.problems.kinds import GROUPS, KINDS, TIMINGS
from dashboard.scenes.problem_map.scene import problem_map_scene
from dashboard.screens.problems import mini
from dashboard.screens.problems.kinds import VIEWS_OF_KINDS
from dashboard.screens.problems.mine import draw_mine
from dashboard.screens.problems.table import draw_table
from dashboard.ui import controls, scenes
from dashboard.ui.page import explained, heading
from dashboard.visit import settings, state

MAP = "problems_map_scene"


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("The map of learning"),
        _("Every kind of problem as a small run that you can change, with the exact answer beside what was learned."),
    )
    controls.view("problems_view", _("What to see"), VIEWS)()


def draw_map() -> None:
    """Draw the map, whose nodes open their miniatures."""
    scenes.problem_map(problem_map_scene(str(settings.value("problems_kind"))), MAP, _open)


def _open() -> None:
    opened = getattr(state.get(MAP), "opened", None)
    if opened:
        settings.choose("problems_kind", opened["kind"])
        settings.choose("problems_view", "kind")


def draw_kind() -> None:
    """Draw one kind: its place on the map, its miniature, and what it leaves out."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = controls.select("problems_kind", _("Kind of problem"), width=320)
        st.button(
            _("Back to the map"),
            icon=":material/map:",
            type="tertiary",
            on_click=settings.choose,
            args=["problems_view", "map"],
        )
    kind = KINDS[name]
    st.caption(f"{_(GROUPS[kind.group][0])} · {_(TIMINGS[kind.timing])}")
    st.header(_(kind.title), anchor=False)
    mini.draw(VIEWS_OF_KINDS[name])
    _facts(name)
    VIEWS_OF_KINDS[name].links()


def _facts(name: str) -> None:
    kind = KINDS[name]
    facts = [
        (_("Input"), _(kind.input)), (_("Output"), _(kind.output)), (_("Loss"), _(kind.loss)),
        (_("Example"), _(kind.example)), (_("What this miniature leaves out"), _(kind.leaves_out)),
    ]  # fmt: skip
    st.markdown("\n".join(f"- **{title}:** {text}" for title, text in facts))


VIEWS = {"map": draw_map, "kind": draw_kind, "mine": draw_mine, "table": draw_table}
