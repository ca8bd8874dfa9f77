"""The controls that a person turns: each draws one knob of the table, whatever a link or an older visit left of it."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, ParamSpec

import streamlit as st

from core.language import _
from dashboard.visit import settings, state
from dashboard.visit.knob import Knob, option_label, option_text

MISSPELLED = "_misspelled"  # the key of the list of knobs that a link spelled otherwise than their widgets do
P = ParamSpec("P")
Visibility = Literal["visible", "collapsed"]


def _clamped(key: str) -> Knob:
    """Return the knob once what is remembered of it is allowed, since a widget refuses anything else.

    What is allowed already is not set again: the browser would take it over, and lose keys pressed in the meantime.
    """
    kept, allowed = state.get(key), settings.value(key)
    if kept is not None and (type(kept), kept) != (type(allowed), allowed):
        state.put(key, allowed)
    return settings.KNOBS[key]


def _kept(key: str) -> dict[str, Any]:
    """Return how a widget keeps its value: bound to the address, unless the link that was opened spelled it otherwise.

    Streamlit takes what it would have spelled otherwise out of the address, and with it the value at the next reload.
    Such a widget keeps its value for the visit, and `links` writes it into the address.
    """
    return {"persist_state": "session"} if key in state.get(MISSPELLED, ()) else {"bind": state.bound(key)}


def slider(key: str, label: str, *, help: str | None = None, format: str | None = None) -> Any:
    """Draw a knob as a slider: over its range, or over its options in their order."""
    knob = _clamped(key)
    if knob.options:
        # bound to the address it would say there what is shown
        linked = all(option_text(option) == option_label(option) for option in knob.options)
        keeps = _kept(key) if linked else {"persist_state": "session"}
        return st.select_slider(
            label,
            knob.options,
            knob.default,
            key=key,
            help=help,
            format_func=option_text,
            on_change=state.mark_chosen,
            args=[key],
            **keeps,
        )
    kind = type(knob.default)
    return st.slider(
        label,
        kind(knob.low),
        kind(knob.high),
        knob.default,
        kind(knob.step),
        key=key,
        help=help,
        format=format,
        **_kept(key),
    )


def number(key: str, label: str, *, help: str | None = None) -> int:
    """Draw a knob as a field to type a whole number into."""
    knob = _clamped(key)
    typed = st.number_input(
        label, int(knob.low), int(knob.high), knob.default, int(knob.step), key=key, help=help, **_kept(key)
    )
    return int(typed)


def toggle(key: str, label: str, *, help: str | None = None) -> bool:
    """Draw a knob as a switch."""
    return st.toggle(label, _clamped(key).default, key=key, help=help, **_kept(key))


def either(key: str, label: str, names: Mapping[str, str] | None = None, *, visible: Visibility = "visible") -> str:
    """Draw a knob as a choice of one of few; `names`, in their order, stand in for those of the table."""
    knob, names = _clamped(key), option_names(key) if names is None else names
    chosen = st.segmented_control(
        label,
        list(names),
        default=knob.default,
        required=True,
        format_func=names.__getitem__,
        key=key,
        label_visibility=visible,
        wrap=True,
        persist_state="session",  # bound to the address it would say its name there, in the visitor's language
    )
    return str(chosen)


def select(key: str, label: str) -> str:
    """Draw a knob as a list to choose from."""
    knob, names = _clamped(key), option_names(key)
    chosen = st.selectbox(
        label, list(names), list(names).index(knob.default), names.__getitem__, key=key, persist_state="session"
    )
    return str(chosen)


def view(key: str, label: str, views: Mapping[str, Callable[P, None]]) -> Callable[P, None]:
    """Draw the choice of one of a screen's views; return what draws the one that is chosen.

    `views` has a function for each option of the knob, which says what they are called and in which order they stand.
    """
    return views[either(key, label, visible="collapsed")]


def option_names(key: str) -> dict[str, str]:
    """Return what the options of a knob are called, in the visitor's language and in their order."""
    knob = settings.KNOBS[key]
    return {option: _(knob.names[option]) if knob.names else str(option) for option in knob.options}


def all_rows_note(batch_size: int, rows: int) -> str | None:
    """Say so when a minibatch is asked for that is larger than the table: then it is the full batch."""
    if batch_size <= rows:
        return None
    return _("There are {rows} training rows, so every step uses all of them: full-batch gradient descent.").format(
        rows=rows
    )
