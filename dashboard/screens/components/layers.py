"""Levels of representation measured: how well the output of each layer tells the digits apart."""

from itertools import pairwise

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number, format_percent, latex_name
from core.foundations.digits import pixel_features
from core.foundations.representation import WIDTH, DigitNetwork, affine_gap, principal_plane
from core.language import N_, _, ngettext
from dashboard.charts.digits import accuracy_bars, digit_plane
from dashboard.screens.components import digit_lab, hand_made
from dashboard.ui import lesson, page
from dashboard.ui.chart import draw_kept
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

SHOWN = 250  # test images in a picture


def draw_layers() -> None:
    """Draw the controls, a bar and a picture for each layer, and what "deep" means."""
    st.markdown(
        _("Each layer makes new features out of those of the layer before. How good are they? A **linear classifier** "
          "is fitted on the output of each layer and tested on images that nothing has seen: if it does well, the "
          "digits lie apart.")
    )  # fmt: skip
    examples("components_layers", _examples())
    digit_lab.draw_controls(relu=True)
    which, how = digit_lab.sample(), digit_lab.network_settings()
    network, table = digit_lab.network(which, *how), digit_lab.layers(which, *how)
    names = _names(len(table))
    bars = pd.DataFrame(
        {
            "name": names, "place": table["layer"], "accuracy": table["accuracy"], "learned": table["layer"] > 0,
            "text": [format_percent(each, 1) for each in table["accuracy"]],
        }
    )  # fmt: skip
    draw_kept(accuracy_bars, {"bars": bars}, _finding(table), title=_("A linear classifier on each level"),
              subtitle=_("Pale: the pixels as they are. Full: the outputs of hidden layers."))  # fmt: skip
    st.markdown(verdict(table, network, _gap(which, *how)))
    _draw_planes(which, how, names, table)
    sizes = [pixel_features(digit_lab.digits(which).images).shape[1], *[WIDTH] * how[0], 10]
    terms = [rf"({a} + 1) \cdot {b}" for a, b in pairwise(sizes)]
    parameters = latex_name(_("parameters"))
    counted = r" \\ & \quad + ".join(terms)  # a line each: narrow pages have no room for more
    st.latex(rf"\begin{{aligned}} {parameters} &= {counted} \\ &= {network.parameters} \end{{aligned}}")
    st.markdown(_deep(how[0]))
    lesson.code(code())
    lesson.traps(_traps)
    st.caption(
        _("It takes for granted that lying apart in straight lines is what the next layer needs. That holds for the "
          "last one, which is linear.")
    )  # fmt: skip
    page.link("network", _("Look into each unit of a network"))


@cache_resource(max_entries=20, show_spinner=False)
def _gap(which: digit_lab.Sample, depth: int, epochs: int, relu: bool) -> float:
    return affine_gap(digit_lab.digits(which), digit_lab.network(which, depth, epochs, relu).outputs[-1])


@cache_resource(max_entries=40, show_spinner=N_("Looking at the layers"))
def _plane(which: digit_lab.Sample, depth: int, epochs: int, relu: bool, layer: int) -> tuple[pd.DataFrame, float]:
    of = digit_lab.digits(which)
    outputs = [pixel_features(of.images), *digit_lab.network(which, depth, epochs, relu).outputs][layer]
    rows = of.test[:SHOWN]
    plane, kept = principal_plane(outputs, rows)
    return pd.DataFrame({"x": plane[:, 0], "y": plane[:, 1], "digit": of.labels[rows].astype(str)}), kept


def _names(count: int) -> list[str]:
    return [_("pixels"), *[_("after layer {layer}").format(layer=layer) for layer in range(1, count)]]


def _examples() -> Examples:
    base = {
        "components_depth": 2, "components_epochs": 15, "components_relu": True, "components_digit_rows": 1347,
        "components_shift": "1",
    }  # fmt: skip
    return {
        _("A setting that works"): base,
        _("Fails: layers without ReLU"): {**base, "components_relu": False},
        _("Fails: random weights"): {**base, "components_epochs": 0},
        _("Four layers"): {**base, "components_depth": 4},
    }


def _finding(table: pd.DataFrame) -> str:
    best = int(table["accuracy"].to_numpy().argmax())
    return _("On the pixels a linear classifier gets {first} right; the best level is {name} with {best}.").format(
        first=format_percent(table["accuracy"].iloc[0], 1), name=_names(len(table))[best],
        best=format_percent(table["accuracy"].iloc[best], 1))  # fmt: skip


def verdict(table: pd.DataFrame, network: DigitNetwork, gap: float) -> str:
    """Return what the levels gain, and why they gain nothing where they do not."""
    best = 1 + int(table["accuracy"].to_numpy()[1:].argmax())
    numbers = {
        "pixels": format_percent(table["accuracy"].iloc[0], 1),
        "best": format_percent(table["accuracy"].iloc[best], 1),
        "layer": best,
        "gap": format_percent(gap, 2),
        "whole": format_percent(network.accuracy, 1),
        "loss": format_number(network.loss[-1], 3),
    }
    if not settings.value("components_relu"):
        return _("**It fails:** without an activation all layers together are one affine map of the pixels; least "
                 "squares on the pixels explains all but {gap} of the last layer. So no level separates more than a "
                 "linear classifier on the pixels could, {pixels}; small differences come from the penalty and the 60 "
                 "steps of the solver.").format(**numbers)  # fmt: skip
    if settings.value("components_epochs") == 0:
        return _("**Nothing is learned yet:** these are random features. Layer {layer} gives {best}, the pixels "
                 "{pixels}: bending alone helps a little or not at all, learning is what counts."
                 ).format(**numbers)  # fmt: skip
    if table["accuracy"].iloc[best] > table["accuracy"].iloc[0]:
        return _("**It works:** after layer {layer} the digits lie apart best, {best} against {pixels} on the pixels. "
                 "The whole network gets {whole}. {gap} of the variance of its last layer is no affine map of the "
                 "pixels: that is what ReLU adds.").format(**numbers)  # fmt: skip
    return _("**No gain here:** the best layer gives {best}, the pixels {pixels}. Digits in place are nearly told "
             "apart by a line already.").format(**numbers)  # fmt: skip


def _draw_planes(which: digit_lab.Sample, how: tuple[int, int, bool], names: list[str], table: pd.DataFrame) -> None:
    across = min(len(names), 3)
    for start in range(0, len(names), across):
        for column, layer in zip(st.columns(across), range(start, min(start + across, len(names))), strict=False):
            points, kept = _plane(which, *how, layer)
            sentence = _("{count} test images {name}, from where they spread most: {kept} of the variance is seen. A "
                         "linear classifier gets {share} right.").format(
                count=len(points), name=names[layer], kept=format_percent(kept),
                share=format_percent(table["accuracy"].iloc[layer], 1))  # fmt: skip
            with column:
                draw_kept(digit_plane, {"points": points}, sentence, title=names[layer],
                          subtitle=_("Test images as their digits."))  # fmt: skip


def _deep(depth: int) -> str:
    return ngettext(
        "**What “deep” means:** not a large number of weights, but layers of computation learned one upon another, "
        "each from the features of the one before. This network learns {count} hidden layer and the output.",
        "**What “deep” means:** not a large number of weights, but layers of computation learned one upon another, "
        "each from the features of the one before. This network learns {count} hidden layers and the output.",
        depth,
    ).format(count=format_count(depth))


def code() -> str:
    """Return the lines for torch: the network, and a linear classifier on the output of each layer."""
    return (
        hand_made.code()
        + """

from sklearn.linear_model import LogisticRegression

levels, values = [], X
with torch.no_grad():
    for part in [torch.nn.Identity(), *(model[at : at + 2] for at in range(0, 2 * depth, 2))]:
        values = part(values)
        probe = LogisticRegression(max_iter=60)  # it may warn: as far as it gets in 60 steps
        probe.fit(values[train[:rows]].numpy(), y_train.numpy())
        levels.append(probe.score(values[test].numpy(), y[test].numpy()))
print(levels)"""
    )


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("Gradients are kept while one only looks."),
            _("The output of a layer belongs to a graph. Under `no_grad` there is none, and `numpy()` works."),
            "layer = torch.nn.Linear(2, 2)\nlayer(torch.ones(1, 2)).numpy()",
        ),
        lesson.Trap(
            _("Two axes are not all."),
            _("The picture shows the two directions in which the images spread most. Digits that overlap there can lie "
              "apart in the other thirty: the bars measure all of them."),
        ),
    ]  # fmt: skip
