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
    **{f"network_stage_units_{number}": Knob(4, low=1, high=8) for number in (1, 2, 3)},
    **{f"network_stage_activation_{number}": Knob("tanh", names={
        "none": N_("none"), "relu": N_("ReLU"), "sigmoid": N_("sigmoid"), "tanh": N_("tanh"),
    }) for number in (1, 2, 3)},
    "network_stage_outputs": Knob(1, low=1, high=3),
    "network_stage_rate": Knob(0.1, options=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)),
    "network_stage_steps": Knob(200, options=(10, 20, 50, 100, 200, 500, 1000)),
    "network_stage_seed": Knob(0, high=LARGEST),
    "network_stage_row": Knob(1, low=1, high=LARGEST),

    # network: units and lessons
    "network_units_of": Knob("plane", names={"plane": N_("Two features"), "digits": N_("Handwritten digits")}),
    "network_units_rows": Knob("rings", names={
        "rings": N_("Rings"),
        "moons": N_("Moons"),
        "xor": N_("XOR"),
        "blobs": N_("Two clouds"),
        "table": N_("Your table"),
    }),
    "network_units_count": Knob(4, low=1, high=8),
    "network_units_activation": Knob("tanh", names={
        "tanh": N_("tanh"), "relu": N_("ReLU"), "leaky": N_("leaky ReLU"), "sigmoid": N_("sigmoid"), "none": N_("none"),
    }),
    "network_units_rate": Knob(0.3, options=(0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)),
    "network_units_steps": Knob(1000, options=(100, 200, 500, 1000, 2000)),
    "network_units_noise": Knob(0.1, options=(0.0, 0.05, 0.1, 0.2, 0.3, 0.5)),
    "network_units_seed": Knob(0, high=LARGEST),
    "network_digits_rate": Knob(1.0, options=(0.1, 0.3, 1.0, 3.0, 10.0, 30.0)),
    "network_digits_steps": Knob(300, options=(1, 10, 30, 100, 300, 1000)),
    "network_digits_start": Knob("zero", names={"zero": N_("zero"), "random": N_("random")}),
    "network_digits_seed": Knob(0, high=LARGEST),
    "network_digits_row": Knob(0, high=359),
    "network_lesson": Knob("linear", names={
        "linear": N_("Layers without an activation"),
        "equal": N_("Equal starts"),
        "dead": N_("A dead ReLU"),
        "deep": N_("What deep means"),
        "regression": N_("Regression is a layer"),
    }),
    "network_lesson_between": Knob("none", names={"none": N_("none"), "relu": N_("ReLU"), "tanh": N_("tanh")}),
    "network_lesson_start": Knob("equal", names={"equal": N_("equal"), "zero": N_("zero"), "random": N_("random")}),
    "network_lesson_unit": Knob("relu", names={"relu": N_("ReLU"), "leaky": N_("leaky ReLU")}),
    "network_lesson_rate": Knob(2.0, options=(0.1, 0.3, 1.0, 2.0)),
    "network_lesson_depth": Knob(4, low=1, high=8),
    "network_lesson_steps": Knob(1000, options=(1, 10, 30, 100, 300, 1000, 3000)),
    "network_lesson_factor": Knob(0.5, options=(0.1, 0.5, 0.9, 1.1)),
    "network_lesson_seed": Knob(2, high=LARGEST),

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
