"""The stage on which a run is watched, with its scene cached for the visit: of Train, and of the front screen."""

import json

import numpy as np

from core.errors import InputError
from core.language import current_language
from core.regression import loss_surface
from core.regression.convergence.loss_surface import EXTREMES, LossSurface
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline import training
from dashboard.pipeline.training import Problem, Result
from dashboard.scenes.stage.scene import Scene, Table, stage_scene
from dashboard.ui import scenes
from dashboard.visit.cache import cache_resource


def usual_axes(problem: Problem) -> tuple[str, str]:
    """Return the axes of the landscape as `loss_surface` takes them, where none are chosen."""
    return ("w1", "b") if len(problem.feature_names) == 1 else EXTREMES


def draw_stage(problem: Problem, how: SgdConfig, result: Result, axes: tuple[str, str], opening: float = 0) -> None:
    """Draw the run that these settings made; on arrival it plays for `opening` seconds, on its three charts alone."""
    language = current_language().code  # its words are unpacked once
    version = json.dumps([training.run_key(problem, how), result.run.steps, axes, language])
    scenes.stage(_scene(version, problem, how, result, axes), problem.key, version, opening)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _scene(version: str, _problem: Problem, _how: SgdConfig, _result: Result, axes: tuple[str, str]) -> Scene:
    table = Table(_problem.X_train.numpy(), _problem.y_train.numpy(), _problem.feature_names, _problem.label)
    many = _result.fit.rank < _result.fit.columns and not _how.penalty
    near = tuple(_result.run.updates.before[0].tolist()) if many else None
    landscape = _landscape(_problem.key, _how.standardise, _how.penalty, axes, near, _problem, _result)
    return stage_scene(_result.run, table, _result.scaling, landscape)


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _landscape(
    key: str,
    standardise: bool,
    penalty: float,
    axes: tuple[str, str],
    near: tuple[float, ...] | None,
    _problem: Problem,
    _result: Result,
) -> LossSurface | None:
    """Return the landscape over these axes, or None if the loss curves in one direction only."""
    try:
        return loss_surface(
            _problem.X_train,
            _problem.y_train,
            axes,
            standardise=standardise,
            fit=_result.fit,
            penalty=penalty,
            near=None if near is None else np.array(near),
        )
    except InputError:
        return None
