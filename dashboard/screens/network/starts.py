"""Hidden units that start equal stay equal, however long they learn."""

import json
from dataclasses import replace
from typing import Any

import streamlit as st

from core.formatting import format_latex, format_number
from core.foundations import NetworkConfig, NetworkRun, train_network
from core.foundations.network_exact import exact_output
from core.foundations.network_lessons import HiddenUnits, hidden_units
from core.language import _
from dashboard.scenes.twin_tables.scene import Part, Step, TwinTable, number, twin_tables_scene
from dashboard.screens.network.lesson_code import start_code
from dashboard.screens.network.plane_rows import RINGS, PlaneRows, lesson_rows
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.examples import examples
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

UNITS, STEPS, FRAMES = 3, 400, 9
ALIKE = 1e-9  # a difference that is rounding


def draw_equal() -> None:
    """Draw the units of the chosen start step by step, with a random start beside them."""
    st.markdown(
        _("Three hidden units, and all weights begin alike. **Does training tell the units apart?** Each has the same "
          "numbers, so each gets the same gradient, and takes the same step.")
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        start = controls.either("network_lesson_start", _("Start"))
        with st.container(width=180):
            controls.number("network_lesson_seed", _("Seed"))
    rows, config = lesson_rows(), equal_config()
    other = replace(config, start="random")
    run, beside, scene = _runs(json.dumps([rows.key, repr(config)]), rows, config, other)
    scenes.twin_tables(scene, key="network_lesson_equal_scene")
    examples(
        "network_lesson_equal",
        {
            _("A setting that works: a random start"): {**RINGS, "network_lesson_start": "random"},
            _("One that fails: equal weights"): {**RINGS, "network_lesson_start": "equal"},
            _("One that fails: all zero"): {**RINGS, "network_lesson_start": "zero"},
        },
    )
    last = hidden_units(run.parameters, config, rows.X, rows.y)
    st.markdown(verdict(last, start, float(run.parameters[-1].bias[0])))
    best = exact_output(run.parameters, config, rows.X, rows.y)
    page.boxes(
        [
            (_("Largest difference between units"), format_number(last.apart, 3)),
            (_("Loss learned"), format_number(run.loss, 4)),
            (_("Loss, exact output layer"), format_number(best.loss, 4)),
            (_("Loss, random start"), format_number(beside.loss, 4)),
        ]
    )
    st.latex(equal_latex(hidden_units(run.frames[0], config, rows.X, rows.y)))
    lesson.code(equal_code(rows, config))
    lesson.traps(_traps)
    st.caption(
        _("**Taken for granted:** all rows in every step, and no dropout or noise, which would tell the units apart. "
          "**Next:** a unit that no row reaches.")
    )  # fmt: skip


def equal_config() -> NetworkConfig:
    """Return the network with the chosen start."""
    return NetworkConfig(
        hidden=(UNITS,),
        activations="tanh",
        learning_rate=0.3,
        steps=STEPS,
        start=settings.value("network_lesson_start"),
        seed=settings.value("network_lesson_seed"),
    )


@cache_resource(scope="session", max_entries=12, show_spinner=False)
def _runs(
    key: str, _rows: PlaneRows, _config: NetworkConfig, _other: NetworkConfig
) -> tuple[NetworkRun, NetworkRun, dict[str, Any]]:
    """Return the run from the chosen start, the one from a random start, and the scene of both."""
    run, beside = (train_network(_rows.X, _rows.y, each, frames=FRAMES) for each in (_config, _other))
    steps = [_step(_rows, run, beside, place) for place in range(min(len(run.frames), len(beside.frames)))]
    return run, beside, twin_tables_scene(steps)


def _step(rows: PlaneRows, run: NetworkRun, beside: NetworkRun, place: int) -> Step:
    here = hidden_units(run.frames[place], run.config, rows.X, rows.y)
    there = hidden_units(beside.frames[place], beside.config, rows.X, rows.y)
    title = _("After {step} steps the units differ by {apart} at most; from a random start by {other}.").format(
        step=int(run.steps[place]), apart=format_number(here.apart, 3), other=format_number(there.apart, 3)
    )
    tables = [
        _table(_("The chosen start"), here, "a"),
        _table(_("A random start, beside it"), there, "r"),
    ]
    return Step(title, [], tables)


def _table(caption: str, units: HiddenUnits, mark: str) -> TwinTable:
    most = max(float(units.parameters.abs().max()), 1e-9)
    return TwinTable(
        caption,
        [_("unit"), "w₁", "w₂", "b", "∂L/∂w₁", "∂L/∂w₂", "∂L/∂b"],
        [
            [
                Part(f"h{unit + 1}", f"{mark}{unit}"),
                *[number(float(part), f"{mark}p{place}", most) for place, part in enumerate(units.parameters[unit])],
                *[number(float(part), f"{mark}p{place}") for place, part in enumerate(units.gradients[unit])],
            ]
            for unit in range(len(units.live))
        ],
    )


def verdict(units: HiddenUnits, start: str, bias: float) -> str:
    """Return what training made of the start, by the numbers; `bias` is that of the output."""
    apart, count = format_number(units.apart, 3), len(units.live)
    if units.apart > ALIKE:
        return _(
            "**Works:** after training the {count} units differ by up to {apart}. Each took a side of its own."
        ).format(count=count, apart=apart)
    if start == "zero":
        return _(
            "**Fails:** with all weights 0 the output's weights pass no gradient back, and the hidden units have "
            "nothing to pass on. After {steps} steps the units differ by {apart}. Of all parameters only the output's "
            "bias can learn: it goes to the mean of the labels, and is now {bias}."
        ).format(steps=STEPS, apart=apart, bias=format_number(bias, 3))
    return _(
        "**Fails:** after {steps} steps the {count} units differ by {apart}, no more than rounding. They are one unit, "
        "{count} times: the network is as good as one with a single hidden unit."
    ).format(steps=STEPS, count=count, apart=apart)


def equal_latex(units: HiddenUnits) -> str:
    """Return the rule of the gradient by the weights of a unit, with the numbers of every unit at the start."""
    lines = [
        rf"& \frac{{\partial L}}{{\partial w_{{{unit}}}}} = "
        rf"({', '.join(format_latex(float(part) + 0.0, 3) for part in gradient[:-1])})"
        for unit, gradient in enumerate(units.gradients, 1)
    ]
    rule = (
        r"& \frac{\partial L}{\partial w_j} = \frac{1}{n}\sum_i (o_i - y_i)\, v_j\, f'(z_{ij})\, x_i \\ & "
        r"\text{" + _("depends on j only through") + r"}\quad w_j,\, b_j,\, v_j"
    )
    at_start = r"& \text{" + _("At the start:") + "}"
    return r"\begin{aligned} " + r" \\ ".join([rule, at_start, *lines]) + r" \end{aligned}"


def equal_code(rows: PlaneRows, config: NetworkConfig) -> str:
    """Return the lines that train from the chosen start and show how far the units are apart."""
    start = {
        "equal": "with torch.no_grad():\n    for p in (net[0].weight, net[2].weight):\n        p.fill_(0.1)\n"
                 "    for p in (net[0].bias, net[2].bias):\n        p.zero_()",
        "zero": "with torch.no_grad():\n    for p in net.parameters():\n        p.zero_()",
        "random": start_code(["net[0]", "net[2]"], config.seed),
    }[config.start]  # fmt: skip
    return f"""import numpy as np
import torch

{rows.code}

net = torch.nn.Sequential(torch.nn.Linear(2, {UNITS}), torch.nn.Tanh(), torch.nn.Linear({UNITS}, 1)).double()
{start}

optimizer = torch.optim.SGD(net.parameters(), lr={config.learning_rate})
for step in range({config.steps}):
    optimizer.zero_grad()
    loss = ((net(X)[:, 0] - y) ** 2).mean() / 2
    loss.backward()
    optimizer.step()
loss = ((net(X)[:, 0] - y) ** 2).mean() / 2
apart = (net[0].weight - net[0].weight[0]).abs().max()
print(loss, apart)"""


def _traps() -> list[lesson.Trap]:
    return [
        lesson.Trap(
            _("Where the output's weights are zero, different biases do not help in the first step."),
            _("No gradient reaches the hidden layer until the output layer has taken a step. Then the units can "
              "separate."),
        ),
        lesson.Trap(
            _("A start at zero is fine without a hidden layer."),
            _("Linear and logistic regression are convex: every start leads to the same minimum."),
        ),
        lesson.Trap(
            _("Different is not enough: the size counts."),
            _("Too large, and tanh is flat where it stands; too small, and deep layers pass almost nothing on. PyTorch "
              "draws within ±1/√inputs."),
        ),
    ]  # fmt: skip
