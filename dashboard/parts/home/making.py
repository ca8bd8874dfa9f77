"""The run on the screen as an experiment: the data from which `core.experiment` writes its files."""

from core.experiment import Experiment, SyntheticData, TableData
from core.regression import SgdRun
from core.regression.config import SgdConfig
from dashboard.parts import knobs, state, tables
from dashboard.parts.training import Problem, Result


def experiment(problem: Problem, how: SgdConfig, result: Result) -> Experiment:
    """Return the experiment that the knobs describe now."""
    truth = None
    if problem.true_weights is not None and problem.true_bias is not None:
        truth = (*problem.true_weights, problem.true_bias)
    return Experiment(
        data=_synthetic() if is_synthetic() else _table(),
        config=how,
        rows=len(problem.y_train),
        feature_names=tuple(problem.feature_names),
        label=problem.label,
        expansion=problem.expansion,
        runs_away=result.run.diverged,
        updates=_stopped_at(result.run),
        truth=truth,
    )


def is_synthetic() -> bool:
    """Say whether the rows are drawn and come from no table."""
    return bool(knobs.value("train_source") == "synthetic")


def stem() -> str:
    """Return how the names of all files begin."""
    if is_synthetic():
        return "synthetic"
    name = state.source().name
    return name.rpartition(".")[0] or name


def _synthetic() -> SyntheticData:
    rows = knobs.value("train_rows")
    weights = (knobs.value("train_weight_1"), knobs.value("train_weight_2"))
    return SyntheticData(
        rows, weights, knobs.value("train_bias"), knobs.value("noise"), knobs.value("seed"), held_out=rows // 5
    )


def _table() -> TableData:
    share, seed = knobs.value("prepare_test_share"), knobs.value("prepare_split_seed")
    return TableData(tables.preparation().fitted, state.source().name, share / 100, seed)


def _stopped_at(run: SgdRun) -> int | None:
    """Return after how many updates somebody stopped the run, or None if it ended by itself."""
    early = run.stopped_early
    if run.diverged:
        return None
    if early is not None:
        ended = early.epochs == run.config.epochs or early.epochs - early.best_epoch >= early.patience
        return None if ended else run.steps
    updates = run.config.epochs * -(-run.rows // run.config.batch_size)
    return run.steps if run.steps < updates else None
