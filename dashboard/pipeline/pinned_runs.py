"""The runs that were pinned: their settings as plain values, kept for the visit, and run again when they are shown.

A pin is a dictionary of JSON values: name ("A" to "H"); table (file, key, target, plan) or None for synthetic data;
problem, which names the rows trained on; knobs, the settings that determine the run; figures, its results when it was
pinned.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from core.errors import InputError
from core.regression.sgd.optimizers import PARAMETERS
from dashboard.pipeline import tables, training
from dashboard.pipeline.training import Problem, Result
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

MOST = 8
NAMES = "ABCDEFGH"
_PINS = "_pins"
_OF_TABLES = ("prepare_test_share", "prepare_split_seed")
_OF_SYNTHETIC = ("train_rows", "noise", "train_weight_1", "train_weight_2", "train_bias")
_OF_ALL = (
    "learning_rate", "batch_size", "epochs", "seed", "train_optimizer", *(f"train_{name}" for name in PARAMETERS),
    "train_shuffle", "train_start", "train_penalty", "train_patience", "train_standardise", "train_degree",
    "train_products", "train_centre",
)  # fmt: skip
_FIGURES = ("loss", "gap", "test_loss", "updates", "seconds", "diverged")


@dataclass(frozen=True, eq=False)
class PinnedRun:
    """A pinned run, run again. `history` has updates, epochs, rows (seen), loss, gap and maybe test_loss.

    `floor` and `test_floor` are the losses of its closed form; `figures` are those of the pin.
    """

    history: pd.DataFrame
    floor: float
    test_floor: float | None
    unit: str
    figures: dict[str, Any]


def pinned() -> list[dict[str, Any]]:
    """Return the pins as JSON values, in the order in which they were made."""
    return [dict(pin) for pin in state.get(_PINS, [])]


def restore(pins: object) -> None:
    """Replace the pins by those from elsewhere; whatever is not a pin is left out."""
    kept: dict[str, dict[str, Any]] = {}
    for pin in pins if isinstance(pins, list) else []:
        sound = _sound(pin)
        if sound and len(kept) < MOST:
            kept.setdefault(sound["name"], sound)
    state.put(_PINS, list(kept.values()))


def pin(problem: Problem, result: Result) -> None:
    """Pin the run that the knobs describe now; nothing happens if it is pinned, or if there are eight already."""
    if name_of_present() is None and len(pinned()) < MOST:
        taken = {each["name"] for each in pinned()}
        name = next(letter for letter in NAMES if letter not in taken)
        entry = {"name": name, **_present(), "problem": state.digest(problem.key.encode()), "figures": _figures(result)}
        state.put(_PINS, [*pinned(), entry])


def unpin(name: str) -> None:
    """Remove one pin; the others keep their names."""
    state.put(_PINS, [each for each in pinned() if each["name"] != name])


def unpin_all() -> None:
    """Remove all pins."""
    state.put(_PINS, [])


def name_of_present() -> str | None:
    """Return the name under which the run that the knobs describe now is pinned, or None if it is not."""
    now = _present()
    return next((each["name"] for each in pinned() if {key: each[key] for key in now} == now), None)


def is_open(pin: Mapping[str, Any]) -> bool:
    """Whether the rows of a pin are available: synthetic ones, or those of the table in use, prepared alike."""
    return pin["table"] is None or pin["table"] == table_at_hand()


def load(pin: Mapping[str, Any]) -> None:
    """Set all knobs as they were for this run."""
    settings.choose("train_source", "synthetic" if pin["table"] is None else "table")
    for key, value in pin["knobs"].items():
        settings.choose(key, value)


def run_again(pin: Mapping[str, Any]) -> PinnedRun:
    """Return the run of a pin that is open: from its settings, so bit for bit the run that was pinned."""
    kept = _kept(state.digest(repr((pin["table"], pin["knobs"])).encode()))
    if not kept:
        source = "synthetic" if pin["table"] is None else "table"
        with state.instead({**pin["knobs"], "train_source": source}):
            problem = training.problem()
            kept.append(_told(problem, training.result(problem, training.sgd_config(problem))))
    return kept[0]


@cache_resource(scope="session", max_entries=2 * MOST, show_spinner=False)
def _kept(key: str) -> list[PinnedRun]:
    """Return where a run is kept; training draws its progress, which a cached function may not."""
    return []


def _told(problem: Problem, result: Result) -> PinnedRun:
    run = result.run
    history = run.history[[name for name in ("step", "epoch", "loss", "gap", "test_loss") if name in run.history]]
    history = history.rename(columns={"step": "updates", "epoch": "epochs"})
    history.insert(2, "rows", history["epochs"] * len(problem.y_train))
    return PinnedRun(history, run.closed_form_loss, run.closed_form_test_loss, problem.label, _figures(result))


def _figures(result: Result) -> dict[str, Any]:
    run = result.run
    return {
        "loss": run.loss,
        "gap": run.gap,
        "test_loss": float(run.history["test_loss"].iloc[-1]) if "test_loss" in run.history else None,
        "updates": run.steps,
        "seconds": run.seconds,
        "diverged": run.diverged,
    }


def _present() -> dict[str, Any]:
    """Return the key of the run that the knobs describe now."""
    synthetic = settings.value("train_source") == "synthetic"
    deciding = (*_OF_ALL, *(_OF_SYNTHETIC if synthetic else _OF_TABLES))
    return {"table": None if synthetic else _table(), "knobs": {key: settings.value(key) for key in deciding}}


def table_at_hand() -> dict[str, Any] | None:
    """Return the entry of a pin for the table in use and its plan, or None if nothing can be trained on it."""
    try:
        return _table()
    except InputError:
        return None


def _table() -> dict[str, Any]:
    plan = tables.recipe()
    return {
        "file": state.source().name,
        "key": tables.table_key(),
        "target": plan.target,
        "plan": state.digest(plan.to_json().encode()),
    }


def _sound(pin: object) -> dict[str, Any] | None:
    """Return a pin from elsewhere with allowed values only, or None if it is none."""
    if not isinstance(pin, dict) or pin.get("name") not in list(NAMES) or not isinstance(pin.get("knobs"), dict):
        return None
    table, figures = pin.get("table"), pin.get("figures")
    if not (table is None or (isinstance(table, dict) and table.keys() == {"file", "key", "target", "plan"})):
        return None
    if not isinstance(figures, dict) or not isinstance(pin.get("problem"), str):
        return None
    deciding = (*_OF_ALL, *(_OF_SYNTHETIC if table is None else _OF_TABLES))
    return {
        "name": pin["name"],
        "table": table and {part: str(value) for part, value in table.items()},
        "knobs": {
            key: settings.KNOBS[key].clamp(pin["knobs"].get(key, settings.KNOBS[key].default)) for key in deciding
        },
        "problem": pin["problem"],
        "figures": {name: _number(figures.get(name)) for name in _FIGURES},
    }


def _number(value: object) -> float | bool | None:
    finite = isinstance(value, bool | int | float) and math.isfinite(value)
    return value if finite else None  # type: ignore[return-value]
