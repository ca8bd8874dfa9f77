"""A dead ReLU: a unit whose sum is above 0 for no row, whose gradient is exactly 0 for all of them."""

import json
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from core.formatting import format_latex, format_list, format_number
from core.foundations import NetworkConfig, NetworkRun, train_network
from core.foundations.network import LAYER_ACTIVATIONS, LEAK
from core.foundations.network_exact import exact_output
from core.foundations.network_lessons import HiddenUnits, hidden_units
from core.language import _, ngettext
from dashboard.scenes.twin_tables.scene import Part, Step, TwinTable, number, twin_tables_scene
from dashboard.screens.network.lesson_code import start_code
from dashboard.screens.network.plane_rows import RINGS, PlaneRows, lesson_rows
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.examples import examples
from dashboard.ui.traps import trap
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

UNITS, STEPS = 6, 20


def draw_dead() -> None:
    """Draw the units step by step: how many rows each answers to, and its gradient."""
    st.markdown(
        _("ReLU passes on what is above 0, and its slope elsewhere is 0. **What becomes of a unit whose sum is above 0 "
          "for no row?** Its gradient is exactly 0, so it never moves again.")
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.either("network_lesson_unit", _("Hidden units"))
        controls.slider("network_lesson_rate", _("Learning rate"))
        with st.container(width=180):
            controls.number("network_lesson_seed", _("Seed"))
    rows, config = lesson_rows(), dead_config()
    run, story, scene = _story(json.dumps([rows.key, repr(config)]), rows, config)
    scenes.twin_tables(scene, key="network_lesson_dead_scene")
    fails = {**RINGS, "network_lesson_unit": "relu", "network_lesson_rate": 2.0, "network_lesson_seed": 2}
    examples(
        "network_lesson_dead",
        {
            _("A setting that works: a smaller rate"): {**fails, "network_lesson_rate": 0.3},
            _("One that fails: a rate of 2"): fails,
            _("The same with leaky ReLU"): {**fails, "network_lesson_unit": "leaky"},
        },
    )
    st.markdown(verdict(story, run, len(rows.y)))
    best = exact_output(run.parameters, config, rows.X, rows.y)
    page.boxes(
        [
            (_("Dead units at the start"), str(story[0].dead)),
            (_("Dead units at the end"), str(story[-1].dead)),
            (_("Loss learned"), format_number(run.loss, 4)),
            (_("Loss, exact output layer"), format_number(best.loss, 4)),
        ]
    )
    st.latex(dead_latex(story[-1], config))
    lesson.code(dead_code(rows, config))
    lesson.traps(_traps)
    st.caption(
        _("**Taken for granted:** the same rows in every step. A unit that is dead for these rows may answer to "
          "others. **Next:** what more layers are good for.")
    )  # fmt: skip


def dead_config() -> NetworkConfig:
    """Return the network as chosen."""
    return NetworkConfig(
        hidden=(UNITS,),
        activations=settings.value("network_lesson_unit"),
        learning_rate=float(settings.value("network_lesson_rate")),
        steps=STEPS,
        seed=settings.value("network_lesson_seed"),
    )


@cache_resource(scope="session", max_entries=12, show_spinner=False)
def _story(key: str, _rows: PlaneRows, _config: NetworkConfig) -> tuple[NetworkRun, list[HiddenUnits], dict[str, Any]]:
    """Return the run, its hidden units after each step, and their scene."""
    run = train_network(_rows.X, _rows.y, _config, frames=STEPS + 1)
    story = [hidden_units(frame, _config, _rows.X, _rows.y) for frame in run.frames]
    steps = _steps(_rows, run, story)
    first_death = next((place for place, step in enumerate(steps) if step.lines), -1)
    return run, story, twin_tables_scene(steps, first_death)


def _steps(rows: PlaneRows, run: NetworkRun, story: list[HiddenUnits]) -> list[Step]:
    steps = []
    for place, units in enumerate(story):
        title = ngettext(
            "Step {step}: {dead} unit of {count} is above 0 for no row. Loss {loss}.",
            "Step {step}: {dead} units of {count} are above 0 for no row. Loss {loss}.",
            units.dead,
        ).format(step=int(run.steps[place]), dead=units.dead, count=UNITS, loss=format_number(units.loss, 4))
        died = [unit for unit in range(UNITS) if place and story[place - 1].live[unit] > 0 == units.live[unit]]
        lines = [_last_step(run, story[place - 1], units, unit) for unit in died[:2]]
        steps.append(Step(title, lines, [_table(units, len(rows.y))]))
    return steps


def _last_step(run: NetworkRun, before: HiddenUnits, after: HiddenUnits, unit: int) -> list[Part | str]:
    """Return how the step that killed a unit moved its bias."""
    return [
        Part(f"h{unit + 1}", f"u{unit}"),
        " ",
        _("died in this step: b went from"),
        " ",
        number(float(before.parameters[unit, -1])),
        f" − {format_number(run.config.learning_rate)} · ",
        number(float(before.gradients[unit, -1])),
        " = ",
        number(float(after.parameters[unit, -1]), f"b{unit}", strong=True),
    ]


def _table(units: HiddenUnits, rows: int) -> TwinTable:
    most = max(float(units.gradients.abs().max()), 1e-300)
    return TwinTable(
        _("The hidden units"),
        [_("unit"), _("rows with z > 0"), "w₁", "w₂", "b", "∂L/∂w₁", "∂L/∂w₂", "∂L/∂b"],
        [
            [
                Part(f"h{unit + 1}", f"u{unit}"),
                Part(_("{live} of {rows}").format(live=int(units.live[unit]), rows=rows), f"u{unit}",
                     float(units.live[unit]) / rows, strong=int(units.live[unit]) == 0),
                *[number(float(part), f"{name}{unit}")
                  for name, part in zip("pqb", units.parameters[unit], strict=True)],
                *[number(float(part), f"u{unit}", most) for part in units.gradients[unit]],
            ]
            for unit in range(UNITS)
        ],
    )  # fmt: skip


def verdict(story: list[HiddenUnits], run: NetworkRun, rows: int) -> str:
    """Return what became of the units, by the numbers."""
    last, dead = story[-1], story[-1].dead
    gone = (last.live == 0).numpy()
    rate = format_number(run.config.learning_rate)
    if not dead:
        return _(
            "**Works:** every unit is above 0 for some of the {rows} rows, and gets a gradient. Loss {loss}."
        ).format(rows=rows, loss=format_number(last.loss, 4))
    names, born = _names(gone), gone & (story[0].live == 0).numpy()
    largest = float(np.abs(last.gradients.numpy()[gone]).max())
    if largest == 0:
        return _(
            "**Fails:** no row gives these units a sum above 0: {names}. Their gradients are exactly 0, so they never "
            "move again. Dead before the first step: {born}; killed by steps at the rate {rate}: {killed}. A smaller "
            "rate, another start or a slope below 0 helps."
        ).format(names=names, born=_names(born), rate=rate, killed=_names(gone & ~born))
    return _(
        "**Alive below 0:** no row gives these units a sum above 0: {names}. Their gradients are not 0 (the largest is "
        "{largest}), since the slope below 0 is {leak}, so they can recover. The loss is {loss}."
    ).format(names=names, largest=format_number(largest, 3), leak=format_number(LEAK), loss=format_number(last.loss, 4))


def _names(units: npt.NDArray[np.bool_]) -> str:
    return format_list([f"h{unit + 1}" for unit in np.flatnonzero(units)]) or _("none")


def dead_latex(units: HiddenUnits, config: NetworkConfig) -> str:
    """Return why a dead unit has no gradient, with the numbers of the first dead unit, or of the nearest to it."""
    unit = int(units.highest.argmin()) if not units.dead else int(np.flatnonzero(units.live.numpy() == 0)[0])
    highest, name = float(units.highest[unit]), f"h_{{{unit + 1}}}"
    slope = {"relu": "0", "leaky": format_latex(LEAK)}[config.activations[0]] if highest <= 0 else ""
    factor = rf"\underbrace{{f'(z_i)}}_{{{slope}}}" if slope else "f'(z_i)"
    sign = r"\le" if highest <= 0 else ">"
    gradients = [float(part) + 0.0 for part in units.gradients[unit]]  # + 0.0: no -0
    if not np.isfinite([highest, *gradients]).all():
        return r"\frac{\partial L}{\partial w} = \frac{1}{n}\sum_i (o_i - y_i)\, v\, f'(z_i)\, x_i"
    gradient = r",\; ".join(format_latex(part, 3) for part in gradients)
    return (
        rf"\begin{{aligned}} {name}:\quad & \max_i z_i = {format_latex(highest, 3)} {sign} 0"
        rf" \\ & \frac{{\partial L}}{{\partial w}} = "
        rf"\frac{{1}}{{n}}\sum_i (o_i - y_i)\, v\, {factor}\, x_i \\ & "
        rf"\frac{{\partial L}}{{\partial (w_1, w_2, b)}} = ({gradient}) \end{{aligned}}"
    )


def dead_code(rows: PlaneRows, config: NetworkConfig) -> str:
    """Return the lines that train it and count the dead units."""
    module = LAYER_ACTIVATIONS[config.activations[0]].module
    return f"""import numpy as np
import torch

{rows.code}

net = torch.nn.Sequential(torch.nn.Linear(2, {UNITS}), torch.nn.{module}(), torch.nn.Linear({UNITS}, 1)).double()
{start_code(["net[0]", "net[2]"], config.seed)}

optimizer = torch.optim.SGD(net.parameters(), lr={config.learning_rate})
for step in range({config.steps}):
    optimizer.zero_grad()
    (((net(X)[:, 0] - y) ** 2).mean() / 2).backward()
    optimizer.step()
optimizer.zero_grad()
(((net(X)[:, 0] - y) ** 2).mean() / 2).backward()
dead = (net[0](X) <= 0).all(dim=0)  # above 0 for no row
print(dead.sum(), net[0].bias.grad[dead])"""


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("At 0 itself the slope is 0."),
            _("ReLU has no derivative at 0, and PyTorch takes 0. A unit whose weights and bias are all 0 starts dead."),
            "z = torch.tensor([-1.0, 0.0, 1.0], requires_grad=True)\ntorch.relu(z).sum().backward()",
            ["z.grad"],
        ),
        lesson.Trap(
            _("Dead is not the same as quiet."),
            _("A unit that is 0 for most rows does its work on the others, and that is what ReLU is for. Dead is 0 for "
              "all of them."),
        ),
        lesson.Trap(
            _("Weight decay can wake a unit, momentum can kill one."),
            _("Decay pulls the bias towards 0 without a gradient; momentum goes on moving after the gradient has "
              "become 0."),
        ),
    ]  # fmt: skip
