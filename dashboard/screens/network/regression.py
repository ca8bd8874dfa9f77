"""Linear regression is a network of one layer: trained, it comes to the numbers of the closed form."""

import json
from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_latex, format_number, format_percent
from core.foundations import NetworkConfig, NetworkRun, predict_network, train_network
from core.foundations.curve import make_curve
from core.foundations.network_exact import ExactOutput, exact_output
from core.language import _
from core.preprocessing.recipes.scale import learn_scale, scaled
from core.regression.data.validation import Array
from dashboard.pipeline import tables
from dashboard.scenes.twin_tables.scene import Part, Step, TwinTable, number, twin_tables_scene
from dashboard.screens.network.last_rows import or_last
from dashboard.screens.network.lesson_code import tensor_line
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.examples import examples
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

MOST_FEATURES, MOST_ROWS, FRAMES = 6, 100, 9
DECIMALS = 4
NEAR = 1e-3  # of the spread of the label: a difference of predictions that nobody would notice
ROUNDING = 1e-12  # a start no further from the closed form is there already


@dataclass(frozen=True, eq=False)
class LayerRows:
    """Rows to learn from, as they stand in the table.

    Attributes:
        key: names them among all of this visit.
        X: (n, d).
        y: (n,).
        names: of the features.
    """

    key: str
    X: Array
    y: Array
    names: list[str]


@dataclass(frozen=True, eq=False)
class OneLayer:
    """One layer on rows of the table.

    Attributes:
        X: (n, d), standardised.
        y: (n,), standardised.
        names: of the features.
        run: the layer trained.
        exact: the closed form.
    """

    X: Array
    y: Array
    names: list[str]
    run: NetworkRun
    exact: ExactOutput

    def apart(self, place: int) -> float:
        """Return the largest difference of a prediction of this frame from the closed form, in spreads of the label."""
        plain = NetworkConfig()
        learned, best = (
            predict_network((layer,), plain, self.X) for layer in (self.run.frames[place][0], self.exact.layer)
        )
        return float((learned - best).abs().max())


def draw_regression() -> None:
    """Draw the weights of the layer along its training, beside those of the closed form."""
    st.markdown(
        _("One neuron without an activation, fully connected to the features, with the squared loss: that **is** "
          "linear regression. So training has to lead to the numbers of the closed form. Does it?")
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.slider("network_lesson_steps", _("Steps"))
        controls.slider(
            "network_lesson_factor",
            _("Learning rate, as a part of the largest that converges"),
            help=_("Gradient descent on all rows converges below 2/λ, where λ is the largest eigenvalue of XᵀX/n."),
        )
    found = _trained()
    scenes.twin_tables(twin_tables_scene(_steps(found)), key="network_lesson_regression_scene")
    examples(
        "network_lesson_regression",
        {
            _("A setting that works"): {"network_lesson_steps": 3000, "network_lesson_factor": 0.9},
            _("One that fails: too few steps"): {"network_lesson_steps": 1, "network_lesson_factor": 0.1},
            _("One that fails: above the largest rate"): {"network_lesson_steps": 300, "network_lesson_factor": 1.1},
        },
    )
    st.markdown(verdict(found))
    page.boxes(
        [
            (_("Loss learned"), format_number(found.run.loss, 6)),
            (_("Loss, closed form"), format_number(found.exact.loss, 6)),
            (_("Largest difference of predictions"), format_number(found.apart(-1), 3)),
        ]
    )
    limit = found.exact.rate_limit
    st.latex(
        rf"\begin{{aligned}} \frac{{2}}{{\lambda}} &= {format_latex(limit)} \\ "
        rf"\eta &= {format_latex(settings.value('network_lesson_factor'))} \cdot \frac{{2}}{{\lambda}} = "
        rf"{format_latex(found.run.config.learning_rate)} \end{{aligned}}"
    )
    lesson.code(regression_code(found))
    lesson.traps(_traps)
    st.caption(
        _("**Taken for granted:** standardised features and label, at most {features} features and {rows} rows, all "
          "rows in every step. **Next:** the whole table on Train, and the closed form in its own units on Compare.")
        .format(features=MOST_FEATURES, rows=MOST_ROWS)
    )  # fmt: skip
    page.link("compare", _("The closed form beside minibatch SGD"))


def _trained() -> OneLayer:
    rows = or_last("network_lesson_rows", _of_table, _of_curve)
    steps, factor = settings.value("network_lesson_steps"), float(settings.value("network_lesson_factor"))
    return _one_layer(json.dumps([rows.key, steps, factor]), rows, steps, factor)


@cache_resource(scope="session", max_entries=12, show_spinner=False)
def _one_layer(key: str, _rows: LayerRows, steps: int, factor: float) -> OneLayer:
    return one_layer(_rows.X, _rows.y, _rows.names, steps, factor)


def _of_curve() -> LayerRows:
    X, y = make_curve(MOST_ROWS)
    return LayerRows("curve", X.numpy(), y.numpy()[:, 0], ["x₁", "x₂"])


def _of_table() -> LayerRows:
    ready = tables.preparation()
    return _rows_of(ready.key, ready)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _rows_of(key: str, _ready: tables.Preparation) -> LayerRows:
    prepared = _ready.prepared
    train = prepared.rows.isin(_ready.train)
    X, y = prepared.X.numpy()[train], prepared.y.numpy()[train]
    if not X.shape[1] or len(y) < 2:
        raise InputError(
            _(
                "A layer needs a feature and two rows to learn from; the prepared table has {features} and {rows}."
            ).format(features=X.shape[1], rows=len(y))
        )
    distinct = [len(np.unique(column)) for column in X.T]  # columns that say most come first
    columns = sorted(sorted(range(X.shape[1]), key=lambda place: -distinct[place])[:MOST_FEATURES])
    rows = np.linspace(0, len(y) - 1, min(len(y), MOST_ROWS)).round().astype(int)
    names = [list(prepared.feature_names)[place] for place in columns]
    return LayerRows(key, X[rows][:, columns], y[rows], names)


def one_layer(X: Array, y: Array, names: list[str], steps: int, factor: float) -> OneLayer:
    """Train one layer on standardised rows, at a part of the largest rate that converges. Raises InputError."""
    X = np.column_stack([scaled(column, "standard", *learn_scale("standard", column)) for column in X.T])
    y = scaled(y, "standard", *learn_scale("standard", y))
    X, y = X.round(DECIMALS), y.round(DECIMALS)  # as the lines write them
    plain = NetworkConfig(start="zero")
    start = train_network(X, y, NetworkConfig(start="zero", steps=0)).parameters
    exact = exact_output(start, plain, X, y)
    config = NetworkConfig(start="zero", steps=steps, learning_rate=factor * exact.rate_limit)
    return OneLayer(X, y, names, train_network(X, y, config, frames=FRAMES), exact)


def _steps(found: OneLayer) -> list[Step]:
    exact = [*found.exact.layer.weights[:, 0].tolist(), float(found.exact.layer.bias[0])]
    most = max(map(abs, exact)) or 1.0
    heads = [*found.names, _("bias")]
    steps = []
    for place, frame in enumerate(found.run.frames):
        learned = [*frame[0].weights[:, 0].tolist(), float(frame[0].bias[0])]
        title = _("After {step} steps the predictions differ from the closed form by {apart} spreads at most.").format(
            step=format_count(int(found.run.steps[place])), apart=format_number(found.apart(place), 3)
        )
        x = found.X[0].tolist()
        line: list[Part | str] = [_("Row 0: o ="), " "]
        for j, value in enumerate(x):
            line += [number(learned[j], f"l{j}"), " · ", number(value, f"x{j}"), " + "]
        output = sum(weight * value for weight, value in zip(learned[:-1], x, strict=True)) + learned[-1]
        line += [number(learned[-1], f"l{len(x)}"), " = ", number(output, strong=True)]
        table = TwinTable(
            _("The layer and the closed form"),
            [_("feature"), _("learned"), _("closed form"), _("difference")],
            [
                [Part(head, f"x{j}"), number(learned[j], f"l{j}", most), number(exact[j], f"l{j}", most),
                 number(learned[j] - exact[j])]
                for j, head in enumerate(heads)
            ],
        )  # fmt: skip
        steps.append(Step(title, [line], [table]))
    return steps


def verdict(found: OneLayer) -> str:
    """Return whether the layer came to the closed form, by the numbers."""
    apart = found.apart(-1)
    if found.run.diverged:
        return _("**Fails:** {note}").format(note=found.run.note)
    first, last = float(found.run.losses[0]), float(found.run.losses[-1])
    if last > first:
        return _(
            "**Fails:** the loss rose from {first} to {last}: the rate is above 2/λ, the largest that converges."
        ).format(first=format_number(first, 4), last=format_number(last, 4))
    if found.run.config.learning_rate >= found.exact.rate_limit and found.apart(0) > ROUNDING:
        return _(
            "**Fails:** the rate is above 2/λ, the largest that converges. The loss is {last} after {steps} steps; "
            "with more steps it grows without limit."
        ).format(last=format_number(last, 4), steps=format_count(found.run.config.steps))
    shown = format_number(apart, 3)
    if apart > NEAR:
        share = 1 - (found.run.loss - found.exact.loss) / max(first - found.exact.loss, 1e-300)
        return _(
            "**Not there yet:** the predictions differ by up to {apart} spreads of the label. The loss has come "
            "{share} of the way; columns that nearly depend on each other make the rest slow. More steps."
        ).format(apart=shown, share=format_percent(share, 1))
    if not found.exact.unique:
        return _(
            "**The same predictions:** they differ by {apart} at most. Some columns depend on others, so many weights "
            "give them; from a start at 0 descent comes to those of smallest norm."
        ).format(apart=shown)
    return _("**The same numbers:** the predictions differ by {apart} spreads of the label at most.").format(
        apart=shown
    )


def regression_code(found: OneLayer) -> str:
    """Return the lines that train the layer and solve for it; they give the losses that are shown."""
    return f"""import torch

X = {tensor_line(found.X)}
y = {tensor_line(found.y)}
ones = torch.hstack([X, torch.ones(len(X), 1, dtype=torch.float64)])
limit = 2 / torch.linalg.eigvalsh(ones.T @ ones / len(X))[-1]

layer = torch.nn.Linear({found.X.shape[1]}, 1).double()  # one layer: the input is none
torch.nn.init.zeros_(layer.weight)
torch.nn.init.zeros_(layer.bias)
optimizer = torch.optim.SGD(layer.parameters(), lr={settings.value("network_lesson_factor")} * limit.item())
for step in range({found.run.config.steps}):
    optimizer.zero_grad()
    (((layer(X)[:, 0] - y) ** 2).mean() / 2).backward()
    optimizer.step()

exact = torch.linalg.lstsq(ones, y[:, None], driver="gelsd").solution[:, 0]
apart = (layer(X)[:, 0] - ones @ exact).abs().max()
loss = ((layer(X)[:, 0] - y) ** 2).mean() / 2
print(layer.weight, exact, loss, apart)"""


def _traps() -> list[lesson.Trap]:
    return [
        lesson.Trap(
            _("The input is not a layer."),
            _("The drawing has two columns of circles, and the network one layer: layers are counted by their "
              "weights."),
        ),
        lesson.Trap(
            _("More neurons in the one layer are more regressions."),
            _("Each output has weights of its own and learns as if the others were not there. They share nothing until "
              "a hidden layer comes between."),
        ),
        lesson.Trap(
            _("Standardise first."),
            _("With features in grams and metres λ is so large that the rate has to be tiny, and the small features do "
              "not move."),
        ),
    ]  # fmt: skip
