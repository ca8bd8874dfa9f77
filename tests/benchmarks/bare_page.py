"""The least that Streamlit can do: a slider, and as many charts as the screen that is measured, each of its size.

Run by `bench_redraw`, which says in the environment how many charts there are.
"""

import os

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

POINTS = 500

st.set_page_config(layout="wide")
level = st.select_slider("Level", range(1, 200), 100, key="level")
steps = np.arange(POINTS, dtype=np.float64)
for number in range(int(os.environ.get("CHARTS", "3"))):
    frame = pd.DataFrame({"step": steps, "loss": np.exp(-steps / level) + number})
    st.altair_chart(alt.Chart(frame).mark_line().encode(alt.X("step:Q"), alt.Y("loss:Q")))
