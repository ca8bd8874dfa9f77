"""Search: a digit is picked or painted, and pictures near to it are found by pixels and by a small network."""

from collections.abc import Mapping
from typing import Any

from core.language import _
from core.problems.search import miniature
from core.problems.search.digit_pictures import load_pictures, read_picture, write_picture
from core.problems.search.nearest_pictures import COSINE
from dashboard.screens.problems.kind import Kind
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.visit import settings, state

PAINTED = "problems_search_picture"
EIGHT = "00549a0000a8bg20008cee10005f700000ec000001ed300000cd5000007g5000"  # picture 127
LOWERED = "0" * 16 + EIGHT[:48]  # by two pixels


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    data = controls.select("problems_search_data", _("Data"), width=230)
    chosen = controls.either("problems_search_from", _("Query"))
    if chosen == "painted":
        label = int(controls.select("problems_search_label", _("It is a …"), width=90))
        query: dict[str, Any] = {"picture": settings.text(PAINTED), "label": label}
    else:
        query = {"query": controls.number("problems_search_query", _("Number of the picture"))}
    distance = controls.either("problems_search_distance", _("Distance"))
    p = COSINE if distance == COSINE else float(controls.slider("problems_search_p", _("p of the norm")))
    epochs = controls.slider("problems_search_epochs", _("Epochs of the network"))
    results = controls.slider("problems_search_results", _("Pictures shown, k"))
    return query | {"seed": settings.value("problems_seed"), "data": data, "p": p, "epochs": epochs, "results": results}


def _edited(event: Mapping[str, Any]) -> None:
    """Take over the picture as it was painted; what was one of the pictures keeps its digit until another is chosen."""
    if "image" not in event:
        return
    if settings.value("problems_search_from") == "picked":
        label = load_pictures().labels[settings.value("problems_search_query")]
        settings.choose("problems_search_label", str(label))
    state.put(PAINTED, write_picture(event["image"]))
    settings.choose("problems_search_from", "painted")


def _examples() -> Examples:
    usual = {
        "problems_search_data": "unseen", "problems_search_distance": "norm", "problems_search_p": 2.0,
        "problems_search_epochs": 20, "problems_search_results": 10, "problems_seed": 0,
    }  # fmt: skip
    picked = usual | {"problems_search_from": "picked", "problems_search_query": 127}
    painted = usual | {"problems_search_from": "painted", "problems_search_label": "8"}
    return {
        _("Works: the network finds what pixels miss"): picked,
        _("Fails: the digit moved down by two pixels"): painted | {PAINTED: LOWERED},
        _("Fails: ink and paper exchanged"): painted | {PAINTED: write_picture(1 - read_picture(EIGHT))},
        _("Fails: a network that has learned nothing"): picked | {"problems_search_epochs": 0},
    }


def _links() -> None:
    link("norms", _("Distances between rows under any norm"), {"norms_view": "distances"})
    link("components", _("What each layer of a network on these digits tells apart"),
         {"components_view": "levels", "components_level": "layers"})  # fmt: skip


KIND = Kind("search", controls=_controls, make=miniature, examples=_examples, edited=_edited, links=_links)
