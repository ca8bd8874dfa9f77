"""A supervised problem as reinforcement: the classes of a table, learned from labels and from rewards alone."""

from typing import Any

from core.language import _
from core.problems.rewarded import miniature
from core.problems.rows import Rows, load_rows
from dashboard.screens.problems.kind import Kind
from dashboard.screens.problems.own_rows import own_classes, penguins
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.visit import settings

DATA = "problems_rewarded_data"
PENGUINS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    return {
        "rows": _rows(controls.select(DATA, _("Data"), width=170)),
        "seed": settings.value("problems_seed"),
        "samples": controls.slider("problems_rewarded_samples", _("Samples")),
        "penalty": controls.slider("problems_rewarded_penalty", _("Penalty, λ")),
        "baseline": controls.toggle("problems_rewarded_baseline", _("Subtract the mean reward")),
    }


def _rows(data: str) -> Rows:
    if data == "table":
        return own_classes()
    return penguins(PENGUINS) if data == "penguins" else load_rows(data)


def _examples() -> Examples:
    usual = {"problems_rewarded_samples": 1000, "problems_rewarded_penalty": 0.01, "problems_rewarded_baseline": True}
    iris = usual | {DATA: "iris", "problems_seed": 0}
    return {
        _("Works: iris from rewards"): iris,
        _("Works: penguins from rewards"): iris | {DATA: "penguins"},
        _("Fails: nothing subtracted from the reward"): iris | {"problems_rewarded_baseline": False},
        _("Fails: too few samples"): iris | {"problems_rewarded_samples": 100, "problems_rewarded_penalty": 0.001},
    }


def _links() -> None:
    link("neuron", _("Softmax for more than two classes, step by step"), {"neuron_view": "classes"})


KIND = Kind("rewarded", controls=_controls, make=miniature, examples=_examples, links=_links)
