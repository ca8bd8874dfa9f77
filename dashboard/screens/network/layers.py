"""Layers without an activation are one affine map: the product of their matrices, in numbers."""

import streamlit as st

from core.formatting import format_latex, format_number
from core.foundations import NetworkConfig
from core.language import _
from dashboard.scenes.twin_tables.scene import twin_tables_scene
from dashboard.screens.network.collapse import SHOWN, Collapse
from dashboard.screens.network.lesson_code import tensor_line
from dashboard.screens.network.plane_rows import lesson_rows
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.examples import examples
from dashboard.visit import settings

HIDDEN = 3
SAME = 1e-12  # a difference that is rounding


def draw_layers() -> None:
    """Draw two layers, the one that they are, and the largest difference of their outputs."""
    st.markdown(
        _("Two layers one after the other, and nothing between them. **Is that more than one layer?** Multiply their "
          "matrices, and see.")
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        between = controls.either("network_lesson_between", _("Activation between the layers"))
        with st.container(width=180):
            controls.number("network_lesson_seed", _("Seed"))
    found = Collapse(lesson_rows().X, layers_config())
    scenes.twin_tables(twin_tables_scene(found.steps()), key="network_lesson_linear_scene")
    examples(
        "network_lesson_linear",
        {
            _("A setting that works: ReLU between"): {"network_lesson_between": "relu"},
            _("One that fails: nothing between"): {"network_lesson_between": "none"},
        },
    )
    st.markdown(verdict(found, between))
    one = found.one
    st.latex(
        r"\begin{gathered} (x W_1 + b_1) W_2 + b_2 \\ = x \underbrace{W_1 W_2}_{W} + \underbrace{b_1 W_2 + b_2}_{b} \\ "
        rf"W = \begin{{bmatrix}} {format_latex(float(one.weights[0, 0]))} \\ {format_latex(float(one.weights[1, 0]))} "
        rf"\end{{bmatrix}},\; b = {format_latex(float(one.bias[0]))} \end{{gathered}}"
    )
    page.boxes(
        [
            (_("Largest difference of outputs"), format_number(found.apart, 3)),
            (_("Parameters of two layers"), str(2 * HIDDEN + HIDDEN + HIDDEN + 1)),
            (_("Parameters of the one"), "3"),
        ]
    )
    lesson.code(layers_code(found))
    lesson.traps(_traps)
    st.caption(
        _("**Taken for granted:** the activation is the identity, not merely close to it. PyTorch writes W transposed: "
          "`nn.Linear` computes x Wᵀ + b, so there the product is W₂ W₁. **Next:** what equal starting weights do.")
    )  # fmt: skip


def layers_config() -> NetworkConfig:
    """Return the two layers as chosen."""
    return NetworkConfig(
        hidden=(HIDDEN,),
        activations=settings.value("network_lesson_between"),
        seed=settings.value("network_lesson_seed"),
    )


def verdict(found: Collapse, between: str) -> str:
    """Return what came of it, by the numbers."""
    apart = format_number(found.apart, 3)
    if found.apart <= SAME:
        return _(
            "**One map:** on all {count} rows the outputs differ by {apart} at most, which is rounding. Ten more "
            "parameters, and nothing that one layer could not do."
        ).format(count=len(found.two), apart=apart)
    return _(
        "**More than one map:** with {name} between them the outputs differ by up to {apart} from those of the one "
        "affine map. The activation is what makes the second layer count."
    ).format(name=_(settings.KNOBS["network_lesson_between"].names[between]), apart=apart)


def layers_code(found: Collapse) -> str:
    """Return the lines for torch on the first rows; they give the largest difference on these."""
    first, last = found.parameters
    f = {"none": "x", "relu": "torch.relu(x)", "tanh": "torch.tanh(x)"}[found.config.activations[0]]
    return "\n".join(
        [
            "import torch\n",
            f"X = {tensor_line(found.X[:SHOWN])}",
            f"W1, b1 = {tensor_line(first.weights)}, {tensor_line(first.bias)}",
            f"W2, b2 = {tensor_line(last.weights)}, {tensor_line(last.bias)}",
            f"f = lambda x: {f}",
            "two = f(X @ W1 + b1) @ W2 + b2",
            "W, b = W1 @ W2, b1 @ W2 + b2",
            "apart = (two - (X @ W + b)).abs().max()",
            "print(W, b, apart)",
        ]
    )


def _traps() -> list[lesson.Trap]:
    return [
        lesson.Trap(
            _("More layers without an activation do learn differently."),
            _("The functions that they can be are the same; the way there is not. Gradient descent on W₁W₂ takes other "
              "steps than on W."),
        ),
        lesson.Trap(
            _("A narrow layer takes something away."),
            _("With one hidden unit between ten inputs and ten outputs the product has rank 1: fewer maps than one "
              "layer, not more."),
        ),
        lesson.Trap(
            _("An activation at the output is not one between layers."),
            _("A sigmoid after the last layer bends the output, but its border stays a straight line."),
        ),
    ]  # fmt: skip
