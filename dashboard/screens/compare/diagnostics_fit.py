"""Predictions against truth, and residuals against predictions."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number
from core.language import _, ngettext
from core.regression.diagnostics.residuals import (
    Residuals,
    find_residuals,
    largest_rows,
    rows_to_draw,
    running_mean,
    spread_ratio,
)
from core.regression.sgd.config import SgdConfig
from dashboard.charts.compare.diagnostics import residuals_against_fitted
from dashboard.charts.compare.predictions import predictions_against_truth
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.compare.diagnosed import MOST_DRAWN, Model, chosen_model, residuals, row_numbers, settings_of
from dashboard.ui.escape import escape_markdown
from dashboard.visit.cache import cache_resource

NAMED = 5
TRIFLE = 0.05  # of the residual deviation: a smaller mean is no curve, however significant
FUNNEL = 1.5  # times as much scatter at one end as at the other


@dataclass(frozen=True, eq=False)
class _Seen:
    """What is shown: the rows to draw, those to name, whether that is all, the running mean, sentences."""

    points: pd.DataFrame
    named: pd.DataFrame
    told: str
    means: pd.DataFrame
    spread: str
    verdicts: list[str]


def draw_fit(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Draw both charts, and what they show in words."""
    model = chosen_model(result)
    found = residuals(problem, how, result, model)
    seen = _look(problem.key, settings_of(model, how), problem, model, found)
    left, right = st.columns(2, gap="large")
    with left:
        st.altair_chart(
            predictions_against_truth(seen.points, problem.label, subtitle=seen.told),
            alt=_("Predictions of the model against the true labels: {sentence}").format(sentence=seen.spread),
        )
    with right:
        st.altair_chart(
            residuals_against_fitted(seen.points, seen.means, seen.named, problem.label, seen.told),
            alt=" ".join(seen.verdicts) or seen.spread,
        )
    st.caption(_("A residual is the true label less the prediction."))
    st.markdown(escape_markdown(seen.spread))
    st.markdown("\n".join(f"- {escape_markdown(sentence)}" for sentence in seen.verdicts))
    if problem.X_test is None:
        st.caption(_("No rows are held out, so all rows drawn were used for training."))


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _look(key: str, how: SgdConfig | None, _problem: Problem, _model: Model, _found: Residuals) -> _Seen:
    means = running_mean(_found.fitted, _found.residuals)
    points, named, sentence = _points(_problem, _model, _found)
    return _Seen(points, named, sentence, means, _spread(_found, _problem), _verdicts(_found, means, named))


def _points(problem: Problem, model: Model, found: Residuals) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Return the rows to draw, those of them to name, and a sentence if not all are drawn."""
    parts = [(_("training rows"), problem.y_train.numpy(), found)]
    if problem.X_test is not None and problem.y_test is not None:
        test = find_residuals(problem.X_test, problem.y_test, model.weights, model.bias, found.rank)
        parts.append((_("test rows"), problem.y_test.numpy(), test))
    numbers = row_numbers(problem)
    all_residuals = np.concatenate([part.residuals for _name, _truth, part in parts])
    furthest = largest_rows(all_residuals, NAMED)
    chosen = rows_to_draw(len(all_residuals), MOST_DRAWN, furthest)
    drawn, first = [], 0
    for (name, truth, part), rows in zip(parts, numbers, strict=False):
        here = chosen[(chosen >= first) & (chosen < first + len(truth))] - first
        columns = {"truth": truth[here], "prediction": part.fitted[here], "residual": part.residuals[here]}
        drawn.append(pd.DataFrame({**columns, "part": name, "row": rows[here].astype(str)}))
        first += len(truth)
    points = pd.concat(drawn, ignore_index=True)
    points["fitted"] = points["prediction"]
    named = points.iloc[largest_rows(points["residual"], 0 if found.perfect else NAMED)]
    template = _("{shown} of {rows} rows, the furthest off among them.")
    return (
        points,
        named,
        "" if len(points) == first else template.format(shown=format_count(len(points)), rows=format_count(first)),
    )


def _spread(found: Residuals, problem: Problem) -> str:
    """Return how far off the model is on its training rows, as a sentence."""
    if found.perfect:
        return _("The fit is perfect: on the training rows every residual is 0 up to rounding.")
    half = float(np.quantile(np.abs(found.residuals), 0.5))
    return _("Half of the {rows} training rows are less than {half} off, in {label}.").format(
        rows=format_count(len(found.residuals)), half=format_number(half, 3), label=problem.label
    )


def _verdicts(found: Residuals, means: pd.DataFrame, named: pd.DataFrame) -> list[str]:
    """Return sentences on the row furthest off, on curvature and on a funnel in the residuals."""
    if found.perfect:
        return []
    worst = named.iloc[0]
    sentences = [
        _(
            "Row {row} of the table, counted from 0, is furthest off: its label is {truth}, the prediction "
            "{prediction}."
        ).format(
            row=worst["row"], truth=format_number(worst["truth"], 5), prediction=format_number(worst["prediction"], 5)
        )
    ]
    worth_a_word = means["mean"].abs() > TRIFLE * (found.deviation or 0.0)
    away = int((((means["low"] > 0) | (means["high"] < 0)) & worth_a_word).sum())
    if len(means) and away >= max(2, 0.2 * len(means)):
        sentences.append(
            ngettext(
                "The running mean is clearly off 0 in {count} of {bins} bins: the model misses a curve that a "
                "square or a product of columns may catch.",
                "The running mean is clearly off 0 in {count} of {bins} bins: the model misses a curve that a "
                "square or a product of columns may catch.",
                away,
            ).format(count=away, bins=len(means))
        )
    elif len(means):
        sentences.append(_("The running mean stays close to 0: no sign of a curve that a linear model would miss."))
    ratio = spread_ratio(found.fitted, found.residuals)
    if ratio is not None and not 1 / FUNNEL < ratio < FUNNEL:
        sentences.append(
            _("A funnel: the residuals of the highest third of the predictions scatter {ratio} times as far as "
              "those of the lowest third. The variance of the noise is not constant. Where it grows with the "
              "prediction, the logarithm of the label may help.").format(
                ratio=format_number(ratio, 2)
            )
        )  # fmt: skip
    return sentences
