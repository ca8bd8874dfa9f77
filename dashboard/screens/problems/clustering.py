"""Clustering: k-means on points that are dragged, or on two columns of a table."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.language import _
from core.problems.clustering import miniature
from core.problems.clustering.task import POINTS, write_points
from core.problems.rows import Rows, load_rows
from dashboard.screens.problems.kind import Kind
from dashboard.screens.problems.own_rows import own_numbers, penguins
from dashboard.screens.problems.two_columns import across_key, two_columns, up_key
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.ui.text_fields import field
from dashboard.visit import settings, state

TYPED = "problems_clustering_points"
ACROSS, UP = across_key("clustering"), up_key("clustering")
PENGUINS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    data = controls.select("problems_clustering_data", _("Data"), width=170)
    of_data = {"points": field(TYPED, _("Points, also moved by dragging"))} if data == "points" else _columns(data)
    k = controls.slider("problems_clustering_k", _("Clusters, k"))
    start = controls.either("problems_clustering_start", _("First centres"))
    return {"seed": settings.value("problems_seed"), "k": k, "start": start} | of_data


def _columns(data: str) -> dict[str, Any]:
    """Draw the choice of two columns of a table."""
    rows = _rows(data)
    columns = two_columns("clustering", rows)
    scaled = controls.toggle("problems_clustering_scaled", _("Standardise the columns"))
    return {"rows": rows, "across": columns["x"], "up": columns["y"], "scaled": scaled}


def _rows(data: str) -> Rows:
    if data == "table":
        return own_numbers()
    return penguins(PENGUINS) if data == "penguins" else load_rows("iris")


def _edited(event: Mapping[str, Any]) -> None:
    """Take over the points as they were dragged."""
    if "xy" in event and settings.value("problems_clustering_data") == "points":
        state.put(TYPED, write_points(np.asarray(event["xy"], dtype=np.float64)))


def _examples() -> Examples:
    points = {"problems_clustering_data": "points", TYPED: POINTS, "problems_clustering_k": 3}
    random = points | {"problems_clustering_start": "random"}
    bill = {ACROSS: "bill length (mm)", UP: "flipper length (mm)", "problems_clustering_k": 3, "problems_seed": 0}
    penguins_of = {"problems_clustering_data": "penguins", "problems_clustering_start": "plus"}
    mass = {ACROSS: "bill length (mm)", UP: "body mass (g)", "problems_clustering_k": 3, "problems_seed": 0}
    return {
        _("Works: three groups"): random | {"problems_seed": 0},
        _("Fails: a bad start"): random | {"problems_seed": 1},
        _("Works: penguins"): penguins_of | bill | {"problems_clustering_scaled": True},
        _("Fails: one unit decides"): penguins_of | mass | {"problems_clustering_scaled": False},
    }


def _links() -> None:
    link("norms", _("Distances between rows under any norm"), {"norms_view": "distances"})
    link("prepare", _("How the columns of your table are scaled"))


KIND = Kind("clustering", controls=_controls, make=miniature, examples=_examples, edited=_edited, links=_links)
