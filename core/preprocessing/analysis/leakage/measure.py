"""The effect of leakage: how the test error changes if the test rows take part in the preparation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pandas as pd

from core.errors import InputError
from core.formatting import format_count, format_general
from core.language import _, ngettext
from core.preprocessing.analysis.leakage.compare_fits import LearntValue, compare_fits
from core.preprocessing.analysis.leakage.repeated_splits import Average, average_over_splits
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.rows import take_rows, usable_rows
from core.preprocessing.recipes.split import split_rows

if TYPE_CHECKING:
    from core.preprocessing.recipes.fitted import FittedRecipe, Prepared


Verdict: TypeAlias = Literal["nothing_held_out", "not_measured", "same", "flatters", "worsens", "unclear"]

COLUMNS = ("seed", "honest_training", "leaky_training", "honest_test", "leaky_test")
ROUNDING = 1e-9  # of the label's standard deviation: errors that differ by less differ only by rounding


def measure_errors(frame: pd.DataFrame, recipe: Recipe, test_share: float, seeds: Sequence[int]) -> pd.DataFrame:
    """Return one row per split that can be measured: its seed and four RMSEs, in the unit of the label.

    In each, the closed form is trained on the training rows, prepared honestly (fitted on them) and leakily (fitted on
    all rows of `frame`). A split whose training rows cannot be prepared or solved is left out.
    """
    leaky = recipe.fit(frame).transform(frame)
    found = []
    for seed in seeds:
        try:
            train, _test = split_rows(frame, recipe, test_share, seed)
            honest = recipe.fit(frame.loc[train]).transform(frame)
            errors = [*errors_of(honest, train), *errors_of(leaky, train)]
        except InputError:
            continue
        if np.isfinite(errors).all():
            found.append((seed, errors[0], errors[2], errors[1], errors[3]))
    return pd.DataFrame(found, columns=list(COLUMNS))


def average_difference(errors: pd.DataFrame, training_rows: int, test_rows: int) -> Average | None:
    """Return the average difference of the test error, leaky minus honest, or None if no split was measured."""
    difference = errors["leaky_test"] - errors["honest_test"]
    return average_over_splits(difference.tolist(), training_rows, test_rows) if len(errors) else None


def judge(errors: pd.DataFrame, average: Average | None, labels: pd.Series) -> Verdict:
    """Return what the splits show: whether the leak lowers or raises the test error significantly."""
    if average is None:
        return "not_measured"
    with np.errstate(over="ignore", invalid="ignore"):
        rounding = ROUNDING * float(np.nan_to_num(labels.std(ddof=0))) + 1e-14 * float(labels.abs().max())
    if (errors["leaky_test"] - errors["honest_test"]).abs().max() <= rounding:
        return "same"
    if average.high is not None and average.high < 0:
        return "flatters"
    if average.low is not None and average.low > 0:
        return "worsens"
    return "unclear"


def errors_of(prepared: "Prepared", train: pd.Index) -> tuple[float, float]:
    """Return the RMSE on training rows and on test rows of the closed form trained on the training rows."""
    from core.regression import evaluate, solve_closed_form

    learns = prepared.rows.isin(train)
    X, y = prepared.X, prepared.y
    fit = solve_closed_form(X[learns], y[learns])
    training = evaluate(X[learns], y[learns], fit.weights, fit.bias)
    return training.rmse, evaluate(X[~learns], y[~learns], fit.weights, fit.bias).rmse


def describe_effect(verdict: Verdict, average: Average | None, target: str) -> str:
    """Return a sentence on the effect of the leak on the test error over all splits."""
    if verdict == "nothing_held_out":
        return _("No rows are held out, so nothing can leak, but the error on new rows cannot be estimated either.")
    if average is None:
        return _("The test error could not be measured; the learnt values are still shown.")
    if verdict == "same":
        return ngettext(
            "Here it makes no difference: in {splits} split both preparations give the same test error.",
            "Here it makes no difference: in each of {splits} splits both preparations give the same test error.",
            average.splits,
        ).format(splits=average.splits)
    if average.low is None or average.high is None:
        return _(
            "In the one split that could be measured, the leak changes the test RMSE by {mean} in the unit of "
            "“{target}”."
        ).format(mean=_signed(average.mean), target=target)
    template = {
        "flatters": _(
            "The leak makes the test error too optimistic: over {splits} splits it changes the test RMSE by {mean} "
            "in the unit of “{target}” on average, with a 95% interval from {low} to {high}. Expect a larger error "
            "on new rows."
        ),
        "worsens": _(
            "The leak makes the test error larger here: over {splits} splits the test RMSE changes by {mean} in the "
            "unit of “{target}” on average, with a 95% interval from {low} to {high}. The direction of the effect "
            "depends on the table."
        ),
    }.get(
        verdict,
        _(
            "No significant effect: over {splits} splits the leak changes the test RMSE by {mean} in the unit of "
            "“{target}” on average, and the 95% interval from {low} to {high} contains 0."
        ),
    )
    return template.format(
        splits=average.splits,
        mean=_signed(average.mean),
        low=_signed(average.low),
        high=_signed(average.high),
        target=target,
    )


def explain_effect(verdict: Verdict, learnt: Sequence[LearntValue]) -> tuple[str, ...]:
    """Return sentences on what in the table and its recipe explains the effect."""
    if verdict in ("nothing_held_out", "not_measured"):
        return ()
    different = [value for value in learnt if value.differs]
    if not different:
        return (_("Both preparations learnt the same values."),)
    fills = [value for value in different if value.quantity == "fill_value"]
    cells = sum(value.cells for value in fills)
    found = []
    if cells:
        found.append(_filled_reason(fills, cells))
    elif fills:
        found.append(_("The fill values that differ are never used: their columns have no missing values."))
    modelled = sum(value.cells for value in different if value.quantity == "model")
    if modelled:
        found.append(
            ngettext(
                "{cells} missing value is filled by a model that was fitted on the test rows too.",
                "{cells} missing values are filled by a model that was fitted on the test rows too.",
                modelled,
            ).format(cells=format_count(modelled))
        )
    if any(value.quantity in ("centre", "spread") for value in different):
        found.append(
            _("Centring and scaling alone change nothing: the weights of the closed form compensate for them.")
        )
    if any(value.only_all and value.rule == "ordinal" for value in different):
        found.append(_("A category that only test rows have shifts the ordinal codes of the others."))
    if any(value.only_all and value.rule == "one_hot" for value in different):
        found.append(
            _("A category that only test rows have becomes a feature that is 0 in every training row, so its weight "
              "cannot be learnt; the leak only adds the column.")
        )  # fmt: skip
    return tuple(found)


def _filled_reason(fills: Sequence[LearntValue], cells: int) -> str:
    largest = max((abs(value.relative) for value in fills if value.cells and value.relative is not None), default=None)
    if largest is None:
        return ngettext(
            "{cells} missing value is filled with another value.",
            "{cells} missing values are filled with another value.",
            cells,
        ).format(cells=format_count(cells))
    return ngettext(
        "In the chosen split, {cells} missing value is filled with another value, which differs by at most "
        "{largest} standard deviations of its column.",
        "In the chosen split, {cells} missing values are filled with other values, which differ by at most "
        "{largest} standard deviations of their columns.",
        cells,
    ).format(
        cells=format_count(cells), largest=format_general(largest, 2) if largest >= 0.001 else format_general(0.001)
    )


def _signed(value: float) -> str:
    return format_general(value, 3, signed=True).replace("-", "−")


SPLITS = 20
MOST_CELLS = 100_000  # of X in each split: forty solutions then take less than a second
FEWEST_ROWS = 200  # however wide the table is
MOST_MODELLED_ROWS = 400  # where a model fills missing values, which has to be fitted again in each split


@dataclass(frozen=True, eq=False)
class Leakage:
    """One recipe, fitted on the training rows (honest) and on all rows (leaky).

    Attributes:
        learnt: side by side what both learnt from the table split as asked.
        errors: one row per split, the chosen one first: seed, and the RMSE on training and test rows, in the unit of
            the label, of the closed form trained on the training rows under each preparation; empty if no rows are held
            out.
        average: that of the test error's difference, leaky minus honest: below 0 the leaky error is too optimistic.
        verdict: what kind of result it is.
        sentence: the result in words.
        reasons: why.
        notes: whether the rows are a sample, and how many splits could not be measured.
        training_rows: how many rows are trained on.
        test_rows: how many rows are held out.
        rows: how many the errors are measured on, a sample if the table is large.
    """

    learnt: tuple[LearntValue, ...]
    errors: pd.DataFrame
    average: Average | None
    verdict: Verdict
    sentence: str
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    training_rows: int
    test_rows: int
    rows: int


def measure_leakage(
    frame: pd.DataFrame, recipe: Recipe, test_share: float = 0.2, seed: int = 0, splits: int = SPLITS
) -> Leakage:
    """Fit the recipe on the training rows and on all rows, and train the closed form on the training rows after each.

    The errors are those of the `splits` splits with the seeds `seed`, `seed + 1`, ..., since a single one is weak
    evidence; split by time, where no seed matters, that of the only one.
    Raises InputError as `split_rows` and `Recipe.fit` do.
    """
    train, test = split_rows(frame, recipe, test_share, seed)
    usable = take_rows(frame, usable_rows(frame, recipe))
    training = usable.loc[train]
    everything = recipe.fit(usable)
    learnt = compare_fits(recipe.fit(training), everything, training, usable)
    sample = _sample(usable, recipe, len(everything.feature_names))
    different = 1 if recipe.split.by == "time" else splits  # by time every seed splits alike
    seeds = range(seed, seed + different) if len(test) else range(0)
    errors = measure_errors(sample, recipe, test_share, seeds)
    average = average_difference(errors, len(train), len(test))
    verdict = judge(errors, average, _labels(everything, sample)) if len(test) else "nothing_held_out"
    return Leakage(
        learnt=learnt,
        errors=errors,
        average=average,
        verdict=verdict,
        sentence=describe_effect(verdict, average, recipe.label),
        reasons=explain_effect(verdict, learnt),
        notes=(*_sample_notes(len(sample), len(usable)), *_failure_notes(len(seeds) - len(errors))),
        training_rows=len(train),
        test_rows=len(test),
        rows=len(sample),
    )


def _labels(fitted: "FittedRecipe", sample: pd.DataFrame) -> pd.Series:
    """Return the labels of these rows, which are in the units of the errors."""
    target = fitted.recipe.target
    return sample[target] if fitted.target is None else pd.Series(fitted.transform(sample).y.numpy())


def most_rows(recipe: Recipe, features: int) -> int:
    """Return how many rows with this many features allow twenty splits within a short wait."""
    modelled = any(plan.fill in ("nearest", "iterative") for plan in recipe.columns)
    return MOST_MODELLED_ROWS if modelled else max(MOST_CELLS // features, FEWEST_ROWS)


def _sample(usable: pd.DataFrame, recipe: Recipe, features: int) -> pd.DataFrame:
    """Return as many rows as allow twenty splits within a short wait, drawn with seed 0, in their order."""
    most = most_rows(recipe, features)
    if len(usable) <= most:
        return usable
    drawn = np.random.default_rng(0).choice(len(usable), most, replace=False)
    return usable.iloc[np.sort(drawn)]


def _sample_notes(drawn: int, rows: int) -> list[str]:
    if drawn == rows:
        return []
    return [
        _(
            "The errors are measured on {drawn} rows drawn at random from {rows}, for speed; with more rows both "
            "the learnt values and the errors differ less."
        ).format(drawn=format_count(drawn), rows=format_count(rows))
    ]


def _failure_notes(failures: int) -> list[str]:
    if not failures:
        return []
    return [
        ngettext(
            "{count} split could not be measured: its training rows cannot be prepared, or its error overflows "
            "float64.",
            "{count} splits could not be measured: their training rows cannot be prepared, or their errors overflow "
            "float64.",
            failures,
        ).format(count=failures)
    ]
