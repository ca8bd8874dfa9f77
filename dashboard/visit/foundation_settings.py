"""The settings of the screens on foundations, a row each: part of the table in `settings.py`."""

import math

from core.language import N_
from dashboard.visit.knob import Knob

LARGEST = 2**31 - 1  # of a seed, or of the number of a row
NEURON_RATES = tuple(float(f"{digit}e{power}") for power in range(-6, 3) for digit in (1, 2, 5))

# fmt: off
KNOBS: dict[str, Knob] = {
    # images
    "images_view": Knob("flatten", names={
        "flatten": N_("Picture to vector"),
        "numbers": N_("Types and layouts"),
        "neuron": N_("On to a neuron"),
    }),
    "images_picture": Knob("flower", names={
        "flower": N_("A flower"), "china": N_("A temple"), "digit": N_("A digit"), "flag": N_("A flag"),
        "upload": N_("Your picture"),
    }),
    "images_digit": Knob(0, high=1796),
    "images_side": Knob(20, options=(4, 6, 8, 12, 16, 20, 28, 32, 48, 64, 96, 128)),
    "images_square": Knob(True),
    "images_order": Knob("channel", names={"channel": N_("by channel"), "pixel": N_("by pixel")}),
    "images_row": Knob(9, high=127),
    "images_column": Knob(9, high=127),
    "images_channel": Knob(0, high=2),
    "images_on": Knob("rgb", options=("rgb", "rg", "rb", "gb", "r", "g", "b", "none")),
    "images_way": Knob("reshape", names={"permute": N_("permute, then reshape"), "reshape": N_("reshape alone")}),
    "images_swap": Knob("bgr", names={"rgb": N_("read as RGB"), "bgr": N_("read as BGR")}),
    "images_weights": Knob("red", names={
        "red": N_("red against the rest"), "top": N_("top against bottom"), "random": N_("random"),
    }),
    "images_scaled": Knob(True),
    "images_bias": Knob(0.0, low=-5.0, high=5.0, step=0.5),
    "images_seed": Knob(0, high=LARGEST),

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
    "components_lesson": Knob("way", names={
        "way": N_("The way"),
        "lengths": N_("Different lengths"),
        "assumptions": N_("Data against assumptions"),
    }),
    "components_draw_seed": Knob(0, high=LARGEST),
    "components_rows": Knob(12, low=1, high=60),
    "components_steps": Knob(6, low=0, high=20),
    "components_rate": Knob(0.5, options=(0.1, 0.2, 0.5, 1.0, 1.5, 1.9, 2.2)),
    "components_text": Knob("column", names={"built_in": N_("Built-in sentences"), "column": N_("Your table")}),
    "components_length": Knob(5, low=1, high=20),
    "components_world": Knob("table", names={"curve": N_("A curve"), "table": N_("Your table")}),
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
    "components_contrast": Knob(100, low=10, high=100, step=10),
    "components_sigma": Knob(2.0, low=0.5, high=6.0, step=0.5),
    "components_low": Knob(0.1, low=0.0, high=0.5, step=0.05),
    "components_high": Knob(0.2, low=0.05, high=0.6, step=0.05),
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
    "normal_pins": "0 4; 2 0.5",
    "normal_values": "1 2 2.5 3 4 9",
    # network
    # components
    "components_surface_bowl_starts": "0.1 0.2; 0.9 0.8; 0.3 0.95",
    "components_surface_many_starts": "0.75 0.3; 0.52 0.75; 0.1 0.5",
    "components_kernel_cells": "",  # typed over the kernel; empty for the kernel as it is
}
