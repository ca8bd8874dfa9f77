"""What a chart shows, in a sentence with its numbers: the text alternative for screen readers."""

import pandas as pd

from core.formatting import format_count, format_number, format_percent
from core.language import _, ngettext
from core.preprocessing import Missingness
from dashboard.pipeline.training import Problem, Result


def predictions(problem: Problem, result: Result) -> str:
    """Return how well SGD and the closed form predict the training rows, as a sentence."""
    template = _("SGD predicts {label} of the training rows with a loss of {loss}, the closed form with {floor}.")
    floor = format_number(result.run.closed_form_loss, 4)
    return template.format(label=problem.label, loss=format_number(result.run.loss, 4), floor=floor)


def residuals(problem: Problem, result: Result) -> str:
    """Return the range of the residuals of SGD on the training rows, as a sentence."""
    left = problem.y_train - (problem.X_train @ result.run.weights + result.run.bias)
    template = _("The residuals of SGD on the training rows go from {low} to {high} {label}.")
    return template.format(
        low=format_number(float(left.min()), 4), high=format_number(float(left.max()), 4), label=problem.label
    )


def parameters_way(way: pd.DataFrame, ends: pd.DataFrame) -> str:
    """Return which weight ends furthest from the closed form, as a sentence; another if there are no weights."""
    if ends.empty:
        return _("There are no weights.")
    last = way.groupby("parameter", sort=False)["value"].last()
    goal = ends.drop_duplicates("parameter").set_index("parameter")["value"]
    apart = (last - goal).abs()
    name = str(apart.idxmax() if apart.notna().any() else goal.index[0])
    template = _("Of the weights drawn, {name} ends furthest from the closed form: at {value}, not {goal}.")
    return template.format(
        name=name, value=format_number(float(last[name]), 4), goal=format_number(float(goal[name]), 4)
    )


def missing_cells(picture: Missingness) -> str:
    """Return how many cells are missing, and of which column most, as a sentence."""
    most = picture.counts.sort_values("missing", ascending=False, kind="stable").iloc[0]
    template = ngettext(
        "{count} cell is missing, in {column}: {share} of that column.",
        "{count} cells are missing; the column with the most is {column}, where {share} are missing.",
        picture.missing,
    )
    return template.format(
        count=format_count(picture.missing), column=most["column"], share=format_percent(most["share"], 1)
    )


def missing_together(picture: Missingness) -> str:
    """Return which two columns are most often missing together, as a sentence."""
    most = picture.together.sort_values(["share", "both"], ascending=False, kind="stable").iloc[0]
    template = _(
        "Where {column} is missing, {other} is missing in {share} of the rows; no pair goes together more often."
    )
    return template.format(column=most["column"], other=most["other"], share=format_percent(most["share"]))


def paired_errors(errors: pd.DataFrame) -> str:
    """Return the mean test error after both preparations, as a sentence. `errors` has honest_test and leaky_test."""
    template = ngettext(
        "Over {count} split the test error is {honest} on average after the honest preparation, and {leaky} after the "
        "leaky one.",
        "Over {count} splits the test error is {honest} on average after the honest preparation, and {leaky} after the "
        "leaky one.",
        len(errors),
    )
    honest, leaky = (format_number(errors[name].mean(), 4) for name in ("honest_test", "leaky_test"))
    return template.format(count=len(errors), honest=honest, leaky=leaky)
