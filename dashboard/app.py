"""The app: page settings, navigation, and the parts shared by all screens."""

from pathlib import Path

import streamlit as st

from dashboard.pipeline import links, session
from dashboard.screens import pages
from dashboard.ui import guide, menu
from dashboard.visit import freeze_gc, state, visitor

PICTURES = Path(__file__).parent / "visit"

st.logo(PICTURES / "logo.svg", icon_image=PICTURES / "icon.svg", size="large")

links.adopt()
visitor.begin()
session.take_waiting()
at = pages()
page = menu.navigate(at)
st.set_page_config(page_title=menu.window_title(page), page_icon=PICTURES / "icon.svg", layout="wide")
visitor.choose_language()
state.begin_screen()
links.open_choices(page.url_path)
links.tell_moved(page.url_path)
page.run()
guide.draw_foot(page.url_path, at)
links.write()
freeze_gc.freeze_gc()
