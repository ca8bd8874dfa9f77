"""The path through the lab: the steps of four days, a row each, in the order of the book's chapters 2.1 to 2.5 and 3.1.

The order within a day is the book's; preprocessing comes before tensors, since a table is what people start from.
A step is followed by its name in the address, `step`, which sets its screen as the step needs it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from core.language import N_, _
from dashboard.visit import navigation, settings, state
from dashboard.visit.navigation import Screen

LINK = "step"  # the query parameter with the name of a step
_LAST = "_step"  # the step that the last run found in the address


@dataclass(frozen=True)
class Step:
    """One step: its name in links, its day, the book's chapter, the path of its screen, and what one does there.

    `settings` are knobs and texts that the screen needs for it, its view first. The text waits for `_`.
    """

    name: str
    day: int
    chapter: str
    path: str
    does: str
    settings: Mapping[str, Any] = field(default_factory=dict)


DAYS = {
    1: (N_("Day 1: environment, preprocessing and paths"), N_("Chapters 1 and 2.2 of the book")),
    2: (N_("Day 2: tensors and linear algebra"), N_("Chapters 2.1 and 2.3 of the book")),
    3: (N_("Day 3: calculus and autograd"), N_("Chapters 2.4 and 2.5 of the book")),
    4: (N_("Day 4: linear regression"), N_("Chapter 3.1 of the book")),
}  # the title of each, and what it follows

_ONE_TO_NINE = {"reductions_a": "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]"}
_X = {"autograd_lessons_x": "[0, 1, 2, 3]"}
_SYNTHETIC = {
    "train_source": "synthetic", "train_rows": 1000, "noise": 0.01, "train_weight_1": 2.0, "train_weight_2": -3.4,
    "train_bias": 4.2,
}  # fmt: skip

# fmt: off
STEPS = (
    Step("environment", 1, "1", "environment",
         N_("Check Python, PyTorch and the device, and run a self-test: a tensor, a gradient and a training run.")),
    Step("glossary", 1, "1", "glossary",
         N_("Look up data, sample, feature and label, and any other term; each leads to its screen.")),
    Step("data", 1, "2.2", "data",
         N_("Choose a table: its rows are samples, the column to predict is the label, the others are features.")),
    Step("house", 1, "2.2", "then-and-now",
         N_("Write the book's table of houses to a file, read it, fill what is missing, encode the category, and get "
            "tensors."),
         {"then_and_now_view": "file"}),
    Step("paths", 1, "2.2", "paths",
         N_("Join a folder and a file, and see where a relative path leads.")),
    Step("gaps", 1, "2.2", "gaps",
         N_("See what a fill does to the mean and the spread of a column; mask known cells to see how far off it is.")),
    Step("prepare", 1, "2.2", "prepare",
         N_("Fill, encode and scale your own table, column by column, and take the tensors X and y.")),
    Step("leakage", 1, "2.2", "leakage",
         N_("Learn the fills from all rows instead of the training rows, and see what that does to the test error.")),
    Step("trace", 1, "2.2", "trace",
         N_("Click an entry of X, and follow it back to its cell in the file.")),
    Step("recipe", 1, "2.2", "recipe",
         N_("Keep the plan as data, and apply it to a second file.")),

    Step("axes", 2, "2.1", "tensors",
         N_("Make `arange(12)`, reshape it to (3, 4), and read its shape, its axes and its number of entries."),
         {"tensors_view": "axes", "tensors_axes_a": "arange(12).reshape(3, 4)"}),
    Step("joining", 2, "2.1", "tensors",
         N_("Concatenate X and Y along axis 0 and along axis 1, and stack them along a new axis."),
         {"tensors_view": "joining"}),
    Step("broadcasting", 2, "2.1", "tensors",
         N_("Add shapes (3, 1) and (1, 2), and see which entries are virtual copies."),
         {"tensors_view": "broadcasting", "tensors_broadcast_part": "pair", "tensors_broadcast_by": "add",
          "tensors_broadcast_a": "[[0], [1], [2]]", "tensors_broadcast_b": "[[0, 1]]"}),
    Step("loss-bug", 2, "2.1", "tensors",
         N_("Subtract (n,) from (n, 1), and watch a loss go wrong without an error."),
         {"tensors_view": "broadcasting", "tensors_broadcast_part": "bug"}),
    Step("slicing", 2, "2.1", "tensors",
         N_("Read and write rows, columns and blocks by their indices."),
         {"tensors_view": "slicing"}),
    Step("memory", 2, "2.1", "tensors",
         N_("Compare `Y = Y + X` with `Y[:] = Y + X` and `Y += X`: which of them makes a new tensor?"),
         {"tensors_view": "memory", "tensors_memory_about": "update"}),
    Step("conversions", 2, "2.1", "tensors",
         N_("Turn a tensor into a numpy array and back, and a tensor of one entry into a number."),
         {"tensors_view": "conversions"}),
    Step("types", 2, "2.1", "tensors",
         N_("Mix whole numbers and floats, and see which type comes out."),
         {"tensors_view": "dtypes"}),
    Step("transpose", 2, "2.3", "products",
         N_("Swap rows and columns, and find out when a matrix is symmetric."),
         {"products_view": "transpose"}),
    Step("clone", 2, "2.3", "products",
         N_("Copy a matrix with `clone`, change the original, and see what the copy keeps."),
         {"products_view": "clone"}),
    Step("hadamard", 2, "2.3", "products",
         N_("Multiply two matrices entry by entry."),
         {"products_view": "hadamard"}),
    Step("scalar", 2, "2.3", "products",
         N_("Add a number to a tensor, and multiply the tensor by it: the shape stays."),
         {"products_view": "scalar"}),
    Step("sum", 2, "2.3", "reductions",
         N_("Sum the matrix of 1 to 9 along axis 0: the rows collapse, and [12, 15, 18] is left."),
         {"reductions_view": "collapse", "reductions_how": "sum", "reductions_axis": "0", **_ONE_TO_NINE}),
    Step("mean", 2, "2.3", "reductions",
         N_("Take the mean over all axes, of floats: the sum, 45, divided by the number of entries, 9."),
         {"reductions_view": "collapse", "reductions_how": "mean", "reductions_axis": "all",
          "reductions_a": "[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]"}),
    Step("keepdims", 2, "2.3", "reductions",
         N_("Divide every row by its sum: why that needs `keepdims=True`."),
         {"reductions_view": "shares", **_ONE_TO_NINE}),
    Step("cumsum", 2, "2.3", "reductions",
         N_("Sum along an axis without collapsing it."),
         {"reductions_view": "running", "reductions_running_axis": "0", **_ONE_TO_NINE}),
    Step("dot", 2, "2.3", "products",
         N_("Take the dot product of [0, 1, 2, 3] and four ones: 6, the sum of the products."),
         {"products_view": "dot", "products_x": "[0, 1, 2, 3]", "products_y": "[1, 1, 1, 1]"}),
    Step("matrix-vector", 2, "2.3", "products",
         N_("Multiply a matrix by a vector: one dot product for each row."),
         {"products_view": "matrix_vector", "products_matrix": "arange(20).reshape(5, 4)",
          "products_vector": "[0, 1, 2, 3]"}),
    Step("matrix-matrix", 2, "2.3", "products",
         N_("Multiply two matrices, and point at an entry to see its row and its column."),
         {"products_view": "matrix_matrix"}),
    Step("norms", 2, "2.3", "norms",
         N_("Compute the norms of [3, −4] term by term: 5 for p = 2, 7 for p = 1."),
         {"norms_view": "vector", "norms_x": "3 -4", "norms_p": 2.0}),
    Step("properties", 2, "2.3", "norms",
         N_("Try the three properties of a norm on vectors of your own."),
         {"norms_view": "properties"}),
    Step("unit-ball", 2, "2.3", "norms",
         N_("Slide p, and watch the vectors of length 1 change from a diamond to a circle to a square."),
         {"norms_view": "ball"}),
    Step("matrix-norms", 2, "2.3", "norms",
         N_("Compute the Frobenius norm of a (4, 9) matrix of ones: 6, the root of a sum of 36 ones."),
         {"norms_view": "matrix", "norms_matrix": "ones(4, 9)"}),
    Step("distances", 2, "2.3", "norms",
         N_("Find the rows of your table that are nearest to a row, with and without standardised features."),
         {"norms_view": "distances"}),

    Step("limit", 3, "2.4", "calculus",
         N_("Let h go to 0 in the difference quotient of 3x² − 4x at x = 1: it goes to 2."),
         {"calculus_view": "limit", "calculus_f": "3*x**2 - 4*x", "calculus_x": "1"}),
    Step("step-size", 3, "2.4", "calculus",
         N_("Find the h below which rounding makes the quotient worse again."),
         {"calculus_view": "valley", "calculus_f": "3*x**2 - 4*x", "calculus_x": "1"}),
    Step("tangent", 3, "2.4", "calculus",
         N_("Turn a secant into the tangent, 2x − 3."),
         {"calculus_view": "tangent", "calculus_f": "3*x**2 - 4*x", "calculus_x": "1"}),
    Step("differential", 3, "2.4", "calculus",
         N_("Replace f(x + h) by f(x) + f'(x)·h, and see the error that this makes."),
         {"calculus_view": "differential"}),
    Step("plot", 3, "2.4", "calculus",
         N_("Plot a function and its tangent as the book does, with format strings of your own."),
         {"calculus_view": "plot"}),
    Step("rules", 3, "2.4", "calculus",
         N_("Differentiate an expression by the rules, one step at a time."),
         {"calculus_view": "rules"}),
    Step("partial-derivatives", 3, "2.4", "calculus",
         N_("Hold one variable still and differentiate by the other; both together are the gradient."),
         {"calculus_view": "two_variables"}),
    Step("layouts", 3, "2.4", "calculus",
         N_("Read the shape of a derivative by a vector, in the row and in the column layout."),
         {"calculus_view": "layouts"}),
    Step("identities", 3, "2.4", "calculus",
         N_("Check the identities of matrix derivatives on numbers of your own."),
         {"calculus_view": "identities"}),
    Step("graph", 3, "2.5", "autograd",
         N_("Play y = 2·dot(x, x) forward and backward: the gradient is 4x."),
         {"autograd_view": "graph", "autograd_text": "2*dot(x, x)", "autograd_inputs": "x = [0, 1, 2, 3]"}),
    Step("backward", 3, "2.5", "autograd",
         N_("Run `backward`, and read 4x = [0, 4, 8, 12] in `x.grad`."),
         {"autograd_view": "lessons", "autograd_lesson": "dot", **_X}),
    Step("accumulate", 3, "2.5", "autograd",
         N_("Call `backward` again without zeroing: the gradients add up."),
         {"autograd_view": "lessons", "autograd_lesson": "accumulate", **_X}),
    Step("vector-output", 3, "2.5", "autograd",
         N_("Differentiate a y of several entries: sum it first, or weight it."),
         {"autograd_view": "lessons", "autograd_lesson": "vector", **_X}),
    Step("detach", 3, "2.5", "autograd",
         N_("Treat u = x * x as a constant: the gradient of u * x is u."),
         {"autograd_view": "lessons", "autograd_lesson": "detach", **_X}),
    Step("control-flow", 3, "2.5", "autograd",
         N_("Differentiate a function with a loop and a branch: f(a) is linear in a, piece by piece."),
         {"autograd_view": "lessons", "autograd_lesson": "flow"}),
    Step("modes", 3, "2.5", "autograd",
         N_("Count the work of forward and reverse mode, and see which suits one loss of many parameters."),
         {"autograd_view": "modes"}),

    Step("by-hand", 4, "3.1", "train",
         N_("Fit a line by hand: move w and b, and watch the squared errors and the loss."),
         {"train_view": "hand"}),
    Step("synthetic", 4, "3.1", "train",
         N_("Train on synthetic data with w = [2, −3.4] and b = 4.2, and see SGD find them again."),
         {"train_view": "watch", "train_closer": "formulas", **_SYNTHETIC, "learning_rate": 0.03, "batch_size": 10,
          "epochs": 3}),
    Step("nudge", 4, "3.1", "train",
         N_("Nudge a parameter of the model, and compare what the loss does with the gradient."),
         {"train_view": "watch", "train_closer": "nudge"}),
    Step("closed-form", 4, "3.1", "compare",
         N_("Set the derivative of the loss to zero, and solve for the weights."),
         {"compare_view": "closed_form", **_SYNTHETIC}),
    Step("comparison", 4, "3.1", "compare",
         N_("Solve the same rows in closed form, and compare both with the true w and b."),
         {"compare_view": "coefficients", **_SYNTHETIC}),
    Step("rate", 4, "3.1", "train",
         N_("Raise the learning rate across its limit, and see the run diverge where it was predicted to."),
         {"train_view": "watch", "train_closer": "rate"}),
    Step("likelihood", 4, "3.1", "compare",
         N_("See why the loss is squared: with normal noise, least squares is maximum likelihood."),
         {"compare_view": "diagnostics", "compare_diagnostic": "noise"}),
    Step("own-table", 4, "3.1", "train",
         N_("Train on your own table, and scrub through the updates."),
         {"train_view": "watch", "train_closer": "parameters", "train_source": "table", "epochs": 20}),
    Step("rank", 4, "3.1", "compare",
         N_("Break the closed form with linearly dependent columns, and see what helps."),
         {"compare_view": "rank"}),
    Step("prediction", 4, "3.1", "compare",
         N_("Predict a row of your own with both models."),
         {"compare_view": "what_if"}),
    Step("noise-floor", 4, "3.1", "experiments",
         N_("Repeat the run with other seeds, and see how much of its end is luck."),
         {"experiments_view": "noise_floor"}),
    Step("take-home", 4, "3.1", "take-home",
         N_("Take the run home: a script that prints the same numbers, the model, a report, a session.")),
)
# fmt: on


def screen_of(step: Step) -> Screen:
    """Return the screen of a step that is there."""
    screen = navigation.find(step.path)
    assert screen is not None, step.path
    return screen


def title(step: Step) -> str:
    """Return the name of a step: its screen, and its view where the screen has several."""
    chosen = [key for key in step.settings if key in VIEWS]
    told = [key for key in chosen if key == chosen[-1] or step.settings[key] != settings.KNOBS[key].default]
    views = [_(settings.KNOBS[key].names[step.settings[key]]) for key in told]
    return " · ".join([_(screen_of(step).title), *views])


VIEWS = {
    *(f"{screen}_view" for screen in ("tensors", "products", "reductions", "norms", "calculus", "autograd")),
    *("then_and_now_view", "train_view", "compare_view", "experiments_view"),
    *("tensors_broadcast_part", "reductions_how", "autograd_lesson", "train_closer", "compare_diagnostic"),
}  # the knobs that tell one view of a screen from another


def query(step: Step) -> dict[str, str]:
    """Return the query parameters of the link to a step: its name, and what differs from the defaults."""
    return {LINK: step.name} | {
        key: settings.KNOBS[key].to_query(wanted) if key in settings.KNOBS else str(wanted)
        for key, wanted in step.settings.items()
        if wanted != (settings.KNOBS[key].default if key in settings.KNOBS else settings.TEXTS[key])
    }


def follow() -> None:
    """Set what the step in the address needs, once, when its link was followed; the address itself comes first."""
    step = _named(st.query_params.get(LINK))
    if step is not None and state.get(_LAST) != step.name:
        settings.follow_link(step.settings, st.query_params)
        # A link to the page that is open does not reach the browser's address by itself.
        st.query_params[LINK] = step.name
    state.put(_LAST, step.name if step else "")


def leave() -> bool:
    """Return whether the visitor has left the step in the address: something that it needs is set otherwise by now."""
    if LINK not in st.query_params:
        return False
    step = _named(st.query_params[LINK])
    if step is not None and all(_current(key) == wanted for key, wanted in step.settings.items()):
        return False
    state.put(_LAST, "")  # so that its link, followed again, sets it again
    return True


def step_at(path: str) -> Step | None:
    """Return the step at which a visitor to this screen is: the one in the address, else the one that fits best."""
    named = _named(st.query_params.get(LINK))
    if named is not None and named.path == path:
        return named
    return max((step for step in STEPS if step.path == path), key=_fit, default=None)


def _fit(step: Step) -> int:
    """Return how well the knobs of a screen are set for a step: those that are, less those that are not."""
    return sum(1 if _current(key) == wanted else -1 for key, wanted in step.settings.items() if key in VIEWS)


def _current(key: str) -> Any:
    return settings.value(key) if key in settings.KNOBS else settings.text(key)


def _named(name: str | None) -> Step | None:
    return next((step for step in STEPS if step.name == name), None) if name else None
