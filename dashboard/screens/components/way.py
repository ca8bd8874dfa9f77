"""The way of supervised learning on the rows of the table in use."""

import numpy as np
import streamlit as st

from core.formatting import format_latex, format_number
from core.foundations.supervised import SupervisedWay, most_telling, supervised_way
from core.language import _
from dashboard.pipeline import tables
from dashboard.scenes.supervised.scene import Named, supervised_scene
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

SHOWN = 8  # numbers of a row of code before it is broken


def draw_way() -> None:
    """Draw the controls, the stage, the verdict and the lines."""
    table = named_table()
    st.markdown(
        _("Somebody labels a few rows, drawn at random. A **learning algorithm** chooses one **model** out of a "
          "**family**. The model then labels rows that nobody has labelled.")
    )  # fmt: skip
    examples("components_way", _examples())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.slider("components_rows", _("Rows to label"))
        controls.slider("components_steps", _("Steps of the algorithm"))
        controls.slider("components_rate", _("Learning rate"))
        controls.number("components_draw_seed", _("Seed"))
    way = _way(table)
    scenes.supervised(supervised_scene(table, way), "components_way")
    _draw_figures(table, way)
    st.latex(_formula(way))
    lesson.code(code(table, way))
    lesson.traps(_traps)
    st.caption(
        _("It takes for granted that the rows to predict come from where the labelled ones came from, and that a line "
          "in one feature can follow the label. All features are on Train; what the four parts of a model are, on the "
          "first view.")
    )  # fmt: skip
    page.link("train", _("Learn from all features"))


def named_table() -> Named:
    """Return the feature of the table in use that tells most of its label, with the names of its rows."""
    ready = tables.preparation()
    return _named(ready.key, ready)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _named(key: str, _ready: tables.Preparation) -> Named:
    prepared = _ready.prepared
    X, y = prepared.X.numpy(), prepared.y.numpy()
    column = most_telling(X, y)
    return Named(X[:, column], y, prepared.feature_names[column], prepared.target, [str(row) for row in prepared.rows])


def _way(table: Named) -> SupervisedWay:
    return supervised_way(
        table.x,
        table.y,
        rows=settings.value("components_rows"),
        steps=settings.value("components_steps"),
        rate=settings.value("components_rate"),
        seed=settings.value("components_draw_seed"),
    )


def _examples() -> Examples:
    good = {"components_rows": 12, "components_steps": 6, "components_rate": 0.5, "components_draw_seed": 0}
    return {
        _("A setting that works"): good,
        _("Fails: one label"): {**good, "components_rows": 1},
        _("Fails: too large a rate"): {**good, "components_rate": 2.2, "components_steps": 20},
        _("Fails: stopped at the start"): {**good, "components_steps": 0},
    }


def _draw_figures(table: Named, way: SupervisedWay) -> None:
    page.boxes(
        [
            (_("Error of the learned line"), format_number(way.error, 4)),
            (_("Error of the exact line"), format_number(way.exact_error, 4)),
            (_("Error of guessing the mean"), format_number(way.baseline_error, 4)),
        ]
    )
    st.markdown(verdict(table, way))


def verdict(table: Named, way: SupervisedWay) -> str:
    """Return whether learning has worked, and why if it has not."""
    rate, label = settings.value("components_rate"), escape_markdown(table.label)
    numbers = {
        "label": label,
        "error": format_number(way.error, 4),
        "exact": format_number(way.exact_error, 4),
        "baseline": format_number(way.baseline_error, 4),
        "loss": format_number(float(way.losses[-1]), 4),
        "first": format_number(float(way.losses[0]), 4),
        "factor": format_number(abs(1 - rate), 3),
    }
    if len(way.path) == 1:
        return _("**It fails:** no step was made, so the model is the line ŷ = 0, and no label has changed it. "
                 "Its mean absolute error is {error} (in the unit of {label}).").format(**numbers)  # fmt: skip
    if rate > 2:
        return _("**It fails:** at this rate every step multiplies the distance to the exact line by {factor}, which "
                 "is more than 1. The loss rose from {first} to {loss}.").format(**numbers)  # fmt: skip
    if np.ptp(table.x[way.drawn]) == 0:
        return _("**It fails:** the drawn rows have one value of the feature, so nothing says how steep the line is. "
                 "It can only repeat their mean label, and its mean absolute error is {error} (in the unit of {label})."
                 ).format(**numbers)  # fmt: skip
    if way.error < way.baseline_error:
        return _("**It works:** the mean absolute error on rows it has never seen is {error}; always guessing the mean "
                 "gives {baseline}, the exact line {exact} (in the unit of {label}).").format(**numbers)  # fmt: skip
    return _("**No better than a guess:** the mean absolute error on rows it has never seen is {error}, and always "
             "guessing the mean gives {baseline} (in the unit of {label}). More rows or more steps may help; with few "
             "rows it also depends on which were drawn.").format(**numbers)  # fmt: skip


def _formula(way: SupervisedWay) -> str:
    w, b = (format_latex(float(value), 5) for value in (way.path[-1, 0], abs(way.path[-1, 1])))
    sign = "-" if way.path[-1, 1] < 0 else "+"
    loss = format_latex(float(way.losses[-1]), 5)
    m = len(way.drawn)
    return (
        rf"\begin{{aligned}} \hat y &= {w} \cdot x {sign} {b} \\ "
        rf"L &= \frac{{1}}{{2 \cdot {m}}} \sum_{{i=1}}^{{{m}}} (\hat y_i - y_i)^2 = {loss} \end{{aligned}}"
    )


def code(table: Named, way: SupervisedWay) -> str:
    """Return the lines for torch: the drawn rows, the steps, and the predictions of the others."""
    rate, steps = settings.value("components_rate"), settings.value("components_steps")
    x, y, asked = (table.x[way.drawn], table.y[way.drawn], table.x[way.unlabelled])
    return f"""import torch

x = torch.tensor({x.tolist()}, dtype=torch.float64)  # the feature of the drawn rows
y = torch.tensor({y.tolist()}, dtype=torch.float64)  # their labels
new = torch.tensor({asked.tolist()}, dtype=torch.float64)  # rows without labels

mean, std = x.mean(), x.std(correction=0)
std = std if std > 0 else torch.ones_like(std)
model = torch.nn.Linear(1, 1, dtype=torch.float64)  # the family: all lines
torch.nn.init.zeros_(model.weight)
torch.nn.init.zeros_(model.bias)
optimizer = torch.optim.SGD(model.parameters(), lr={rate})  # the learning algorithm
for step in range({steps}):
    prediction = model(((x - mean) / std)[:, None]).squeeze(1)
    loss = ((prediction - y) ** 2).mean() / 2  # the objective
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

with torch.no_grad():
    predictions = model(((new - mean) / std)[:, None]).squeeze(1)
print(predictions)"""


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("A label among the features."),
            _("A column that is known only once the label is known makes every prediction right, until it is needed. "
              "Here the label itself is a feature, and least squares gives it weight 1."),
            "y = torch.tensor([3.0, 1.0, 2.0, 5.0])\n"
            "X = torch.stack([torch.tensor([1.0, 2.0, 3.0, 4.0]), y], dim=1)\n"
            "weights = torch.linalg.lstsq(X, y[:, None]).solution.squeeze()",
            ["weights"],
        ),
        trap(
            _("Shape (n, 1) minus shape (n,)."),
            _("`model(x)` gives (n, 1) where the labels are (n,). Their difference is an n by n table, without an "
              "error; `squeeze(1)` makes both (n,)."),
            "prediction, y = torch.zeros(3, 1), torch.tensor([1.0, 2.0, 3.0])\nshape = (prediction - y).shape",
            ["shape"],
        ),
        lesson.Trap(
            _("The first rows are not random rows."),
            _("A table is often sorted: by date, by species, by price. The first rows then stand for a part of it "
              "only. Draw with a seed, so that the same rows can be drawn again."),
        ),
    ]  # fmt: skip
