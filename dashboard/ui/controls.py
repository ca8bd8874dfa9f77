"""The controls: each draws one knob of the table, whatever value a link or an older visit left."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, ParamSpec

import streamlit as st

from core.language import _
from dashboard.visit import settings, state
from dashboard.visit.knob import Knob, option_label, option_text

MISSPELLED = "_misspelled"  # the knobs that a link spelled differently from their widgets
P = ParamSpec("P")
Visibility = Literal["visible", "collapsed"]
Width = int | Literal["stretch"]


def _clamped(key: str) -> Knob:
    """Return the knob with its remembered value made valid, since a widget raises for anything else.

    A valid value is not set again: the browser would take it over, and lose keys pressed in the meantime.
    """
    kept, allowed = state.get(key), settings.value(key)
    if kept is not None and (type(kept), kept) != (type(allowed), allowed):
        state.put(key, allowed)
    return settings.KNOBS[key]


def _kept(key: str) -> dict[str, Any]:
    """Return how a widget keeps its value: bound to the address, unless the opened link spelled it differently.

    Streamlit removes from the address what it would spell differently, and the value is lost at the next reload. Such
    a widget keeps its value for the visit, and `links` writes it into the address; so does one whose usual value has to
    be there, since it may start elsewhere.
    """
    is_ours = key in settings.STARTS or key in state.get(MISSPELLED, ())
    return {"persist_state": "session"} if is_ours else {"bind": state.bound(key)}


def slider(key: str, label: str, *, help: str | None = None, format: str | None = None) -> Any:
    """Draw a knob as a slider: over its range, or over its options in order."""
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
        on_change=state.mark_chosen,
        args=[key],
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
    """Draw a knob as a choice of one of few; `names`, in order, replace those of the table."""
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
        persist_state="session",  # bound, it would write its label into the address, in the visitor's language
    )
    return str(chosen)


def select(key: str, label: str, width: Width = "stretch") -> str:
    """Draw a knob as a list to choose from, `width` pixels wide."""
    knob, names = _clamped(key), option_names(key)
    chosen = st.selectbox(
        label,
        list(names),
        list(names).index(knob.default),
        names.__getitem__,
        key=key,
        persist_state="session",
        width=width,
    )
    return str(chosen)


def view(key: str, label: str, views: Mapping[str, Callable[P, None]]) -> Callable[P, None]:
    """Draw the choice of a screen's view; return the function that draws the chosen one.

    `views` has a function for each option of the knob, which defines their names and order.
    """
    return views[either(key, label, visible="collapsed")]


def option_names(key: str) -> dict[str, str]:
    """Return the names of a knob's options, in the visitor's language and in order."""
    knob = settings.KNOBS[key]
    return {option: _(knob.names[option]) if knob.names else str(option) for option in knob.options}


def all_rows_note(batch_size: int, rows: int) -> str | None:
    """Show a note when the chosen minibatch is larger than the table: then it is the full batch."""
    if batch_size <= rows:
        return None
    return _("A minibatch holds all training rows, n = {rows}: this is full-batch gradient descent.").format(rows=rows)
