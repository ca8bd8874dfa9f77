"""The scene of a threshold: probabilities, labels, and what a mistake of each kind costs."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from core.formatting import format_count
from core.language import _
from dashboard.scenes.drawn_rows import drawn_rows

Array = npt.NDArray[np.float64]
BINS = 20
MOST_ROWS = 20_000  # sent to the browser


def threshold_scene(
    probabilities: Array, positive: Array, classes: Sequence[str], threshold: float, costs: tuple[float, float]
) -> dict[str, Any]:
    """Return the scene of probabilities (n,) of the second of the `classes`, and labels (n,), 1 for that class.

    `costs` are those of a false positive and of a false negative. Counts, costs and the cheapest of all thresholds are
    computed in the browser, as by `every_threshold`. Of very many rows evenly spaced ones are sent.
    """
    rows = drawn_rows(len(probabilities), MOST_ROWS)
    return {
        "p": probabilities[rows].tolist(),
        "y": positive[rows].astype(int).tolist(),
        "classes": list(classes),
        "threshold": threshold,
        "costs": list(costs),
        "bins": BINS,
        "words": _words(classes) | {"some": _some(len(rows), len(probabilities))},
    }


def _some(shown: int, rows: int) -> str:
    if shown == rows:
        return ""
    return _("{shown} of {rows} rows are counted in this picture.").format(
        shown=format_count(shown), rows=format_count(rows)
    )


def _words(classes: Sequence[str]) -> dict[str, str]:
    """Return every text of the component; {names} in braces are filled in by the browser."""
    negative, positive = classes[0], classes[1]
    return {
        "label": _("A threshold to drag"),
        "histogram": _("Probabilities of the two classes"),
        "probability": _("probability of {name}").format(name=positive),
        "rows": _("rows: {positive} up, {negative} down").format(positive=positive, negative=negative),
        "costTitle": _("Cost of all mistakes, for every threshold"),
        "thresholdAxis": _("threshold"),
        "cost": _("cost"),
        "cheapest": _("cheapest"),
        "threshold": _("Threshold {value}"),
        "goCheapest": _("Go to the cheapest"),
        "wrongPositive": _("A false positive costs {value}"),
        "wrongNegative": _("A false negative costs {value}"),
        "isPositive": _("is {name}").format(name=positive),
        "isNegative": _("is {name}").format(name=negative),
        "saidPositive": _("predicted {name}").format(name=positive),
        "saidNegative": _("predicted {name}").format(name=negative),
        "tp": _("true positives"),
        "fp": _("false positives"),
        "fn": _("false negatives"),
        "tn": _("true negatives"),
        "accuracy": _("accuracy"),
        "precision": _("precision"),
        "recall": _("recall"),
        "total": _("cost"),
        "legend": _("Full colour: predicted correctly. Pale with an outline: mistakes."),
        "hint": _("Drag the line, in either picture. By keyboard: focus the picture, left and right move the line, "
                  "Enter goes to the cheapest threshold. Point at a count, and its bars light up."),
        "about": _("Cheapest: {cost} at any threshold above {low} and up to {high}. Here it is {here}."),
        "same": _("as cheap"),
        "dearer": _("{more} more"),
        "described": _("Threshold {value}: {tp} true and {fp} false positives, {fn} false and {tn} true negatives; "
                       "cost {cost}, the cheapest is {least}."),
    }  # fmt: skip
