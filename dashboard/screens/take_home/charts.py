"""The charts that can be taken home, each drawn when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass

import altair as alt
import pandas as pd
import streamlit as st

from core.language import _
from core.regression.diagnostics.residuals import find_residuals, rows_to_draw, running_mean
from dashboard.charts.compare.diagnostics import residuals_against_fitted
from dashboard.charts.compare.predictions import fitted_line, predictions_against_truth
from dashboard.charts.pictures import Colours
from dashboard.charts.shared import MOST_POINTS
from dashboard.charts.train.loss import loss_curve
from dashboard.charts.train.parameters import parameters_way
from dashboard.pipeline import findings, results
from dashboard.pipeline.coefficient_rows import in_units, plot, verdict
from dashboard.pipeline.training import Problem, Result


@dataclass(frozen=True, eq=False)
class Offer:
    """A chart: its title, what it shows in words, and the function that draws it."""

    title: str
    words: str
    draw: Callable[[], alt.LayerChart]


def offers(problem: Problem, result: Result) -> dict[str, Offer]:
    """Return the charts by the short name that is also in the link."""
    run, label = result.run, problem.label
    rows = in_units(result.comparison, "standardised")
    confidence = round(100 * result.comparison.confidence)

    def predictions() -> alt.LayerChart:
        if len(problem.feature_names) == 1:
            return fitted_line(
                results.line_points(problem), results.line_models(result), problem.feature_names[0], label
            )
        return predictions_against_truth(results.prediction_points(problem, result), label)

    def residuals() -> alt.LayerChart:
        found = find_residuals(problem.X_train, problem.y_train, run.weights.numpy(), run.bias, result.fit.rank)
        rows = rows_to_draw(len(found.residuals), MOST_POINTS)
        points = pd.DataFrame({"fitted": found.fitted[rows], "residual": found.residuals[rows]})
        points = points.assign(part=_("training rows"), row=rows.astype(str))
        return residuals_against_fitted(points, running_mean(found.fitted, found.residuals), points.head(0), label)

    def way() -> alt.LayerChart:
        lines, ends, _left_out = results.parameters_way(problem, result)
        return parameters_way(lines, ends, label)

    def weights() -> alt.LayerChart:
        return plot(rows, problem, result, "standardised", confidence)

    return {
        "loss": Offer(_("Loss"), results.outcome(result), lambda: loss_curve(run.history, run.closed_form_loss, label)),
        "predictions": Offer(_("Predictions"), findings.predictions(problem, result), predictions),
        "residuals": Offer(_("Residuals"), findings.residuals(problem, result), residuals),
        "way": Offer(_("Way"), _way_finding(problem, result), way),
        "coefficients": Offer(_("Coefficients"), verdict(rows, confidence), weights),
    }


def _way_finding(problem: Problem, result: Result) -> str:
    way, ends, _left_out = results.parameters_way(problem, result)
    return findings.parameters_way(way, ends)


def colours(theme: str) -> Colours:
    """Return the colours of the light or the dark theme."""
    return Colours(
        text=st.get_option(f"theme.{theme}.textColor"),
        background=st.get_option(f"theme.{theme}.backgroundColor"),
        grid=st.get_option(f"theme.{theme}.secondaryBackgroundColor"),
        categories=st.get_option(f"theme.{theme}.chartCategoricalColors"),
    )


def theme_in_use() -> str:
    """Return the theme that the visitor sees."""
    return "dark" if st.context.theme.type == "dark" else "light"
