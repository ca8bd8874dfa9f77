"""Classes: softmax by SGD on columns of a table, beside Newton's optimum, or the proof that none exists."""

from typing import Any

from core.language import _
from core.problems.class_rows import closest_two, digit_rows
from core.problems.classes import miniature
from core.problems.rows import Rows, load_rows
from dashboard.screens.problems.kind import Kind
from dashboard.screens.problems.own_rows import own_classes, penguins
from dashboard.screens.problems.two_columns import across_key, two_columns, up_key
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.visit import settings

PENGUINS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    rows = _rows(controls.select("problems_classes_data", _("Data"), width=170))
    classes = controls.either("problems_classes_classes", _("Classes"))
    features = controls.either("problems_classes_features", _("Columns"))
    places = two_columns("classes", rows) if features == "two" and len(rows.names) > 1 else {"x": 0, "y": 1}
    count = len((closest_two(rows) if classes == "closest" else rows).X)
    return {
        "seed": settings.value("problems_seed"),
        "rows": rows,
        "classes": classes,
        "features": features,
        "across": places["x"],
        "up": places["y"],
        "penalty": controls.slider("problems_classes_penalty", _("Penalty")),
        "rate": controls.slider("problems_classes_rate", _("Learning rate")),
        "batch": controls.slider("problems_classes_batch", _("Rows in a batch")),
        "epochs": controls.slider("problems_classes_epochs", _("Epochs")),
        "row": min(controls.number("problems_classes_row", _("Row with its probabilities")), count),
    }


def _rows(data: str) -> Rows:
    if data == "table":
        return own_classes()
    if data == "digits":
        return digit_rows()
    return penguins(PENGUINS) if data == "penguins" else load_rows(data)


def _examples() -> Examples:
    usual = {
        "problems_classes_classes": "all",
        "problems_classes_features": "two",
        "problems_classes_penalty": 0.0,
        "problems_classes_rate": 0.5,
        "problems_classes_batch": 16,
        "problems_classes_epochs": 30,
        "problems_seed": 0,
    }
    penguins_of = usual | {"problems_classes_data": "penguins"}
    bills = {across_key("classes"): "bill length (mm)", up_key("classes"): "bill depth (mm)"}
    bodies = {across_key("classes"): "flipper length (mm)", up_key("classes"): "body mass (g)"}
    petals = {across_key("classes"): "petal length (cm)", up_key("classes"): "petal width (cm)"}
    iris = usual | {"problems_classes_data": "iris"} | petals
    digits = usual | {"problems_classes_data": "digits", "problems_classes_features": "all"}
    return {
        _("Works: penguins by their bills"): penguins_of | bills,
        _("Works: two classes of iris"): iris | {"problems_classes_classes": "closest"},
        _("Works: digits with a penalty"): digits | {"problems_classes_penalty": 0.01},
        _("Fails: iris is separable, so no weights are best"): iris,
        _("Fails: Adelie and Chinstrap have the same bodies"): penguins_of | bodies,
        _("Fails: too small a learning rate"): penguins_of | bills | {"problems_classes_rate": 0.01},
    }  # fmt: skip


def _links() -> None:
    link("neuron", _("Softmax for more than two classes, step by step"), {"neuron_view": "classes"})


KIND = Kind("classes", controls=_controls, make=miniature, examples=_examples, links=_links)
