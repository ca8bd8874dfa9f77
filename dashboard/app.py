"""The frame: page settings, navigation, and what every screen shares."""

from pathlib import Path

import streamlit as st

from dashboard.parts import links, memory, state, visitor
from dashboard.parts.home import session
from dashboard.screens import menu, pages

PICTURES = Path(__file__).parent / "parts"

st.set_page_config(page_title="Descent Lab", page_icon=PICTURES / "icon.svg", layout="wide")
st.logo(PICTURES / "logo.svg", icon_image=PICTURES / "icon.svg", size="large")

links.adopt()
visitor.begin()
visitor.choose_language()
session.take_waiting()
by_path = pages()
page = st.navigation({section: [by_path[screen.path] for screen in screens] for section, screens in menu().items()})
state.begin_screen()
links.tell_moved(page.url_path)
page.run()
links.write()
memory.spare_what_stays()
