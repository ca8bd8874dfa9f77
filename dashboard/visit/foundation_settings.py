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
