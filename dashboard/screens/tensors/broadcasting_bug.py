"""The loss bug: (n, 1) minus (n,) is (n, n), the loss is wrong, and descent leads to the mean of the labels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_latex, format_number
from core.language import _, ngettext
from core.tensors import parse_tensor, tensor_code
from core.tensors.loss_bug import LossBug, descend, descent_table, loss_bug
from core.tensors.shapes import shape_text
from dashboard.charts.tensors import learnt
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.scenes.cells.broadcasting import bug_scene
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.chart import draw_chart
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.page import boxes
from dashboard.ui.traps import trap
from dashboard.visit import settings

PREDICTIONS, LABELS, UPDATES = "tensors_bug_predictions", "tensors_bug_labels", "tensors_bug_updates"


@dataclass(frozen=True, eq=False)
class Lesson:
    """What the part shows; both are float64 and flat."""

    predictions: np.ndarray[Any, Any]
    labels: np.ndarray[Any, Any]
    bug: LossBug


def draw_loss_bug() -> None:
    """Draw the part."""
    st.markdown(
        _("A network gives predictions of shape (n, 1), the labels have shape (n,). Their difference is (n, n), its "
          "mean is a number, and no error is raised.")
    )  # fmt: skip
    _ask()
    of = text_fields.answer(
        "tensors_bug", {PREDICTIONS: settings.text(PREDICTIONS), LABELS: settings.text(LABELS)}, compute
    ).value
    size = of.labels.size
    boxes(
        [
            (_("Shape of ŷ − y"), shape_text((size, size)), _("One difference for each row was intended.")),
            (_("Intended loss"), format_number(of.bug.meant, 5), _("Half the mean of the squared differences.")),
            (_("Loss with the bug"), format_number(of.bug.wrong, 5), _("The same over all pairs of rows.")),
            (_("Mean label"), format_number(of.bug.mean, 5), _("The wrong loss pulls every prediction towards it.")),
        ]
    )
    scenes.cells(bug_scene(of.predictions, of.labels, of.bug), key="tensors_bug_cells")
    _show_working(of)
    _show_descent(of)
    lesson.code(lines(of))
    lesson.traps(_traps)


def compute(**inputs: Any) -> Lesson:
    """Return the lesson for the typed tensors. Raises InputError unless there is a finite label for each prediction."""
    predictions, labels = parse_tensor(inputs[PREDICTIONS]), parse_tensor(inputs[LABELS])
    bug = loss_bug(predictions, labels)
    return Lesson(predictions.astype(np.float64).ravel(), labels.astype(np.float64).ravel(), bug)


def lines(of: Lesson) -> str:
    """Return the code for torch: both losses."""
    return (
        f"yhat = {tensor_code(of.predictions[:, None])}    # shape {shape_text((of.labels.size, 1))}\n"
        f"y = {tensor_code(of.labels)}    # shape {shape_text((of.labels.size,))}\n"
        "wrong = ((yhat - y) ** 2 / 2).mean()\n"
        "meant = ((yhat - y.reshape(yhat.shape)) ** 2 / 2).mean()"
    )


def _ask() -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        tensor_field(PREDICTIONS, _("Predictions ŷ"))
    with right:
        tensor_field(LABELS, _("Labels y"))
    examples(
        "tensors_bug",
        {
            _("good predictions"): {PREDICTIONS: "[[2.5], [3.5], [6.5], [7.5]]", LABELS: "[2, 4, 6, 8]"},
            _("perfect predictions"): {PREDICTIONS: "[[2], [4], [6], [8]]", LABELS: "[2, 4, 6, 8]"},
            _("all at the mean"): {PREDICTIONS: "[[5], [5], [5], [5]]", LABELS: "[2, 4, 6, 8]"},
        },
    )


def _show_working(of: Lesson) -> None:
    bug = of.bug
    st.latex(
        r"\begin{aligned}&\tfrac{1}{2n^2}\sum_{i,j}(\hat y_i-y_j)^2\\"
        rf"&=\underbrace{{\tfrac{{1}}{{2n}}\sum_i(\hat y_i-\bar y)^2}}_{{{format_latex(bug.to_mean)}}}"
        rf"+\underbrace{{\tfrac{{1}}{{2n}}\sum_j(y_j-\bar y)^2}}_{{{format_latex(bug.spread)}}}"
        rf"={format_latex(bug.wrong)}\end{{aligned}}"
    )
    if not bug.spread:
        st.markdown(_("All labels are equal here, so the bug has no effect."))
        return
    st.markdown(
        _("So the wrong loss has its minimum, {spread}, when every prediction is the mean label {mean}: training "
          "with it learns the mean. Perfect predictions do not bring it to 0.").format(
            spread=format_number(bug.spread, 5), mean=format_number(bug.mean, 5)
        )
    )  # fmt: skip


@st.fragment
def _show_descent(of: Lesson) -> None:
    updates = int(controls.slider(UPDATES, _("Updates of gradient descent")))
    meant, wrong = descend(of.predictions, of.labels, updates)
    table: pd.DataFrame = descent_table(of.predictions, of.labels, updates)
    sentence = ngettext(
        "After {updates} update the predictions are at most {meant} from their labels with the intended loss, and "
        "between {low} and {high} with the bug, around the mean label {mean}.",
        "After {updates} updates the predictions are at most {meant} from their labels with the intended loss, and "
        "between {low} and {high} with the bug, around the mean label {mean}.",
        updates,
    ).format(
        updates=updates, meant=format_number(float(abs(meant - of.labels).max()), 3),
        low=format_number(float(wrong.min()), 4), high=format_number(float(wrong.max()), 4),
        mean=format_number(of.bug.mean, 4),
    )  # fmt: skip
    draw_chart(learnt(table), sentence)
    st.caption(sentence)


def _traps() -> list[Trap]:
    return [
        trap(
            _("The loss looks plausible."),
            _("It is a number, it decreases, it has a gradient. Compare shapes before you subtract: `assert "
              "yhat.shape == y.shape`."),
            "yhat, y = torch.tensor([[2.0], [4.0]]), torch.tensor([2.0, 4.0])\nassert yhat.shape == y.shape",
        ),
        trap(
            _("`mse_loss` only warns."),
            _("It computes the same (n, n), with a warning that is easily missed."),
            "yhat, y = torch.tensor([[2.0], [4.0]]), torch.tensor([2.0, 4.0])    # no prediction is off",
            ["torch.nn.functional.mse_loss(yhat, y)", "torch.nn.functional.mse_loss(yhat.reshape(-1), y)"],
        ),
        trap(
            _("Counting correct predictions has the same bug."),
            _("`(yhat == y).sum()` over (n, n) can be more than n."),
            "yhat, y = torch.tensor([[1], [1], [0]]), torch.tensor([1, 1, 0])",
            ["(yhat == y).sum()", "(yhat.reshape(-1) == y).sum()"],
        ),
    ]  # fmt: skip
