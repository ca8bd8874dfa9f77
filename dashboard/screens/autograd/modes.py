"""Forward and reverse mode compared: the same numbers, their costs, and when each one wins."""

import numpy as np
import pandas as pd
import streamlit as st

from core.autograd import Graph
from core.autograd.modes import Cost, directions, forward_cost, growth, modes_code, reverse_cost, side_by_side
from core.autograd.torch_graph import torch_graph
from core.formatting import format_count, format_number
from core.language import _, ngettext
from dashboard.charts.autograd import cost_chart, mode_names
from dashboard.scenes.graph.numbers import full
from dashboard.screens.autograd import typed_graph
from dashboard.ui import controls, lesson
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.ui.traps import trap
from dashboard.visit.cache import cache_resource

POINTS = 6  # of a line over the length of the chain


def draw_modes() -> None:
    """Draw both passes of the typed expression, their costs, and the chain whose length is chosen."""
    graph = typed_graph.answer().value
    direction = _choose_direction(graph)
    _draw_passes(graph, direction)
    _draw_costs(graph)
    _draw_chain()
    lesson.code(modes_code(graph, direction))
    lesson.traps(_traps)


@cache_resource(show_spinner=False)
def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("The whole Jacobian takes a pass for every row."),
            _("One backward pass gives the gradient of one number. For m numbers it takes m passes."),
            "A = torch.ones(3, 2)\nx = torch.ones(2)\nJ = torch.autograd.functional.jacobian(lambda x: A @ x, x)",
            ["J"],
        )
    ]


def _choose_direction(graph: Graph) -> int:
    """Draw the choice of the input entry of the forward pass; return its index."""
    names = [name for name, _value, _entry in directions(graph)]
    asked = controls.number("autograd_direction", _("Input entry that changes, of {count}").format(count=len(names)))
    chosen = min(asked, len(names)) - 1
    st.caption(escape_markdown(_("It is {name}.").format(name=names[chosen])))
    return chosen


def _draw_passes(graph: Graph, direction: int) -> None:
    name = list(directions(graph))[direction][0]
    table = side_by_side(graph, direction)
    end = graph.end.name
    shown = pd.DataFrame(
        {
            _("node"): table["name"],
            _("value"): table["value"].map(full),
            _("forward: derivative with respect to {name}").format(name=name): table["speed"].map(full),
            _("reverse: derivative of {end} with respect to it").format(end=end): table["gradient"].map(full),
        }
    )
    show_table(shown, hide_index=True, alt=_("Every node with its value, its forward derivative and its gradient."))
    speed, gradient = np.sum(table["speed"].iloc[-1]), graph_entry(graph, direction)
    template = _(
        "Read the forward column down and the reverse column up: both end at the same derivative, {speed} and "
        "{gradient}. The forward pass gives it for {name} only; the reverse pass gives it for every input."
    )
    st.markdown(escape_markdown(template.format(speed=_number(speed), gradient=_number(gradient), name=name)))


def graph_entry(graph: Graph, direction: int) -> float:
    """Return the gradient by one input entry from the reverse pass."""
    flat = [gradient.reshape(-1) for gradient in graph.gradients.values()]
    return float(np.concatenate(flat)[direction])


def _number(value: float) -> str:
    return full(np.asarray(value))


def _draw_costs(graph: Graph) -> None:
    end = graph.values[-1]
    costs = {_("forward"): forward_cost(end), _("reverse"): reverse_cost(end)}
    st.header(_("Cost here"), anchor=False)
    kept = torch_graph(graph).kept
    st.markdown(_tell_order(*costs.values()))
    show_table(_cost_table(costs), hide_index=True, alt=_("Passes, products and memory of both modes."))
    st.caption(
        ngettext(
            "A product is one entry of a local derivative times one number. PyTorch, which uses reverse mode, saved "
            "{kept} number for the backward pass, inputs included: rules that need no value, such as that of a "
            "sum, save none.",
            "A product is one entry of a local derivative times one number. PyTorch, which uses reverse mode, saved "
            "{kept} numbers for the backward pass, inputs included: rules that need no value, such as that of a "
            "sum, save none.",
            kept,
        ).format(kept=format_count(kept))
    )


def _tell_order(ahead: Cost, back: Cost) -> str:
    """Say what backpropagation adds to the chain rule, by the products that both orders take here."""
    text = _(
        "**Backpropagation is not another name for the chain rule**: it is the chain rule in a thrifty order, each "
        "product computed once and used again. Both modes multiply the same local derivatives. "
    )
    numbers = {"ahead": format_count(ahead.products), "back": format_count(back.products)}
    if back.products < ahead.products:
        return text + _(
            "From the inputs on, a pass for each of {inputs} entries, it takes **{ahead}** products here; from the end "
            "back, **{back}** for all of them."
        ).format(**numbers, inputs=format_count(ahead.passes))
    if back.products > ahead.products:
        return text + _(
            "Backward is the thrifty order for one number at the end. Here it takes a pass for each of {ends} numbers "
            "there, **{back}** products; from the inputs on it takes **{ahead}**."
        ).format(**numbers, ends=format_count(back.passes))
    return text + ngettext(
        "Here both orders take **{back}** product: backward wins with many inputs and one number at the end.",
        "Here both orders take **{back}** products: backward wins with many inputs and one number at the end.",
        back.products,
    ).format(**numbers)


def _cost_table(costs: dict[str, Cost]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("mode"): list(costs),
            _("passes for all derivatives"): [cost.passes for cost in costs.values()],
            _("products"): [cost.products for cost in costs.values()],
            _("numbers in memory"): [cost.memory for cost in costs.values()],
        }
    )


@st.fragment
def _draw_chain() -> None:
    """Draw the knobs of a chain, its costs over its length, and which mode wins."""
    st.header(_("A chain of any length"), anchor=False)
    columns = st.columns(3)
    with columns[0]:
        length = controls.slider("autograd_depth", _("Operations in the chain"))
    with columns[1]:
        inputs = controls.slider("autograd_count", _("Inputs"))
    with columns[2]:
        outputs = controls.slider("autograd_outputs", _("Outputs"))
    lengths = sorted({*np.linspace(1, max(2 * length, 10), POINTS).astype(int).tolist(), length})
    costs = growth(lengths, inputs, outputs)
    mine = costs[costs["length"] == length].set_index("mode")[["passes", "products", "memory"]]
    ahead, back = (Cost(*(int(number) for number in mine.loc[mode])) for mode in ("forward", "reverse"))
    tables = {
        "costs": costs.assign(name=costs["mode"].map(mode_names())),
        "here": pd.DataFrame({"length": [length]}),
    }
    left, right = st.columns(2)
    with left:
        template = _(
            "For a chain of {length}, forward takes {forward} products and reverse {reverse}; both grow linearly."
        )
        sentence = template.format(
            length=length, forward=format_count(ahead.products), reverse=format_count(back.products)
        )
        draw_kept(cost_chart, tables, sentence, what="products")
    with right:
        template = ngettext(
            "For a chain of {length}, forward keeps {forward} number in memory and reverse {reverse}.",
            "For a chain of {length}, forward keeps {forward} numbers in memory and reverse {reverse}.",
            ahead.memory,
        )
        sentence = template.format(length=length, forward=format_count(ahead.memory), reverse=format_count(back.memory))
        draw_kept(cost_chart, tables, sentence, what="memory")
    st.markdown(_winner(inputs, outputs, ahead, back))
    st.markdown(
        _(
            "One pass of either mode takes O(n) products for a chain of n operations. The memory differs: forward "
            "frees a value once the next is computed, O(1); reverse needs them all for the backward pass, O(n)."
        )
    )


def _winner(inputs: int, outputs: int, ahead: Cost, back: Cost) -> str:
    passes = _("{ahead} forward or {back} reverse.").format(
        ahead=ngettext("{count} pass", "{count} passes", ahead.passes).format(count=ahead.passes),
        back=ngettext("{count} pass", "{count} passes", back.passes).format(count=back.passes),
    )
    if ahead.products == back.products:
        return f"{passes} " + _("Neither takes fewer products, and forward takes less memory.")
    few, many = sorted((ahead.products, back.products))
    times = format_number(many / few, 3)
    if back.products < ahead.products:
        return f"{passes} " + _(
            "**Reverse** takes {times} times fewer products. A loss is one number from many weights, so training "
            "uses reverse mode, and pays with memory."
        ).format(times=times)
    return f"{passes} " + _(
        "**Forward** takes {times} times fewer products: it wins with few inputs and many outputs, and needs to "
        "save no values."
    ).format(times=times)
