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
    "components_parts_rows": Knob("all", names={
        "all": N_("all rows"), "half": N_("half"), "tenth": N_("a tenth"),
    }),
    "components_parts_degree": Knob(1, low=1, high=5),
    "components_parts_objective": Knob("own", names={
        "own": N_("as trained"), "small": N_("penalty 0.1"), "large": N_("penalty 10"),
    }),
    "components_parts_optimizer": Knob("own", names={
        "own": N_("as trained"), "adam": N_("Adam"), "exact": N_("exact"),
    }),
    "components_bad": Knob("labels", names={
        "labels": N_("Wrong labels"), "imbalance": N_("Unbalanced"), "leak": N_("A feature that leaks"),
        "few": N_("Few rows"),
    }),
    "components_bad_flipped": Knob(20, low=0, high=60, step=5),
    "components_bad_which": Knob("any", names={"any": N_("of both classes"), "ones": N_("of class 1 only")}),
    "components_bad_rare": Knob(5, low=2, high=50),
    "components_bad_leak": Knob(0.1, low=0.0, high=2.0, step=0.1),
    "components_bad_rows": Knob(100, low=5, high=100, step=5),
    "components_fit_what": Knob("degrees", names={
        "degrees": N_("A higher degree"), "descent": N_("More updates"),
    }),
    "components_fit_source": Knob("table", names={"table": N_("Your table"), "wave": N_("A wave with noise")}),
    "components_fit_rows": Knob(15, low=5, high=100),
    "components_fit_degree": Knob(6, low=0, high=12),
    "components_fit_polynomial": Knob(6, low=1, high=12),
    "components_fit_noise": Knob(0.3, low=0.0, high=2.0, step=0.1),
    "components_fit_extra": Knob(0.0, low=0.0, high=2.0, step=0.1),
    "components_fit_updates": Knob(5000, options=(100, 1000, 5000, 20000)),
    "components_surface_model": Knob("sine", names={"sine": N_("A sine"), "unit": N_("One hidden unit")}),
    "components_surface_rate": Knob(0.3, options=(0.01, 0.03, 0.1, 0.3, 1.0, 3.0)),
    "components_surface_steps": Knob(200, options=(20, 50, 100, 200, 500)),

    # components: supervised, levels, why now
}
# fmt: on

TEXTS: dict[str, str] = {
    # images
    # neuron
    # normal
    # network
    # components
    "components_surface_bowl_starts": "0.1 0.2; 0.9 0.8; 0.3 0.95",
    "components_surface_many_starts": "0.75 0.3; 0.52 0.75; 0.1 0.5",
}
