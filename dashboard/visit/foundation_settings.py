"""The settings of the screens on foundations, a row each: part of the table in `settings.py`."""

from core.language import N_
from dashboard.visit.knob import Knob

LARGEST = 2**31 - 1  # of a seed, or of the number of a row

# fmt: off
KNOBS: dict[str, Knob] = {
    # images

    # neuron: one neuron, its activation
    "neuron_view": Knob("one", names={
        "one": N_("One neuron"),
        "train": N_("Train"),
        "threshold": N_("Threshold"),
        "classes": N_("More than two classes"),
    }),

    # neuron: training, threshold, classes

    # normal

    # network: the stage
    "network_view": Knob("stage", names={
        "stage": N_("Network"),
        "units": N_("What each unit answers to"),
        "lessons": N_("Lessons"),
    }),
    "network_stage_source": Knob("table", names={"table": N_("Your table"), "curve": N_("A curve of two features")}),
    "network_stage_layers": Knob(0, low=0, high=3),
    **{f"network_stage_units_{number}": Knob("4", options=tuple("12345678")) for number in (1, 2, 3)},
    **{f"network_stage_activation_{number}": Knob("tanh", names={
        "none": N_("none"), "relu": N_("ReLU"), "sigmoid": N_("sigmoid"), "tanh": N_("tanh"),
    }) for number in (1, 2, 3)},
    "network_stage_outputs": Knob(1, low=1, high=3),
    "network_stage_rate": Knob(0.1, options=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)),
    "network_stage_steps": Knob(200, options=(10, 20, 50, 100, 200, 500, 1000)),
    "network_stage_seed": Knob(0, high=LARGEST),
    "network_stage_row": Knob(1, low=1, high=LARGEST),

    # network: units and lessons

    # components: data, model, objective, optimiser
    "components_view": Knob("parts", names={
        "parts": N_("Four parts"),
        "data": N_("Bad data"),
        "generalisation": N_("Fitting and generalising"),
        "surfaces": N_("Surfaces"),
        "supervised": N_("Supervised learning"),
        "levels": N_("Levels"),
        "why_now": N_("Why now"),
    }),

    # components: supervised, levels, why now
}
# fmt: on

TEXTS: dict[str, str] = {
    # images
    # neuron
    # normal
    # network
    # components
}
