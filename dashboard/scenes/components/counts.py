"""The scene of the four counts of a classifier, for several models on test rows."""

from collections.abc import Mapping
from typing import Any

from core.foundations.classification_metrics import Confusion
from core.language import _


def counts_scene(models: Mapping[str, Confusion], one: str, zero: str) -> dict[str, Any]:
    """Return the scene of these models, by their names; `one` and `zero` are what class 1 and class 0 are called."""
    return {
        "kind": "counts",
        "models": [
            {
                "name": name,
                "tp": scores.true_positives,
                "fp": scores.false_positives,
                "tn": scores.true_negatives,
                "fn": scores.false_negatives,
            }
            for name, scores in models.items()
        ],
        "words": {
            "label": _("Right and wrong predictions, counted"),
            "tp": _("{one}, found").format(one=one),
            "fn": _("{one}, missed").format(one=one),
            "tn": _("{zero}, left alone").format(zero=zero),
            "fp": _("{zero}, taken for {one}").format(zero=zero, one=one),
            "saysOne": _("predicted {one}").format(one=one),
            "saysZero": _("predicted {zero}").format(zero=zero),
            "isOne": one,
            "isZero": zero,
            "accuracy": _("accuracy"),
            "precision": _("precision"),
            "recall": _("recall"),
            "balancedSays": _("balanced accuracy = ({recall} + {other}) / 2 ="),
            "undefined": _("undefined: nothing to divide by"),
            "counted": _("{name}: {tp} found, {fn} missed, {tn} left alone, {fp} taken wrongly."),
            "hint": _("Point at a count, and it lights in the bar, the table and the formulas. By keyboard: Tab, then "
                      "left and right."),
        },
    }  # fmt: skip
