"""The settings of the screens on foundations, a row each: part of the table in `settings.py`."""

from core.language import N_
from dashboard.visit.knob import Knob

LARGEST = 2**31 - 1  # of a seed, or of the number of a row
NEURON_RATES = tuple(float(f"{digit}e{power}") for power in range(-6, 3) for digit in (1, 2, 5))

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
    "neuron_features": Knob("two", names={"two": N_("These two columns"), "all": N_("All columns")}),
    "neuron_rate": Knob(1.0, options=NEURON_RATES),
    "neuron_updates": Knob(200, options=(20, 50, 100, 200, 500, 1000, 2000, 5000)),
    "neuron_standardise": Knob(True),
    "neuron_scored": Knob("test", names={"test": N_("Test rows"), "training": N_("Training rows")}),
    "neuron_threshold": Knob(0.5, low=0.0, high=1.0, step=0.01),
    "neuron_cost_fp": Knob(1.0, low=0.0, high=100.0, step=0.5),
    "neuron_cost_fn": Knob(1.0, low=0.0, high=100.0, step=0.5),
    "neuron_row": Knob(0, high=LARGEST),
    "neuron_shift": Knob(0.0, low=-1000.0, high=1000.0, step=10.0),

    # normal

    # network: the stage
    "network_view": Knob("stage", names={
        "stage": N_("Network"),
        "units": N_("What each unit answers to"),
        "lessons": N_("Lessons"),
    }),

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
