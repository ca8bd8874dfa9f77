"""Classes in groups that the visitor forms, and the cost of a near miss."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from core.language import _
from core.problems.class_rows import digit_rows
from core.problems.hierarchy import miniature
from core.problems.hierarchy.near_misses import in_order
from core.problems.hierarchy.run import usual_groups
from core.problems.rows import Rows, load_rows
from dashboard.screens.problems.kind import Kind
from dashboard.screens.problems.own_rows import own_classes, penguins, penguins_frame
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.visit import settings, state

GROUPS = "problems_hierarchy_groups"  # the data, a colon, and the group of each class
SHOWN = "_problems_hierarchy_shown"  # the same, as they are drawn
PENGUINS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    data = controls.select("problems_hierarchy_data", _("Data"), width=250)
    rows = _rows(data)
    groups = _chosen_groups(data, len(rows.classes)) or usual_groups(rows)
    state.put(SHOWN, f"{data}:{groups}")
    return {
        "seed": settings.value("problems_seed"),
        "rows": rows,
        "groups": groups,
        "features": controls.either("problems_hierarchy_features", _("Columns")),
        "near": controls.slider("problems_hierarchy_near", _("Cost of a near miss")),
        "penalty": controls.slider("problems_hierarchy_penalty", _("Penalty")),
    }


def _chosen_groups(data: str, classes: int) -> str:
    """Return the groups that the visitor formed of these classes; "" if they were formed of others."""
    of, _colon, groups = settings.text(GROUPS).partition(":")
    return groups if of == data and len(groups.split(",")) == classes else ""


def _rows(data: str) -> Rows:
    if data == "table":
        return own_classes(least=3)
    if data == "digits":
        return digit_rows()
    if data == "islands":
        return _islands()
    return penguins(PENGUINS) if data == "penguins" else load_rows(data)


def _islands() -> Rows:
    """Return the penguins with a class for each species of each island."""
    frame = penguins_frame()
    both = pd.Categorical(frame["island"].astype(str) + ": " + frame["species"].astype(str))
    rows = penguins(PENGUINS)
    code = (
        rows.code
        + 'both = frame["island"] + ": " + frame["species"]\ny = both.astype("category").cat.codes.to_numpy()\n'
    )
    classes = tuple(str(name) for name in both.categories)
    return Rows("penguins by island", rows.X, rows.names, both.codes.astype(np.int64), classes, code)


def _edited(event: Mapping[str, Any]) -> None:
    """Move the class of the clicked cell to the group of its row."""
    data, _colon, groups = str(state.get(SHOWN, "")).partition(":")
    places = groups.split(",")
    if "column" in event and int(event["column"]) < len(places):
        places[int(event["column"])] = str(int(event["row"]))
        moved = ",".join(str(place) for place in in_order(places))
        state.put(GROUPS, f"{data}:{moved}")


def _examples() -> Examples:
    usual = {
        "problems_hierarchy_features": "two",
        "problems_hierarchy_near": 0.2,
        "problems_hierarchy_penalty": 0.001,
        "problems_seed": 5,
    }
    iris = usual | {"problems_hierarchy_data": "iris"}
    islands = usual | {"problems_hierarchy_data": "islands"}
    return {
        _("Works: digits, near misses cheap"): usual | {"problems_hierarchy_data": "digits", GROUPS: ""},
        _("Works: the group first, iris"): iris | {GROUPS: "iris:0,1,1", "problems_seed": 0},
        _("Works: penguins, species above islands"): islands | {GROUPS: "islands:0,1,0,2,0", "problems_seed": 2},
        _("Fails: penguins, islands that bodies do not show"): islands
        | {GROUPS: "islands:0,0,1,1,2", "problems_seed": 2},
        _("Fails: a group with another class in its middle"): iris | {GROUPS: "iris:0,1,0", "problems_seed": 0},
        _("Fails: a penalty that makes the probabilities wrong"): usual
        | {"problems_hierarchy_data": "digits", GROUPS: "", "problems_hierarchy_penalty": 0.1, "problems_seed": 2},
    }


def _links() -> None:
    link("neuron", _("Decisions by what a mistake costs, for two classes"), {"neuron_view": "threshold"})


KIND = Kind("hierarchy", controls=_controls, make=miniature, examples=_examples, edited=_edited, links=_links)
