"""A heat map in each unit of a small network, which learns in the browser and can be steered there."""

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_count, format_latex, format_number, format_percent
from core.foundations import NetworkConfig, NetworkRun, predict_network, start_parameters, train_network
from core.foundations.network_exact import ExactOutput, exact_output
from core.foundations.plane_network import level_lines
from core.language import _, ngettext
from core.regression.data.validation import Array
from dashboard.charts.network_units import border_names, borders
from dashboard.scenes.units.scene import part_of_plane, units_scene
from dashboard.screens.network.plane_code import plane_code
from dashboard.screens.network.plane_rows import PlaneRows, choose_columns, the_rows
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

LEVELS = (-0.5, 0.0, 0.5)
FAIR = 0.95  # of the rows on their side
ROUNDING = 1e-9  # a loss that rose by less, relative to it, did not rise
GAIN = 0.02  # of the rows, above a straight line


@dataclass(frozen=True, eq=False)
class Trained:
    """A run over the plane with its exact answers.

    Attributes:
        run: the learned network.
        right: the share of rows on their side of its border.
        exact: the best output layer for its hidden units.
        straight: the least loss of an affine map, which is a network without a hidden layer.
        straight_right: the share of rows on their side of that straight line.
    """

    run: NetworkRun
    right: float
    exact: ExactOutput
    straight: float
    straight_right: float


def draw_plane() -> None:
    """Draw the controls, the scene, what came of it, and the exact answer beside it."""
    st.markdown(
        _("Each hidden unit looks at the same two features and answers to **one side of a straight line**. The output "
          "adds their answers up. Play, and watch which part of the plane each unit takes.")
    )  # fmt: skip
    _choose()
    rows = the_rows()
    config = network_config()
    start = start_parameters(2, config)
    scenes.units(units_scene(rows.X, rows.y, start, config, rows.names, rows.classes), key="network_units_scene")
    examples("network_units", _examples())
    found = trained(rows, config)
    st.markdown(verdict(found, config))
    if rows.note:
        st.caption(escape_markdown(rows.note))
    _beside(rows, found, config)
    lesson.code(plane_code(rows.code, config))
    lesson.traps(_traps)
    st.caption(
        _("**Taken for granted:** labels of 1 and −1 with half the mean squared error, so that the output layer has an "
          "exact answer; all rows in every step; the rows that were learned from are those that are judged. "
          "**Next:** what hidden layers cannot do without an activation, under Lessons.")
    )  # fmt: skip
    page.link("neuron", _("One neuron, its probability and cross-entropy"))


def network_config() -> NetworkConfig:
    """Return the network as chosen."""
    return NetworkConfig(
        hidden=(settings.value("network_units_count"),),
        activations=settings.value("network_units_activation"),
        learning_rate=float(settings.value("network_units_rate")),
        steps=settings.value("network_units_steps"),
        seed=settings.value("network_units_seed"),
    )


def _choose() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.either("network_units_rows", _("Rows"))
        controls.either("network_units_activation", _("Activation of the hidden units"))
    first, second, third = st.columns(3)
    with first:
        controls.slider("network_units_count", _("Hidden units"))
    with second:
        controls.slider("network_units_rate", _("Learning rate"))
    with third:
        controls.slider("network_units_steps", _("Steps"))
    first, second, third = st.columns(3, vertical_alignment="bottom")
    with first:
        controls.number("network_units_seed", _("Seed"))
    if settings.value("network_units_rows") == "table":
        with second, st.container(horizontal=True):
            choose_columns()
    else:
        with second:
            controls.slider("network_units_noise", _("Noise of the rows"))


def trained(rows: PlaneRows, config: NetworkConfig) -> Trained:
    """Return the run with its exact answers, kept until rows or network change."""
    return _trained(json.dumps([rows.key, repr(config)]), rows, config)


@cache_resource(scope="session", max_entries=16, show_spinner=False)
def _trained(key: str, _rows: PlaneRows, _config: NetworkConfig) -> Trained:
    return train_on(_rows, _config)


def train_on(rows: PlaneRows, config: NetworkConfig) -> Trained:
    """Return the run on these rows with its exact answers."""
    X, y = rows.X, rows.y
    run = train_network(X, y, config)
    plain = NetworkConfig()
    straight = exact_output(start_parameters(2, plain), plain, X, y)
    line = predict_network((straight.layer,), plain, X)[:, 0].numpy()
    return Trained(
        run,
        _right(run.predict(X)[:, 0].numpy(), y),
        exact_output(run.parameters, config, X, y),
        straight.loss,
        _right(line, y),
    )


def _right(output: Array, y: Array) -> float:
    return float(((output > 0) == (y > 0)).mean())


def _examples() -> Examples:
    works = {
        "network_units_rows": "rings",
        "network_units_count": 4,
        "network_units_activation": "tanh",
        "network_units_rate": 0.3,
        "network_units_steps": 1000,
        "network_units_noise": 0.1,
        "network_units_seed": 0,
    }
    return {
        _("A setting that works"): works,
        _("Not enough: two units around a ring"): {**works, "network_units_count": 2},
        _("One that fails: no activation"): {**works, "network_units_activation": "none"},
        _("One that fails: too large a rate"): {**works, "network_units_rate": 1.0},
    }


def verdict(found: Trained, config: NetworkConfig) -> str:
    """Return whether this setting works, and if it does not, why: judged by its numbers."""
    run = found.run
    right, last = format_percent(found.right, 1), format_number(run.loss, 3)
    rising = int((run.losses.diff() > ROUNDING * run.losses[:-1]).sum())
    if run.diverged:
        return _("**Fails:** {note}").format(note=run.note)
    if found.right >= FAIR and not rising:
        return _(
            "**Works:** the loss fell in every step, to {loss}, and {right} of the rows are on their side."
        ).format(loss=last, right=right)
    line = format_percent(found.straight_right, 1)
    if config.activations[0] == "none" and found.right < FAIR:
        return _(
            "**Fails:** without an activation all layers are one affine map, and its border is a straight line. The "
            "exact best one has {line} of the rows on their side; the network, {right}."
        ).format(line=line, right=right)
    if rising > config.steps / 20:
        return _(
            "**The rate is too large:** in {rising} of {steps} steps the loss rose. It came to {loss}, with {right} of "
            "the rows on their side. A smaller step follows the slope down."
        ).format(rising=format_count(rising), steps=format_count(config.steps), loss=last, right=right)
    if found.right < FAIR and found.right > found.straight_right + GAIN:
        return _(
            "**Better than a line, and not enough:** {right} of the rows are on their side, and {line} with the exact "
            "least-squares line. The rest may be noise, or ask for more units, more steps or another seed."
        ).format(right=right, line=line)
    if found.right < FAIR:
        return ngettext(
            "**Fails:** {right} of the rows are on their side. A straight line has {line}, and {count} unit bends the "
            "border along one line. Give it more units, more steps or another seed.",
            "**Fails:** {right} of the rows are on their side. A straight line has {line}, and {count} units bend the "
            "border along {count} lines. Give it more units, more steps or another seed.",
            config.hidden[0],
        ).format(right=right, line=line, count=config.hidden[0])
    return _("**Works:** {right} of the rows are on their side, at a loss of {loss}.").format(right=right, loss=last)


def _beside(rows: PlaneRows, found: Trained, config: NetworkConfig) -> None:
    """Draw the exact output layer beside the learned one."""
    run, exact = found.run, found.exact
    st.header(_("The exact answer beside the learned one"), anchor=False)
    left, right = st.columns(2, gap="large")
    with right:
        st.markdown(
            _("With the hidden units as they are, the output is **linear regression on their answers**, and that has a "
              "closed form. No output layer has a smaller loss; what is left is up to the hidden units.")
        )  # fmt: skip
        page.boxes([(_("Loss at the start"), format_number(float(run.losses[0]), 4)),
                    (_("Loss learned"), format_number(run.loss, 4))])  # fmt: skip
        page.boxes([(_("Loss, exact output layer"), format_number(exact.loss, 4)),
                    (_("Loss, best straight line"), format_number(found.straight, 4))])  # fmt: skip
        st.latex(_exact_latex(exact))
    lines, points = _lines(json.dumps([rows.key, repr(config)]), rows, found, config)
    finding = _("The learned border has {right} of the rows on their side. Its loss is {gap} above the exact one.")
    gap = format_number(max(run.loss - exact.loss, 0.0), 3)
    with left:
        draw_kept(
            borders,
            {"rows": points, "lines": lines},
            finding.format(right=format_percent(found.right, 1), gap=gap),
            names=rows.names,
            classes=rows.classes,
        )


def _exact_latex(exact: ExactOutput) -> str:
    """Return the exact output layer as a formula, three terms a line."""
    weights, bias = exact.layer.weights[:, 0].tolist(), float(exact.layer.bias[0])
    terms = [rf"{_signed(weight)}\, h_{{{unit}}}" for unit, weight in enumerate(weights, 1)] + [_signed(bias)]
    terms[0] = terms[0].removeprefix("+ ")
    lines = [" ".join(terms[place : place + 3]) for place in range(0, len(terms), 3)]
    body = r" \\ & ".join(lines)
    return rf"\begin{{aligned}} o^* = {{}}& {body} \end{{aligned}}"


def _signed(value: float) -> str:
    return f"{'-' if value < 0 else '+'} {format_latex(abs(value), 3)}"


@cache_resource(scope="session", max_entries=16, show_spinner=False)
def _lines(key: str, _rows: PlaneRows, _found: Trained, _config: NetworkConfig) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the level lines of both output layers, and the rows."""
    part, learned = part_of_plane(_rows.X), _found.run.parameters
    both = {"learned": learned, "exact": (*learned[:-1], _found.exact.layer)}
    tables = []
    for layer, parameters in both.items():
        lines = level_lines(parameters, _config, part, LEVELS)
        width = np.where(lines["level"] == 0, 3.0, 1.0)
        tables.append(lines.assign(layer=border_names()[layer], width=width, order=np.arange(len(lines))))
    lines = pd.concat(tables, ignore_index=True)
    label = np.where(_rows.y > 0, *_rows.classes)
    return lines, pd.DataFrame({"x1": _rows.X[:, 0], "x2": _rows.X[:, 1], "label": label})


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("The output keeps a column, the labels have none."),
            _("The difference of (n, 1) and (n,) is (n, n): a loss over all pairs, and no error. Take `net(X)[:, 0]`."),
            "net = torch.nn.Sequential(torch.nn.Linear(2, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))\n"
            "X, y = torch.randn(5, 2), torch.ones(5)\nwrong, right = net(X) - y, net(X)[:, 0] - y",
            ["wrong.shape", "right.shape"],
        ),
        lesson.Trap(
            _("Another seed, another network."),
            _("The loss has several minima, and the start decides which one is found. Try seeds before changing "
              "anything else, and report more than one."),
        ),
        lesson.Trap(
            _("What a unit answers to is not what it is for."),
            _("A unit may answer strongly where the output has a weight near 0 for it. Look at both, or hold its "
              "weight at 0 and see what the loss does."),
        ),
    ]  # fmt: skip
