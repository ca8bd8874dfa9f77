"""The registry of screens: the paths, titles and icons that links and the menu need.

The screens are registered from above, so links need not import them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import Page

from core.language import _


@dataclass(frozen=True)
class Screen:
    """One entry of the menu: its address, title, icon and section, and its render function. The title waits for `_`."""

    path: str
    title: str
    icon: str
    section: str
    render: Callable[[], None]


_screens: list[Screen] = []


def register(screens: Sequence[Screen]) -> None:
    """Register the screens, in the order of the menu. The first one is the front screen, `/`."""
    _screens[:] = screens


def find(path: str) -> Screen | None:
    """Return the screen at this path, or None if there is none."""
    return next((screen for screen in _screens if screen.path == path), None)


def menu() -> dict[str, list[Screen]]:
    """Return the sections of the menu by their titles, each with its screens."""
    sections: dict[str, list[Screen]] = {}
    for screen in _screens:
        sections.setdefault(screen.section and _(screen.section), []).append(screen)
    return sections


def pages() -> dict[str, Page]:
    """Return Streamlit's page for each path.

    Pages have no icon of their own: the browser would ask another machine for it as the window's icon.
    """
    return {screen.path: _page(screen) for screen in _screens}


def _page(screen: Screen) -> Page:
    return st.Page(
        screen.render,
        title=_(screen.title),
        url_path=screen.path or "home",
        default=not screen.path,
    )


def page(path: str) -> Page:
    """Return Streamlit's page for this path."""
    return _page(screen_at(path))


def screen_at(path: str) -> Screen:
    """Return the screen at this path."""
    return next(screen for screen in _screens if screen.path == path)


def go_to(path: str) -> None:
    """Switch to another screen at once."""
    st.switch_page(page(path))
