"""Exclude permanently loaded objects from garbage collection after every run of a page."""

import gc
import sys

import streamlit as st

LARGE = ("torch", "numba", "sklearn", "scipy.stats", "altair")


def freeze_gc() -> None:
    """Freeze the objects loaded so far, once for each large library imported since.

    Streamlit collects garbage after every run of a page, and all visitors wait for it: with torch loaded, a sixth of a
    second.
    """
    _spare(tuple(name for name in LARGE if name in sys.modules))


@st.cache_resource(show_spinner=False)
def _spare(loaded: tuple[str, ...]) -> None:
    gc.collect()
    gc.freeze()
