"""The words of the stage in the browser: whole sentences with named placeholders, and the names of its controls."""

from collections.abc import Sequence
from typing import Any

from core.formatting import as_factor, format_count
from core.language import _
from core.regression import SgdRun


def stage_words(run: SgdRun, names: Sequence[str], label: str, standardised: bool) -> dict[str, Any]:
    """Return the words of the stage, by their place."""
    return {
        "controls": _controls(run),
        "facts": {
            "step": _("update"),
            "epoch": _("epoch"),
            "loss": _("loss"),
            "gap": _("gap"),
            "test_loss": _("test loss"),
        },
        "landscape": _landscape_words(run),
        "many": _("The columns are linearly dependent, so infinitely many solutions fit equally well: the one drawn "
                  "is the nearest to the start.")
        if run.ridge is None and run.closed_form.rank < run.closed_form.columns
        else "",
        "fit": _fit_words(names, label),
        "loss": _loss_words(label),
        "update": _update_words(run, names, label, standardised),
    }  # fmt: skip


def _controls(run: SgdRun) -> dict[str, str]:
    return {
        "stage": _("The run, update by update"),
        "scrubber": _("Update"),
        "position": _("update {step} of {last}"),
        "first": _("To the first update"),
        "back": _("One step back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One step forward"),
        "last": _("To the last update"),
        "speed": _("Speed"),
        "a_second": _("{count} per second"),
        "recorded": ""
        if run.steps + 1 <= len(run.history)
        else _("{frames} of {updates} updates are kept: densely at first, more sparsely later.").format(
            frames=format_count(len(run.history)), updates=format_count(run.steps)
        ),
        "keys": _("Arrow keys go one step, Page keys ten, Space plays."),
    }


def _landscape_words(run: SgdRun) -> dict[str, str]:
    return {
        "title": _("The path on the loss landscape"),
        "label": _(
            "Contours of equal loss over {across} and {up}, the closed form at their centre, and the path of the run."
        ),
        "closed_form": _("closed form"),
        "start": _("start"),
        "note": _(
            "On each contour the gap is a quarter of that on the next one outside. The arrow is the next update."
        ),
        "left": _("The run leaves this chart at update {step}: from there on it diverges.")
        if run.diverged
        else _("The run leaves this chart at update {step}."),
        "outside": _("It is outside this chart now."),
        "none": _("The loss curves in one direction only: choose two parameters as axes."),
    }


def _fit_words(names: Sequence[str], label: str) -> dict[str, str]:
    one = len(names) == 1
    return {
        "title": _("The fitted line") if one else _("The fit"),
        "show": _("Show"),
        "truth": _("predictions against truth"),
        "slice": _("a slice along {feature}"),
        "true_label": _("true {label}").format(label=label),
        "predicted_label": _("predicted {label}").format(label=label),
        "label": label,
        "rest": _("{label}, less the contribution of the other features").format(label=label),
        "canvas_truth": _("Predictions against truth at this update, the rows of its minibatch highlighted, with "
                          "the squares of their errors."),
        "canvas_slice": _("The rows and the fitted line along {feature} at this update, the rows of its minibatch "
                          "highlighted, with the squares of their errors."),
        "lit": _("next minibatch"),
        "model": _("SGD now"),
        "row": _("a row"),
        "closed_form": _("closed form"),
        "right": _("prediction = truth"),
        "drawn": _("{shown} of {rows} rows are drawn, evenly spread."),
        "note": _("Every shaded square is one row's squared error; the loss is half of their mean."),
        "some": _("A shaded square is one row's squared error, drawn for some of the rows; the loss is half of the mean"
                  " of all."),
    }  # fmt: skip


def _loss_words(label: str) -> dict[str, str]:
    return {
        "title": _("The loss: half the mean squared error"),
        "x": _("update"),
        "y": _("loss ({unit}²)").format(unit=as_factor(label)),
        "train": _("training rows"),
        "test": _("test rows"),
        "floor": _("closed form"),
        "canvas": _("The loss at every recorded update on a logarithmic axis, with a cursor at this update."),
        "below": _("The closed form's loss, {loss}, is far below this chart."),
        "zero": _("A loss of 0 cannot be drawn on a logarithmic axis."),
    }


def _update_words(run: SgdRun, names: Sequence[str], label: str, standardised: bool) -> dict[str, Any]:
    about = run.config.rule.about
    return {
        "title": _("The next update"),
        "title_at_end": _("Where the run ended"),
        "parameter": _("Parameter"),
        "largest": _("the one that moves most"),
        "bias": _("bias"),
        "ends": [_("parameter"), _("SGD"), _("closed form"), _("difference")],
        "parameters": _("Its parameters, compared with the closed form"),
        "more_parameters": _("and {count} more of the parameters"),
        "rows": _("Its minibatch: {count} rows"),
        "one_row": _("Its minibatch: one row"),
        "every_row": _("Its minibatch: all {count} rows"),
        "more": _("and {count} more of its rows"),
        "row": _("row"),
        "truth": label,
        "prediction": _("prediction"),
        "error": _("error"),
        "part": _("error · {factor}"),
        "sum": _("sum"),
        "explained": about() if about else "",
        "coordinates": _("z is the standardised feature, as used in training.") if standardised else "",
    }
