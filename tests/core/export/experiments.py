"""Experiments for the tests: made as the screens make them, and scripts run by a Python that never saw this project."""

from dataclasses import dataclass, replace
from pathlib import Path

import torch

from core.export import Experiment, SyntheticData, TableData
from core.preprocessing import Recipe, read_table, split_rows, suggest_recipe
from core.regression import SgdConfig, SgdRun, make_synthetic, train
from core.regression.data.polynomial_features import expand
from tests.plain_python import run_python

ABSENT = ("core", "dashboard", "numba", "scipy", "streamlit", "altair", "pyarrow")
DATA = Path(__file__).parents[3] / "data"

RUNNER = """
import runpy, sys, torch
folder, count, wanted = sys.argv[1], int(sys.argv[2]), ("landed", "net_w", "net_b", "w", "b", "least", "gap", "start_w")
sys.argv = ["script.py"]
kept = []
for place in range(count):
    left = runpy.run_path(f"{folder}/script_{place}.py")
    kept.append({key: left[key] for key in wanted})
torch.save(kept, f"{folder}/results.pt")
"""


@dataclass(frozen=True, eq=False)
class Made:
    """An experiment, the rows it was made from, and the run."""

    experiment: Experiment
    run: SgdRun
    X_train: torch.Tensor
    y_train: torch.Tensor
    X_test: torch.Tensor | None
    y_test: torch.Tensor | None


def from_table(
    path, config: SgdConfig, *, target=None, recipe: Recipe | None = None, test_share=0.2, **features
) -> Made:
    """Train on a file, with powers and products if `features` asks for them."""
    frame = read_table(path).frame
    plan = recipe or suggest_recipe(frame, target)
    train, _test = split_rows(frame, plan, test_share=test_share, seed=3)
    fitted = plan.fit(frame.loc[train])
    prepared = fitted.transform(frame)
    mask = torch.tensor(prepared.rows.isin(train))
    data = TableData(fitted, Path(path).as_posix(), test_share, 3)
    return _train(data, config, plan.target, prepared.feature_names, prepared.X, prepared.y, mask, features, None)


def from_synthetic(data: SyntheticData, config: SgdConfig, **features) -> Made:
    """Train on rows of a known model."""
    X, y = make_synthetic(data.rows, data.weights, data.bias, data.noise, data.seed)
    mask = torch.arange(data.rows) >= data.held_out
    names = [f"x{place + 1}" for place in range(len(data.weights))]
    truth = (*data.weights, data.bias) if not features else None
    return _train(data, config, "y", names, X, y, mask, features, truth)


def _train(data, config, label, names, X, y, mask, features, truth) -> Made:
    expansion = expand(X[mask], names, **features) if features else None
    if expansion is not None:
        names, X = expansion.names, torch.from_numpy(expansion.transform(X))
    parts = (X[mask], y[mask], X[~mask], y[~mask])
    if mask.all():
        parts = (X, y, None, None)
    how = replace(config, batch_size=min(config.batch_size, len(parts[1])))
    run = train(*parts[:2], how, X_test=parts[2], y_test=parts[3], feature_names=list(names))
    made = Experiment(data, how, len(parts[1]), tuple(names), label, expansion, runs_away=run.diverged, truth=truth)
    return Made(made, run, *parts)


def run_alone(scripts, folder: Path, *allowed: str) -> list[dict[str, torch.Tensor]]:
    """Run scripts in one fresh process without this project, and return what they leave."""
    for place, script in enumerate(scripts):
        (folder / f"script_{place}.py").write_text(script, encoding="utf-8")
    absent = () if "sklearn" in allowed else ABSENT
    run_python("-W", "error", "-c", RUNNER, str(folder), str(len(scripts)), folder=folder, absent=absent)
    return torch.load(folder / "results.pt")


def run_one(script: str, folder: Path, *arguments: str, name: str = "script.py") -> str:
    """Run one script as a person does, and return what it prints."""
    (folder / name).write_text(script, encoding="utf-8")
    return run_python("-W", "error", name, *arguments, folder=folder).stdout
