"""More than two classes: a score for each, and softmax makes probabilities of them."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from core.errors import InputError, LimitError
from core.formatting import format_count, format_latex, format_number, format_percent
from core.foundations.softmax import SoftmaxFit, fit_softmax
from core.foundations.softmax_descent import softmax_descent
from core.language import _
from dashboard.scenes.drawn_rows import drawn_rows
from dashboard.scenes.softmax.scene import MOST_ROWS, softmax_scene
from dashboard.screens.neuron.class_problem import ClassProblem, choose, learn, possible_targets
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

Array = npt.NDArray[np.float64]
SCENE = "neuron_softmax_scene"
RATE = 1.0


@dataclass(frozen=True, eq=False)
class Learnt:
    """The exact fit and the loss of descent after some updates.

    `penalised` says why the fit has a penalty: classes are "separable", or there are too "many" rows to know. Else "".
    """

    fit: SoftmaxFit
    penalised: str
    descent: float


def draw_classes() -> None:
    """Draw the choices, the plane with the scores of a row, and what the fit is worth."""
    st.markdown(
        _("With more than two classes each gets a neuron of its own, and so a **score** z. **Softmax** makes "
          "probabilities of the scores: positive, and 1 in all.")
    )  # fmt: skip
    chosen = choose(many=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.slider("neuron_updates", _("Updates of descent"))
    examples("neuron_softmax", _examples())
    problem, learnt = learn(chosen, _learn, many=True)
    fit, row, shift = learnt.fit, int(settings.value("neuron_row")), float(settings.value("neuron_shift"))
    parameters = fit.weights.numpy(), fit.bias.numpy()
    rows, axes = (problem.X_train, problem.y_train), (problem.across, problem.up)
    scene = softmax_scene(*rows, problem.names, axes, problem.classes, parameters, row, shift)
    scenes.softmax(scene, SCENE, _take_over)
    _worth(problem, learnt)
    places = drawn_rows(len(problem.X_train), MOST_ROWS)
    x, label = problem.X_train[places[scene["row"]]], int(problem.y_train[places[scene["row"]]])
    _formula(fit, x, problem)
    lesson.code(softmax_code(fit, x, label))
    lesson.traps(_traps)
    st.caption(
        _("**What it takes for granted:** every row has one class and no other; the logarithm of the odds of any "
          "two classes is a straight line in the columns.")
    )  # fmt: skip
    page.link("network", _("Next: neurons in layers"))


def _examples() -> Examples:
    works: dict[str, object] = {"neuron_shift": 0.0}
    species = possible_targets().get("species")
    if species is not None:
        columns = {"neuron_across": "bill_length_mm", "neuron_up": "flipper_length_mm", "neuron_features": "two"}
        works = {**works, "neuron_label": "species", **columns}
    return {
        _("A setting that works"): works,
        _("Fails: exp overflows"): {"neuron_shift": 1000.0},
        _("Fails: exp underflows"): {"neuron_shift": -1000.0},
    }


def _take_over() -> None:
    """Take over the row and the shift at the end of a movement."""
    settled: dict[str, Any] = getattr(state.get(SCENE), "settled", None) or {}
    if {"row", "shift"} <= settled.keys():
        settings.choose("neuron_row", settled["row"])
        settings.choose("neuron_shift", settled["shift"])


def _learn(problem: ClassProblem) -> Learnt:
    updates = int(settings.value("neuron_updates"))
    return _learnt(json.dumps([problem.key, updates]), updates, problem)


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _learnt(key: str, updates: int, _problem: ClassProblem) -> Learnt:
    X, y = _problem.X_train, _problem.y_train
    penalised = ""
    try:
        fit = fit_softmax(X, y)
    except InputError as problem:
        fit = fit_softmax(X, y, 1 / len(X))  # raises again unless a penalty helps
        penalised = "many" if isinstance(problem, LimitError) else "separable"
    return Learnt(fit, penalised, float(softmax_descent(X, y, RATE, updates, fit.penalty)[-1]))


def _worth(problem: ClassProblem, learnt: Learnt) -> None:
    """Show the loss of the exact fit beside that of descent, and the share of rows that are right."""
    fit, shown = learnt.fit, list[tuple[str, str] | tuple[str, str, str]]()
    objective = fit.loss
    if learnt.penalised:
        scaled = fit.weights.numpy() * problem.X_train.std(axis=0)
        objective += fit.penalty / 2 * float((scaled**2).sum())
    shares = np.bincount(problem.y_train.astype(int)) / len(problem.y_train)
    exact, descent = (
        (_("Loss plus penalty, at the exact optimum"), _("Loss plus penalty, of descent"))
        if learnt.penalised
        else (_("Loss at the exact optimum"), _("Loss of descent"))
    )
    shown.append((exact, format_number(objective, 5)))
    shown.append((descent, format_number(learnt.descent, 5)))
    shown.append((_("Loss of the bare shares"), format_number(-float((shares * np.log(shares)).sum()), 5),
                  _("Of the model that gives every row the shares of the classes.")))  # fmt: skip
    X, y = (problem.X_test, problem.y_test) if len(problem.y_test) else (problem.X_train, problem.y_train)
    right = float((fit.probabilities(X).numpy().argmax(axis=1) == y).mean())
    name = _("Right, test rows") if len(problem.y_test) else _("Right, training rows")
    shown.append((name, format_percent(right, 1)))
    page.boxes(shown)
    if learnt.penalised == "separable":
        st.warning(
            _("**Some of the classes are separable**, so no finite weights are the best: a linear programme says "
              "so. These are the best with scikit-learn's default penalty, C=1."),
            icon=":material/all_inclusive:",
        )  # fmt: skip
    elif learnt.penalised:
        st.warning(
            _("**Some of the classes may be separable.** There are too many rows and classes for the linear programme "
              "that decides it. These weights are the best with scikit-learn's default penalty, C=1."),
            icon=":material/all_inclusive:",
        )  # fmt: skip
    st.caption(
        _("{rows} training rows; descent made {updates} updates at rate {rate} on standardised columns.").format(
            rows=format_count(len(problem.y_train)), updates=format_count(int(settings.value("neuron_updates"))),
            rate=format_number(RATE))
    )  # fmt: skip


def _formula(fit: SoftmaxFit, x: Array, problem: ClassProblem) -> None:
    z = fit.scores(x[np.newaxis]).numpy()[0]
    p = fit.probabilities(x[np.newaxis]).numpy()[0]
    best = int(p.argmax())
    powers = " + ".join(f"e^{{{format_latex(float(each - z.max()))}}}" for each in z[:6])
    dots = r" + \dots" * (len(z) > 6)
    st.latex(
        r"\begin{aligned} p_k &= \frac{e^{z_k}}{\sum_j e^{z_j}} = \frac{e^{z_k + c}}{\sum_j e^{z_j + c}} \\"
        rf"p_{{{best + 1}}} &= \frac{{e^0}}{{{powers}{dots}}} = {format_latex(float(p[best]))} \end{{aligned}}"
    )


def softmax_code(fit: SoftmaxFit, x: Array, label: int) -> str:
    """Return the lines of torch for the probabilities of one row."""
    return (
        "import torch\n\n"
        f"W = torch.tensor({fit.weights.tolist()}, dtype=torch.float64)\n"
        f"b = torch.tensor({fit.bias.tolist()}, dtype=torch.float64)\n"
        f"x = torch.tensor({x.tolist()}, dtype=torch.float64)\n"
        "z = W @ x + b\n"
        "p = torch.softmax(z, dim=0)\n"
        "shifted = torch.softmax(z + 1000, dim=0)  # the same\n"
        f"loss = torch.nn.functional.cross_entropy(z, torch.tensor({label}))  # takes scores, not probabilities\n"
        "print(p, p.sum(), loss)"
    )


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("`CrossEntropyLoss` wants scores."),
            _("It applies softmax itself. Given probabilities it applies it twice: the loss is wrong, without an "
              "error."),
            "z, label = torch.tensor([4.0, 0.0, 0.0]), torch.tensor(0)\nloss_of = torch.nn.CrossEntropyLoss()\n"
            "wrong, right = loss_of(torch.softmax(z, 0), label), loss_of(z, label)",
            ["wrong", "right"],
        ),
        trap(
            _("The formula as it is written overflows."),
            _("exp(100) is beyond float32, and ∞/∞ is not a number. Subtract the largest score first, as torch does."),
            "z = torch.tensor([100.0, 0.0])\nnaive = z.exp() / z.exp().sum()\nstable = torch.softmax(z, 0)",
            ["naive", "stable"],
        ),
        trap(
            _("Along which axis?"),
            _("Rows are axis 0. Softmax along it makes every column add up to 1, not every row."),
            "Z = torch.zeros(2, 3)\nwrong = torch.softmax(Z, dim=0)\nright = torch.softmax(Z, dim=1)",
            ["wrong", "right"],
        ),
    ]  # fmt: skip
