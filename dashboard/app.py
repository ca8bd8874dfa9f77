"""The frame: page settings, navigation, and what every screen shares."""

from pathlib import Path

import streamlit as st

from dashboard.parts import knobs, state
from dashboard.screens import menu, pages

st.set_page_config(page_title="Descent Lab", page_icon=":material/trending_down:", layout="wide")
st.logo(Path(__file__).parent / "parts" / "logo.svg", size="large")

state.adopt_link(["sample", "target", *knobs.KNOBS])
by_path = pages()
page = st.navigation({section: [by_path[screen.path] for screen in screens] for section, screens in menu().items()})
page.run()
