"""Text fields and their results: an invalid text is explained, and the last valid result is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import streamlit as st

from core.errors import InputError, PointedError
from core.language import _
from dashboard.ui.escape import escape_markdown, show_error
from dashboard.visit import settings, state

T = TypeVar("T")
MOST_TYPED = 1_000_000  # characters; the field allows no more in the browser


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What came of the inputs; `inputs` are those it was made from, `fresh` says whether they stand there now."""

    value: T
    inputs: Mapping[str, Any]
    fresh: bool


def field(key: str, label: str, *, lines: int = 1, help: str | None = None, live: bool = False) -> str:
    """Draw one of the `TEXTS` as a field, of several lines if needed, and return its text.

    A `live` field, of one line, is read while the visitor types.
    """
    if state.get(key) is None:
        state.put(key, settings.TEXTS[key])
    if lines == 1:
        st.text_input(label, key=key, help=help, max_chars=MOST_TYPED, live=live, persist_state="session")
    else:
        height = 28 * lines + 24
        st.text_area(label, key=key, help=help, max_chars=MOST_TYPED, height=height, persist_state="session")
    return settings.text(key)


class Remarked(Protocol):
    """What was read from a text, with a sentence about each part of it that was skipped."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """The sentences."""


def draw_remarks(read: Callable[[str], Remarked], text: str) -> None:
    """Say under a field what was done with pasted lines that are not what it is for; nothing for a text in error."""
    try:
        remarks = read(text).remarks
    except InputError:
        return
    if remarks:
        st.caption(escape_markdown(" ".join(remarks)))


def answer(key: str, inputs: Mapping[str, Any], compute: Callable[..., T]) -> Answer[T]:
    """Return the result of `compute(**inputs)`. On InputError, show it and return the result of the last valid inputs.

    Inputs are plain values: texts and values of knobs. Without valid inputs so far in this visit, the defaults of the
    screen are used, which are always valid.
    """
    remembered = f"_good_{key}"
    try:
        value = compute(**inputs)
    except InputError as problem:
        tell(problem)
        good = _earlier(remembered, inputs)
        st.caption(_("Showing the last valid result."))
        return Answer(compute(**good), good, fresh=False)
    state.put(remembered, dict(inputs))
    return Answer(value, inputs, fresh=True)


def _earlier(remembered: str, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
    good = state.get(remembered)
    if isinstance(good, dict) and good.keys() == inputs.keys():
        return good
    first = {name: settings.TEXTS[name] if name in settings.TEXTS else settings.KNOBS[name].default for name in inputs}
    return first


def tell(problem: InputError) -> None:
    """Show what is wrong with the typed text, and point at the position."""
    show_error(str(problem))
    if isinstance(problem, PointedError):
        st.code(problem.pointing, language=None)
