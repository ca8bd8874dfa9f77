"""The words of a network on a stage; {names} in braces are filled in by the browser."""

from collections.abc import Mapping

from core.language import _

ACTIVATION_TEXTS = {
    "none": "z",
    "relu": "max(0, z)",
    "leaky": "max(0.01 z, z)",
    "sigmoid": "1 / (1 + e^−z)",
    "tanh": "tanh(z)",
}


def activation_word(name: str) -> str:
    """Return an activation as it is read."""
    words = {"none": _("no activation"), "relu": "ReLU", "leaky": _("leaky ReLU"), "sigmoid": _("sigmoid")}
    return words.get(name, name)


def network_words() -> Mapping[str, str]:
    """Return the texts of the picture, the formula and the table."""
    return {
        "label": _("A network with its weights, and the numbers of one row in it"),
        "training": _("Training"),
        "passing": _("One row, forward and back"),
        "inputs": _("the features enter"),
        "forward": _("forward through layer {layer}"),
        "loss": _("the loss"),
        "backward": _("back through layer {layer}"),
        "saysInputs": _("The features of the row enter, in standard deviations from their means. Nothing is computed "
                        "here, so the input is not counted as a layer."),
        "saysForward": _("Layer {layer}: each unit multiplies what enters by its weights, adds up, and adds its bias: "
                         "that is z. Its activation ({activation}) makes a of it."),
        "saysOutput": _("Layer {layer}, the output: here, and only here, the prediction comes out."),
        "saysLoss": _("The loss of this row: half the squared difference of output and label, {loss}."),
        "saysBackOutput": _("Back from the loss: its gradient by the output is output minus label. Times what enters, "
                            "that is the gradient of each weight of layer {layer}."),
        "saysBack": _("Back through layer {layer}: each unit adds up the gradients of the units that it feeds, each "
                      "times the weight of that edge, and multiplies by the slope of its activation."),
        "prediction": _("{name}: the output {output} stands for {prediction}; the label is {label}."),
        "onTheWay": _("The {value} of the hidden unit {unit} is a number on the way, not a prediction."),
        "progress": _("After {step} updates the loss of all rows is {loss}. With the exact output layer it would end "
                      "at {exact}."),
        "progressLinear": _("After {step} updates the loss of all rows is {loss}; that of the closed form is {exact}."),
        "parameters": _("Parameters:"),
        "sum": _("{unit}, the sum z: weights times what enters, plus the bias"),
        "after": _("{unit} after its activation: a = {formula}"),
        "gradientSum": _("∂L/∂a of {unit}: over the units that it feeds, weight times ∂L/∂z there"),
        "gradientOutput": _("∂L/∂ŷ: output minus label"),
        "gradientZ": _("∂L/∂z: times the slope of the activation"),
        "gradientWeights": _("∂L/∂w of each weight: what enters, times ∂L/∂z"),
        "terms": _("{count} terms"),
        "weightsOf": _("Weights of layer {layer}, after {step} updates"),
        "source": _("from"),
        "exact": _("{unit} exact"),
        "edge": _("weight from {source} to {unit}: {value}"),
        "groupEdge": _("{count} weights from {source} to {unit}: the length of their vector is {value}"),
        "group": _("{count} features"),
        "membersOf": _("The group {name} after training: the value of the row, the weight to {unit}, and their "
                       "product, largest first"),
        "feature": _("feature"),
        "value": _("value"),
        "weight": _("weight"),
        "product": _("product"),
        "positive": _("positive weight"),
        "negative": _("negative weight"),
        "grouped": _("a group: the length of its weights"),
        "gradientLegend": _("∂L/∂z on its way back"),
        "widthLegend": _("The widest edge: {largest}"),
        "hint": _("Point at or click an edge, a unit, a term or a cell: its twins light up. By keyboard: Tab goes to "
                  "the edges of a layer, left and right from one to the next."),
    }  # fmt: skip


def training_words() -> Mapping[str, str]:
    """Return the texts of the player that goes through the updates."""
    return {
        **_player_words(),
        "scrubber": _("Update"),
        "position": _("update {step} of {last}"),
        "a_second": _("{count} a second"),
    }


def pass_words() -> Mapping[str, str]:
    """Return the texts of the player that goes through the passes of a row."""
    return {
        **_player_words(),
        "scrubber": _("Step"),
        "position": _("step {step} of {last}"),
        "seconds": _("{count} s a step"),
    }


def _player_words() -> Mapping[str, str]:
    return {
        "first": _("Go to the start"),
        "back": _("One step back"),
        "forward": _("One step forward"),
        "play": _("Play"),
        "pause": _("Pause"),
        "last": _("Go to the end"),
        "speed": _("Speed"),
    }
