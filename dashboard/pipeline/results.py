"""Results as the tables that charts draw, and the same in words."""

import numpy as np
import pandas as pd

from core.formatting import format_count, format_number
from core.language import _, ngettext
from dashboard.charts.train.parameters import MOST_PARAMETERS
from dashboard.pipeline.training import Problem, Result
from dashboard.visit import state


def kind_names() -> dict[str, str]:
    """Return the names of the kinds of columns on the screen."""
    return {
        "number": _("number"),
        "category": _("category"),
        "yes_no": _("yes/no"),
        "date": _("date"),
        "identifier": _("identifier"),
        "text": _("text"),
        "empty": _("empty"),
    }


def reading_arguments() -> str:
    """Return, as Python, the arguments of `read_table` for the table in use: its name, and how to read it."""
    options = state.choice("reading", {}).items()
    return ", ".join([repr(state.source().name), *(f"{option}={value!r}" for option, value in options)])


def prediction_points(problem: Problem, result: Result) -> pd.DataFrame:
    """Return truth, SGD's prediction and part (training or test rows), one row per row of the problem."""
    parts = [(_("training rows"), problem.X_train, problem.y_train)]
    if problem.X_test is not None and problem.y_test is not None:
        parts.append((_("test rows"), problem.X_test, problem.y_test))
    return pd.concat(
        [
            pd.DataFrame({"truth": y.numpy(), "prediction": result.run.predict(X).numpy(), "part": name})
            for name, X, y in parts
        ],
        ignore_index=True,
    )


def line_points(problem: Problem) -> pd.DataFrame:
    """Return x and y of the training rows of a problem with one feature."""
    return pd.DataFrame({"x": problem.X_train[:, 0].numpy(), "y": problem.y_train.numpy()})


def line_models(result: Result) -> pd.DataFrame:
    """Return weight and bias of both models of one feature."""
    run, fit = result.run, result.fit
    return pd.DataFrame(
        {
            "model": [_("SGD"), _("closed form")],
            "weight": [float(run.weights[0]), float(fit.weights[0])],
            "bias": [run.bias, fit.bias],
        }
    )


def parameters_way(problem: Problem, result: Result) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Return the path of the largest weights, their closed-form values, and how many features are not shown.

    The values are those for standardised features: a weight per standard deviation of its feature in the training rows,
    in the label's unit. The largest are those with the largest closed-form value.
    """
    spread = result.scaling.spread
    target = result.comparison.coefficients["closed_form_standardised"].to_numpy()[:-1]
    largest = np.sort(np.argsort(-np.abs(target), kind="stable")[:MOST_PARAMETERS])
    history = result.run.history
    names = [problem.feature_names[feature] for feature in largest]
    way = pd.concat(
        [
            pd.DataFrame(
                {
                    "step": history["step"],
                    "parameter": problem.feature_names[feature],
                    "value": history[f"w{feature + 1}"] * spread[feature],
                }
            )
            for feature in largest
        ],
        ignore_index=True,
    )
    ends = pd.DataFrame({"parameter": names, "value": target[largest]})
    return way, ends, len(target) - len(largest)


def outcome(result: Result) -> str:
    """Return the result of the run in a sentence or two."""
    run = result.run
    text = ngettext(
        "In {count} update the loss went from {first} to {last}; the closed form's is {floor}.",
        "In {count} updates the loss went from {first} to {last}; the closed form's is {floor}.",
        run.steps,
    ).format(
        count=format_count(run.steps),
        first=format_number(run.history["loss"].iloc[0], 4),
        last=format_number(run.loss, 4),
        floor=format_number(run.closed_form_loss, 4),
    )
    share = result.comparison.relative_gap
    gap = format_number(run.gap, 3)
    if share is None or share > 10:
        return f"{text} " + _("The gap between them is {gap}.").format(gap=gap)
    return f"{text} " + _("The gap between them is {gap}, {share} of the closed form's loss.").format(
        gap=gap, share=f"{format_number(share * 100, 2)}%"
    )
