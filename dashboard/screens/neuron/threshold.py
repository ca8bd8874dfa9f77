"""Where to put the threshold: counts of mistakes, their cost, and whether the probabilities keep their word."""

from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_latex, format_number, format_percent
from core.foundations.classification_metrics import calibration, confusion, every_threshold
from core.language import _
from dashboard.charts.neuron import calibration_chart
from dashboard.scenes.threshold.scene import threshold_scene
from dashboard.screens.neuron.class_problem import ClassProblem, choose, learn
from dashboard.screens.neuron.fits import Fits, Fitted, best_of, fits_of
from dashboard.screens.neuron.torch_code import MOST_VALUES
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings, state

Array = npt.NDArray[np.float64]
SCENE = "neuron_threshold_scene"
BINS = 10


def draw_threshold() -> None:
    """Draw the threshold to drag, what it costs, and the calibration of the probabilities."""
    st.markdown(
        _("The neuron gives a **probability**; a decision needs a **threshold**. Drag it: which mistakes become "
          "rarer, and which more frequent?")
    )  # fmt: skip
    chosen = choose()
    scored_at, seed_at = st.columns([3, 2], vertical_alignment="bottom")
    with scored_at:
        controls.either("neuron_scored", _("Counted on"))
    with seed_at:
        controls.number("prepare_split_seed", _("Seed of the split"))
    problem, (fits, p) = learn(chosen, _predict)
    _X, y, rows = _rows(problem)
    costs = float(settings.value("neuron_cost_fp")), float(settings.value("neuron_cost_fn"))
    threshold = float(settings.value("neuron_threshold"))
    st.caption(_source(fits.exact is not None, len(y), rows))
    examples("neuron_costs", _examples())
    scenes.threshold(threshold_scene(p, y, problem.classes, threshold, costs), SCENE, _take_over)
    _costs(p, y, threshold, costs)
    _calibration(p, y, problem)
    lesson.code(threshold_code(p, y, threshold, costs))
    lesson.traps(_traps)
    st.caption(
        _("**What it takes for granted:** rows to come are like these, in their shares of the two classes too; a "
          "mistake of a kind always costs the same.")
    )  # fmt: skip
    page.link("neuron", _("Next: more than two classes"), {"neuron_view": "classes"})


def _predict(problem: ClassProblem) -> tuple[Fits, Array]:
    """Return the fits and the probability of each row that is counted."""
    fits = fits_of(problem)
    return fits, probabilities(_rows(problem)[0], best_of(fits))


def probabilities(X: Array, fit: Fitted) -> Array:
    """Return the probability of the positive class of each row, shape (n,). Raises InputError beyond float64."""
    from scipy.special import expit

    with np.errstate(over="ignore", invalid="ignore"):
        p: Array = expit(X @ fit.weights + fit.bias)
    if np.isnan(p).any():
        raise InputError(_("The weights of descent left the range of float64; switch Standardise on under Train."))
    return p


def _rows(problem: ClassProblem) -> tuple[Array, Array, str]:
    """Return the rows that are counted: the test rows, unless others are wanted or there are none."""
    if settings.value("neuron_scored") == "test" and len(problem.y_test):
        return problem.X_test, problem.y_test, "test"
    return problem.X_train, problem.y_train, "training"


def _source(exact: bool, count: int, rows: str) -> str:
    if rows == "test":
        told = _("Counted on {rows} test rows, which the neuron has not seen.")
    elif settings.value("neuron_scored") == "test":
        told = _("There are no test rows, so the {rows} training rows are counted: the neuron has learnt from them, "
                 "and so looks better than it is.")  # fmt: skip
    else:
        told = _("Counted on the {rows} training rows, from which the neuron has learnt, so the neuron looks better "
                 "than it is.")  # fmt: skip
    model = (
        _("The weights are the exact optimum.")
        if exact
        else _("The classes are separable, so the weights are those of descent where it stopped.")
    )
    return told.format(rows=format_count(count)) + " " + model


def _examples() -> Examples:
    return {
        _("A setting that works: equal costs"): {
            "neuron_threshold": 0.5, "neuron_cost_fp": 1.0, "neuron_cost_fn": 1.0,
        },
        _("Fails: threshold 0.5, though a miss costs 20 times as much"): {
            "neuron_threshold": 0.5, "neuron_cost_fp": 1.0, "neuron_cost_fn": 20.0,
        },
        _("Fails: everything is positive"): {"neuron_threshold": 0.0, "neuron_cost_fp": 1.0, "neuron_cost_fn": 1.0},
    }  # fmt: skip


def _take_over() -> None:
    """Take over the threshold and the costs at the end of a movement."""
    settled: dict[str, Any] = getattr(state.get(SCENE), "settled", None) or {}
    costs = settled.get("costs")
    if not isinstance(costs, list) or len(costs) != 2:
        return
    for key, value in zip(
        ("neuron_threshold", "neuron_cost_fp", "neuron_cost_fn"), (settled.get("threshold"), *costs), strict=True
    ):
        settings.choose(key, value)


def _costs(p: Array, y: Array, threshold: float, costs: tuple[float, float]) -> None:
    table = every_threshold(p, y, *costs)
    table = table.iloc[int(p.max() == 1) :]  # no threshold up to 1 is above a probability of 1
    least, now = float(table["cost"].min()), confusion(p, y, threshold).cost(*costs)
    st.markdown(
        _("Of all {count} thresholds that differ, the cheapest costs {least}. Yours costs {now}.").format(
            count=format_count(len(table)), least=format_number(least), now=format_number(now))
    )  # fmt: skip
    if sum(costs) > 0:
        wanted = costs[0] / sum(costs)
        st.latex(
            r"t^* = \frac{c_{FP}}{c_{FP} + c_{FN}} = \frac{" + format_latex(costs[0]) + "}{"
            + format_latex(costs[0]) + " + " + format_latex(costs[1]) + "} = " + format_latex(wanted)
        )  # fmt: skip
        at = confusion(p, y, wanted).cost(*costs)
        st.caption(
            _("If the probabilities are right, this threshold is the best for rows to come. On these rows it costs "
              "{cost}; the cheapest one above also fits chance in these rows.").format(cost=format_number(at))
        )  # fmt: skip


def _calibration(p: Array, y: Array, problem: ClassProblem) -> None:
    bins = calibration(p, y, BINS)
    spread = 2 * bins["error"]
    table = bins.assign(low=(bins["predicted"] - spread).clip(0, 1), high=(bins["predicted"] + spread).clip(0, 1))
    within = int(((bins["observed"] - bins["predicted"]).abs() <= spread + 1e-12).sum())
    sentence = _(
        "In {within} of {bins} bins the share that is {name} is within two standard deviations of what was predicted."
    )
    told = sentence.format(within=within, bins=len(bins), name=problem.classes[1])
    draw_kept(calibration_chart, {"bins": table}, told, name=problem.classes[1])
    st.caption(escape_markdown(told))
    largest = bins.iloc[int(bins["rows"].to_numpy().argmax())]
    st.markdown(
        _("Of the {rows} rows given a probability of about {predicted}, {observed} are {name}.").format(
            rows=format_count(int(largest["rows"])), predicted=format_percent(float(largest["predicted"])),
            observed=format_percent(float(largest["observed"])), name=escape_markdown(problem.classes[1]))
    )  # fmt: skip


def threshold_code(p: Array, y: Array, threshold: float, costs: tuple[float, float]) -> str:
    """Return the lines of torch that count the mistakes at a threshold, and find the cheapest."""
    count = min(len(p), MOST_VALUES)
    note = "" if count == len(p) else f"  # the first {count} of {len(p)} rows"
    return (
        f"import torch{note}\n\n"
        f"p = torch.tensor({[float(each) for each in p[:count]]}, dtype=torch.float64)\n"
        f"y = torch.tensor({[bool(each) for each in y[:count]]})\n"
        f"said = p >= {threshold!r}\n"
        "tp, fp = (said & y).sum(), (said & ~y).sum()\n"
        "fn, tn = (~said & y).sum(), (~said & ~y).sum()\n"
        "accuracy = (tp + tn) / len(y)\n"
        "precision, recall = tp / (tp + fp), tp / (tp + fn)\n"
        f"cost = fp * {costs[0]!r} + fn * {costs[1]!r}\n"
        "every = torch.cat([p, torch.ones(1)]).unique()  # no others up to 1 give other counts\n"
        f"costs = [((p >= t) & ~y).sum() * {costs[0]!r} + ((p < t) & y).sum() * {costs[1]!r} for t in every]\n"
        "least = min(costs)\n"
        "print(tp, fp, fn, tn, accuracy, precision, recall, cost, least)"
    )


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("High accuracy, nothing found."),
            _("With 95 negatives of 100, saying negative to every row is right 95 times, and finds no positive one."),
            "y = torch.tensor([True] * 5 + [False] * 95)\nsaid = torch.zeros(100, dtype=torch.bool)\n"
            "accuracy = (said == y).float().mean()\nrecall = (said & y).sum() / y.sum()",
            ["accuracy", "recall"],
        ),
        trap(
            _("No positive predictions, no precision."),
            _("The precision is 0/0 then: torch returns nan without a warning."),
            "said, y = torch.tensor([False, False]), torch.tensor([True, False])\n"
            "precision = (said & y).sum() / said.sum()",
            ["precision"],
        ),
        lesson.Trap(
            _("A threshold chosen on the test rows."),
            _("The cheapest one fits chance in them, so its cost there is too low. Choose it on training rows, then "
              "count on test rows."),
        ),
    ]  # fmt: skip
