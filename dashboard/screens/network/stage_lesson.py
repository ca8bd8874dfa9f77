"""Below the stage: the count, the shapes, what is said about layers, and the traps."""

from core.formatting import format_count
from core.foundations.network import NetworkConfig, layer_shapes, parameter_count
from core.language import _
from dashboard.scenes.network.words import activation_word
from dashboard.ui.lesson import Trap
from dashboard.ui.traps import trap


def count_latex(inputs: int, config: NetworkConfig) -> str:
    """Return the number of parameters as a sum of products, with the numbers in it."""
    found = parameter_count(inputs, config)
    terms = [
        rf"\underbrace{{{entering} \cdot {leaving}}}_{{W^{{({layer})}}}} + "
        rf"\underbrace{{{leaving}}}_{{b^{{({layer})}}}}"
        for layer, (entering, leaving) in enumerate(found.terms, 1)
    ]
    return f"{' + '.join(terms)} = {found.total}"


def layer_latex(config: NetworkConfig) -> str:
    """Return the network as formulas, a line a layer."""
    lines = []
    before = "X"
    for layer, activation in enumerate(config.layer_activations, 1):
        is_output = layer == config.layers
        here = r"\hat{Y}" if is_output else f"H^{{({layer})}}"
        inner = f"{before} W^{{({layer})}} + b^{{({layer})}}"
        function = {"relu": r"\mathrm{ReLU}", "sigmoid": r"\sigma", "tanh": r"\tanh"}.get(activation)
        lines.append(f"{here} &= " + (rf"{function}\left({inner}\right)" if function else inner))
        before = here
    return r"\begin{aligned} " + r" \\ ".join(lines) + r" \end{aligned}"


def shapes_table(inputs: int, rows: int, config: NetworkConfig) -> dict[str, list[str]]:
    """Return the shapes of every layer for so many rows, a column each."""
    shapes = layer_shapes(inputs, config)
    return {
        _("layer"): [
            (_("{layer}: hidden, {activation}") if each.hidden else _("{layer}: output, {activation}")).format(
                layer=format_count(each.layer), activation=activation_word(each.activation)
            )
            for each in shapes
        ],
        _("enters"): [f"({rows}, {each.entering[1]})" for each in shapes],
        "W": [f"({each.weights[0]}, {each.weights[1]})" for each in shapes],
        "b": [f"({each.bias[0]},)" for each in shapes],
        _("leaves"): [f"({rows}, {each.leaving[1]})" for each in shapes],
        _("parameters"): [format_count(each.parameters) for each in shapes],
    }


def depth_sentence(config: NetworkConfig) -> str:
    """Return how the layers are counted, and what "deep" says about this network."""
    layers = config.layers
    counted = _(
        "**Layers are counted as the book does: {layers} here.** The input is none, for nothing is computed in it."
    ).format(layers=layers)
    if layers == 1:
        deep = _(
            "**Deep** means several hidden layers one after the other, each fed by the one before. With one layer "
            "this is the shallowest network there is."
        )
    elif layers == 2:
        deep = _(
            "**Deep** means several hidden layers one after the other, each fed by the one before. One hidden layer "
            "is shallow."
        )
    else:
        deep = _(
            "**Deep** means several hidden layers one after the other, each fed by the one before. {hidden} hidden "
            "layers make a small deep network."
        ).format(hidden=layers - 1)
    return f"{counted} {deep}"


def traps() -> list[Trap]:
    """Return the traps, with what came of their lines."""
    return [
        trap(
            _("PyTorch stores W transposed."),
            _("The book writes XW with W of shape (inputs, outputs). `nn.Linear` stores (outputs, inputs) and computes "
              "X times the transpose."),
            "layer = torch.nn.Linear(3, 2)",
            ["layer.weight.shape", "layer.bias.shape"],
        ),
        trap(
            _("(n,), (1, n) and (n, 1) are three shapes."),
            _("A row of three features is (3,) or (1, 3). As (3, 1) it is three rows of one feature."),
            "layer = torch.nn.Linear(3, 1)\nlayer(torch.zeros(3, 1))",
        ),
        trap(
            _("An output of shape (n, 1) and a label of shape (n,) make a loss of n × n differences."),
            _("Nothing is raised in plain arithmetic; every prediction is compared with every label."),
            "output, label = torch.zeros(3, 1), torch.ones(3)",
            ["(output - label).shape"],
        ),
        trap(
            _("A ReLU after the output cuts predictions off at 0."),
            _("Half of the labels here are negative, in standard deviations. Leave the output of a regression as "
              "it is."),
            "torch.manual_seed(0)\nx = torch.randn(1000, 2)\n"
            "net = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.ReLU())",
            ["net(x).min()"],
        ),
        trap(
            _("The biases count too."),
            _("A layer from 7 to 4 has 7 · 4 + 4 parameters; without biases 28."),
            "with_bias = torch.nn.Linear(7, 4)\nwithout = torch.nn.Linear(7, 4, bias=False)",
            ["sum(p.numel() for p in with_bias.parameters())", "sum(p.numel() for p in without.parameters())"],
        ),
    ]  # fmt: skip
