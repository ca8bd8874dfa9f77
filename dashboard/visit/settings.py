"""Every setting of every screen, a row each: its range or options, its default, and the names of its options.

A knob's value can come from its widget, from a link, or from nowhere yet; `value` always returns an allowed one, on
every screen, whether or not that screen draws the widget. All of them are saved in links and session files.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from core.language import N_
from core.regression.sgd.optimizers import OPTIMIZERS, PARAMETERS
from core.tensors import conversions, dtypes, memory
from dashboard.visit import foundation_settings, problem_settings, state, texts
from dashboard.visit.knob import Knob

_STEPS_OF_A_DECADE = (1, 1.5, 2, 3, 5, 7)
RATES = (*(float(f"{digit}e{power}") for power in range(-12, 1) for digit in _STEPS_OF_A_DECADE), 10.0)
_SMALL_BATCHES = (1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 500, 512, 1000, 1024)
BATCH_SIZES = (*_SMALL_BATCHES, *(2**power for power in (*range(11, 17), 18, 20, 22, 24)))
START_SPREADS = {"zero": 0.0, "small": 0.01, "large": 1.0}
STARTS = ("learning_rate", "batch_size", "epochs")  # knobs that start where the problem at hand needs it
SUITED = ("then_and_now_view",)  # knobs that start elsewhere until the visitor brings or chooses a table
PENALTIES = (0.0, *(float(f"{digit}e{power}") for power in range(-4, 1) for digit in (1, 3)), 10.0)
NUDGES = tuple(10.0**power for power in range(-4, 5))
POWERS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 1.8, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0, 20.0, 50.0, math.inf)
LARGEST = foundation_settings.LARGEST
WORD_JOINER = "\u2060"  # invisible; sentences hold it, and `text` takes it out of what is copied into a field
OPENS = "opens"  # in the address after a link between screens: the knobs that it set, with commas between them
MOST_IN_LINK = 1_000  # characters of one text; longer ones are not in the link

NAMES: tuple[str, ...] = (
    "train_across",
    "train_up",
    "train_feature",
    "train_nudged",
    "compare_direction",
    "compare_column",
    "compare_along",
    "compare_category",
    "compare_references",
    "experiments_across",
    "experiments_up",
    "network_units_across",
    "network_units_up",
    "neuron_target",
    "neuron_label",
    "neuron_negative",
    "neuron_positive",
    "neuron_across",
    "neuron_up",
    "components_bad_class",
    "components_fit_feature",
    "components_text_column",
    "problems_label",
    *(f"problems_{kind}_{axis}" for kind in ("causes", "classes", "clustering", "online") for axis in ("across", "up")),
)  # lists of columns, whose choice is in the link too, and what was chosen column by column

# fmt: off
KNOBS: dict[str, Knob] = {
    **foundation_settings.KNOBS,
    **problem_settings.KNOBS,
    "prepare_test_share": Knob(20, low=0, high=50, step=5),
    "prepare_split_seed": Knob(0, high=LARGEST),
    "leakage_columns": Knob(500, options=(1, 10, 50, 100, 200, 500, 1000, 2000)),
    "gaps_share": Knob(0, options=tuple(range(0, 55, 5))),
    "gaps_which": Knob("any", names={"any": N_("all equally likely"), "large": N_("large ones more likely")}),
    "gaps_learnt": Knob(False),
    "gaps_seed": Knob(0, high=LARGEST),
    "then_and_now_view": Knob("table", names={"file": N_("The book's file"), "table": N_("Your table")}),
    "paths_count": Knob("3", options=("2", "3", "4")),

    "train_source": Knob("table", names={"table": N_("Your table"), "synthetic": N_("Synthetic")}),
    "train_rows": Knob(1000, low=10, high=5000, step=10),
    "noise": Knob(0.01, low=0.0, high=5.0, step=0.01),
    "train_weight_1": Knob(2.0, low=-10.0, high=10.0, step=0.1),
    "train_weight_2": Knob(-3.4, low=-10.0, high=10.0, step=0.1),
    "train_bias": Knob(4.2, low=-10.0, high=10.0, step=0.1),
    "learning_rate": Knob(0.03, options=RATES),
    "batch_size": Knob(10, options=BATCH_SIZES),
    "epochs": Knob(20, low=1, high=200),
    "seed": Knob(0, high=LARGEST),
    "train_standardise": Knob(True),
    "train_optimizer": Knob("sgd", options=tuple(OPTIMIZERS)),
    **{f"train_{name}": Knob(each.default, low=each.low, high=each.high, step=each.step)
       for name, each in PARAMETERS.items()},
    "train_shuffle": Knob(
        "every_epoch", names={"every_epoch": N_("Every epoch"), "once": N_("Once"), "never": N_("Never")},
    ),
    "train_start": Knob("small", names={"small": N_("Small"), "zero": N_("Zero"), "large": N_("Large")}),
    "train_penalty": Knob(0.0, options=PENALTIES),
    "train_patience": Knob(0, low=0, high=20),
    "train_degree": Knob(1, low=1, high=5),
    "train_products": Knob(False),
    "train_centre": Knob(True),
    "train_view": Knob("watch", names={"watch": N_("Watch SGD"), "hand": N_("Fit by hand")}),
    "train_plane": Knob(
        "extremes", names={"extremes": N_("steepest and flattest direction"), "parameters": N_("two parameters")},
    ),
    "train_closer": Knob("formulas", names={
        "formulas": N_("Formulas and code"), "parameters": N_("Parameters"), "nudge": N_("Nudge a parameter"),
        "rate": N_("What the learning rate does"),
    }),
    "train_nudge": Knob(1.0, options=(*(-amount for amount in reversed(NUDGES)), *NUDGES)),
    "train_nudge_at": Knob("end", names={"start": N_("the start"), "end": N_("the end of the run")}),
    "train_zoom": Knob(10, options=(1, 10, 100, 1000)),
    "train_hand_w": Knob(0.0, low=-1e100, high=1e100),
    "train_hand_b": Knob(0.0, low=-1e100, high=1e100),
    "train_hand_over": Knob(False),

    "compare_view": Knob("coefficients", names={
        "coefficients": N_("Coefficients"), "closed_form": N_("Closed form"), "rank": N_("Rank doctor"),
        "diagnostics": N_("Diagnostics"), "exact": N_("How exact"), "what_if": N_("What if"),
    }),
    "compare_diagnostic": Knob("fit", names={
        "fit": N_("Fit"), "noise": N_("Noise"), "influence": N_("Influence"), "learning": N_("Learning curve"),
    }),
    "compare_model": Knob("closed_form", names={"closed_form": N_("Closed form"), "sgd": N_("SGD")}),
    "compare_ridge": Knob(1e-6, options=tuple(float(f"1e{power}") for power in range(-14, 2))),
    "compare_change": Knob("shift", names={"shift": N_("add a constant"), "scale": N_("multiply by a constant")}),
    "compare_amount": Knob(1e4, options=tuple(10.0**power for power in range(9))),
    "compare_start": Knob(10, options=(-100, -10, -1, 0, 1, 10, 100)),
    "compare_units": Knob("raw", names={"raw": N_("of the table"), "standardised": N_("standardised")}),
    "compare_sort": Knob("table", names={
        "table": N_("order of the table"), "size": N_("size"), "difference": N_("difference"),
        "errors": N_("difference in standard errors"), "name": N_("name"),
    }),
    "compare_levels": Knob("against", names={"against": N_("against a level"), "every": N_("every level")}),
    "compare_confidence": Knob("95", names={"90": "90%", "95": "95%", "99": "99%"}),
    "compare_row": Knob(1, low=1, high=LARGEST),
    "compare_axis": Knob("values", names={"values": N_("values"), "errors": N_("in standard errors")}),

    "experiments_view": Knob("noise_floor", names={
        "noise_floor": N_("Noise floor"), "sweep": N_("Sweep"), "pins": N_("Pinned runs"),
        "study": N_("Noise and samples"),
    }),
    "experiments_seeds": Knob(50, options=(10, 20, 50, 100, 200, 500)),
    "experiments_repeats": Knob(20, options=(5, 10, 20, 50, 100)),
    "experiments_sweep_shows": Knob("gap", names={"gap": N_("gap at the end"), "steps": N_("updates to 1%")}),
    "experiments_sweep_size": Knob("8x6", options=("8x6", "12x8", "18x12")),
    "experiments_pins_by": Knob(
        "updates", names={"updates": N_("updates"), "epochs": N_("epochs"), "rows": N_("rows seen")},
    ),
    "experiments_pins_rows": Knob("training", names={"training": N_("training rows"), "test": N_("test rows")}),
    "take_home_chart": Knob("loss", options=("loss", "predictions", "residuals", "way", "coefficients")),

    "tensors_view": Knob("axes", names={
        "axes": N_("Axes and shape"), "joining": N_("Joining"), "broadcasting": N_("Broadcasting"),
        "slicing": N_("Slicing"), "memory": N_("Memory"), "conversions": N_("Conversions"),
        "dtypes": N_("Types of numbers"),
    }),
    "tensors_axes_along": Knob("0", names={"0": "axis 0", "1": "axis 1", "2": "axis 2", "-1": "axis −1"}),
    "tensors_axes_transposed": Knob(False),
    "tensors_join_how": Knob("cat", names={"cat": N_("cat: along an axis"), "stack": N_("stack: along a new axis")}),
    "tensors_join_axis": Knob("0", names={"0": "0", "1": "1", "2": "2", "-1": N_("−1, the last")}),
    "tensors_broadcast_part": Knob(
        "pair", names={"pair": N_("Two tensors"), "shapes": N_("Shapes alone"), "bug": N_("The loss bug")},
    ),
    "tensors_broadcast_by": Knob("add", names={
        "add": "a + b", "subtract": "a − b", "multiply": "a × b", "divide": "a ÷ b", "equal": "a == b",
        "greater": "a > b",
    }),
    "tensors_bug_updates": Knob(20, low=0, high=60),
    "tensors_memory_about": Knob("update", names={"update": N_("Changing Y"), "views": N_("Sharing memory")}),
    "tensors_memory_way": Knob("new", names=memory.WAYS),
    "tensors_memory_expression": Knob("column", names=memory.EXPRESSIONS),
    "tensors_dtypes_about": Knob(
        "mixing", names={"mixing": N_("Mixing two"), "storing": N_("Storing a number"), "dividing": N_("Dividing")},
    ),
    "tensors_dtypes_operation": Knob("add", names=dtypes.OPERATIONS),
    "tensors_dtypes_scalar": Knob(False),
    "tensors_dtypes_left": Knob("int64", options=dtypes.DTYPES),
    "tensors_dtypes_right": Knob("float32", options=dtypes.DTYPES),
    "tensors_dtypes_in": Knob("float32", options=dtypes.REAL),
    "tensors_conversions_about": Knob(
        "numpy", names={"numpy": N_("To numpy and back"), "numbers": N_("To single numbers")},
    ),
    "tensors_conversions_who": Knob("A", options=("X", *conversions.CHAIN)),
    "tensors_conversions_entry": Knob(0, high=9_999),
    "tensors_conversions_grad": Knob(False),

    "products_view": Knob("matrix_matrix", names={
        "transpose": N_("Transpose"), "clone": N_("Clone"), "hadamard": N_("Hadamard"), "scalar": N_("Scalar"),
        "dot": N_("Dot"), "matrix_vector": N_("Matrix · vector"), "matrix_matrix": N_("Matrix · matrix"),
    }),
    "products_making": Knob("clone", options=("clone", "compute", "assign", "view", "transpose", "row")),
    "products_writing": Knob("entry", options=("entry", "in_place", "original", "rebind")),
    "products_operation": Knob("multiply", names={
        "add": N_("X + a"), "subtract": N_("X − a"), "multiply": N_("X · a"), "divide": N_("X / a"),
        "power": N_("Xᵃ"),
    }),
    "products_meaning": Knob("sum", names={"sum": N_("As a sum of products"), "weights": N_("As a weighted mean")}),
    "products_vector_by": Knob("rows", names={"rows": N_("by rows"), "columns": N_("by columns")}),
    "products_matrix_by": Knob(
        "entries", names={"entries": N_("entry by entry"), "outer": N_("as a sum of columns times rows")},
    ),

    "reductions_view": Knob("collapse", names={
        "collapse": N_("Sum, mean, max …"), "running": N_("Running sums"), "shares": N_("Divide by a sum"),
    }),
    "reductions_how": Knob("sum", names={
        "sum": N_("sum"), "mean": N_("mean"), "max": N_("max"), "min": N_("min"), "prod": N_("product"),
        "var": N_("variance"),
    }),
    "reductions_axis": Knob("0", options=("0", "1", "2", "0,1", "0,2", "1,2", "all")),
    "reductions_keepdims": Knob(False),
    "reductions_floats": Knob("none", options=("none", "float32", "float64")),
    "reductions_correction": Knob("1", names={"1": N_("n − 1: correction 1"), "0": N_("n: correction 0")}),
    "reductions_running_axis": Knob("0", options=("0", "1", "2")),
    "reductions_shares_axis": Knob("last", options=("0", "1", "last", "all")),

    "norms_view": Knob("vector", names={
        "vector": N_("One vector"), "ball": N_("The unit ball"), "properties": N_("Three properties"),
        "matrix": N_("A matrix"), "distances": N_("Rows of the table"),
    }),
    "norms_p": Knob(2.0, options=POWERS),
    "norms_ball_p": Knob(0.5, low=0.5, high=math.inf),
    "norms_any_p": Knob(2.0, low=0.5, high=math.inf),
    "norms_factor": Knob(-1.5, low=-3.0, high=3.0),
    "norms_row": Knob(0, high=LARGEST),
    "norms_scale": Knob("raw", names={"raw": N_("as prepared"), "standardised": N_("standardised")}),

    "calculus_view": Knob("limit", names={
        "limit": N_("Limit"), "valley": N_("How small an h"), "tangent": N_("Secant and tangent"),
        "differential": N_("Differential"), "plot": N_("Plot"), "rules": N_("Rules"),
        "two_variables": N_("Two variables"), "layouts": N_("Shapes of derivatives"), "identities": N_("Identities"),
    }),
    "calculus_rows": Knob(5, low=2, high=12),
    "calculus_dtype": Knob("both", names={"both": N_("both"), "float32": "float32", "float64": "float64"}),
    "calculus_kind": Knob("components", names={
        "components": N_("component functions of x1, x2, …"), "tensors": N_("an expression of x and A"),
    }),
    "calculus_layout": Knob("numerator", names={
        "numerator": N_("numerator"), "denominator": N_("denominator"), "torch": N_("as in torch"),
    }),
    "calculus_side": Knob("denominator", names={"numerator": N_("numerator"), "denominator": N_("denominator")}),
    "calculus_identity": Knob("Ax", names={
        "a": N_("∂a/∂x, a number"), "vector": N_("∂a/∂x, a vector"), "sum": "∂sum(x)/∂x", "x": "∂x/∂x",
        "au": "∂(a·u)/∂x", "Au": "∂(Au)/∂x", "added": "∂(u + v)/∂x", "inner": "∂(uᵀv)/∂x",
        "Ax": "∂(Ax)/∂x", "xA": "∂(xᵀA)/∂x", "xAx": "∂(xᵀAx)/∂x", "xx": "∂‖x‖²/∂x", "XX": "∂‖A‖²/∂A",
        "product": "∂(u·v)/∂x", "chain": "∂‖Ax‖²/∂x",
    }),
    "calculus_h": Knob(1.0, low=-2.0, high=2.0),
    "calculus_step": Knob(0.5, options=(-2.0, -1.0, -0.5, -0.2, -0.1, -0.01, 0.01, 0.1, 0.2, 0.5, 1.0, 2.0)),
    "calculus_row": Knob(1, low=1, high=12),
    "calculus_px": Knob(2.0, low=-3.0, high=3.0, step=0.1),
    "calculus_py": Knob(1.0, low=-3.0, high=3.0, step=0.1),
    "calculus_plot_tangents": Knob(False),
    "calculus_plot_xscale": Knob("linear", names={"linear": N_("linear"), "log": N_("log")}),
    "calculus_plot_yscale": Knob("linear", names={"linear": N_("linear"), "log": N_("log")}),
    "calculus_out": Knob(0.001, options=(0.1, 0.01, 0.001, 0.0001, 0.00001)),

    "autograd_view": Knob("graph", names={
        "graph": N_("Graph"), "modes": N_("Forward and reverse"), "lessons": N_("Lessons"),
    }),
    "autograd_direction": Knob(2, low=1, high=10_000),
    "autograd_depth": Knob(10, low=1, high=50),
    "autograd_count": Knob(5, low=1, high=100),
    "autograd_outputs": Knob(1, low=1, high=100),
    "autograd_lesson": Knob("dot", names={
        "none": N_("None, not 0"), "dot": N_("2 · dot(x, x)"), "accumulate": N_("Gradients add up"),
        "vector": N_("y of several entries"), "detach": N_("detach"), "twice": N_("backward twice"),
        "flow": N_("Loops and branches"),
    }),
    "autograd_lessons_zero": Knob(False),
    "autograd_lessons_retain": Knob(False),

    "glossary_topic": Knob("all", names={
        "all": N_("all"), "foundations": N_("foundations"), "problems": N_("learning problems"),
        "preprocessing": N_("preprocessing"), "linear_algebra": N_("linear algebra"),
        "calculus": N_("calculus"), "autograd": N_("autograd"), "regression": N_("linear regression"),
    }),
}
# fmt: on

TEXTS: dict[str, str] = {**foundation_settings.TEXTS, **texts.DEFAULTS}  # typed texts, with their defaults


def value(key: str) -> Any:
    """Return the value of a knob, valid whatever a link or an older visit has set."""
    return KNOBS[key].clamp(state.get(key, KNOBS[key].default))


def to_query(key: str) -> str:
    """Return the value of a knob as text for a link, to the last digit."""
    return KNOBS[key].to_query(value(key))


def text(key: str) -> str:
    """Return the text of a field, or its default."""
    typed = state.get(key)
    return typed.replace(WORD_JOINER, "") if isinstance(typed, str) else TEXTS[key]


def set(key: str, wanted: object) -> None:
    """Set a knob, before it is drawn, to the allowed value nearest to `wanted`."""
    state.put(key, KNOBS[key].clamp(wanted))


def choose(key: str, wanted: object) -> None:
    """Set a knob as chosen by the visitor, from a button's callback."""
    state.mark_chosen(key)
    set(key, wanted)


def opening_query(choices: Mapping[str, str]) -> dict[str, str]:
    """Return the query parameters of a link between screens that sets these knobs.

    Default values are left out, as in every address, so that the address of the opened screen stays as it is.
    """
    if not choices:
        return {}
    return {key: text for key, text in choices.items() if text != str(KNOBS[key].default)} | {OPENS: ",".join(choices)}


def take_opening(query: Mapping[str, str]) -> None:
    """Set the knobs that a link between screens has set in its query parameters."""
    named = [key for key in query.get(OPENS, "").split(",") if key in KNOBS]
    follow_link({key: KNOBS[key].default for key in named}, query)


def follow_link(wanted: Mapping[str, Any], query: Mapping[str, str]) -> None:
    """Set these knobs and texts as a link wants them; what its query parameters say comes first."""
    for key, usual in wanted.items():
        asked = query.get(key, usual)
        if key in KNOBS:
            choose(key, asked)
        else:
            state.put(key, asked)


def rate_at_most(limit: float) -> float:
    """Return the largest learning rate on the slider that is not above `limit`; the smallest one if all are above."""
    return RATES[max(bisect_right(RATES, limit) - 1, 0)]
