"""The typed expression with its inputs, which the graph and the modes share, and examples that load with one click."""

import numpy as np
import streamlit as st

from core.autograd import Graph, trace
from core.autograd.inputs import read_inputs
from core.errors import InputError
from core.language import _
from core.tensors import tensor_text
from dashboard.pipeline import training
from dashboard.ui import text_fields
from dashboard.ui.escape import show_error
from dashboard.ui.examples import examples as draw_examples
from dashboard.visit import state

TEXT, INPUTS = "autograd_text", "autograd_inputs"


def examples() -> dict[str, dict[str, str]]:
    """Return the examples, by name."""
    rows = "X = 1 2; 3 4; 5 6\nw = [0.1, -0.2]\nb = 0.5\ny = 1 2 3"
    layers = "A = 1 -1; 0.5 2\nx = [1, 2]\nb = [0, 0.5]\nv = [1, -1]"
    pairs = {
        "2*dot(x, x)": ("2*dot(x, x)", "x = [0, 1, 2, 3]"),
        _("one neuron"): ("h = dot(w, x) + b\n(h - y)**2 / 2", "w = [0.5, -1]\nx = [2, 3]\nb = 1\ny = 0.5"),
        _("paths that meet"): ("u = x*y\nu + sin(u)*x", "x = 1.5\ny = -2"),
        _("a minibatch"): ("r = X @ w + b - y\nmean(r**2) / 2", rows),
        _("two layers"): ("h = tanh(A @ x + b)\nsigmoid(dot(v, h))", layers),
        _("a vector"): ("y = x * x", "x = [0, 1, 2, 3]"),
        _("pasted, with detach"): (
            "x = torch.arange(4.0, requires_grad=True)\ny = x * x\nu = y.detach()\nz = u * x\nz.sum().backward()\n"
            "x.grad == u",
            "x = [0, 1, 2, 3]",
        ),
        _("no gradient"): ("abs(x) + sqrt(x) + relu(x)", "x = 0"),
    }
    return {name: {TEXT: text, INPUTS: inputs} for name, (text, inputs) in pairs.items()}


def fields() -> tuple[str, str]:
    """Draw the examples and the two fields; return their texts."""
    draw_examples("autograd", examples())
    st.button(
        _("A neuron on a row of your table"),
        key="autograd_from_table",
        type="tertiary",
        icon=":material/table:",
        help=_("Weights, and the first training row of the prepared table with its label."),
        on_click=_load_row,
    )
    left, right = st.columns(2)
    with left:
        text = text_fields.field(
            TEXT,
            _("Expression"),
            lines=4,
            help=_(
                "As in Python: + − * / ** @, sin, exp, log, tanh, sigmoid, relu, sum, mean, dot, norm and others. A "
                "line such as u = x*y names a result for the lines after it; the last line is differentiated. Pasted "
                "lines will do: x = torch.arange(4.0), y = 2 * torch.dot(x, x), y.backward(), x.grad."
            ),
        )
    with right:
        inputs = text_fields.field(
            INPUTS,
            _("Values"),
            lines=4,
            help=_("One name per line: x = 0.5, or x = 1 2 3, or A = [[1, 2], [3, 4]], or x = torch.arange(4.0)."),
        )
    if problem := state.get("_autograd_row_problem"):
        show_error(str(problem))
        state.forget("_autograd_row_problem")
    return text, inputs


def traced(autograd_text: str, autograd_inputs: str) -> Graph:
    """Return the graph of the typed expression. Raises InputError."""
    return trace(autograd_text, **read_inputs(autograd_inputs))


def answer() -> text_fields.Answer[Graph]:
    """Draw the fields, and return the graph of their texts, or of the last valid ones."""
    text, inputs = fields()
    return text_fields.answer("autograd_graph", {TEXT: text, INPUTS: inputs}, traced)


def unused(of: text_fields.Answer[Graph]) -> list[str]:
    """Return the names that have a value in the field for it but are not in the expression."""
    used = {*of.value.program.tensors, *(node.name for node in of.value.inputs)}
    return [name for name in read_inputs(of.inputs[INPUTS]) if name not in used]


def _load_row() -> None:
    """Load a neuron for the first training row of the prepared table, with small weights."""
    try:
        of = training.table_problem()
    except InputError as problem:
        state.put("_autograd_row_problem", str(problem))
        return
    x = of.X_train[0].numpy()[:8]
    inputs = {"w": np.full(len(x), 0.01), "x": x, "b": np.array(0.0), "y": of.y_train[0].numpy()}
    lines = [f"{name} = {tensor_text(value)}" for name, value in inputs.items()]
    state.put(TEXT, "h = dot(w, x) + b\n(h - y)**2 / 2")
    state.put(INPUTS, "\n".join(lines))
