"""The frame: page settings, navigation, and what every screen shares."""

from pathlib import Path

import streamlit as st

from dashboard.parts import knobs, plan_taking, state
from dashboard.screens import menu, pages

PICTURES = Path(__file__).parent / "parts"

st.set_page_config(page_title="Descent Lab", page_icon=PICTURES / "icon.svg", layout="wide")
st.logo(PICTURES / "logo.svg", icon_image=PICTURES / "icon.svg", size="large")

state.adopt_link(["sample", "target", plan_taking.LINK, *knobs.KNOBS])
plan_taking.take_link()
by_path = pages()
page = st.navigation({section: [by_path[screen.path] for screen in screens] for section, screens in menu().items()})
page.run()
