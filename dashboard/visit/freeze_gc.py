"""What is loaded for good, and need not be looked through for garbage at every drawing of a page."""

import gc
import sys

import streamlit as st

LARGE = ("torch", "numba", "sklearn", "scipy.stats", "altair")


def freeze_gc() -> None:
    """Take what is loaded by now out of the search for garbage, once for each large library that has come since.

    Streamlit looks for garbage after every drawing of a page, and all wait for it: with torch loaded, for a sixth of a
    second.
    """
    _spare(tuple(name for name in LARGE if name in sys.modules))


@st.cache_resource(show_spinner=False)
def _spare(loaded: tuple[str, ...]) -> None:
    gc.collect()
    gc.freeze()
