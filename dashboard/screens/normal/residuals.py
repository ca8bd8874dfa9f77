"""The residuals of the visitor's own model under normal, Laplace and uniform noise."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number, format_percent
from core.foundations.densities import LAWS, LawFit, fit_laws, log_density
from core.language import _
from core.regression.data.predictions import predict
from core.regression.data.validation import Array, as_array
from core.regression.diagnostics.normality import histogram
from core.regression.diagnostics.residuals import find_residuals
from core.regression.sgd.config import SgdConfig
from dashboard.charts.normal import residual_laws
from dashboard.pipeline import training
from dashboard.pipeline.starts import suit_start
from dashboard.pipeline.training import Problem, Result
from dashboard.scenes.twin_tables.scene import twin_tables_scene
from dashboard.screens.normal.law_steps import residual_steps
from dashboard.screens.normal.laws import law_names
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.ui.examples import Examples, examples
from dashboard.ui.tables import show_table
from dashboard.ui.traps import trap
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

MOST_IN_CODE = 2000  # residuals
POINTS = 301
OFF_CENTRE = 0.1  # of the root mean square: a mean further from 0 is that of a model in training


@dataclass(frozen=True, eq=False)
class Seen:
    """Residuals of the training rows (n,) and the test rows (m,), the laws, the bars and the curves of densities.

    `perfect` says that every training residual is 0 up to rounding: then the rest is empty.
    """

    training: Array
    test: Array
    laws: tuple[LawFit, ...]
    bars: pd.DataFrame
    curves: pd.DataFrame
    perfect: bool


def draw_residuals() -> None:
    """Draw the model, the histogram under each law, the table of likelihoods, what it does not prove, and the code."""
    problem = training.problem()
    suit_start(problem)
    how = training.sgd_config(problem)
    result = training.result(problem, how)
    st.markdown(
        escape_markdown(
            _("What your model of {label} leaves over, on {rows} training rows: under which noise is it likeliest?")
            .format(label=problem.label, rows=format_count(len(problem.y_train)))
        )
    )  # fmt: skip
    controls.either("normal_model", _("Model"))
    examples("normal", _examples())
    chosen = _chosen(result)
    seen = _look(problem.key, how if chosen == "sgd" else None, problem, result, chosen)
    if seen.perfect:
        st.info(_("The fit is perfect: every residual is 0 up to rounding, so there is no noise to look at."))
        return
    _figures(seen)
    names = law_names()
    best, second = seen.laws[0], seen.laws[1]
    verdict = _verdict(seen, names)
    curves = seen.curves.assign(law=seen.curves["law"].map(names))
    tables, listed = {"bars": seen.bars, "curves": curves}, list(names.values())
    draw_kept(residual_laws, tables, verdict, laws=listed, label=problem.label)
    st.markdown(escape_markdown(verdict))
    steps, start = residual_steps(seen.laws, seen.training), list(LAWS).index(best.law)
    scenes.twin_tables(twin_tables_scene(steps, start), key="normal_residuals_scene")
    show_table(_table(seen, names), hide_index=True, alt=_ranking(names, best, second))
    st.markdown(_product(seen.laws[0], seen.training))
    st.markdown("\n".join(["**" + _("What this does not prove") + "**", *map("- {}".format, _limits(problem))]))
    lesson.code(code(seen))
    lesson.traps(_traps)
    st.caption(_("**Next:** networks, of which linear regression is the smallest."))
    page.link("network", _("Linear regression as a network of one layer"))


def _examples() -> Examples:
    return {
        _("Works: the closed form"): {"normal_model": "closed_form"},
        _("Fails: one slow epoch of SGD"): {"normal_model": "sgd", "learning_rate": 1e-4, "epochs": 1},
        _("SGD for 20 epochs"): {"normal_model": "sgd", "learning_rate": 0.03, "epochs": 20},
    }


def _chosen(result: Result) -> str:
    chosen = str(settings.value("normal_model"))
    if chosen == "sgd" and result.run.diverged:
        show_warning(
            _("SGD diverged, so its residuals are no noise. The closed form is drawn instead; choose a lower learning "
              "rate on Train to see SGD's own residuals.")
        )  # fmt: skip
        return "closed_form"
    return chosen


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _look(key: str, how: SgdConfig | None, _problem: Problem, _result: Result, chosen: str) -> Seen:
    model = _result.run if chosen == "sgd" else _result.fit
    weights = model.weights.numpy()
    found = find_residuals(_problem.X_train, _problem.y_train, weights, model.bias, _result.fit.rank)
    empty = np.zeros(0)
    if found.perfect or not np.abs(found.residuals).max() > 0:
        return Seen(found.residuals, empty, (), pd.DataFrame(), pd.DataFrame(), perfect=True)
    test = empty
    if _problem.X_test is not None and _problem.y_test is not None:
        labels = as_array(_problem.y_test, "y")
        test = labels - predict(as_array(_problem.X_test, "X"), labels, weights, model.bias)
    laws = fit_laws(found.residuals)
    sigma = next(fit.scale for fit in laws if fit.law == "normal")
    bars, _curve = histogram(found.residuals, sigma)
    return Seen(found.residuals, test, laws, bars.assign(floor=0), _curves(found.residuals, laws, bars), perfect=False)


def _curves(residuals: Array, laws: tuple[LawFit, ...], bars: pd.DataFrame) -> pd.DataFrame:
    """Return residual, rows expected in a bar there, and law, for each law."""
    reach = 1.1 * float(np.abs(residuals).max())
    width = float(bars["high"].iloc[0] - bars["low"].iloc[0])
    parts = []
    for fit in sorted(laws, key=lambda fit: fit.law):
        at = np.linspace(-reach, reach, POINTS)
        if math.isinf(fit.p):  # its ends, where the density falls to 0 at once
            at = np.array([-reach, np.nextafter(-fit.width, -math.inf), -fit.width, fit.width,
                           np.nextafter(fit.width, math.inf), reach])  # fmt: skip
        rows = len(residuals) * width * np.exp(log_density(at, fit.p, fit.width))
        parts.append(pd.DataFrame({"residual": at, "rows": rows, "law": fit.law}))
    return pd.concat(parts, ignore_index=True)


def _figures(seen: Seen) -> None:
    best, second = seen.laws[0], seen.laws[1]
    gap = best.per_row - second.per_row
    names = law_names()
    page.boxes(
        [
            (_("Likeliest law"), names[best.law]),
            (
                _("Ahead of {law}, per row").format(law=names[second.law]),
                format_number(gap, 3),
                _("The difference of the mean log-densities."),
            ),
            (
                _("Ahead, all rows"),
                format_number(gap * len(seen.training), 4),
                _("The difference of the log-likelihoods: that per row times the number of rows."),
            ),
        ]
    )


def _product(best: LawFit, residuals: Array) -> str:
    """Return the likelihood of all rows as float64 multiplies it, beside its logarithm."""
    logs = log_density(residuals, best.p, best.width)
    with np.errstate(under="ignore", over="ignore"):
        product = float(np.exp(logs).prod())
    template = _(
        "Multiplied, the densities of all {rows} rows are `{product}` in float64; their logarithms add up to {log}."
    )
    shown = "0.0" if product == 0 else format_number(product, 4)
    return template.format(rows=format_count(len(logs)), product=shown, log=format_number(float(logs.sum()), 6))


def _ranking(names: dict[str, str], best: LawFit, second: LawFit) -> str:
    return _("Log-likelihood per row: {first} has {best}, {second} has {other}.").format(
        first=names[best.law],
        best=format_number(best.per_row, 4),
        second=names[second.law],
        other=format_number(second.per_row, 4),
    )


def _verdict(seen: Seen, names: dict[str, str]) -> str:
    best, second = seen.laws[0], seen.laws[1]
    gap = best.per_row - second.per_row
    text = _("These residuals are likeliest under {best} noise: by the geometric mean over the rows, each is {times} "
             "times as likely as under {second} noise.").format(
        best=names[best.law], second=names[second.law], times=format_number(math.exp(min(gap, 700)), 4)
    )  # fmt: skip
    loss = {
        "normal": _("That goes with the squared loss, which this model was trained with."),
        "laplace": _("That goes with the absolute loss: a few rows are far off, and squaring lets them pull the line."),
        "uniform": _(
            "That goes with the largest error as the loss: all sizes up to the largest are about equally frequent."
        ),
    }[best.law]
    sigma = next(fit.scale for fit in seen.laws if fit.law == "normal")
    mean = float(seen.training.mean())
    if abs(mean) > OFF_CENTRE * sigma:
        loss = _("But they are more than noise: their mean is {mean}, {share} of their root mean square, and should be "
                 "near 0. Train for longer, or at a higher rate.").format(
            mean=format_number(mean, 4), share=format_percent(abs(mean) / sigma)
        )  # fmt: skip
    return f"{text} {loss}"


def _table(seen: Seen, names: dict[str, str]) -> pd.DataFrame:
    scales = {"normal": "σ = √(Σr²/n)", "laplace": "b = Σ|r|/n", "uniform": _("a = largest |r|")}
    rows = []
    for fit in seen.laws:
        row = {
            _("law"): names[fit.law],
            _("scale of the largest likelihood"): f"{scales[fit.law]} = {format_number(fit.scale, 5)}",
            _("log-likelihood per row"): format_number(fit.per_row, 5),
            _("all rows"): format_number(fit.per_row * len(seen.training), 6),
        }
        if len(seen.test):
            row[_("per test row")] = format_number(fit.mean_log_density(seen.test), 5)
        rows.append(row)
    return pd.DataFrame(rows)


def _limits(problem: Problem) -> list[str]:
    """Return what the comparison leaves open."""
    limits = [
        _("The likeliest of three laws need not be right: a fourth may be likelier."),
        _("The model was fitted with the squared loss, which makes its residuals look more normal than the noise is."),
        _("Independence and one scale for all rows are taken for granted, not tested."),
    ]
    if problem.X_test is not None:
        limits.append(
            _("On test rows the uniform law has −∞ as soon as one residual is beyond the largest of the training rows: "
              "it calls that row impossible.")
        )  # fmt: skip
    if problem.target is not None:
        limits.append(_("The label is transformed, and so are these residuals; in its own units the law is another."))
    return limits


def code(seen: Seen) -> str:
    """Return the code for torch: the mean log-density of the residuals under each law."""
    shown = seen.training[:MOST_IN_CODE]
    note = "" if len(shown) == len(seen.training) else f"  # the first {len(shown)} of {len(seen.training)}"
    return (
        "import torch\nfrom torch.distributions import Laplace, Normal, Uniform\n\n"
        f"r = torch.tensor({[float(value) for value in shown]}, dtype=torch.float64){note}\n"
        "sigma, b, a = r.square().mean().sqrt(), r.abs().mean(), r.abs().max()\n"
        "normal = Normal(0.0, sigma).log_prob(r).mean()\n"
        "laplace = Laplace(0.0, b).log_prob(r).mean()\n"
        "uniform = -torch.log(2 * a)  # Uniform(-a, a).log_prob refuses its own upper end\n"
        "print(normal, laplace, uniform)"
    )


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("The uniform law of torch leaves out its upper end."),
            _("`Uniform(-a, a)` holds −a, but not a: the largest residual is outside, and `log_prob` raises or gives "
              "−∞."),
            "from torch.distributions import Uniform\nlaw = Uniform(-2.0, 2.0)\n"
            "log_density = law.log_prob(torch.tensor(2.0))",
            ["log_density"],
        ),
        lesson.Trap(
            _("Log-densities have units."),
            _("Metres instead of millimetres add log 1000 to each. Only differences between laws, for the same "
              "residuals, mean something."),
        ),
    ]  # fmt: skip
