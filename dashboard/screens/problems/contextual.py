"""A contextual bandit: the rows of any table with classes, one by one, where only the right class pays."""

from typing import Any

from core.language import _
from core.problems.contextual import digit_rows, miniature
from core.problems.rows import Rows, load_rows
from dashboard.screens.problems.kind import Kind
from dashboard.screens.problems.own_rows import own_classes, penguins
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.visit import settings

PENGUINS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    rows = _rows(controls.select("problems_contextual_data", _("Data"), width=170))
    return {
        "seed": settings.value("problems_seed"),
        "rows": rows,
        "alpha": controls.slider("problems_contextual_alpha", _("Weight of the widths, α")),
        "ridge": controls.slider("problems_contextual_ridge", _("Ridge, λ")),
        "passes": controls.slider("problems_contextual_passes", _("Passes over the rows")),
    }


def _rows(data: str) -> Rows:
    if data == "table":
        return own_classes()
    if data == "digits":
        return digit_rows()
    return penguins(PENGUINS) if data == "penguins" else load_rows(data)


def _examples() -> Examples:
    usual = {"problems_contextual_ridge": 1.0, "problems_contextual_passes": 1, "problems_seed": 0}
    penguin = usual | {"problems_contextual_data": "penguins"}
    return {
        _("Works: penguins"): penguin | {"problems_contextual_alpha": 0.5},
        _("Works: nothing to pay on irises"): usual
        | {"problems_contextual_data": "iris", "problems_contextual_alpha": 0.5},
        _("Fails: digits without exploring"): usual
        | {"problems_contextual_data": "digits", "problems_contextual_alpha": 0.0},
        _("Fails: exploring for too long"): penguin | {"problems_contextual_alpha": 5.0},
    }


def _links() -> None:
    link("neuron", _("Softmax for more than two classes, step by step"), {"neuron_view": "classes"})


KIND = Kind("contextual", controls=_controls, make=miniature, examples=_examples, links=_links)
