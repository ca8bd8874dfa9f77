"""The scene of supervised learning: rows drawn, labelled and learned from, then predictions beside the truth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.formatting import format_count, format_number
from core.foundations.supervised import SupervisedWay
from core.language import _

Array = npt.NDArray[np.float64]
MOST_POINTS = 400  # of the whole table, as marks on the axis
FAMILY = 11  # lines of the family that are drawn


@dataclass(frozen=True, eq=False)
class Named:
    """A feature x (n,) and a label y (n,) of a table, and their names; `rows` (n,) are how the table names its rows."""

    x: Array
    y: Array
    feature: str
    label: str
    rows: Sequence[str]


def supervised_scene(table: Named, way: SupervisedWay) -> dict[str, Any]:
    """Return the scene of a way through supervised learning."""
    shown = np.linspace(0, len(table.x) - 1, min(len(table.x), MOST_POINTS)).round().astype(int)
    return {
        "all": _finite(table.x[shown]),
        "drawn": _rows(table, way.drawn),
        "asked": [
            {**row, "guess": guess, "error": abs(guess - row["y"])}
            for row, guess in zip(_rows(table, way.unlabelled), _finite(way.predictions), strict=True)
        ],
        "path": [[*line, loss] for line, loss in zip(way.path.tolist(), way.losses.tolist(), strict=True)],
        "exact": [*way.exact.tolist(), way.exact_loss],
        "family": family(table, way).tolist(),
        "feature": table.feature,
        "label": table.label,
        "frames": _frames(table, way),
        "terms": _terms(table, way),
        "words": _words(),
    }


def family(table: Named, way: SupervisedWay) -> Array:
    """Return lines of the family, slope and intercept (11, 2): they turn about the middle of the drawn rows."""
    x, y = table.x[way.drawn], table.y[way.drawn]
    steepest = 2.5 * float(np.ptp(y) or abs(y[0]) or 1.0) / float(np.ptp(x) or abs(x[0]) or 1.0)
    slopes = steepest * np.tan(np.linspace(-1.1, 1.1, FAMILY)) / np.tan(1.1)
    return np.column_stack([slopes, float(y.mean()) - slopes * float(x.mean())])


def _rows(table: Named, places: npt.NDArray[np.int64]) -> list[dict[str, Any]]:
    return [{"row": table.rows[at], "x": float(table.x[at]), "y": float(table.y[at])} for at in places]


def _finite(values: Array) -> list[float]:
    return [float(value) for value in np.nan_to_num(values)]


def _frames(table: Named, way: SupervisedWay) -> list[dict[str, Any]]:
    m, k, last = len(way.drawn), len(way.unlabelled), len(way.path) - 1
    names = {"feature": table.feature, "label": table.label}
    counts = {"m": format_count(m), "k": format_count(k), "rows": format_count(len(table.x))}
    errors = {
        "error": format_number(way.error, 4),
        "exact": format_number(way.exact_error, 4),
        "baseline": format_number(way.baseline_error, 4),
    }
    steps = [
        {
            "kind": "step",
            "step": step,
            "title": _("Learn: step {step} of {last}").format(step=step, last=last),
            "text": _("The learning algorithm stands at one line of the family. Its loss on the {m} rows is {loss}; "
                      "the smallest possible is {best}.").format(
                loss=format_number(loss, 5), best=format_number(way.exact_loss, 5), **counts),
        }
        for step, loss in enumerate(way.losses.tolist())
    ]  # fmt: skip
    return [
        {
            "kind": "table",
            "title": _("The table"),
            "text": _("{rows} rows. Of each the feature {feature} is known: a mark on the axis.").format(
                **counts, **names),
        },
        {
            "kind": "draw",
            "title": _("Draw rows at random"),
            "text": _("{m} of the {rows} rows, each as likely as any other, so that they stand for all.").format(
                **counts),
        },
        {
            "kind": "label",
            "title": _("Label them"),
            "text": _("Somebody who knows writes down {label} for each drawn row. This is what makes learning "
                      "supervised.").format(**names),
        },
        {
            "kind": "family",
            "title": _("Choose a family of models"),
            "text": _("All lines ŷ = w · x + b. A pair (w, b) is one model; here are {count} of them.").format(
                count=FAMILY),
        },
        *steps,
        {
            "kind": "exact",
            "title": _("The exact answer"),
            "text": _("Least squares gives the best line at once: loss {best}. The algorithm ended at {loss}.").format(
                best=format_number(way.exact_loss, 5), loss=format_number(float(way.losses[-1]), 5)),
        },
        {
            "kind": "predict",
            "title": _("Predict rows without labels"),
            "text": _("{k} other rows have a feature and no label. The learned model puts each on its line.").format(
                **counts),
        },
        {
            "kind": "truth",
            "title": _("Compare with the truth"),
            "text": _("Their true labels were kept back. Mean absolute error: {error} for the learned line, {exact} "
                      "for the exact one, {baseline} for always guessing the mean.").format(**errors),
        },
    ]  # fmt: skip


def _terms(table: Named, way: SupervisedWay) -> list[dict[str, str]]:
    """Return the words of the lesson: a name for the program, the word, and what it is in this table."""
    names = {"feature": table.feature, "label": table.label, "steps": format_count(len(way.path) - 1)}
    return [
        {"key": "sample", "word": _("sample"), "text": _("A row: one thing that was observed.")},
        {
            "key": "feature",
            "word": _("feature"),
            "text": _("What is known of every row and goes in: {feature}, the x of the model.").format(**names),
        },
        {
            "key": "label",
            "word": _("label"),
            "text": _("What is to be predicted: {label}, the y. Only the drawn rows show it.").format(**names),
        },
        {
            "key": "model",
            "word": _("model"),
            "text": _("One line, with one w and one b: a machine that makes a ŷ of an x."),
        },
        {
            "key": "family",
            "word": _("family of models"),
            "text": _("All lines together, before any data is seen. Choosing it is an assumption."),
        },
        {
            "key": "algorithm",
            "word": _("learning algorithm"),
            "text": _("What chooses one model of the family by the data: here gradient descent, {steps} steps.").format(
                **names),
        },
        {
            "key": "objective",
            "word": _("objective"),
            "text": _("The number that it makes small: the loss, half the mean squared error on the drawn rows."),
        },
    ]  # fmt: skip


def _words() -> dict[str, str]:
    return {
        "group": _("The way of supervised learning"),
        "terms": _("The words. Point at one, or walk through them with the arrow keys; its places light up."),
        "drawnRows": _("Rows to learn from"),
        "askedRows": _("Rows to predict"),
        "lines": _("Lines tried"),
        "row": _("row"),
        "guess": _("prediction"),
        "truth": _("true label"),
        "error": _("error"),
        "step": _("step"),
        "exact": _("exact"),
        "loss": _("loss"),
        "unknown": _("?"),
        "legend": _("Marks on the axis: features. Dots: labelled rows. Solid line: the model; dashed: the exact one. "
                    "Diamonds: predictions; rings: true labels."),
        "described": _("{title}. {text}"),
        "scrubber": _("Step"),
        "position": _("step {step} of {last}"),
        "first": _("First step"),
        "back": _("Previous step"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("Next step"),
        "last": _("Last step"),
        "speed": _("Speed"),
        "seconds": _("{count} s per step"),
    }  # fmt: skip
