"""Noise and samples: how far off estimated weights are, and the law of one over the root of n."""

import json

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_count, format_general, format_latex, format_number
from core.language import _, ngettext
from core.regression import fit_scaling
from core.regression.experiments.noise_study import NoiseStudy, study_noise
from core.regression.sgd.config import SgdConfig
from dashboard.charts.experiments.noise_study import noise_study
from dashboard.pipeline import training
from dashboard.pipeline.jobs import GoOn, long_work
from dashboard.pipeline.training import Problem
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_notes
from dashboard.ui.tables import show_table
from dashboard.visit import settings

LEVELS = (0.1, 1.0, 10.0)  # times the noise of the data
MOST_SAMPLES = 10_000
MOST_NUMBERS = 1_000_000
STEPS = 7


def draw_study(problem: Problem, how: SgdConfig) -> None:
    """Draw the errors of both models against the number of samples."""
    st.markdown(
        _("Take the closed form as the truth, draw rows, add noise to their labels, and estimate the weights again. "
          "The error falls with the root of the number of samples: **four times the rows halve it**. It grows in "
          "proportion to the noise.")
    )  # fmt: skip
    controls.slider("experiments_repeats", _("Number of repeats"))
    found = _study(problem, how)
    rows = _rows(found.table, problem)
    if rows.empty:
        show_notes([_("The study was stopped before it had any results.")])
        return
    st.altair_chart(noise_study(rows, _("{label} per standard deviation").format(label=problem.label)), alt=_law(found))
    st.markdown(escape_markdown(_law(found)))
    _show_formula(found)
    _show_notes(found, how)
    with st.expander(_("The figures"), icon=":material/table:"):
        _show_table(found.table)


def _study(problem: Problem, how: SgdConfig) -> NoiseStudy:
    repeats, noise = settings.value("experiments_repeats"), _noise(problem)
    weights = training.closed_form(problem).weights.numpy() * fit_scaling(problem.X_train).spread

    def task(go_on: GoOn) -> NoiseStudy:
        return study_noise(
            problem.X_train,
            weights,
            [noise * level for level in LEVELS],
            _samples(problem.X_train.shape[1]),
            repeats=repeats,
            seed=how.seed,
            config=how,
            progress=go_on,
        )

    sgd = [how.learning_rate, how.batch_size, how.epochs, how.seed]
    return long_work(json.dumps(["study", problem.key, repeats, *sgd]), _("Drawing rows"), task)


def _noise(problem: Problem) -> float:
    """Return the standard deviation of the noise in the data, or a hundredth of the label's where there is none."""
    found = training.closed_form(problem).residual_deviation
    spread = float(problem.y_train.numpy().std()) or 1.0
    return found if found and found > 1e-9 * spread else 0.01 * spread


def _samples(columns: int) -> list[int]:
    """Return the numbers of samples, evenly spread on a log scale: from twice the parameters on."""
    low = max(10, 2 * (columns + 1))
    high = max(min(MOST_SAMPLES, MOST_NUMBERS // columns), 8 * low)
    return sorted({round(float(count)) for count in np.geomspace(low, high, STEPS)})


def _rows(table: pd.DataFrame, problem: Problem) -> pd.DataFrame:
    level = table["noise"].map(
        lambda noise: _("{noise} {label}").format(noise=format_number(noise, 3), label=problem.label)
    )
    both = [
        table.assign(error=table["closed_form"], model=_("closed form"), level=level),
        table.assign(error=table["sgd"], model=_("SGD"), level=level, low=np.nan, high=np.nan),
    ]
    kept = ["samples", "error", "model", "level", "law", "low", "high"]
    return pd.concat(both, ignore_index=True)[kept]


def _law(found: NoiseStudy) -> str:
    """Return the power of n with which the closed form's error falls, compared with −0.5 in theory, as a sentence."""
    middle = found.table["noise"].unique()
    rows = found.table[found.table["noise"] == middle[len(middle) // 2]].query("closed_form > 0")
    if len(rows) < 2:
        return _("One number of samples shows no trend yet.")
    slope = np.polyfit(np.log(rows["samples"]), np.log(rows["closed_form"]), 1)[0]
    return _(
        "From {first} to {last} samples the closed form's error falls as n to the power of {slope}; theory predicts "
        "−0.5."
    ).format(
        first=format_count(rows["samples"].iloc[0]),
        last=format_count(rows["samples"].iloc[-1]),
        slope=format_number(float(slope), 2),
    )


def _show_formula(found: NoiseStudy) -> None:
    row = found.table.iloc[len(found.table) // 2]
    expected, found_here = _("expected"), _("found")
    st.latex(
        r"\text{RMSE}(\hat w_j) \approx \sigma \sqrt{\frac{\operatorname{tr} \Sigma^{-1}}{d\,n}}"
        rf"\qquad \sigma = {format_latex(row['noise'])},\; n = {int(row['samples'])}:"
        rf"\quad {format_latex(row['law'])} \;\text{{{expected}}},\; {format_latex(row['closed_form'])}"
        rf" \;\text{{{found_here}}}"
    )


def _show_notes(found: NoiseStudy, how: SgdConfig) -> None:
    notes = [
        _("Every point is the root mean square over {repeats} draws and all weights.").format(repeats=found.repeats),
        ngettext(
            "SGD is plain SGD with the learning rate {rate}, batch size {batch} and {epochs} epoch of Train. With "
            "few samples it makes few updates and has not converged; with many it ends at its noise floor.",
            "SGD is plain SGD with the learning rate {rate}, batch size {batch} and {epochs} epochs of Train. With "
            "few samples it makes few updates and has not converged; with many it ends at its noise floor.",
            how.epochs,
        ).format(
            rate=format_general(how.learning_rate), batch=how.batch_size, epochs=how.epochs
        ),
    ]  # fmt: skip
    diverged = int(found.table["diverged"].sum())
    if diverged:
        notes.append(
            ngettext(
                "{count} run of SGD diverged and is left out.",
                "{count} runs of SGD diverged and are left out.",
                diverged,
            ).format(count=diverged)
        )
    show_notes(notes)


def _show_table(table: pd.DataFrame) -> None:
    names = {
        "noise": _("Noise σ"),
        "samples": _("Samples"),
        "closed_form": _("Closed form"),
        "low": _("10th percentile"),
        "high": _("90th percentile"),
        "sgd": _("SGD"),
        "law": _("Law"),
        "diverged": _("Diverged"),
    }
    config = {column: st.column_config.NumberColumn(name, format="%.4g") for column, name in names.items()}
    show_table(table, hide_index=True, column_config=config, alt=_("One row per noise and number of samples."))
