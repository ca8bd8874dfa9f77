"""The scene of the stage on which a run is watched: its recorded steps as tables, and all its words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.regression import SgdRun
from core.regression.convergence.loss_surface import LossSurface
from core.regression.data.standardizer import Scaling
from core.regression.data.validation import Array
from dashboard.scenes.stage import level_curves as bowls
from dashboard.scenes.stage.rows import LARGEST, DrawnRows, choose_rows, row_tables
from dashboard.scenes.stage.words import stage_words

MOST_WRITTEN = 14  # parameters whose updates are written out, the bias among them
_DEEPEST = 3.0  # powers of ten: a floor that is further below all losses is drawn only if they span far more

Scene = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Table:
    """The data of the run: features X (n, d), labels y (n,), their names, and the name of the label."""

    X: Array
    y: Array
    names: Sequence[str]
    label: str


def stage_scene(run: SgdRun, table: Table, scaling: Scaling, bowl: LossSurface | None) -> Scene:
    """Return what the stage needs: tables under their names, and everything else as JSON values.

    `scaling` is that of the table (`fit_scaling`), `bowl` the landscape to draw the path on, or None if there is none.
    """
    updates = run.updates
    minibatches = run.minibatches(updates.steps)
    rows = choose_rows(minibatches, *table.X.shape)
    goal = run.ridge or run.closed_form
    residuals = table.X[rows.positions] @ goal.weights.numpy() + goal.bias - table.y[rows.positions]
    before, after = updates.before, updates.after.copy()
    after[-1] = before[-1]
    land = _land(run, table, bowl, before, after)
    sizes = np.array([len(batch) for batch in minibatches], dtype=np.float64)
    columns = [name for name in ("step", "epoch", "loss", "gap", "test_loss") if name in run.history]
    return {
        "frames": run.history[columns].assign(size=sizes, lit=rows.counts.astype(np.float64), **land.pop("way", {})),
        **_parameters(run, table, scaling, bowl, before),
        **_written(run, before, after, _goal(run, table, bowl)),
        **row_tables(rows, table.X, table.y, scaling, residuals),
        **_settings(run, table, scaling, rows),
        **land,
        "loss": loss_axis(run),
        "words": stage_words(run, table.names, table.label, is_standardised(run)),
    }


def _land(run: SgdRun, table: Table, bowl: LossSurface | None, before: Array, after: Array) -> dict[str, Any]:
    """Return the landscape: curves of equal loss, the part of the plane, and the path of the run on it."""
    if bowl is None:
        return {"bowl": None}
    gaps = run.history["gap"].to_numpy()
    here, there = (np.clip(bowls.places(bowl, at), -1e150, 1e150) for at in (before, after))
    part = bowls.window(bowl, here, gaps)
    levels = bowls.curve_gaps(bowl, part)
    kept = bowls.frames_before_leaving(gaps)
    names = list(table.names)
    titles = bowls.axis_titles(bowl, names, table.label, is_standardised(run))
    return {
        "way": {"across": here[:, 0], "up": here[:, 1], "next_across": there[:, 0], "next_up": there[:, 1]},
        "curves": bowls.curves(bowl, levels, part),
        "bowl": {
            "part": part.T.tolist(),
            "centre": bowl.centre.tolist(),
            "curvature": bowl.curvature.tolist(),
            "losses": [bowl.loss + gap for gap in levels],
            "titles": list(titles),
            "note": bowls.directions_in_words(bowl, names),
            "left_at": None if kept == len(gaps) else float(run.history["step"].iloc[kept]),
        },
    }


def _parameters(run: SgdRun, table: Table, scaling: Scaling, bowl: LossSurface | None, before: Array) -> dict[str, Any]:
    """Return how far the parameters are from the closed form, as float32, frame after frame: weights, then bias.

    They are for features centred and scaled by `scaling`, whatever coordinates the run was trained in.
    """
    goal = _goal(run, table, bowl)
    trained = run.scaling
    with np.errstate(over="ignore", invalid="ignore"):
        change = (before[:, :-1] - goal[:-1]) / trained.spread
        bias = before[:, -1] - goal[-1] + change @ (scaling.centre - trained.centre)
        moved = np.clip(np.column_stack([change * scaling.spread, bias]), -LARGEST, LARGEST)
    weights = goal[:-1] / trained.spread * scaling.spread
    return {
        "path": pd.DataFrame({"change": moved.astype(np.float32).ravel()}),
        "goal": [*weights.tolist(), float(table.y.mean())],
    }


def _goal(run: SgdRun, table: Table, bowl: LossSurface | None) -> Array:
    """Return the closed form in the coordinates trained in; the bias at the mean row is the mean label."""
    if bowl is not None:
        return bowl.origin
    goal = run.ridge or run.closed_form
    bias = float(table.y.mean()) if is_standardised(run) else goal.bias
    return np.append(goal.weights.numpy() * run.scaling.spread, bias)


def is_standardised(run: SgdRun) -> bool:
    """Whether training used other features than those of the table."""
    return bool((run.scaling.centre != 0).any() or (run.scaling.spread != 1).any())


def _written(run: SgdRun, before: Array, after: Array, goal: Array) -> dict[str, Any]:
    """Return the updates to be written out, exact: those of the weights that move furthest, and of the bias."""
    way = np.abs(before[: bowls.frames_before_leaving(run.history["gap"].to_numpy())] - before[0]).max(axis=0)
    furthest = np.argsort(-way[:-1], kind="stable")[: MOST_WRITTEN - 1]
    chosen = np.append(np.sort(furthest), before.shape[1] - 1)
    gradient = run.updates.gradient[:, chosen].copy()
    gradient[-1] = 0.0
    columns = {"before": before[:, chosen], "gradient": gradient, "after": after[:, chosen]}
    return {
        "written": pd.DataFrame({name: values.ravel() for name, values in columns.items()}),
        "chosen": chosen.tolist(),
        "ends": goal[chosen].tolist(),
    }


def _settings(run: SgdRun, table: Table, scaling: Scaling, rows: DrawnRows) -> dict[str, Any]:
    trained, config = run.scaling, run.config
    return {
        "rate": config.learning_rate,
        "step": config.rule.step,
        "velocity": config.own.get("momentum") if config.rule.has_spectrum else None,
        "penalty": config.penalty,
        "standardised": is_standardised(run),
        "last_update": run.steps,
        "names": [str(name) for name in table.names],
        "drawn": rows.drawn,
        "rows_in_all": len(table.y),
        "all_lit": rows.all_lit,
        "centre": scaling.centre.tolist(),
        "spread": scaling.spread.tolist(),
        # a feature as used in training is offset + factor · z
        "offset": ((scaling.centre - trained.centre) / trained.spread).tolist(),
        "factor": (scaling.spread / trained.spread).tolist(),
    }


def loss_axis(run: SgdRun) -> dict[str, Any]:
    """Return the ends of the log axis of the loss, and the closed form's loss if it can be drawn there.

    Losses that are not above 0 cannot be drawn; if none can, both ends are None.
    """
    columns = [name for name in ("loss", "test_loss") if name in run.history]
    values = run.history[columns].to_numpy()
    positive = values[np.isfinite(values) & (values > 0)]
    floor = run.closed_form_loss
    if positive.size == 0:
        return {"low": None, "high": None, "floor": None, "closed_form": floor}
    low, high = float(positive.min()), float(positive.max())
    seen = floor > 0 and math.log10(low / floor) <= max(_DEEPEST, 0.5 * math.log10(high / low))
    return {
        "low": min(low, floor) if seen else low,
        "high": max(high, floor),
        "floor": floor if seen else None,
        "closed_form": floor,
    }
