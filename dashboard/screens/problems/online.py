"""Offline and online: a line fitted once against one that is learned row by row, on a stream that may drift."""

from typing import Any

import numpy as np

from core.language import _
from core.problems.online import miniature
from core.problems.online.stream import MOST_ROWS
from core.problems.rows import Rows
from dashboard.pipeline import tables
from dashboard.screens.problems.kind import Kind
from dashboard.screens.problems.own_rows import own_numbers, penguins
from dashboard.screens.problems.two_columns import across_key, two_columns, up_key
from dashboard.ui import controls
from dashboard.ui.examples import Examples
from dashboard.ui.page import link
from dashboard.visit import settings

PENGUINS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


def _controls() -> dict[str, Any]:
    """Draw the controls and return what the miniature takes."""
    data = controls.select("problems_online_data", _("Data"), width=210)
    return {
        "seed": settings.value("problems_seed"),
        **(_rows(data) if data in ("penguins", "table") else _made(data)),
        "first": controls.slider("problems_online_first", _("Rows fitted once")),
        "rate": controls.slider("problems_online_rate", _("Learning rate η")),
        "schedule": controls.either("problems_online_schedule", _("Rate in time")),
        "project": controls.toggle("problems_online_project", _("Keep the weights in a ball")),
    }


def _made(drift: str) -> dict[str, Any]:
    speed = {} if drift == "none" else {"speed": controls.slider("problems_online_speed", _("Drift in 100 rows"))}
    return {
        "drift": drift,
        **speed,
        "noise": controls.slider("problems_online_noise", _("Noise")),
        "length": controls.slider("problems_online_length", _("Rows")),
    }


def _rows(data: str) -> dict[str, Any]:
    rows = penguins(PENGUINS) if data == "penguins" else _with_target(own_numbers(MOST_ROWS))
    return {"rows": rows} | two_columns("online", rows)


def _with_target(rows: Rows) -> Rows:
    """Return the prepared features with the target before them, which is what is usually predicted: y."""
    ready = tables.preparation()
    kept = np.unique(np.linspace(0, len(ready.prepared.y) - 1, len(rows.X)).round().astype(np.int64))
    target = ready.prepared.y.numpy().astype(np.float64)[kept]
    name = ready.prepared.target
    X = np.column_stack((rows.X[:, :1], target, rows.X[:, 1:]))
    names = (rows.names[0], name, *rows.names[1:])
    code = rows.code.rstrip() + "\nX = np.column_stack((X[:, :1], y, X[:, 1:]))\n"
    return Rows(f"{rows.key} with target", X, names, code=code)


def _examples() -> Examples:
    usual = {
        "problems_online_speed": 0.5, "problems_online_noise": 0.3, "problems_online_length": 600,
        "problems_online_first": 100, "problems_online_rate": 0.1, "problems_online_schedule": "constant",
        "problems_online_project": True,
    }  # fmt: skip
    still = {"problems_online_data": "none", "problems_online_schedule": "root", "problems_online_length": 2000}
    large = {"problems_online_data": "turn", "problems_online_rate": 1.5, "problems_online_project": False}
    bills = {across_key("online"): "bill length (mm)", up_key("online"): "bill depth (mm)"}
    by_species = {"problems_online_data": "penguins", "problems_online_rate": 0.03} | bills
    return {
        _("Works: following a slow turn"): usual | {"problems_online_data": "turn"},
        _("Works: no drift"): usual | still,
        _("Fails: fitted once, then a jump"): usual | {"problems_online_data": "jump"},
        _("Fails: fitted to the first species"): usual | by_species,
        _("Fails: a rate too large"): usual | large,
    }


def _links() -> None:
    link("train", _("SGD on your own table, epoch by epoch"))


KIND = Kind("online", controls=_controls, make=miniature, examples=_examples, links=_links)
