"""The scene of fitting by hand: a line through the rows of one feature, and the loss surface over all lines."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from core.formatting import as_factor, format_count
from core.language import _
from core.regression.experiments.manual_fit import ManualFit
from dashboard.charts.shared import thinned

LEVELS = 8  # contours of the landscape, each with a quarter of the gap of the one around it


def hand_scene(
    problem: ManualFit,
    rows: pd.DataFrame,
    *,
    key: str,
    feature: str,
    label: str,
    hand: tuple[float, float] | None,
    standardised: bool,
    sgd: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """Return what the browser needs to fit a line to these rows without a request to the server.

    `rows` has x and y, in the units of the table; at most 1,000 of them are drawn, while the loss is that of all.
    `key` names the problem: under another key the browser starts again. `hand` is (w, b), None for the start.
    `standardised`: whether the landscape is first drawn in standardised coordinates. `sgd` is the path of SGD once the
    line has been handed over: weight and bias, one row per recorded step, the first where the hand was.
    """
    drawn, left_out = thinned(rows[["x", "y"]])
    weight, bias = hand or problem.start
    scene: dict[str, Any] = {
        "key": key,
        "model": _model(problem),
        "ranges": _ranges(problem),
        "start": list(problem.start),
        "hand": [weight, bias],
        "standardised": standardised,
        "feature": feature,
        "label": label,
        "words": _words(feature, label, left_out, problem),
        "rows": drawn.astype(np.float64).reset_index(drop=True),
        "handed": None if sgd is None else [weight, bias],
    }
    if sgd is not None:
        scene["sgd"] = sgd[["weight", "bias"]].astype(np.float64).reset_index(drop=True)
    return scene


def _model(problem: ManualFit) -> dict[str, float]:
    """Return what the loss of any line is computed from: see `ManualFit`."""
    return {
        "rows": problem.rows,
        "xMean": problem.x_mean,
        "xDeviation": problem.x_deviation,
        "yMean": problem.y_mean,
        "weight": problem.weight,
        "bias": problem.bias,
        "floor": float(problem.fit.loss),
    }


def _ranges(problem: ManualFit) -> dict[str, Any]:
    """Return the ends and steps of the sliders, the rounding of a drag, and the smallest ranges of the two plots."""
    ends = {"w": problem.weight_range, "b": problem.bias_range, "level": problem.level_range}
    return {
        **{name: list(range_) for name, range_ in ends.items()},
        **{f"{name}Step": 10.0 ** (_digit((high - low) / 2) - 2) for name, (low, high) in ends.items()},
        "wUnit": 10.0 ** (_digit(problem.steepest) - 4),
        "bUnit": 10.0 ** (_digit(problem.rise) - 4),
        "x": list(problem.x_range),
        "y": list(problem.y_range),
        "levels": LEVELS,
    }


def _digit(size: float) -> int:
    return math.floor(math.log10(size))


def _words(feature: str, label: str, left_out: str, problem: ManualFit) -> Mapping[str, str]:
    """Return every word on the component; {names} in braces are filled in by the browser."""
    return {
        "line": _("Your line through the rows"),
        "landscape": _("The loss of every line"),
        "leftOut": left_out,
        "weight": _("w"),
        "bias": _("b"),
        "weightField": _("Weight w, as a number"),
        "biasField": _("Bias b, as a number"),
        "weightSlider": _("Weight w: how steep the line is"),
        "biasSlider": _("Bias b: how high the line is at {feature} = 0").format(feature=feature),
        "tableAxes": _("as in the table"),
        "standardAxes": _("standardised"),
        "axes": _("Coordinates"),
        "weightAxis": _("w ({label} per {feature})").format(label=label, feature=feature),
        "biasAxis": _("b ({label} at {feature} = 0)").format(label=label, feature=feature),
        "standardWeightAxis": _("w ({label} per standard deviation of {feature})").format(label=label, feature=feature),
        "standardBiasAxis": _("b ({label} at the mean of {feature})").format(label=label, feature=feature),
        "loss": _("Loss: half the mean squared error of all training rows (n = {rows}), in {label}²").format(
            rows=format_count(problem.rows), label=as_factor(label)
        ),
        "tooLarge": _("too large"),
        "slopes": _("The gradient here"),
        "weightSlope": _("∂L/∂w"),
        "biasSlope": _("∂L/∂b"),
        "squares": _("Squares"),
        "sticks": _("Sticks"),
        "nothing": _("Nothing"),
        "residuals": _("Residuals"),
        "showLevels": _("Contours"),
        "showAnswer": _("Show the answer"),
        "again": _("Start again"),
        "handOver": _("Hand over to SGD"),
        "yourLine": _("your line"),
        "sgdLine": _("SGD"),
        "bestLine": _("closed form"),
        "handNote": _("● your hand and its trail   → downhill: against the gradient"),
        "dragHint": _("Drag the line: at its middle to move it, near an end to turn it about the other one."),
        "levelHint": _("From one contour to the next inside it, the gap to the smallest loss falls to a quarter."),
        "round": _("In these coordinates they are as long as wide, and steepest descent leads to their centre."),
        "long": _("In these coordinates they are {times} times as long as wide, and steepest descent leads past "
                  "their centre."),
        "progress": _("You have closed {share} of the gap between the flat line and the best one."),
        "worse": _("The flat line you began with was better than this one."),
        "flatIsBest": _("The flat line you began with is already the best one: no slope lowers the loss."),
        "done": _("No line does better: the loss is the smallest possible, up to rounding in float64."),
        "answer": _("The closed form: w = {w}, b = {b}, loss {loss}. Yours is {gap} above it."),
        "moved": _("Your line has moved since you handed it over; hand over again to start SGD from here."),
        "constant": _("{feature} is constant in these rows, so w and b have the same effect: the loss surface is an "
                      "endless valley, and only the height of the line counts.").format(feature=feature)
                    if problem.x_deviation == 0 else "",
        "described": _("{feature} across, {label} up: training rows (n = {shown}) and your line, {label} = w · "
                       "{feature} + b with w = {w} and b = {b}. Its loss is {loss}."),
        "landscapeDescribed": _("The loss, with w across and b up, in the coordinates chosen. Your hand is at w = "
                                "{w}, b = {b}, where the loss is {loss} and falls fastest towards {where}."),
        "largerWeight": _("a larger w"),
        "smallerWeight": _("a smaller w"),
        "largerBias": _("a larger b"),
        "smallerBias": _("a smaller b"),
        "nowhere": _("nowhere, since it is flat there"),
    }  # fmt: skip
