"""The scene of a neuron that learns: its rows, its parameters at every frame, and what is exact beside them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from core.language import _
from dashboard.scenes.drawn_rows import drawn_rows

Array = npt.NDArray[np.float64]
MOST_ROWS = 400  # drawn
MOST_FRAMES = 241
MOST_TERMS = 6  # of the formula; the others are summed up


def classifier_scene(
    X: Array,
    y: Array,
    names: Sequence[str],
    axes: tuple[int, int],
    classes: Sequence[str],
    path: tuple[Array, Array, Array],
    beside: Mapping[str, tuple[Array, float, float] | None],
) -> dict[str, Any]:
    """Return the scene of a run on X (n, d) and y (n,), 1 for the second of the `classes`.

    `axes` are the columns drawn across and up. `path` holds weights (k + 1, d), biases (k + 1,) and losses (k + 1,) in
    the units of X; `beside` weights, bias and loss of other fits by name, the first the exact one, None where there is
    none. Of many rows and updates some are drawn, spread over all.
    """
    weights, bias, losses = path
    frames = frames_of(len(losses) - 1)
    rows = drawn_rows(len(X), MOST_ROWS)
    return {
        "rows": X[rows].tolist(),
        "labels": y[rows].astype(int).tolist(),
        "names": list(names),
        "axes": list(axes),
        "classes": list(classes),
        "means": X.mean(axis=0).tolist(),
        "steps": frames.tolist(),
        "weights": _finite(weights[frames]),
        "bias": _finite(bias[frames]),
        "loss": _finite(losses[frames]),
        "beside": [
            {"name": name, "weights": None if fit is None else _finite(fit[0]), "bias": None if fit is None else fit[1],
             "loss": None if fit is None else fit[2]}
            for name, fit in beside.items()
        ],
        "terms": MOST_TERMS,
        "words": _words(len(rows), len(X)),
    }  # fmt: skip


def frames_of(updates: int) -> npt.NDArray[np.int64]:
    """Return the updates that are frames: the first ones all, then ever fewer, and the last."""
    if updates < MOST_FRAMES:
        return np.arange(updates + 1)
    spaced = np.expm1(np.linspace(0, np.log1p(updates), 3 * MOST_FRAMES)).round().astype(np.int64)
    found = np.unique(spaced)
    chosen: npt.NDArray[np.int64] = found[np.unique(np.linspace(0, len(found) - 1, MOST_FRAMES).round().astype(int))]
    return chosen


def _finite(values: Array) -> Any:
    """Return nested lists for JSON, which has no infinity: null in its place."""
    return np.where(np.isfinite(values), values.astype(object), np.array(None)).tolist()


def _words(shown: int, rows: int) -> dict[str, Any]:
    """Return every text of the component; {names} in braces are filled in by the browser."""
    some = _("{shown} of {rows} rows are drawn.").format(shown=shown, rows=rows) if shown < rows else ""
    return {
        "label": _("A neuron that learns"),
        "plane": _("The plane and the line where the probability is one half"),
        "lossTitle": _("Loss: mean cross-entropy"),
        "update": _("update"),
        "loss": _("loss"),
        "exactLoss": _("smallest possible loss"),
        "now": _("Descent now"),
        "parameter": _("Parameter"),
        "bias": _("bias"),
        "none": _("none"),
        "others": _("{count} other terms"),
        "row": _("The row with the ring is {label}."),
        "probability": _("The neuron says {share} for {name}."),
        "legendLine": _("line of descent: 50 %"),
        "legendBand": _("10 % and 90 %"),
        "legendExact": _("exact line"),
        "legendShade": _("Shade: the probability of {name}."),
        "slice": _("The other columns are held at their means."),
        "some": some,
        "hint": _("Point at a weight, or walk through the formula with the arrow keys: its places light up. Click a "
                  "row of the plane to see its sum; with the picture in focus, left and right go from row to row."),
        "described": _("After update {update} the loss is {loss}. The line leaves {right} of {rows} drawn rows on "
                       "the right side."),
        "controls": {
            "scrubber": _("Update"), "position": _("update {step} of {last}"), "first": _("First update"),
            "back": _("One update back"), "play": _("Play"), "pause": _("Pause"), "forward": _("One update on"),
            "last": _("Last update"), "speed": _("Speed"), "a_second": _("{count} frames a second"),
        },
    }  # fmt: skip
