"""End to end against features made by hand, on 1,797 digits."""

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_percent
from core.foundations.digits import MADE_BY_HAND, TESTED
from core.foundations.representation import DigitNetwork
from core.language import _
from dashboard.charts.digits import accuracy_bars
from dashboard.screens.components import digit_lab
from dashboard.ui import lesson, page
from dashboard.ui.chart import draw_kept
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings

LEARNED = "learned"
ENOUGH = 0.9  # of the test images: with fewer right, pixels alone are not enough


def draw_hand_made() -> None:
    """Draw the controls, the accuracies, and what they say."""
    st.markdown(
        _("**By hand:** somebody who knows digits writes features, and only a linear classifier learns. **End to "
          "end:** one network learns from the pixels to the answer, features included. Who is ahead depends on what "
          "the features know, and on how many images there are.")
    )  # fmt: skip
    examples("components_hand", _examples())
    digit_lab.draw_controls()
    found = accuracies(digit_lab.hand_made(digit_lab.sample()), network := digit_lab.chosen_network())
    bars = found.assign(
        place=range(len(found)), learned=found["key"] == LEARNED, text=[format_percent(each, 1) for each in
                                                                        found["accuracy"]]
    )  # fmt: skip
    title = _("Right on {tested} images that nothing has learned from").format(tested=TESTED)
    subtitle = _("Pale: made by hand, then a linear classifier. Full: learned end to end.")
    draw_kept(accuracy_bars, {"bars": bars}, _finding(found), title=title, subtitle=subtitle)
    st.markdown(verdict(found, network))
    lesson.code(code())
    lesson.traps(_traps)
    st.caption(
        _("It takes for granted that the test images come from the same writers and scanners. How the network's own "
          "features look, layer by layer, comes next: Levels measured.")
    )  # fmt: skip
    page.link("components", _("Levels measured"), {"components_view": "levels", "components_level": "layers"})


def _examples() -> Examples:
    base = {"components_depth": 2, "components_epochs": 15, "components_relu": True, "components_digit_rows": 1347}
    return {
        _("Digits that move: learning helps"): {**base, "components_shift": "1"},
        _("Digits in place: pixels are enough"): {**base, "components_shift": "0"},
        _("Fails: 50 images"): {**base, "components_shift": "1", "components_digit_rows": 50},
        _("Fails: no epoch"): {**base, "components_shift": "1", "components_epochs": 0},
    }


def accuracies(by_hand: pd.DataFrame, network: DigitNetwork) -> pd.DataFrame:
    """Return key, name and accuracy of each kind of features made by hand, and of the network."""
    names = [_("{name} ({count})").format(name=str(MADE_BY_HAND[key][0]), count=format_count(count))
             for key, count in zip(by_hand["name"], by_hand["features"], strict=True)]  # fmt: skip
    learned = {"key": LEARNED, "name": _("a network, end to end"), "accuracy": network.accuracy}
    table = pd.DataFrame({"key": by_hand["name"], "name": names, "accuracy": by_hand["accuracy"]})
    return pd.concat([table, pd.DataFrame([learned])], ignore_index=True)


def _by_key(found: pd.DataFrame) -> dict[str, float]:
    return {str(key): float(value) for key, value in zip(found["key"], found["accuracy"], strict=True)}


def _finding(found: pd.DataFrame) -> str:
    best = found.iloc[int(found["accuracy"].to_numpy().argmax())]
    return _("Most are right with {name}: {share}. The network gets {network} right.").format(
        name=best["name"], share=format_percent(best["accuracy"], 1), network=format_percent(_by_key(found)[LEARNED], 1)
    )


def verdict(found: pd.DataFrame, network: DigitNetwork) -> str:
    """Return who is ahead, and why."""
    right = _by_key(found)
    shares = {name: format_percent(value, 1) for name, value in right.items()}
    shares["train"] = format_percent(network.train_accuracy, 1)
    gap = network.train_accuracy - network.accuracy
    parts = []
    if settings.value("components_epochs") == 0:
        parts.append(_("**It fails:** the network has learned nothing yet, so its {learned} are near chance, 10%.")
                     .format(**shares))  # fmt: skip
    elif right[LEARNED] > right["pixels"]:
        parts.append(_("**Learning helps:** the network turns the pixels into features with which {learned} are right; "
                       "a linear classifier on the pixels alone gets {pixels}.").format(**shares))  # fmt: skip
    elif right["pixels"] < ENOUGH:
        parts.append(_("**It fails:** the network gets {learned} right, no more than a linear classifier on the pixels "
                       "alone, {pixels}. So few images or epochs teach it no features.").format(**shares))  # fmt: skip
    else:
        parts.append(_("**Pixels are enough here:** a linear classifier on them gets {pixels} right, the network "
                       "{learned}. Learned features bring nothing here.").format(**shares))  # fmt: skip
    if gap > 0.15:
        parts.append(_("The network has {train} of its own images right: with so few images it overfits."
                       ).format(**shares))  # fmt: skip
    if settings.value("components_shift") != "0":
        parts.append(_("The sizes of frequencies, {frequencies}, do not change when a digit moves: one thing known "
                       "and built in is worth many images.").format(**shares))  # fmt: skip
    return " ".join(parts)


def code() -> str:
    """Return the lines for torch: the network, end to end, with these settings."""
    rows, shift, seed = digit_lab.sample()
    depth, epochs, relu = digit_lab.network_settings()
    activation = "torch.nn.ReLU()" if relu else "torch.nn.Identity()"
    return f"""import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

rows, shift, seed, depth, epochs = {rows}, {shift}, {seed}, {depth}, {epochs}
data = load_digits()
side = 8 + 2 * shift
images = np.zeros((len(data.images), side, side))
corners = np.random.default_rng(seed).integers(0, 2 * shift + 1, (len(images), 2))
for sheet, image, (down, right) in zip(images, data.images / 16, corners):
    sheet[down : down + 8, right : right + 8] = image
places = np.arange(len(images))
train, test = train_test_split(places, test_size={TESTED}, random_state=seed, stratify=data.target)
X, y = torch.from_numpy(images).float().flatten(1), torch.from_numpy(data.target)
X_train, y_train = X[train[:rows]], y[train[:rows]]

torch.manual_seed(seed)
hidden, size = [], side * side
for layer in range(depth):
    hidden += [torch.nn.Linear(size, 32), {activation}]
    size = 32
model = torch.nn.Sequential(*hidden, torch.nn.Linear(32, 10))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(epochs):
    for batch in torch.randperm(len(X_train)).split(64):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(X_train[batch]), y_train[batch]).backward()
        optimizer.step()

accuracy = (model(X[test]).argmax(dim=1) == y[test]).double().mean().item()
print(accuracy)"""


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("Softmax before cross_entropy."),
            _("`cross_entropy` takes scores and applies softmax itself. Applied twice it is flat, and learning slow."),
            "scores, label = torch.tensor([[0.0, 8.0]]), torch.tensor([1])\n"
            "once = torch.nn.functional.cross_entropy(scores, label)\n"
            "twice = torch.nn.functional.cross_entropy(scores.softmax(dim=1), label)",
            ["once", "twice"],
        ),
        lesson.Trap(
            _("The test images chose the features."),
            _("Whoever tries ten kinds of features and keeps the best on the test images has learned from them. Choose "
              "on images set aside for that, and test once."),
        ),
    ]  # fmt: skip
