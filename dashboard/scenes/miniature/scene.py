"""The scene of a miniature: its panels, the sentence of each frame, and the prediction that is asked for first."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.language import _
from core.problems.miniature import Miniature
from core.problems.panels import Axis, Bars, Cells, Curve, Heat, Layer, Panel, Pictures, Plane, Points


def miniature_scene(of: Miniature, *, exact: bool, guess: str) -> dict[str, Any]:
    """Return the scene of a miniature; `exact` shows the exact answer, `guess` is the prediction, or "none"."""
    return {
        "panels": [_panel(panel) for panel in of.panels],
        "frames": list(of.frames),
        "guess": {"question": of.guess.question, "options": list(of.guess.options), "answer": of.guess.answer,
                  "why": of.guess.why, "made": guess},
        "exact": exact,
        "words": _words(),
    }  # fmt: skip


def _panel(panel: Panel) -> dict[str, Any]:
    shared = {"kind": type(panel).__name__.lower(), "title": panel.title, "alt": panel.alt}
    if isinstance(panel, Plane):
        layers = [_layer(layer) for layer in panel.layers]
        return shared | {"x": _axis(panel.x), "y": _axis(panel.y), "layers": layers, "bare": panel.bare,
                         "square": panel.square}  # fmt: skip
    if isinstance(panel, Bars):
        sets = [{"values": _moving(bars.values, 1), "name": bars.name, "role": bars.role} for bars in panel.sets]
        return shared | {"y": _axis(panel.y), "labels": list(panel.labels), "sets": sets}
    if isinstance(panel, Cells):
        return shared | _cells(panel)
    return shared | _pictures(panel)


def _cells(panel: Cells) -> dict[str, Any]:
    finite = panel.values[np.isfinite(panel.values)]
    low = panel.low if panel.low is not None else float(finite.min(initial=0.0))
    high = panel.high if panel.high is not None else float(finite.max(initial=0.0))
    return {
        "values": _moving(panel.values, 2),
        "rowNames": list(panel.row_names),
        "columnNames": list(panel.column_names),
        "texts": None if panel.texts is None else _moving(np.asarray(panel.texts, dtype=object), 2),
        "low": low,
        "high": high,
        "shaded": panel.shaded,
        "marks": None if panel.marks is None else _moving(panel.marks, 2),
        "arrows": None if panel.arrows is None else _moving(panel.arrows, 2),
        "exact": panel.exact,
        "editable": panel.editable,
        "digits": panel.digits,
    }


def _pictures(panel: Pictures) -> dict[str, Any]:
    return {
        "images": _moving(panel.images.round(4), 3),
        "captions": _moving(np.asarray(panel.captions, dtype=object), 1),
        "tones": None if panel.tones is None else _moving(panel.tones, 1),
        "exact": panel.exact,
        "paintable": panel.paintable,
    }


def _axis(axis: Axis) -> dict[str, Any]:
    return {"title": axis.title, "low": axis.low, "high": axis.high, "log": axis.log}


def _layer(layer: Layer) -> dict[str, Any]:
    shared = {"kind": type(layer).__name__.lower(), "name": layer.name}
    if isinstance(layer, Points):
        return shared | {
            "role": layer.role,
            "xy": _moving(layer.xy, 2),
            "groups": None if layer.groups is None else _moving(layer.groups, 1),
            "groupNames": list(layer.group_names),
            "labels": list(layer.labels),
            "shape": layer.shape,
            "size": layer.size,
            "movable": layer.movable,
        }
    if isinstance(layer, Curve):
        return shared | {
            "role": layer.role,
            "xy": _moving(layer.xy, 2),
            "dashed": layer.dashed,
            "until": None if layer.until is None else layer.until.tolist(),
            "band": None if layer.band is None else _moving(layer.band, 2)["still"],
            "steps": layer.steps,
        }
    if isinstance(layer, Heat):
        return shared | {
            "values": _moving(layer.values, 2),
            "x": list(layer.x),
            "y": list(layer.y),
            "low": layer.low,
            "high": layer.high,
            "regions": layer.regions,
        }
    return shared | {"role": layer.role, "ends": _moving(layer.ends, 2), "arrow": layer.arrow, "dashed": layer.dashed}


def _moving(values: Any, still: int) -> dict[str, Any]:
    """Return an array as {"still": …}, or as {"moving": […]} with a frame each; what is not finite is null."""
    array = np.asarray(values)
    if array.dtype.kind == "f":
        short = np.array([_rounded(value) for value in array.ravel().tolist()]).reshape(array.shape)
        finite = np.isfinite(array)
        array = short.astype(object)
        array[~finite] = None
    return {"moving" if array.ndim > still else "still": array.tolist()}


def _rounded(value: float) -> float:
    """Return a number with seven significant digits: fewer characters travel, and no pixel moves."""
    return float(f"{value:.7g}")


def _words() -> dict[str, str | Sequence[str]]:
    """Return every text of the component; {names} in braces are filled in by the browser."""
    return {
        "group": _("The miniature, frame by frame"),
        "scrubber": _("Frame"),
        "first": _("To the start"),
        "back": _("One frame back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One frame on"),
        "last": _("To the end"),
        "speed": _("Duration"),
        "seconds": _("{count} s"),
        "position": _("Frame {step} of {last}"),
        "predict": _("Your prediction"),
        "skip": _("Run it without a prediction"),
        "right": _("You said “{choice}”, and that is right."),
        "wrong": _("You said “{choice}”; the run says “{answer}”."),
        "skipped": _("Run without a prediction. The answer is “{answer}”."),
        "again": _("Predict again"),
        "drag": _("Drag a point. By keyboard: Page Up and Page Down choose a point, the arrow keys move it."),
        "chosen": _("Point {number}: {x}, {y}"),
        "paint": _("Paint on the first picture. By keyboard: the arrow keys move, the space bar paints."),
        "cell": _("Row {row}, column {column}: {value}"),
        "empty": _("empty"),
        "up": _("up"),
        "rightward": _("right"),
        "down": _("down"),
        "leftward": _("left"),
        "exactly": _("exact"),
        "correct": _("right"),
        "incorrect": _("wrong"),
    }
