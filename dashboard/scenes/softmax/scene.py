"""The scene of softmax: rows of several classes, the weights of each class, and the chosen row."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from core.language import _
from dashboard.scenes.drawn_rows import drawn_rows

Array = npt.NDArray[np.float64]
MOST_ROWS = 400  # drawn
MOST_TERMS = 4  # of a score; the others are summed up


def softmax_scene(
    X: Array,
    y: Array,
    names: Sequence[str],
    axes: tuple[int, int],
    classes: Sequence[str],
    parameters: tuple[Array, Array],
    row: int,
    shift: float,
) -> dict[str, Any]:
    """Return the scene of rows X (n, d) with classes y (n,), places in `classes`, and weights (K, d) and biases (K,).

    `axes` are the columns drawn across and up, `row` is the chosen one of the drawn rows, `shift` a number added to
    every score. Of many rows evenly spaced ones are drawn.
    """
    rows = drawn_rows(len(X), MOST_ROWS)
    weights, bias = parameters
    return {
        "rows": X[rows].tolist(),
        "labels": y[rows].astype(int).tolist(),
        "names": list(names),
        "axes": list(axes),
        "classes": list(classes),
        "means": X.mean(axis=0).tolist(),
        "weights": weights.tolist(),
        "bias": bias.tolist(),
        "row": min(row, len(rows) - 1),
        "numbers": (rows + 1).tolist(),
        "shift": shift,
        "terms": MOST_TERMS,
        "words": _words(len(rows), len(X)),
    }


def _words(shown: int, rows: int) -> dict[str, Any]:
    """Return every text of the component; {names} in braces are filled in by the browser."""
    some = _("{shown} of {rows} rows are drawn.").format(shown=shown, rows=rows) if shown < rows else ""
    return {
        "label": _("Softmax of one row, step by step"),
        "plane": _("The class with the largest probability"),
        "steps": [_("A score for each class"), _("Subtract the largest"), _("Exponentiate"), _("Divide by the sum")],
        "class": _("Class"),
        "score": _("score z"),
        "less": _("z − largest"),
        "power": _("exp(z − largest)"),
        "share": _("probability"),
        "naive": _("exp(z)"),
        "naiveShare": _("exp(z) / sum"),
        "sum": _("sum"),
        "bias": _("bias"),
        "others": _("{count} other terms"),
        "shift": _("Add c = {value} to every score"),
        "same": _("The probabilities stay: c cancels, since exp(z + c) = exp(z) · exp(c)."),
        "overflow": _("exp(z) is beyond float64, and its share is not a number. The way with the largest subtracted "
                      "still works."),
        "underflow": _("Every exp(z) is 0 here, and 0/0 is not a number. The way with the largest subtracted still "
                       "works."),
        "chosen": _("Training row {row} is {label}: {share} for it, {best} for {name}."),
        "right": _("Training row {row} is {label}, and that has the largest probability: {share}."),
        "legend": _("The shade is the class with the largest probability, the stronger the surer."),
        "slice": _("The other columns are held at their means."),
        "some": some,
        "hint": _("Click a row to see its scores; with the picture in focus, left and right go from row to row. "
                  "Point at a class or a term, and its places light up."),
        "controls": {
            "scrubber": _("Step"), "position": _("step {step} of {last}"), "first": _("First step"),
            "back": _("One step back"), "play": _("Play"), "pause": _("Pause"), "forward": _("One step on"),
            "last": _("Last step"), "speed": _("Speed"), "seconds": _("{count} s a step"),
        },
    }  # fmt: skip
