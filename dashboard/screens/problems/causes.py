"""Causes and graphs: a slope with and without the class, and a twin in which do() can be carried out."""

from typing import Any

from core.language import _
from core.problems.causes import miniature
from core.problems.causes.graph import SHAPES
from core.problems.rows import Rows, load_rows
from dashboard.screens.problems.kind import Kind
from dashboard.screens.problems.own_rows import LABEL, own_classes, penguins
from dashboard.screens.problems.two_columns import across_key, two_columns, up_key
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.visit import settings, state

PENGUINS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    data = controls.select("problems_causes_data", _("Data"), width=210)
    return {"seed": settings.value("problems_seed")} | (_graph(data) if data in SHAPES else _rows(data))


def _graph(shape: str) -> dict[str, Any]:
    second = {"fork": _("Arrow Z → Y"), "chain": _("Arrow Z → Y"), "collider": _("Arrow Y → Z")}
    return {
        "graph": shape,
        "effect": controls.slider("problems_causes_effect", _("Arrow X → Y")),
        "strength": controls.slider("problems_causes_strength", second[shape]),
        "size": controls.slider("problems_causes_size", _("Rows")),
    }


def _rows(data: str) -> dict[str, Any]:
    rows = _rows_of(data)
    label = str(state.get(LABEL)) if data == "table" else "species"
    return {"rows": rows, "label": label} | two_columns("causes", rows)


def _rows_of(data: str) -> Rows:
    if data == "table":
        return own_classes()
    return penguins(PENGUINS) if data == "penguins" else load_rows("iris")


def _examples() -> Examples:
    bills = {across_key("causes"): "bill length (mm)", up_key("causes"): "bill depth (mm)"}
    twin = {"problems_causes_effect": 0.5, "problems_causes_size": 300}
    against = twin | {"problems_causes_strength": -1.5}
    along = twin | {"problems_causes_strength": 1.5}
    return {
        _("Works: bills by species"): {"problems_causes_data": "penguins"} | bills,
        _("Works: adjusting for a confounder"): {"problems_causes_data": "fork"} | against,
        _("Fails: adjusting for a mediator"): {"problems_causes_data": "chain"} | against,
        _("Fails: adjusting for a collider"): {"problems_causes_data": "collider"} | along,
    }


def _links() -> None:
    link("compare", _("Coefficients of your table, each with the other columns held fixed"))


KIND = Kind("causes", controls=_controls, make=miniature, examples=_examples, links=_links)
