"""The miniature of recommendation: a matrix factorised on the ratings seen, the full table, and what is knowable."""

from collections.abc import Sequence

import numpy as np

from core.errors import InputError
from core.formatting import format_count, format_general, format_list, format_number
from core.language import _, ngettext
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.recommendation.code import code_of
from core.problems.recommendation.factorisation import rmse
from core.problems.recommendation.panels import draw_panels, known_cells
from core.problems.recommendation.run import Recommendation, run_recommendation
from core.problems.recommendation.sentences import frame_sentences, knowable_sentence, oracle_sentence, run_sentence

MOST_RANK = 4
LEARNERS = ("als", "sgd")
MOST_NOISE, MOST_PENALTY, MOST_RATE = 2.0, 10.0, 1.0
LEAST_SHARE = 0.1
EQUAL = 0.01  # two errors that differ by less than this share of the larger are as large


def miniature(
    *,
    seed: int = 0,
    ratings: Sequence[Sequence[float | None]] | None = None,
    people: Sequence[str] = (),
    things: Sequence[str] = (),
    scaled: bool = False,
    editable: bool = True,
    true_rank: int = 2,
    noise: float = 0.2,
    share: float = 0.6,
    rank: int = 2,
    learner: str = "als",
    penalty: float = 0.1,
    rate: float = 0.05,
) -> Miniature:
    """Factorise ratings on the cells seen, by alternating least squares ("als") or "sgd".

    Without `ratings` they are made: 12 people and 8 films, of rank `true_rank`, with noise, a share of them seen. Given
    `ratings` (n, m) have None where there is none, with names of the rows and columns; a fifth of them is hidden as a
    test. `scaled` divides each column by its root mean square, for things that are not rated on one scale. `editable`
    is whether a click on a rating changes it. `rate` is that of SGD.
    Raises InputError for a table without a gap or with fewer than two ratings, and for settings out of their bounds.
    """
    _check(true_rank=true_rank, noise=noise, share=share, rank=rank, learner=learner, penalty=penalty, rate=rate)
    run = run_recommendation(seed=seed, ratings=ratings, people=people, things=things, scaled=scaled, rank=rank,
                             true_rank=true_rank, noise=noise, share=share, learner=learner, penalty=penalty,
                             rate=rate)  # fmt: skip
    made: dict[str, float] | None = (
        {"true_rank": true_rank, "noise": noise, "share": share} if ratings is None else None
    )
    rows, columns = run.ratings.values.shape
    question = ngettext(
        "How would {rows} person rate each of {columns} things that have no rating of theirs yet?",
        "How would {rows} people rate each of {columns} things that have no rating of theirs yet?",
        rows,
    )
    return Miniature(
        question=question.format(rows=format_count(rows), columns=format_count(columns)),
        frames=frame_sentences(run, learner),
        panels=draw_panels(run, editable=editable),
        guess=_guess(run),
        figures=_figures(run),
        sentence=run_sentence(run),
        oracle=oracle_sentence(run),
        code=code_of(run, seed=seed, made=made, learner=learner, penalty=penalty, rate=rate),
    )


def _check(*, learner: str, **numbers: float) -> None:
    if learner not in LEARNERS:
        template = _("The learner is one of {names}, but got {learner}; choose one of these.")
        raise InputError(template.format(names=format_list(LEARNERS), learner=learner))
    bounds = {
        "true_rank": (_("The rank of the ratings"), 1, MOST_RANK),
        "rank": (_("The rank of the factorisation"), 1, MOST_RANK),
        "noise": (_("The noise"), 0, MOST_NOISE),
        "share": (_("The share of ratings seen"), LEAST_SHARE, 1),
        "penalty": (_("The penalty"), 0, MOST_PENALTY),
        "rate": (_("The learning rate"), 0, MOST_RATE),
    }
    for key, (name, low, high) in bounds.items():
        if not low <= numbers[key] <= high:
            template = _("{name} has to be between {low} and {high}, but got {value}.")
            raise InputError(template.format(name=name, low=format_general(low), high=format_general(high),
                                             value=format_general(numbers[key])))  # fmt: skip


def _guess(run: Recommendation) -> Guess:
    """Return the question on the hidden ratings; where there are none, on what is determined, or on the SVD."""
    if run.ratings.test.any():
        question = _(
            "On the hidden ratings, which has the smaller RMSE: the factorisation, or the mean of each column?"
        )
        options = (_("The factorisation"), _("The column means"), _("Both are within 1%"))
        if run.result.diverged is not None:
            why = _("SGD diverged in epoch {epoch}; the RMSE of the column means is {means}.")
            why = why.format(epoch=run.result.diverged, means=format_number(run.means_error, 3))
            return Guess(question, options, 1, why)
        why = _("The factorisation has an RMSE of {first} there, and the column means have {second}.")
        return _guess_errors(question, options, run.test_errors[-1], run.means_error, why)
    unseen, known = int((~run.ratings.train).sum()), known_cells(run)
    if unseen or run.best_error is None:
        answer = 0 if known == unseen else 1 if known else 2
        question = ngettext(
            "If the ratings have exactly rank {rank}: is the {unseen} cell not seen determined?",
            "If the ratings have exactly rank {rank}: how many of the {unseen} cells not seen are determined?",
            unseen,
        )
        question = question.format(rank=run.possible_rank, unseen=format_count(unseen))
        return Guess(question, (_("All"), _("Some"), _("None")), answer, knowable_sentence(run))
    question = _(
        "Every rating is seen. Which has the smaller RMSE: the factorisation, or the SVD cut to the same rank?"
    )
    options = (_("The factorisation"), _("The SVD"), _("Both are within 1%"))
    why = _("The factorisation has an RMSE of {first}, and the SVD has {second}, the least of this rank.")
    if run.result.diverged is not None:
        why = _("SGD diverged in epoch {epoch}; the SVD has an RMSE of {second}.")
        return Guess(
            question, options, 1, why.format(epoch=run.result.diverged, second=format_number(run.best_error, 3))
        )
    return _guess_errors(question, options, run.train_errors[-1], run.best_error, why)


def _guess_errors(question: str, options: tuple[str, str, str], first: float, second: float, why: str) -> Guess:
    close = abs(first - second) <= max(EQUAL * max(first, second), 1e-9)
    answer = 2 if close else 0 if first < second else 1
    return Guess(question, options, answer, why.format(first=format_number(first, 3), second=format_number(second, 3)))


def _figures(run: Recommendation) -> list[Figure]:
    values, test, filled = run.ratings.values, run.ratings.test, run.filled[-1]
    figures = [Figure(_("RMSE on the ratings seen"), format_number(run.train_errors[-1], 3))]
    if test.any():
        noise = "" if run.noise_error is None else format_number(run.noise_error, 3)
        figures += [
            Figure(
                _("RMSE on the hidden ratings; exact: the noise alone"), format_number(run.test_errors[-1], 3), noise
            ),
            Figure(_("RMSE on the hidden ratings by column means"), format_number(run.means_error, 3), noise),
        ]  # fmt: skip
        for name, cells in (
            (_("RMSE on the hidden ratings that are determined"), test & run.determined),
            (_("RMSE on the hidden ratings that are not determined"), test & ~run.determined),
        ):
            if cells.any():
                exact = "" if run.ratings.truth is None else format_number(rmse(run.ratings.truth, values, cells), 3)
                figures.append(Figure(name, format_number(rmse(filled, values, cells), 3), exact))
    if run.best_error is not None:
        figures.append(Figure(_("RMSE over all ratings (exact: the SVD of the full table)"),
                              format_number(rmse(filled, values, np.ones_like(test)), 3),
                              format_number(run.best_error, 3)))  # fmt: skip
    unseen = int((~run.ratings.train).sum())
    figures.append(Figure(_("Cells predicted (exact: those determined at rank {rank})").format(rank=run.possible_rank),
                          format_count(unseen), format_count(known_cells(run))))  # fmt: skip
    return figures
