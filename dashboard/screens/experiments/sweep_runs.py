"""The runs of the sweep, made once for each problem and choice, and the tables that the map draws."""

import json
import math
from dataclasses import asdict, dataclass

import pandas as pd

from core.formatting import format_count, format_number, format_percent, format_scientific
from core.language import _, ngettext
from core.regression import SweepPlan, plan_sweep, sweep
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline import training
from dashboard.pipeline.jobs import GoOn, long_work, stopped
from dashboard.pipeline.training import Problem
from dashboard.visit import settings


@dataclass(frozen=True, eq=False)
class Sweep:
    """The plan of a sweep and its results: `runs` has a row for each run made.

    key: names it in `long_work`. asked: how many rates and batch sizes, and how many epochs, were requested.
    """

    key: str
    plan: SweepPlan
    runs: pd.DataFrame
    asked: tuple[int, int, int]

    @property
    def floor(self) -> float:
        """The loss that gaps are compared with; 0 if there is none."""
        return self.plan.smallest

    @property
    def planned(self) -> int:
        """How many runs are planned."""
        return len(self.plan.learning_rates) * len(self.plan.batch_sizes)

    @property
    def is_partial(self) -> bool:
        """Whether it was stopped before the end."""
        return stopped(self.key) and len(self.runs) < self.planned

    def at(self, rate: float, batch_size: int) -> "pd.Series | None":
        """Return the run of one cell, or None if it was not made."""
        runs = self.runs
        found = runs[(runs["learning_rate"] == rate) & (runs["batch_size"] == batch_size)]
        return found.iloc[0] if len(found) else None


def runs_of(problem: Problem, how: SgdConfig) -> Sweep:
    """Return the sweep of this problem, all settings but rate and batch size as on Train; it may be a partial one."""
    solved = training.closed_form(problem)
    size = _size()
    others = {name: value for name, value in asdict(how).items() if name not in ("learning_rate", "batch_size")}
    key = json.dumps(["sweep", problem.key, size, others])

    def task(go_on: GoOn) -> tuple[SweepPlan, pd.DataFrame]:
        X, y = problem.X_train, problem.y_train
        plan = plan_sweep(X, y, settings.RATES, settings.BATCH_SIZES, how, size=size, fit=solved)
        table = sweep(
            X, y, plan.learning_rates, plan.batch_sizes, plan.epochs, how.seed, config=how,
            X_test=problem.X_test, y_test=problem.y_test, fit=solved, progress=go_on,
        )  # fmt: skip
        return plan, table

    plan, runs = long_work(key, _("Training once for every rate and batch size"), task)
    return Sweep(key, plan, runs, (*size, how.epochs))


def runs_wanted() -> int:
    """Return how many runs the map needs."""
    rates, batch_sizes = _size()
    return rates * batch_sizes


def _size() -> tuple[int, int]:
    rates, batch_sizes = str(settings.value("experiments_sweep_size")).split("x")
    return int(rates), int(batch_sizes)


def cells(of: Sweep, shows: str) -> pd.DataFrame:
    """Return the rows of the map: value, label and words for each run; `shows` is "gap" or "steps".

    The gap is a share of the closed form's loss, or the gap itself where the fit is perfect.
    """
    runs = of.runs[["learning_rate", "batch_size", "diverged"]].copy()
    gap = of.runs["gap"] / of.floor if of.floor > 0 else of.runs["gap"]
    value = (gap if shows == "gap" else of.runs["steps_to_one_percent"]).mask(runs["diverged"])
    results = [
        _("diverged") if diverged else gap_words(share, of.floor) if shows == "gap" else steps_words(steps)
        for diverged, share, steps in zip(runs["diverged"], gap, of.runs["steps_to_one_percent"], strict=True)
    ]
    labels = [_label(each, shows, of.floor) for each in value]
    return runs.assign(value=value, told=results, label=labels)


def _label(value: float, shows: str, floor: float) -> str:
    if math.isnan(value):
        return ""
    if shows == "steps":
        return format_count(value)
    return _percent(value) if floor > 0 else format_number(value, 2)


def _percent(share: float) -> str:
    """Return a share in a few characters, in percent or as a multiple.

    >>> _percent(0.0123), _percent(4.2), _percent(1e-9), _percent(12345.0)
    ('1.2%', '420%', '0.0000001%', '12,345×')
    """
    percent = 100.0 * share
    if share >= 1e6:
        return f"{format_scientific(share, 1)}×"
    if percent < 100:
        return format_percent(share, 2, significant=True)
    return format_percent(share) if share < 10 else f"{format_count(share)}×"


def gap_words(share: float, floor: float) -> str:
    """Return a gap, as `cells` has it, in words."""
    if floor > 0:
        return _("a gap of {share} of the closed form's loss").format(share=_percent(share))
    return _("a gap of {gap}").format(gap=format_number(share, 3))


def steps_words(steps: float) -> str:
    """Return in words after how many updates the gap was a hundredth of the initial one."""
    if math.isnan(steps):
        return _("more than 1% of the initial gap at the end")
    return ngettext(
        "1% of the initial gap after {steps} update", "1% of the initial gap after {steps} updates", int(steps)
    ).format(steps=format_count(steps))


def limit_lines(of: Sweep) -> pd.DataFrame:
    """Return the limits for drawing: the one of all rows, and the one of minibatches where it is known."""
    plan = of.plan
    lines = {}
    if math.isfinite(plan.limit):
        lines[_("limit with all rows in one batch")] = [plan.limit] * len(plan.batch_sizes)
    if plan.batch_limits:
        lines[_("limit with minibatches")] = list(plan.batch_limits)
    parts = [
        pd.DataFrame({"limit": name, "batch_size": plan.batch_sizes, "learning_rate": values})
        for name, values in lines.items()
    ]
    columns = ["limit", "batch_size", "learning_rate"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def best_cell(shown: pd.DataFrame) -> "pd.Series | None":
    """Return the cell with the smallest value; of equal ones the first. None if no run has a value."""
    known = shown[shown["value"].notna()]
    return known.iloc[int(known["value"].argmin())] if len(known) else None


def batch_knob(batch_size: int, rows: int) -> int:
    """Return the value of the knob for a run with this batch size: for all rows the size that covers them.

    >>> batch_knob(32, 274), batch_knob(274, 274)
    (32, 500)
    """
    return batch_size if batch_size < rows else min(size for size in settings.BATCH_SIZES if size >= rows)
