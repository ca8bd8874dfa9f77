"""Noise floor: many seeds at once, and which settings shrink their cloud."""

import json
from dataclasses import asdict, replace

import pandas as pd
import streamlit as st

from core.formatting import format_number
from core.language import _
from core.regression import ClosedForm, forecast
from core.regression.experiments.seeds import SeedRuns, run_seeds
from core.regression.sgd.config import SgdConfig
from dashboard.charts.experiments.seeds import scatter_sizes, seed_cloud
from dashboard.pipeline import training
from dashboard.pipeline.jobs import GoOn, long_work
from dashboard.pipeline.training import Problem
from dashboard.screens.experiments.asking import may_start
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_notes, show_warning
from dashboard.ui.page import boxes
from dashboard.visit import state
from dashboard.visit.cache import cache_resource

FACTORS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0)
SEEDS_OF_A_FACTOR = 20


def draw_noise_floor(problem: Problem, how: SgdConfig) -> None:
    """Draw the cloud of end points over the sampling ellipse, then what each setting does to its size."""
    st.markdown(
        _("The same run with another seed ends elsewhere: that is the **noise of SGD**. The closed form of another "
          "sample of as many rows would lie elsewhere too: that is the **noise of the data**. A smaller learning rate "
          "or a larger batch shrinks the first and leaves the second as it is.")
    )  # fmt: skip
    count = controls.slider("experiments_seeds", _("Number of seeds"))
    if not may_start("noise_floor", problem, how, count):
        return
    cloud = _cloud(problem, how, count)
    if cloud.diverged:
        show_warning(
            _("{diverged} of {count} runs diverged and are left out: this learning rate is too large.").format(
                diverged=cloud.diverged, count=cloud.diverged + len(cloud.seeds)
            )
        )
    if not cloud.seeds:
        return
    _show_figures(problem, how, cloud)
    _show_cloud(problem, how, cloud)
    _show_settings(problem, how, cloud)


def _cloud(problem: Problem, how: SgdConfig, count: int) -> SeedRuns:
    fit = training.closed_form(problem)

    def task(go_on: GoOn) -> SeedRuns:
        return _run(problem, how, count, fit, go_on)

    return long_work(
        json.dumps(["seeds", training.run_key(problem, replace(how, seed=0)), count]),
        _("Training with each seed"),
        task,
    )


def _run(problem: Problem, how: SgdConfig, count: int, fit: ClosedForm, go_on: GoOn) -> SeedRuns:
    return run_seeds(problem.X_train, problem.y_train, how, range(count), fit=fit, progress=go_on)


def _show_figures(problem: Problem, how: SgdConfig, cloud: SeedRuns) -> None:
    floor = _floor(problem, how)
    shown = [
        (
            _("Scatter over seeds"),
            format_number(cloud.scatter, 3),
            _("The mean gap between the final parameters of the runs and their mean."),
        )
    ]
    if floor is not None:
        shown.append(
            (_("Predicted by theory"), format_number(floor, 3), _("The noise floor of SGD at the end of an epoch."))
        )
    if cloud.sampling_scatter is not None:
        shown.append(
            (
                _("Scatter over samples"),
                format_number(cloud.sampling_scatter, 3),
                _("The mean gap of closed forms of other samples: σ² · rank / 2n."),
            )
        )
    boxes(shown)
    st.markdown(escape_markdown(_sentence(cloud)))


def _sentence(cloud: SeedRuns) -> str:
    if not cloud.sampling_scatter:
        return _("The runs end with a gap of {gap} on average.").format(gap=format_number(float(cloud.gaps.mean()), 3))
    ratio = cloud.scatter / cloud.sampling_scatter
    template = (
        _("SGD's own noise is {ratio} times that of the data: a lower learning rate or a larger batch would help.")
        if ratio > 1
        else _(
            "SGD's own noise is {ratio} times that of the data: a more exact solution would hardly make the model "
            "any better."
        )
    )
    return template.format(ratio=format_number(ratio, 2))


def _floor(problem: Problem, how: SgdConfig) -> float | None:
    """Return the noise floor that theory predicts, where it is known."""
    if not how.rule.is_plain or how.shuffle != "every_epoch":
        return None
    return _foretold(training.run_key(problem, replace(how, seed=0)), problem, how)


@cache_resource(scope="session", max_entries=16, show_spinner=False)
def _foretold(key: str, _problem: Problem, _how: SgdConfig) -> float:
    return forecast(_problem.X_train, _problem.y_train, _how, fit=training.closed_form(_problem)).floor_at_end


def _show_cloud(problem: Problem, how: SgdConfig, cloud: SeedRuns) -> None:
    names = [*problem.feature_names, _("the bias")]
    across, up = _axes(names, cloud)
    first, second = names.index(across), names.index(up)
    unit = _("{label} per standard deviation") if how.standardise else _("{label} per unit")
    ends = pd.DataFrame({"x": cloud.ends[:, first], "y": cloud.ends[:, second], "seed": cloud.seeds, "gap": cloud.gaps})
    curves = {
        _("other samples, 95%"): cloud.sampling_ellipse(first, second),
        _("other seeds, 95%"): cloud.cloud_ellipse(first, second),
    }
    drawn = [curve.assign(order=range(len(curve)), curve=name) for name, curve in curves.items() if curve is not None]
    centre = pd.DataFrame({"x": [cloud.centre[first]], "y": [cloud.centre[second]]})
    none = pd.DataFrame({"x": [], "y": [], "order": [], "curve": []})
    st.altair_chart(
        seed_cloud(ends, pd.concat(drawn) if drawn else none, centre, (across, up), unit.format(label=problem.label)),
        alt=_("The final parameters of {count} runs, in the plane of two of them. {sentence}").format(
            count=len(cloud.seeds), sentence=_sentence(cloud)
        ),
    )
    if cloud.sampling is None:
        show_notes([_no_ellipse(how)])


def _no_ellipse(how: SgdConfig) -> str:
    if how.penalty:
        return _("With a penalty the closed form is biased on purpose, and its sampling ellipse is not drawn.")
    return _(
        "There are as many independent columns as rows, so no residuals are left to estimate the noise of the "
        "data from."
    )


def _axes(names: list[str], cloud: SeedRuns) -> tuple[str, str]:
    """Draw the choice of two parameters; the default is the two that scatter most over the seeds."""
    spread = cloud.ends.std(axis=0)[: len(names)]
    usual = [names[place] for place in sorted(spread.argsort()[::-1][:2])]
    if len(names) == 2:
        return names[0], names[1]
    chosen = []
    for place, key, label, start in zip(
        st.columns(2),
        ("experiments_across", "experiments_up"),
        (_("Horizontal axis"), _("Vertical axis")),
        usual,
        strict=True,
    ):
        if state.get(key) not in names:
            state.forget(key)
        with place:
            chosen.append(st.selectbox(label, names, names.index(start), key=key, bind=state.bound(key)))
    if chosen[0] == chosen[1]:
        return chosen[0], next(name for name in names if name != chosen[0])
    return chosen[0], chosen[1]


def _show_settings(problem: Problem, how: SgdConfig, cloud: SeedRuns) -> None:
    st.header(_("What shrinks the cloud"), anchor=False)
    found = _sizes(problem, how)
    if found is None:
        return
    rates, batches = found
    level = pd.DataFrame({"scatter": [cloud.sampling_scatter], "series": [_("closed form, other samples")]})
    level = level.dropna().query("scatter > 0")
    first, second = st.columns(2)
    for place, rows, now, axis, title in (
        (first, rates, how.learning_rate, _("learning rate η"), _("Scatter against the learning rate")),
        (second, batches, float(how.batch_size), _("batch size |B|"), _("Scatter against the batch size")),
    ):
        with place:
            st.altair_chart(
                scatter_sizes(rows, level, now, axis, title, problem.label),
                alt=_shrinking(rows, axis),
            )


def _shrinking(rows: pd.DataFrame, axis: str) -> str:
    ends = rows.dropna(subset=["scatter"])
    if len(ends) < 2:
        return _("Too few of these runs converge to compare them.")
    return _("As the {axis} goes from {first} to {last}, the scatter over seeds goes from {low} to {high}.").format(
        first=format_number(ends["setting"].iloc[0], 3),
        last=format_number(ends["setting"].iloc[-1], 3),
        axis=axis,
        low=format_number(ends["scatter"].iloc[0], 3),
        high=format_number(ends["scatter"].iloc[-1], 3),
    )


def _sizes(problem: Problem, how: SgdConfig) -> tuple[pd.DataFrame, pd.DataFrame] | None:
    """Return the scatter over a few seeds for rates, and for batch sizes, around the current ones; None until started.

    Smaller rates get more epochs, and larger batches as many updates, so that all converge equally far.
    """
    n, fit = len(problem.y_train), training.closed_form(problem)
    sizes = sorted({min(max(round(how.batch_size * 2 * factor), 1), n) for factor in FACTORS})
    settings = [
        replace(how, learning_rate=how.learning_rate * factor, epochs=_times(how.epochs, 1 / factor))
        for factor in FACTORS
    ] + [replace(how, batch_size=size, epochs=_times(how.epochs, size / how.batch_size)) for size in sizes]
    if not may_start("scatter", problem, how, SEEDS_OF_A_FACTOR * sum(one.epochs for one in settings) // how.epochs):
        return None

    def task(go_on: GoOn) -> list[float]:
        found: list[float] = []
        for place, one in enumerate(settings):
            going = [True]

            def part(share: float, place: int = place, going: list[bool] = going) -> bool:
                going[0] = go_on((place + share) / len(settings))
                return going[0]

            cloud = _run(problem, one, SEEDS_OF_A_FACTOR, fit, part)
            found.append(cloud.scatter if not cloud.diverged else float("nan"))
            if not going[0]:
                break
        return found + [float("nan")] * (len(settings) - len(found))

    key = json.dumps(["scatter", problem.key, asdict(replace(how, seed=0))])
    scatter = long_work(key, _("Other rates and batch sizes"), task)
    rows = pd.DataFrame({
        "setting": [one.learning_rate for one in settings[: len(FACTORS)]] + [float(size) for size in sizes],
        "scatter": scatter,
        "series": _("SGD, {count} seeds").format(count=SEEDS_OF_A_FACTOR),
    })  # fmt: skip
    return rows.iloc[: len(FACTORS)], rows.iloc[len(FACTORS) :]


def _times(epochs: int, factor: float) -> int:
    return max(epochs, round(epochs * factor))
