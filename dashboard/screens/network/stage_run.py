"""The network on the stage: its settings, its run, and what is exact beside it; kept until a setting changes."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from core.errors import InputError
from core.foundations.feature_groups import fold_features
from core.foundations.network import NetworkConfig
from core.foundations.network_exact import ExactOutput, exact_output, linear_loss
from core.foundations.network_training import NetworkRun, train_network
from core.language import N_
from dashboard.scenes.network.scene import network_scene
from dashboard.screens.network.stage_rows import StageRows
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource


@dataclass(frozen=True, eq=False)
class StageRun:
    """A trained network and what is exact.

    `exact` is its output layer in closed form, `linear` the least loss without hidden layers.
    """

    key: str
    run: NetworkRun
    exact: ExactOutput
    linear: float

    @property
    def is_linear(self) -> bool:
        """Whether it has no hidden layer, so that the closed form is the exact answer for all of it."""
        return not self.run.config.hidden


def stage_config(outputs: int) -> NetworkConfig:
    """Return the network that the knobs describe."""
    layers = range(1, settings.value("network_stage_layers") + 1)
    return NetworkConfig(
        hidden=tuple(int(settings.value(f"network_stage_units_{number}")) for number in layers),
        activations=tuple(settings.value(f"network_stage_activation_{number}") for number in layers),
        outputs=outputs,
        learning_rate=settings.value("network_stage_rate"),
        steps=settings.value("network_stage_steps"),
        seed=settings.value("network_stage_seed"),
    )


def stage_run(rows: StageRows, config: NetworkConfig) -> StageRun:
    """Train a network on the rows."""
    return _train(json.dumps([rows.key, asdict(config)]), rows, config)


@cache_resource(scope="session", max_entries=12, show_spinner=N_("Training"))
def _train(key: str, _rows: StageRows, _config: NetworkConfig) -> StageRun:
    run = train_network(_rows.X, _rows.y, _config)
    try:
        exact = exact_output(run.parameters, _config, _rows.X, _rows.y)
    except InputError:  # the hidden layers of a run that diverged may give numbers too large to solve with
        exact = exact_output(run.frames[0], _config, _rows.X, _rows.y)
    return StageRun(key, run, exact, exact.loss if not _config.hidden else linear_loss(_rows.X, _rows.y))


def stage_scene(rows: StageRows, trained: StageRun, row: int, finding: str) -> dict[str, Any]:
    """Return the scene of the run for one of the rows, counted from 1."""
    return _scene(trained.key, row, finding, rows, trained)


@cache_resource(scope="session", max_entries=12, show_spinner=False)
def _scene(key: str, row: int, finding: str, _rows: StageRows, _trained: StageRun) -> dict[str, Any]:
    run = _trained.run
    groups = fold_features(run.parameters[0].weights.norm(dim=1))
    x, y = _rows.X[row - 1], _rows.y[row - 1]
    return network_scene(run, _trained.exact, groups, _rows.names, _rows.outputs, x, y, finding)
