"""The settings of the screens on foundations, a row each: part of the table in `settings.py`."""

import math

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
    "normal_view": Knob("curve", names={
        "curve": N_("The curve"),
        "squared": N_("Why squared loss"),
        "power": N_("Which loss"),
        "residuals": N_("Your residuals"),
    }),
    "normal_mean": Knob(0.0, low=-5.0, high=5.0, step=0.1),
    "normal_variance": Knob(1.0, low=0.05, high=9.0, step=0.05),
    "normal_draws": Knob(200, options=(20, 50, 100, 200, 500, 1000)),
    "normal_seed": Knob(0, high=LARGEST),
    "normal_moves": Knob("slope", names={"slope": N_("the slope of a line"), "mean": N_("a mean")}),
    "normal_rows": Knob(8, options=(3, 5, 8, 12, 20, 50, 100, 200, 500, 1000)),
    "normal_sigma": Knob(1.0, low=0.1, high=3.0, step=0.1),
    "normal_at": Knob(0.0, low=-100.0, high=100.0),
    "normal_log": Knob(False),
    "normal_p": Knob(1.5, low=1.0, high=math.inf),
    "normal_sample": Knob(25, options=(3, 5, 10, 25, 50, 100)),
    "normal_fits": Knob("number", names={"number": N_("one number"), "line": N_("a line")}),
    "normal_model": Knob("sgd", names={"sgd": N_("SGD"), "closed_form": N_("Closed form")}),

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
    "normal_pins": "0 4; 2 0.5",
    "normal_values": "1 2 2.5 3 4 9",
    # network
    # components
}
