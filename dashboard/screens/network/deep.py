"""What deep means: layers one after the other, each of which folds what the one before gives it."""

from fractions import Fraction

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number
from core.foundations.network_lessons import WideFit, count_pieces, fit_wide, fold
from core.language import _
from dashboard.charts.network_units import deep_and_wide, depth_names
from dashboard.scenes.twin_tables.scene import Part, Step, TwinTable, twin_tables_scene
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.chart import draw_kept
from dashboard.ui.examples import examples
from dashboard.visit.cache import cache_resource

START = Fraction(3, 10)  # the number that is followed through the layers


def draw_deep() -> None:
    """Draw the folds level by level, with one wide layer of as many units beside them."""
    st.markdown(
        _("**Deep** means several hidden layers, one after the other: what one gives, the next takes. The book counts "
          "layers with weights; the input is none. Here each hidden layer has two ReLU units and **folds** the "
          "interval in two. Four layers of two units, or one of eight: which makes more pieces?")
    )  # fmt: skip
    depth = controls.slider("network_lesson_depth", _("Hidden layers of two units"))
    scenes.twin_tables(twin_tables_scene(_steps(depth)), key="network_lesson_deep_scene")
    examples(
        "network_lesson_deep",
        {
            _("A setting where depth wins: 6 layers"): {"network_lesson_depth": 6},
            _("One where it does not: 1 layer"): {"network_lesson_depth": 1},
        },
    )
    pieces, wide = count_pieces(depth), _wide(depth)
    st.markdown(verdict(depth, pieces, wide))
    page.boxes(
        [
            (_("Units in both"), str(2 * depth)),
            (_("Pieces, deep"), format_count(pieces)),
            (_("Pieces, one layer, at most"), format_count(wide.most_pieces)),
            (_("Loss, one layer with even kinks"), format_number(wide.loss, 3)),
        ]
    )
    st.latex(rf"2^{{L}} = 2^{{{depth}}} = {pieces} \qquad 2L + 1 = 2 \cdot {depth} + 1 = {wide.most_pieces}")
    table = pd.concat(
        [
            pd.DataFrame({"x": wide.x, "y": values, "network": depth_names()[name]})
            for name, values in (("deep", wide.deep), ("wide", wide.wide))
        ],
        ignore_index=True,
    )
    finding = _("The deep network has {pieces} straight pieces; one layer of as many units has {most} at most.")
    draw_kept(deep_and_wide, {"points": table}, finding.format(pieces=pieces, most=wide.most_pieces))
    lesson.code(deep_code(depth))
    lesson.traps(_traps)
    st.caption(
        _("**Taken for granted:** weights that were written down, not learned; gradient descent seldom finds these "
          "folds. **Next:** levels measured on pictures, on What a model is made of.")
    )  # fmt: skip
    page.link("components", _("Levels of representation, measured"))


@cache_resource(max_entries=8, show_spinner=False)
def _wide(depth: int) -> WideFit:
    return fit_wide(depth)


def _steps(depth: int) -> list[Step]:
    """Return a number's way through the layers, in exact fractions."""
    x, rows = START, [_row(0, START, 1)]
    steps: list[Step] = []
    for layer in range(1, depth + 1):
        before, x = x, fold(x)
        rows = [*rows, _row(layer, x, 2**layer)]
        line: list[Part | str] = [
            Part(f"x{layer}", f"x{layer}"), " = 2 · ReLU(", _number(before, layer - 1), ") − 4 · ReLU(",
            _number(before, layer - 1), " − ½) = ", _number(x, layer, strong=True),
        ]  # fmt: skip
        title = _("Layer {layer} folds once more: {pieces} pieces.").format(layer=layer, pieces=count_pieces(layer))
        table = TwinTable(_("The number {x} on its way").format(x=START), [_("layer"), "x", _("pieces")], rows)
        steps.append(Step(title, [line], [table]))
    return steps


def _number(x: Fraction, layer: int, strong: bool = False) -> Part:
    return Part(str(x), f"x{layer}", strong=strong)


def _row(layer: int, x: Fraction, pieces: int) -> list[Part | str]:
    return [Part(str(layer)), _number(x, layer), Part(format_count(pieces))]


def verdict(depth: int, pieces: int, wide: WideFit) -> str:
    """Return which has more pieces, by the numbers."""
    if pieces > wide.most_pieces:
        return _(
            "**Depth wins:** {pieces} straight pieces from {units} units, where one hidden layer of {units} units has "
            "{most} at most. With evenly spread kinks, its best output layer leaves a loss of {loss}."
        ).format(pieces=pieces, units=2 * depth, most=wide.most_pieces, loss=format_number(wide.loss, 3))
    return _(
        "**Depth does not win here:** {pieces} pieces, and one hidden layer of {units} units can have {most}. Each "
        "more layer doubles the pieces; two more units in one layer add two."
    ).format(pieces=pieces, units=2 * depth, most=wide.most_pieces)


def deep_code(depth: int) -> str:
    """Return the lines that build the folds and count their pieces."""
    return f"""import torch

def fold():
    layer = torch.nn.Sequential(torch.nn.Linear(1, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1))
    with torch.no_grad():
        layer[0].weight.fill_(1)
        layer[0].bias.copy_(torch.tensor([0.0, -0.5]))
        layer[2].weight.copy_(torch.tensor([[2.0, -4.0]]))
        layer[2].bias.zero_()
    return layer

net = torch.nn.Sequential(*[fold() for layer in range({depth})]).double()
x = torch.linspace(0, 1, {2 ** (depth + 1)} + 1, dtype=torch.float64)[:, None]
slopes = net(x).diff(dim=0).sign()[:, 0]
pieces = 1 + (slopes.diff() != 0).sum()
print(pieces)"""


def _traps() -> list[lesson.Trap]:
    return [
        lesson.Trap(
            _("One hidden layer is enough, in principle."),
            _("With units enough it comes as near to any continuous function on a bounded region as you like (Cybenko "
              "1989, for sigmoid units). How many it takes, and whether training finds them, is another question."),
        ),
        lesson.Trap(
            _("Deep is not the same as large."),
            _("Ten layers of two units have fewer parameters than one of a hundred. Deep counts layers."),
        ),
        lesson.Trap(
            _("Deeper is harder to train."),
            _("A gradient is a product of as many factors as there are layers: it vanishes or explodes, unless the "
              "start, normalisation or residual connections keep it."),
        ),
    ]  # fmt: skip
