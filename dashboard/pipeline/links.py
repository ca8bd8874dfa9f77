"""All settings as a link: whoever opens it sees the same screen with the same numbers.

A widget keeps its value in the query parameters while it is drawn; the settings of other screens are added here.
"""

from contextlib import suppress
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st
from streamlit.errors import StreamlitAPIException

from core.errors import InputError
from core.language import _
from dashboard.pipeline import incoming_recipe, starts, tables
from dashboard.ui import controls
from dashboard.ui.escape import show_warning
from dashboard.visit import four_days, settings, state, visitor

TABLE = ("sample", "target", incoming_recipe.LINK)
VISIT = (visitor.KEY,)


def adopt() -> None:
    """Adopt the query parameters on the first run of a visit, and note which values had to be clamped."""
    state.adopt_link([*TABLE, *VISIT, *settings.NAMES, *settings.KNOBS, *settings.TEXTS])
    if state.get("_moved") is None:
        asked = {key: st.query_params[key] for key in settings.KNOBS if key in st.query_params}
        state.put(
            "_moved",
            [
                [key, text, settings.to_query(key)]
                for key, text in asked.items()
                if not settings.KNOBS[key].is_exact(text)
            ],
        )
        state.put(controls.MISSPELLED, [key for key, text in asked.items() if text != settings.to_query(key)])
    incoming_recipe.take_link()
    four_days.follow()


def open_choices(path: str) -> None:
    """Set what a link from another screen chose, once, when the visitor arrives on the screen at this path."""
    if state.get("_screen") != path:
        state.put("_screen", path)
        settings.take_opening(st.query_params)


def tell_moved(path: str) -> None:
    """Show which values of the link were out of range, as long as the visitor stays on the screen it opened."""
    moved = state.get("_moved") or []
    if not moved or state.get("_moved_on", path) != path:
        return
    state.put("_moved_on", path)
    sentence = _("{key} cannot be {asked}; using {given}.")
    values = " ".join(sentence.format(key=key, asked=asked[:40], given=given) for key, asked, given in moved)
    show_warning(_("Some values in the link are out of range; the nearest allowed values are used.") + f" {values}")


def write() -> None:
    """Write the settings without a widget on this screen into the query parameters; defaults are left out."""
    wanted, there = link_values(), st.query_params.to_dict()
    managed = (
        {*TABLE, *VISIT, *settings.NAMES, *settings.KNOBS, *settings.TEXTS} - state.bound_keys() - _kept_for_later()
    )
    others = {key: value for key, value in there.items() if key not in managed}
    query = others | {key: value for key, value in wanted.items() if key in managed}
    if four_days.leave():
        query.pop(four_days.LINK, None)
    if query != there:
        bound = state.bound_keys()
        changed = {key: value for key, value in query.items() if key not in bound and there.get(key) != value}
        try:
            st.query_params.update(changed)  # all at once, since each update is a step in the history
        except StreamlitAPIException:
            for key, value in changed.items():
                # A widget that has just left the screen is discarded after this run; the next run writes its value.
                with suppress(StreamlitAPIException):
                    st.query_params[key] = value
        for key in there.keys() - query.keys():
            with suppress(StreamlitAPIException):
                del st.query_params[key]


def _kept_for_later() -> set[str]:
    """Return the query parameters to keep until their file is opened."""
    waits = state.get("sample") == state.UPLOAD and state.upload_name() is None
    return set(TABLE) if waits or state.get(incoming_recipe.LINK) is not None else set()


def link_values() -> dict[str, str]:
    """Return what differs from the defaults, as query parameters."""
    query = {
        key: settings.to_query(key)
        for key in settings.KNOBS
        if settings.value(key) != settings.KNOBS[key].default or key in _spelled()
    }
    query |= {key: str(state.get(key)) for key in settings.NAMES if state.get(key) is not None}
    query |= {
        key: text for key, usual in settings.TEXTS.items() if usual != (text := settings.text(key)) and _fits(text)
    }
    if (language := visitor.chosen()) is not None:
        query[visitor.KEY] = language
    if state.is_upload() or state.sample_name() != state.first_sample():
        query["sample"] = state.sample_name()
    try:
        return _plan() | query
    except InputError:  # a table that cannot be read, or has nothing to predict, has no plan
        return query


def _spelled() -> list[str]:
    """Return the knobs whose value is in the link though it is the usual one, since they start elsewhere."""
    suited = [] if state.is_brought() else [key for key in settings.SUITED if state.get(key) is not None]
    return suited + ([key for key in settings.STARTS if state.is_chosen(key)] if starts.is_elsewhere() else [])


def _fits(text: str) -> bool:
    """Return whether what was typed is short enough for a link."""
    return len(text) <= settings.MOST_IN_LINK


def _plan() -> dict[str, str]:
    """Return the target and the plan, where they are not the suggested ones."""
    query = {}
    if tables.target() not in (None, tables.usual_target()):
        query["target"] = str(tables.target())
    packed = tables.recipe().to_link(tables.suggested_recipe())
    return query | {incoming_recipe.LINK: packed} if packed else query


def address(path: str) -> str:
    """Return the link to a screen with all settings; the table and the target are always included."""
    here = urlsplit(str(st.context.url or ""))
    start = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    query = {"sample": state.sample_name(), "target": str(tables.target())} | link_values()
    return f"{start}/{path}?{urlencode(query, quote_via=quote)}"
