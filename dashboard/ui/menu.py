"""The menu in the sidebar, and the title of the window.

Streamlit's own menu puts the items of its lists outside of any list, which confuses screen readers; links do not.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from core.language import _
from dashboard.visit.navigation import menu

NAME = "Descent Lab"

_STYLES, _SCRIPT = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
_PAGE = st.components.v2.component("descent_lab_page", js=f"const STYLES = {json.dumps(_STYLES)};\n{_SCRIPT}")


def navigate(pages: Mapping[str, Page]) -> Page:
    """Return the page of the address, one of `pages` by their paths, and draw the menu of all pages."""
    page = st.navigation(list(pages.values()), position="hidden")
    for section, screens in menu().items():
        links = st.sidebar.container(gap="small")
        if section:
            links.caption(f"**{section}**")
        for screen in screens:
            links.page_link(pages[screen.path], icon=screen.icon, width="stretch")
    with st.sidebar:
        _PAGE(data={"code": _("Code"), "table": _("Table"), "formula": _("Formula")}, key="page")
    return page


def window_title(page: Page) -> str:
    """Return the title of the window while a page is open: the screen and the lab; the front screen is the lab."""
    return f"{page.title} · {NAME}" if page.url_path else NAME
