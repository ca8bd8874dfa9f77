"""The visitor's own trained model with some of its four parts changed: what is trained, and how far off it is."""

import json
from dataclasses import dataclass, replace

from core.foundations.part_switches import Errors, keep_share, model_errors
from core.regression.data.polynomial_features import expand
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.train import SgdRun
from dashboard.pipeline import training
from dashboard.pipeline.training import Problem
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

PARTS = ("rows", "degree", "objective", "optimizer")  # of data, model, objective and optimiser
USUAL = {"rows": "all", "degree": 1, "objective": "own", "optimizer": "own"}
SHARES = {"all": 1.0, "half": 0.5, "tenth": 0.1}
PENALTIES = {"small": 0.1, "large": 10.0}


@dataclass(frozen=True, eq=False)
class Switched:
    """A problem and a config with some parts changed, the run, and the errors of it and of its exact answer."""

    problem: Problem
    config: SgdConfig
    run: SgdRun
    is_exact: bool
    errors: Errors
    exact: Errors

    @property
    def shown(self) -> Errors:
        """The errors of what the optimiser gives: those of the run, or of the exact answer."""
        return self.exact if self.is_exact else self.errors


def chosen() -> dict[str, object]:
    """Return the switches as they stand."""
    return {name: settings.value(f"components_parts_{name}") for name in PARTS}


def switched(of: Problem, how: SgdConfig, switches: dict[str, object]) -> Switched:
    """Return the model with these switches. Raises InputError where its features cannot be made."""
    key = json.dumps([training.run_key(of, how), switches])
    return _switched(key, of, how, switches)


@cache_resource(scope="session", max_entries=16, show_spinner=False)
def _switched(key: str, _of: Problem, _how: SgdConfig, _switches: dict[str, object]) -> Switched:
    problem = _changed(_of, str(_switches["rows"]), int(str(_switches["degree"])), _how.seed)
    optimizer = str(_switches["optimizer"])
    config = replace(
        _how,
        batch_size=min(_how.batch_size, len(problem.y_train)),
        penalty=PENALTIES.get(str(_switches["objective"]), _how.penalty),
        optimizer=optimizer if optimizer == "adam" else _how.optimizer,
    )
    run = training.run(problem, config)
    rows = (problem.X_train, problem.y_train, problem.X_test, problem.y_test)
    exact = model_errors(run.ridge or run.closed_form, *rows)
    return Switched(problem, config, run, optimizer == "exact", model_errors(run, *rows), exact)


def _changed(of: Problem, rows: str, degree: int, seed: int) -> Problem:
    """Return the problem on a share of its training rows, and with powers of its columns."""
    import torch

    result = of
    if rows != "all":
        kept = torch.from_numpy(keep_share(len(of.y_train), SHARES[rows], seed))
        result = replace(result, key=f"{of.key} {rows} {seed}", X_train=of.X_train[kept], y_train=of.y_train[kept])
    if degree == 1 or of.expansion is not None:
        return result
    made = expand(result.X_train, of.feature_names, degree)
    return replace(
        result,
        key=f"{result.key} degree {degree}",
        feature_names=list(made.names),
        X_train=torch.from_numpy(made.transform(result.X_train)),
        X_test=None if of.X_test is None else torch.from_numpy(made.transform(of.X_test)),
        expansion=made,
        categories=(),
    )
