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
    "components_lesson": Knob("way", names={
        "way": N_("The way"),
        "lengths": N_("Different lengths"),
        "assumptions": N_("Data against assumptions"),
    }),
    "components_draw_seed": Knob(0, high=LARGEST),
    "components_rows": Knob(12, low=1, high=60),
    "components_steps": Knob(6, low=0, high=20),
    "components_rate": Knob(0.5, options=(0.1, 0.2, 0.5, 1.0, 1.5, 1.9, 2.2)),
    "components_text": Knob("built_in", names={"built_in": N_("Built-in sentences"), "column": N_("Your table")}),
    "components_length": Knob(5, low=1, high=20),
    "components_world": Knob("curve", names={"curve": N_("A curve"), "table": N_("Your table")}),
    "components_neighbours": Knob(5, options=(1, 3, 5, 10, 20, 50)),
    "components_noise": Knob(0.3, low=0.0, high=2.0, step=0.1),
    "components_curve_rows": Knob(600, options=(30, 60, 150, 300, 600, 1200)),
    "components_seeds": Knob(8, low=1, high=20),
    "components_year": Knob("2020", options=("1970", "1980", "1990", "2000", "2010", "2020")),
    "components_level": Knob("digits", names={
        "digits": N_("Made by hand or learned"),
        "layers": N_("Levels measured"),
        "kernels": N_("Kernels"),
        "edges": N_("Edges"),
        "keypoints": N_("SIFT"),
    }),
    "components_shift": Knob("1", names={
        "0": N_("as they are"), "1": N_("moved by up to 1 pixel"), "2": N_("moved by up to 2 pixels"),
    }),
    "components_digit_rows": Knob(1347, options=(50, 100, 300, 700, 1347)),
    "components_depth": Knob(2, low=1, high=4),
    "components_epochs": Knob(15, low=0, high=20),
    "components_relu": Knob(True),
    "components_kernel": Knob("upright", names={
        "upright": N_("Upright edges"), "level": N_("Level edges"), "outline": N_("Outline"), "blur": N_("Blur"),
        "sharpen": N_("Sharpen"), "identity": N_("Identity"), "learned": N_("A learned one"),
    }),
    "components_digit": Knob(0, high=1796),
    "components_unit": Knob(0, high=7),
    "components_photo": Knob("china", names={"china": N_("Temple"), "flower": N_("Flower")}),
    "components_sigma": Knob(2.0, low=0.5, high=6.0, step=0.5),
    "components_low": Knob(0.1, low=0.0, high=0.5, step=0.05),
    "components_high": Knob(0.2, low=0.05, high=0.6, step=0.05),
}
# fmt: on

TEXTS: dict[str, str] = {
    # images
    # neuron
    # normal
    # network
    # components
}
