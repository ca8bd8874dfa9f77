"""The path through the lab: at which step a visitor is, and how the link to a step sets its screen.

A step is followed by its name in the address, `step`, which sets its screen as the step needs it.
"""

from typing import Any

import streamlit as st

from core.language import _
from dashboard.visit import navigation, settings, state
from dashboard.visit.navigation import Screen
from dashboard.visit.path_steps import STEPS
from dashboard.visit.step import Step

LINK = "step"  # the query parameter with the name of a step
_LAST = "_step"  # the step that the last run found in the address


def screen_of(step: Step) -> Screen:
    """Return the screen of a step that is there."""
    screen = navigation.find(step.path)
    assert screen is not None, step.path
    return screen


def title(step: Step) -> str:
    """Return the name of a step: its screen, and its view where the screen has several."""
    chosen = [key for key in step.settings if key in VIEWS]
    told = [key for key in chosen if key == chosen[-1] or step.settings[key] != settings.KNOBS[key].default]
    views = [_(settings.KNOBS[key].names[step.settings[key]]) for key in told]
    return " · ".join([_(screen_of(step).title), *views])


VIEWS = {
    *(f"{screen}_view" for screen in ("tensors", "products", "reductions", "norms", "calculus", "autograd")),
    *(f"{screen}_view" for screen in ("images", "neuron", "normal", "network", "components")),
    *("problems_view", "problems_kind"),
    *("then_and_now_view", "train_view", "compare_view", "experiments_view"),
    *("tensors_broadcast_part", "reductions_how", "autograd_lesson", "train_closer", "compare_diagnostic"),
}  # the knobs that tell one view of a screen from another


def query(step: Step) -> dict[str, str]:
    """Return the query parameters of the link to a step: its name, and what differs from the defaults."""
    return {LINK: step.name} | {
        key: settings.KNOBS[key].to_query(wanted) if key in settings.KNOBS else str(wanted)
        for key, wanted in step.settings.items()
        if wanted != (settings.KNOBS[key].default if key in settings.KNOBS else settings.TEXTS[key])
    }


def follow() -> None:
    """Set what the step in the address needs, once, when its link was followed; the address itself comes first."""
    step = _named(st.query_params.get(LINK))
    if step is not None and state.get(_LAST) != step.name:
        settings.follow_link(step.settings, st.query_params)
        # A link to the page that is open does not reach the browser's address by itself.
        st.query_params[LINK] = step.name
    state.put(_LAST, step.name if step else "")


def leave() -> bool:
    """Return whether the visitor has left the step in the address: something that it needs is set otherwise by now."""
    if LINK not in st.query_params:
        return False
    step = _named(st.query_params[LINK])
    if step is not None and all(_current(key) == wanted for key, wanted in step.settings.items()):
        return False
    state.put(_LAST, "")  # so that its link, followed again, sets it again
    return True


def step_at(path: str) -> Step | None:
    """Return the step at which a visitor to this screen is: the one in the address, else the one that fits best."""
    named = _named(st.query_params.get(LINK))
    if named is not None and named.path == path:
        return named
    return max((step for step in STEPS if step.path == path), key=_fit, default=None)


def _fit(step: Step) -> int:
    """Return how well the knobs of a screen are set for a step: those that are, less those that are not."""
    return sum(1 if _current(key) == wanted else -1 for key, wanted in step.settings.items() if key in VIEWS)


def _current(key: str) -> Any:
    return settings.value(key) if key in settings.KNOBS else settings.text(key)


def _named(name: str | None) -> Step | None:
    return next((step for step in STEPS if step.name == name), None) if name else None
