"""Principal components: a linear autoencoder beside the SVD."""

from typing import Any

from core.errors import InputError
from core.language import _
from core.problems.components import miniature
from core.problems.rows import Rows, load_rows
from dashboard.screens.problems.kind import Kind
from dashboard.screens.problems.own_rows import own_classes, own_numbers, penguins
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.visit import settings

MADE = ("digits", "equal")  # what the miniature makes itself; the others are tables
PENGUINS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    data = controls.select("problems_components_data", _("Data"), width=170)
    of_data: dict[str, Any] = {"data": data} if data in MADE else {"rows": _rows(data)}
    if data not in MADE:
        of_data["scaled"] = controls.toggle("problems_components_scaled", _("Standardise the columns"))
    return of_data | {
        "seed": settings.value("problems_seed"),
        "k": controls.slider("problems_components_k", _("Numbers kept, k")),
        "rate": controls.slider("problems_components_rate", _("Learning rate")),
        "schedule": controls.either("problems_components_schedule", _("Its course")),
        "steps": controls.slider("problems_components_steps", _("Steps")),
    }


def _rows(data: str) -> Rows:
    """Return a table, with classes to colour its rows where it has some."""
    if data == "penguins":
        return penguins(PENGUINS)
    if data != "table":
        return load_rows(data)
    try:
        return own_classes()
    except InputError:
        return own_numbers()


def _examples() -> Examples:
    usual = {
        "problems_components_k": 2,
        "problems_components_rate": 1.0,
        "problems_components_schedule": "falling",
        "problems_components_steps": 3000,
        "problems_seed": 0,
    }
    return {
        _("Works: digits"): usual | {"problems_components_data": "digits"},
        _("Works: eight numbers"): usual
        | {"problems_components_data": "digits", "problems_components_k": 8, "problems_components_rate": 3.0},
        _("Fails: equal variances"): usual | {"problems_components_data": "equal"},
        _("Fails: one unit takes all"): usual
        | {"problems_components_data": "wine", "problems_components_scaled": False},
        _("Fails: too large a learning rate"): usual
        | {"problems_components_data": "digits", "problems_components_rate": 10.0},
    }


def _links() -> None:
    link("products", _("A product of two matrices, step by step"), {"products_view": "matrix_matrix"})
    link("train", _("SGD on your own table, epoch by epoch"))


KIND = Kind("components", controls=_controls, make=miniature, examples=_examples, links=_links)
