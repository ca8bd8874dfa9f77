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


_PICTURE = _component("picture")


def picture(scene: dict[str, Any], key: str, on_settle: Callable[[], None] | None = None) -> None:
    """Draw a scene of a picture. The callback finds {row, column, channel, on} as `settled` of the widget `key`."""
    _PICTURE(data=_with_rules(scene), key=key, on_settled_change=on_settle or (lambda: None))


_NEURON = _component("neuron")


def neuron(scene: dict[str, Any], key: str, on_settle: Callable[[], None]) -> None:
    """Draw one neuron: `neuron_scene`. The callback finds {x, w, b, across, up} as `settled` of the widget `key`."""
    _NEURON(data=_with_rules(scene), key=key, on_settled_change=on_settle)


_NOISE = _component("noise")


def noise(scene: dict[str, Any], key: str, on_settle: Callable[[], None]) -> None:
    """Draw the normal density: `noise_scene`. The callback finds {mean, variance, pins} as `settled` of `key`."""
    _NOISE(data=_with_rules(scene), key=key, on_settled_change=on_settle)


_LIKELIHOOD = _component("likelihood")


def likelihood(scene: dict[str, Any], key: str, on_settle: Callable[[], None]) -> None:
    """Draw a line, its loss and its likelihood: `likelihood_scene`. The callback finds {at} as `settled` of `key`."""
    _LIKELIHOOD(data=_with_rules(scene), key=key, on_settled_change=on_settle)


_POWER_LOSS = _component("power_loss")


def power_loss(scene: dict[str, Any], key: str, on_settle: Callable[[], None]) -> None:
    """Draw estimates under every p-loss: `power_scene`. The callback finds {values, p} as `settled` of `key`."""
    _POWER_LOSS(data=_with_rules(scene), key=key, on_settled_change=on_settle)


_UNITS = _component("units")


def units(scene: dict[str, Any], key: str) -> None:
    """Draw a small network that learns in the browser, with a heat map in each unit: `units_scene`."""
    _UNITS(data=_with_rules(scene), key=key)


_DIGITS = _component("digits")


def digits(scene: dict[str, Any], key: str) -> None:
    """Draw the weights of ten neurons as pictures: `digits_scene`."""
    _DIGITS(data=_with_rules(scene), key=key)


_TWIN_TABLES = _component("twin_tables")


def twin_tables(scene: dict[str, Any], key: str) -> None:
    """Draw a lesson in steps, whose formulas and tables light each other: `twin_tables_scene`."""
    _TWIN_TABLES(data=_with_rules(scene), key=key)


_NETWORK = _component("network")


def network(scene: dict[str, Any], key: str) -> None:
    """Draw a network on a stage, with its training and the passes of a row: `network_scene`."""
    _NETWORK(data=_with_rules(scene), key=key)


_CLASSIFIER = _component("classifier")


def classifier(scene: dict[str, Any], key: str) -> None:
    """Draw a neuron that learns two classes: `classifier_scene`."""
    _CLASSIFIER(data=_with_rules(scene), key=key)


_THRESHOLD = _component("threshold")


def threshold(scene: dict[str, Any], key: str, on_settle: Callable[[], None]) -> None:
    """Draw a threshold to drag: `threshold_scene`. The callback finds {threshold, costs} as `settled` of `key`."""
    _THRESHOLD(data=_with_rules(scene), key=key, on_settled_change=on_settle)


_SOFTMAX = _component("softmax")


def softmax(scene: dict[str, Any], key: str, on_settle: Callable[[], None]) -> None:
    """Draw the softmax of a row: `softmax_scene`. The callback finds {row, shift} as `settled` of `key`."""
    _SOFTMAX(data=_with_rules(scene), key=key, on_settled_change=on_settle)


_COMPONENTS = _component("components")


def components(scene: dict[str, Any], key: str, on_settle: Callable[[], None] | None = None) -> None:
    """Draw what a model is made of: `loop_scene`, `counts_scene` and the like.

    The callback finds the frame, or the starts, as `settled` of the widget `key`.
    """
    _COMPONENTS(data=_with_rules(scene), key=key, on_settled_change=on_settle or _nothing)


def _nothing() -> None:
    """Hear nothing: the scene has no end of a movement that the server needs."""


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


_EDGES = _component("edges")


def edges(scene: dict[str, Any], key: str) -> None:
    """Draw the steps that lead to the edges of a picture: `edges_scene`."""
    _EDGES(data=_with_rules(scene), key=key)


_KERNEL = _component("kernel")


def kernel(scene: dict[str, Any], key: str, on_settle: Callable[[], None]) -> None:
    """Draw a kernel that slides over a small picture: `kernel_scene`.

    The callback finds the kernel that was typed as `settled` of the widget `key`.
    """
    _KERNEL(data=_with_rules(scene), key=key, on_settled_change=on_settle)


_MINIATURE = _component("miniature")


def miniature(scene: dict[str, Any], key: str, on_edit: Callable[[], None], on_guess: Callable[[], None]) -> None:
    """Draw a kind of problem: `miniature_scene`.

    The callbacks find what was dragged, clicked or painted as `edited`, and {"choice": …} as `guessed`, of the widget
    `key`.
    """
    _MINIATURE(data=_with_rules(scene), key=key, on_edited_change=on_edit, on_guessed_change=on_guess)


_PROBLEM_MAP = _component("problem_map")


def problem_map(scene: dict[str, Any], key: str, on_open: Callable[[], None]) -> None:
    """Draw the map: `problem_map_scene`. The callback finds {"kind": …} as `opened` of the widget `key`."""
    _PROBLEM_MAP(data=scene, key=key, on_opened_change=on_open)
