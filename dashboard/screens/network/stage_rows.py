"""The rows that the network on the stage learns from: of the table, or of a curve; all in standard deviations."""

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.foundations.curve import CURVES, make_curve
from core.language import _
from core.regression import fit_scaling
from dashboard.pipeline import training
from dashboard.pipeline.training import Problem
from dashboard.scenes.network.scene import Output
from dashboard.screens.network.last_rows import or_last
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

if TYPE_CHECKING:
    import torch

MOST_ROWS = 1_000
CURVE_ROWS = 200


@dataclass(frozen=True, eq=False)
class StageRows:
    """Rows to learn from: X (n, d) and y (n, outputs), every column with mean 0 and standard deviation 1.

    `names` are the features, `outputs` what each output predicts and in which units, `of` is from how many rows these
    were drawn. `wanted` outputs were asked for; there are fewer where the table has no more columns for them. `curve`
    says that they are those of a curve.
    """

    key: str
    X: "torch.Tensor"
    y: "torch.Tensor"
    names: tuple[str, ...]
    outputs: tuple[Output, ...]
    of: int
    wanted: int
    curve: bool = False


def stage_rows() -> StageRows:
    """Return the chosen rows; if the table cannot be prepared say so, and return the last valid ones."""
    wanted, seed = settings.value("network_stage_outputs"), settings.value("network_stage_seed")
    return or_last("network_stage_rows", lambda: _chosen(wanted, seed), lambda: _curve(wanted, seed))


def _chosen(wanted: int, seed: int) -> StageRows:
    if settings.value("network_stage_source") == "curve":
        return _curve(wanted, seed)
    problem = training.table_problem()
    return _of_table(json.dumps([problem.key, wanted]), problem, wanted)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _curve(outputs: int, seed: int) -> StageRows:
    X, y = make_curve(CURVE_ROWS, outputs, seed=seed)
    names = [_("y = {formula}").format(formula=formula) for formula in CURVES[:outputs]]
    key, features = json.dumps(["curve", outputs, seed]), ["x₁", "x₂"]
    return replace(_standardised(key, X.numpy(), y.numpy(), features, names, outputs), curve=True)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _of_table(key: str, _problem: Problem, outputs: int) -> StageRows:
    X, y = _problem.X_train.numpy(), _problem.y_train.numpy()
    more = extra_labels(X, outputs - 1)
    kept = [place for place in range(X.shape[1]) if place not in more]
    names = _problem.feature_names
    labels = np.column_stack([y, X[:, more]])
    return _standardised(
        key, X[:, kept], labels, [names[place] for place in kept], [_problem.label, *(names[place] for place in more)],
        outputs,
    )  # fmt: skip


def extra_labels(X: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", count: int) -> list[int]:
    """Return the columns of X (n, d) that become labels too: the last ones with more than two values; one stays."""
    many = [place for place in range(X.shape[1]) if len(np.unique(X[:, place])) > 2]
    room = min(count, X.shape[1] - 1)
    return many[len(many) - min(room, len(many)) :]


def _standardised(
    key: str,
    X: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    y: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    names: list[str],
    labels: list[str],
    wanted: int,
) -> StageRows:
    import torch

    total = len(X)
    if total > MOST_ROWS:
        drawn = np.sort(np.random.default_rng(0).choice(total, MOST_ROWS, replace=False))
        X, y = X[drawn], y[drawn]
    features, targets = fit_scaling(X), fit_scaling(y)
    outputs = [
        Output(name, float(centre), float(spread))
        for name, centre, spread in zip(labels, targets.centre, targets.spread, strict=True)
    ]
    return StageRows(
        key, torch.from_numpy(features.transform(X)), torch.from_numpy(targets.transform(y)), tuple(names),
        tuple(outputs), total, wanted,
    )  # fmt: skip
