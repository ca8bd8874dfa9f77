"""The weights of a layer of ten neurons on handwritten digits, as pictures."""

import json

import streamlit as st

from core.formatting import format_count, format_number, format_percent
from core.foundations import NetworkConfig, parameter_count
from core.foundations.digits_layer import (
    CLASSES,
    HELD_OUT,
    SIDE,
    Digits,
    DigitsLayer,
    load_split_digits,
    train_digits_layer,
)
from core.language import _
from dashboard.scenes.digits.scene import digits_scene
from dashboard.screens.network.lesson_code import start_code
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

ROW = "network_digits_row"


def draw_digits() -> None:
    """Draw the controls, the ten pictures, and the exact layer beside them."""
    st.markdown(
        _("A picture of 8 × 8 is a vector of 64 features. One layer of ten neurons, one for each digit, has 64 weights "
          "in each: **as many as a picture has pixels, so they are a picture too**. What does each neuron look for?")
    )  # fmt: skip
    _choose()
    digits, config = _digits(settings.value("network_digits_seed")), digits_config()
    found = _trained(json.dumps([config.seed, repr(config)]), digits, config)
    row = settings.value(ROW)
    scenes.digits(digits_scene(found, digits.X_test[row].tolist(), int(digits.y_test[row])), key="network_digits_scene")
    examples("network_digits", _examples(digits, found))
    st.markdown(verdict(found, config))
    _figures(found, config)
    lesson.code(digits_code(config))
    lesson.traps(_traps)
    st.caption(
        _("**Taken for granted:** the digits are centred and of one size, and pixels are compared place by place. A "
          "digit moved by one pixel is another vector. **Next:** the levels that hidden layers add, on What a model "
          "is made of.")
    )  # fmt: skip
    page.link("images", _("How a picture becomes a vector"))


def digits_config() -> NetworkConfig:
    """Return the layer as chosen."""
    return NetworkConfig(
        outputs=CLASSES,
        loss="cross_entropy",
        learning_rate=float(settings.value("network_digits_rate")),
        steps=settings.value("network_digits_steps"),
        seed=settings.value("network_digits_seed"),
        start=settings.value("network_digits_start"),
    )


def _choose() -> None:
    first, second, third, fourth, fifth = st.columns([2, 2, 2, 1.4, 1.4], vertical_alignment="bottom")
    with first:
        controls.slider("network_digits_rate", _("Learning rate"))
    with second:
        controls.slider("network_digits_steps", _("Steps"))
    with third:
        controls.either("network_digits_start", _("Start"))
    with fourth:
        controls.number("network_digits_seed", _("Seed"))
    with fifth:
        controls.number(ROW, _("Held-out picture"))


@cache_resource(max_entries=4, show_spinner=False)
def _digits(seed: int) -> Digits:
    return load_split_digits(seed)


@cache_resource(max_entries=12, show_spinner=False)
def _trained(key: str, _digits: Digits, _config: NetworkConfig) -> DigitsLayer:
    return train_digits_layer(_digits, _config)


def _examples(digits: Digits, found: DigitsLayer) -> Examples:
    said = found.run.predict(digits.X_test).argmax(dim=1)
    wrong = (said != digits.y_test).nonzero()[:, 0]
    usual: dict[str, object] = {
        "network_digits_rate": 1.0,
        "network_digits_steps": 300,
        "network_digits_start": "zero",
        "network_digits_seed": 0,
    }
    shown = {_("A setting that works"): {**usual, ROW: 0}}
    if len(wrong):
        shown[_("A picture that it gets wrong")] = {ROW: int(wrong[0])}
    return shown | {
        _("One that fails: one step"): {**usual, "network_digits_steps": 1},
        _("One that fails: too large a rate"): {**usual, "network_digits_rate": 30.0},
    }


def verdict(found: DigitsLayer, config: NetworkConfig) -> str:
    """Return whether this setting works, and if it does not, why."""
    right, losses = format_percent(float(found.accuracies[-1]), 1), found.run.losses
    if found.run.diverged:
        return _("**Fails:** {note}").format(note=found.run.note)
    first, most, last = float(losses[0]), float(losses.max()), float(losses[-1])
    if last > first:
        return _(
            "**Fails:** the rate is too large: the loss rose from {first} to {last}, with {right} of the held-out "
            "pictures right."
        ).format(first=format_number(first, 3), last=format_number(last, 3), right=right)
    if most > 2 * first:
        return _(
            "**The rate is too large:** the loss rose from {first} to {most} in step {step}: the first steps were too "
            "long. It then fell to {loss}, with {right} of the held-out pictures right; with other data it may not."
        ).format(
            first=format_number(first, 3), most=format_number(most, 3), step=int(losses.argmax()),
            loss=format_number(last, 3), right=right,
        )  # fmt: skip
    if last > 1:
        return _(
            "**Stopped too early:** the loss is still {loss} (guessing has {guess}), with {right} of the held-out "
            "pictures right. More steps, or larger ones."
        ).format(loss=format_number(last, 3), guess=format_number(2.302585, 3), right=right)
    return _("**Works:** the loss came to {loss}, and {right} of the held-out pictures are right.").format(
        loss=format_number(last, 3), right=right
    )


def _figures(found: DigitsLayer, config: NetworkConfig) -> None:
    count = parameter_count(SIDE * SIDE, config)
    inputs, outputs = count.terms[0]
    page.boxes(
        [
            (_("Held-out right, learned"), format_percent(float(found.accuracies[-1]), 1)),
            (_("Held-out right, exact least squares"), format_percent(found.exact_accuracy, 1)),
            (_("Right among those learned from"), format_percent(found.train_accuracy, 1)),
            (_("Parameters"), format_count(count.total)),
        ]
    )
    st.latex(
        rf"\begin{{gathered}} {inputs} \cdot {outputs} + {outputs} = {count.total} \\ "
        rf"z_k = b_k + \sum_{{i=1}}^{{{inputs}}} w_{{ik}}\, x_i \end{{gathered}}"
    )
    beside = _("**The exact answer beside it** is ten linear regressions on labels 0 and 1, in closed form. Squared "
               "loss also penalises a score above 1 for the right digit; cross-entropy does not, but has no closed "
               "form.")  # fmt: skip
    if float(found.accuracies[-1]) > found.exact_accuracy:
        beside += " " + _("Here it gets more pictures right.")
    st.markdown(beside)


def digits_code(config: NetworkConfig) -> str:
    """Return the lines that train the layer and fit the exact one; they give the shares that the screen shows."""
    start = (
        start_code(["net"], config.seed)
        if config.start == "random"
        else "with torch.no_grad():\n    net.weight.zero_()\n    net.bias.zero_()"
    )
    return f"""import numpy as np
import torch
from sklearn.datasets import load_digits

pictures, digits = load_digits(return_X_y=True)
order = np.random.default_rng({config.seed}).permutation(len(digits))
X, y = torch.tensor(pictures[order] / 16), torch.tensor(digits[order])
X_test, y_test, X_train, y_train = X[:{HELD_OUT}], y[:{HELD_OUT}], X[{HELD_OUT}:], y[{HELD_OUT}:]

net = torch.nn.Linear(64, 10).double()
{start}

optimizer = torch.optim.SGD(net.parameters(), lr={config.learning_rate})
for step in range({config.steps}):
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(net(X_train), y_train).backward()
    optimizer.step()
learned = (net(X_test).argmax(dim=1) == y_test).double().mean()

def with_ones(X):
    return torch.hstack([X, torch.ones(len(X), 1, dtype=torch.float64)])

targets = torch.nn.functional.one_hot(y_train, 10).double()
W = torch.linalg.lstsq(with_ones(X_train), targets, driver="gelsd").solution
exact = ((with_ones(X_test) @ W).argmax(dim=1) == y_test).double().mean()
net.weight[3].reshape(8, 8)  # the picture of neuron 3
print(learned, exact)"""


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("`cross_entropy` takes scores, not probabilities."),
            _("It has the softmax built in. With a softmax before it the loss cannot fall below {least} here, however "
              "sure the layer is.").format(least=format_number(1.461150, 4)),
            "scores = torch.zeros(1, 10)\nscores[0, 3] = 100.0\nlabel = torch.tensor([3])\n"
            "right = torch.nn.functional.cross_entropy(scores, label)\n"
            "wrong = torch.nn.functional.cross_entropy(scores.softmax(dim=1), label)",
            ["right", "wrong"],
        ),
        lesson.Trap(
            _("A pixel that is always dark learns nothing."),
            _("Its x is 0 in every row, and so is the gradient of its weight. From a random start it keeps a random "
              "weight for ever: choose that start, and look at the left edge of the pictures."),
        ),
        lesson.Trap(
            _("Least squares leans on pixels that are seldom lit."),
            _("A corner that is lit in two of the pictures gets a weight of any size that helps these two. Descent "
              "that starts at zero and stops leaves it small, and so would a penalty."),
        ),
        lesson.Trap(
            _("A start at zero works here, and not with a hidden layer."),
            _("Ten neurons with ten different labels get ten different gradients. Hidden units that start equal stay "
              "equal: see Lessons."),
        ),
    ]  # fmt: skip
