"""Mount the scenes in the browser: one function for each component.

The data of a scene, a dict of tables and texts, is made by the Python modules in its folder.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.formatting import rules_for_browser
from dashboard import scenes
from dashboard.scenes.bundle import bundle

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


def _component(name: str) -> "ComponentRenderer":
    """Register the scene of this name: the entry `dashboard/scenes/<name>/<name>.js`, with its imports."""
    scene = bundle(Path(scenes.__file__).parent / name / f"{name}.js")
    return st.components.v2.component(f"descent_lab_{name}", css=scene.css, js=scene.js)


def _with_rules(scene: dict[str, Any]) -> dict[str, Any]:
    """Return the scene with the number format of the visitor's language."""
    return {**scene, "numberRules": rules_for_browser()}


_HAND = _component("manual_fit")


def hand(scene: dict[str, Any], key: str, on_hand_over: Callable[[], None]) -> None:
    """Draw fitting by hand. The callback finds {"w": …, "b": …} as `hand_over` of the widget `key`."""
    _HAND(data=_with_rules(scene), key=key, on_hand_over_change=on_hand_over)


_STAGE = _component("stage")


def stage(scene: dict[str, Any], problem: str, version: str, opening: float = 0) -> None:
    """Draw the stage that plays a run: `stage_scene`, the name of its problem, and that of this scene.

    Another run of the same problem keeps its frame; the same version is not unpacked again. With an `opening` it has
    its three charts alone, and plays the whole run in so many seconds on arrival.
    """
    _STAGE(data=_with_rules({**scene, "problem": problem, "version": version, "opening": opening}), key="stage")


_CELLS = _component("cells")


def cells(scene: dict[str, Any], key: str) -> None:
    """Draw tensors as tables of cells: `cells_scene` or `frames_scene`."""
    _CELLS(data=_with_rules(scene), key=key)


_NORMS = _component("norms")


def norms(scene: dict[str, Any], key: str, on_settle: Callable[[], None]) -> None:
    """Draw norms to play with: `norms_scene`. The callback finds {x, y, p, factor} as `settled` of the widget `key`."""
    _NORMS(data=_with_rules(scene), key=key, on_settled_change=on_settle)


_TANGENT = _component("tangent")


def tangent(scene: dict[str, Any], key: str, on_take: Callable[[], None]) -> None:
    """Draw a secant and a tangent: `tangent_scene`. The callback finds the point x as `take` of the widget `key`."""
    _TANGENT(data=_with_rules(scene), key=key, on_take_change=on_take)


_GRAPH = _component("graph")


def graph(scene: dict[str, Any], key: str) -> None:
    """Draw a computational graph and its passes: `graph_scene`."""
    _GRAPH(data=_with_rules(scene), key=key)


_STRETCH = _component("stretch")


def stretch(scene: dict[str, Any], key: str) -> None:
    """Draw a rotating vector, and its product with a matrix: `stretch_scene`."""
    _STRETCH(data=_with_rules(scene), key=key)


_SUPERVISED = _component("supervised")


def supervised(scene: dict[str, Any], key: str) -> None:
    """Draw the way of supervised learning, step by step: `supervised_scene`."""
    _SUPERVISED(data=_with_rules(scene), key=key)


_CONTEST = _component("contest")


def contest(scene: dict[str, Any], key: str) -> None:
    """Draw a line beside nearest neighbours as rows are added: `contest_scene`."""
    _CONTEST(data=_with_rules(scene), key=key)


_LENGTHS = _component("lengths")


def lengths(scene: dict[str, Any], key: str) -> None:
    """Draw texts that become vectors of one length: `lengths_scene`."""
    _LENGTHS(data=_with_rules(scene), key=key)


_KERNEL = _component("kernel")


def kernel(scene: dict[str, Any], key: str) -> None:
    """Draw a kernel that slides over a small picture: `kernel_scene`."""
    _KERNEL(data=_with_rules(scene), key=key)
