"""What happens when test rows help to prepare the training rows: the leak, measured on a person's own table."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing.insight.averages import Average
from core.preprocessing.insight.leak_errors import Verdict, average_difference, judge, measure_errors
from core.preprocessing.insight.leak_sentences import describe_effect, explain_effect
from core.preprocessing.insight.learnt import LearntValue, compare_learnt
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.rows import take_rows, usable_rows
from core.preprocessing.recipes.splitting import split_rows

SPLITS = 20
MOST_CELLS = 100_000  # of X in each split: forty solutions then take less than a second
FEWEST_ROWS = 200  # however wide the table is
MOST_MODELLED_ROWS = 400  # where a model fills the gaps, which has to be fitted anew in each split


@dataclass(frozen=True, eq=False)
class Leakage:
    """One recipe, fitted on the training rows (honest) and on all rows (leaky).

    `learnt` sets side by side what both learnt from the table split as asked. `errors` has one row per split, the one
    asked for first: seed, and the RMSE on training and test rows, in the unit of the label, of the closed form trained
    on the training rows under each preparation; it is empty if no rows are held out. `average` is that of the test
    error's difference, leaky less honest: below 0 the leak flatters. `sentence` says what came out, `reasons` why.
    `rows` counts the rows that the errors come from, a sample if the table is large; `notes` say so, and how many
    splits could not be measured.
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

    The errors are those of the `splits` splits with the seeds `seed`, `seed + 1`, ..., for a single one says little.
    Raises InputError for what `split_rows` and `Recipe.fit` refuse.
    """
    train, test = split_rows(frame, recipe, test_share, seed)
    usable = take_rows(frame, usable_rows(frame, recipe))
    training = usable.loc[train]
    everything = recipe.fit(usable)
    learnt = compare_learnt(recipe.fit(training), everything, training, usable)
    sample = _sample(usable, recipe, len(everything.feature_names))
    seeds = range(seed, seed + splits) if len(test) else range(0)
    errors = measure_errors(sample, recipe, test_share, seeds)
    average = average_difference(errors, len(train), len(test))
    verdict = judge(errors, average, sample[recipe.target]) if len(test) else "nothing_held_out"
    return Leakage(
        learnt=learnt,
        errors=errors,
        average=average,
        verdict=verdict,
        sentence=describe_effect(verdict, average, recipe.target),
        reasons=explain_effect(verdict, learnt),
        notes=(*_sample_notes(len(sample), len(usable)), *_failure_notes(len(seeds) - len(errors))),
        training_rows=len(train),
        test_rows=len(test),
        rows=len(sample),
    )


def _sample(usable: pd.DataFrame, recipe: Recipe, features: int) -> pd.DataFrame:
    """Return as many rows as twenty splits can be made of while a person waits, drawn with seed 0, in their order."""
    modelled = any(plan.fill in ("nearest", "iterative") for plan in recipe.columns)
    most = MOST_MODELLED_ROWS if modelled else max(MOST_CELLS // features, FEWEST_ROWS)
    if len(usable) <= most:
        return usable
    drawn = np.random.default_rng(0).choice(len(usable), most, replace=False)
    return usable.iloc[np.sort(drawn)]


def _sample_notes(drawn: int, rows: int) -> list[str]:
    if drawn == rows:
        return []
    return [
        _(
            "The errors come from {drawn} rows drawn at random out of {rows}, to be quick; with more rows what is "
            "learnt differs less, and so do the errors."
        ).format(drawn=format_count(drawn), rows=format_count(rows))
    ]


def _failure_notes(failures: int) -> list[str]:
    if not failures:
        return []
    return [
        ngettext(
            "{count} split could not be measured: its training rows cannot be prepared, or its error leaves float64.",
            "{count} splits could not be measured: their training rows cannot be prepared, or their errors leave "
            "float64.",
            failures,
        ).format(count=failures)
    ]
