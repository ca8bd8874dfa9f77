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
    "neuron_one_across": Knob(1, low=1, high=LARGEST),
    "neuron_one_up": Knob(2, low=1, high=LARGEST),
    "neuron_one_row": Knob(1, low=1, high=LARGEST),
    "neuron_one_units": Knob("standardised", names={"standardised": N_("standardised"), "raw": N_("as prepared")}),

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
    "neuron_one_x": "1.2 -0.4",
    "neuron_one_w": "1.5 -1",
    "neuron_one_b": "-0.8",
    "neuron_one_names": "flipper_length_mm, bill_depth_mm",
    "neuron_one_label": "Gentoo",
    # normal
    # network
    # components
}
