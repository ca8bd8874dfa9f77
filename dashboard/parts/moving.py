"""Mounts what moves in the browser: one function for each component.

The JavaScript of a component is one module, put together from the files named here in their order; its scene, a dict of
tables and words, comes from the module of the same name in `dashboard/charts/moving/`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.formatting import rules_for_browser

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_FOLDER = Path(__file__).resolve().parent.parent / "charts" / "moving"


def _component(name: str, *files: str) -> "ComponentRenderer":
    """Register a component under its name: its style sheets and its scripts, each put together in this order."""
    texts = {
        kind: "\n".join((_FOLDER / file).read_text(encoding="utf-8") for file in files if file.endswith(kind))
        for kind in ("css", "js")
    }
    return st.components.v2.component(f"descent_lab_{name}", css=texts["css"], js=texts["js"])


def _with_rules(scene: dict[str, Any]) -> dict[str, Any]:
    """Return the scene with how numbers are written in the visitor's language."""
    return {**scene, "numberRules": rules_for_browser()}


_HAND = _component(
    "hand",
    "moving.css",
    "hand.css",
    "numbers.js",
    "plot.js",
    "dragging.js",
    "elements.js",
    "address.js",
    "hand_model.js",
    "hand_line.js",
    "hand_landscape.js",
    "hand_controls.js",
    "hand.js",
)


def hand(scene: dict[str, Any], key: str, on_hand_over: Callable[[], None]) -> None:
    """Draw fitting by hand. The callback finds {"w": …, "b": …} as `hand_over` of the widget `key`."""
    _HAND(data=_with_rules(scene), key=key, on_hand_over_change=on_hand_over)


_STAGE = _component(
    "stage",
    "moving.css",
    "stage.css",
    "player.css",
    "numbers.js",
    "plot.js",
    "elements.js",
    "run.js",
    "player.js",
    "panels.js",
    "fit.js",
    "update.js",
    "stage.js",
)


def stage(scene: dict[str, Any], problem: str, version: str) -> None:
    """Draw the stage on which a run is watched: `stage_scene`, the name of its problem, and that of this very scene.

    Another run of the same problem keeps its place in time; the same version is not unpacked again.
    """
    _STAGE(data=_with_rules({**scene, "problem": problem, "version": version}), key="stage")


_CELLS = _component(
    "cells",
    "moving.css",
    "player.css",
    "cells.css",
    "folds.css",
    "numbers.js",
    "plot.js",
    "elements.js",
    "player.js",
    "cells_player.js",
    "cells_table.js",
    "cells.js",
)


def cells(scene: dict[str, Any], key: str) -> None:
    """Draw tensors as tables of cells: `cells_scene` or `frames_scene`."""
    _CELLS(data=_with_rules(scene), key=key)


_NORMS = _component(
    "norms",
    "moving.css",
    "norms.css",
    "numbers.js",
    "plot.js",
    "dragging.js",
    "elements.js",
    "norms_model.js",
    "norms_plane.js",
    "norms_entries.js",
    "norms_meters.js",
    "norms.js",
)


def norms(scene: dict[str, Any], key: str, on_settle: Callable[[], None]) -> None:
    """Draw norms to play with: `norms_scene`. The callback finds {x, y, p, factor} as `settled` of the widget `key`."""
    _NORMS(data=_with_rules(scene), key=key, on_settled_change=on_settle)


_TANGENT = _component(
    "tangent",
    "moving.css",
    "tangent.css",
    "numbers.js",
    "plot.js",
    "dragging.js",
    "elements.js",
    "address.js",
    "slope_model.js",
    "tangent_plot.js",
    "tangent.js",
)


def tangent(scene: dict[str, Any], key: str, on_take: Callable[[], None]) -> None:
    """Draw a secant and a tangent: `tangent_scene`. The callback finds the place x as `take` of the widget `key`."""
    _TANGENT(data=_with_rules(scene), key=key, on_take_change=on_take)


_GRAPH = _component(
    "graph",
    "moving.css",
    "player.css",
    "graph.css",
    "numbers.js",
    "plot.js",
    "elements.js",
    "player.js",
    "cells_player.js",
    "graph_drawing.js",
    "graph.js",
)


def graph(scene: dict[str, Any], key: str) -> None:
    """Draw a computational graph and its passes: `graph_scene`."""
    _GRAPH(data=_with_rules(scene), key=key)


_STRETCH = _component(
    "stretch",
    "moving.css",
    "stretch.css",
    "numbers.js",
    "plot.js",
    "dragging.js",
    "elements.js",
    "norms_model.js",
    "stretch.js",
)


def stretch(scene: dict[str, Any], key: str) -> None:
    """Draw a vector to turn, and what a matrix makes of it: `stretch_scene`."""
    _STRETCH(data=_with_rules(scene), key=key)
