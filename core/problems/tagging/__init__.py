"""Tagging: labels that do not exclude one another, by one sigmoid each; whole sets against single tags."""

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_count, format_list, format_number, format_percent
from core.language import _, ngettext
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.tagging.code import tagging_code
from core.problems.tagging.metrics import best_for_sets, best_for_tags, every_tag_threshold, tag_scores
from core.problems.tagging.panels import tagging_panels
from core.problems.tagging.rows import TagRows, article_rows, check_tags
from core.problems.tagging.run import TaggingRun, run_tagging

Array = npt.NDArray[np.float64]
LEAST_THRESHOLD, MOST_THRESHOLD = 0.05, 0.95
MOST_EPOCHS = 60
FASTEST = 3.0  # the highest learning rate
SMALLEST_BATCH = 4


def miniature(
    *,
    rows: TagRows | None = None,
    articles: int = 300,
    threshold: float = 0.5,
    rate: float = 0.5,
    batch: int = 16,
    epochs: int = 30,
    seed: int = 0,
) -> Miniature:
    """Return tagging by one sigmoid for each tag, trained by SGD on half of the rows and scored on the others.

    Without rows, so many articles are made from the seed, of which the true probabilities are known. Raises InputError
    for fewer than two tags, too few rows and settings out of range.
    """
    if not LEAST_THRESHOLD <= threshold <= MOST_THRESHOLD or not 0 < rate <= FASTEST:
        raise InputError(
            _("A threshold from {low} to {high} and a learning rate above 0 and up to {fastest} are needed; got "
              "{threshold} and {rate}.").format(
                low=format_number(LEAST_THRESHOLD), high=format_number(MOST_THRESHOLD), fastest=format_number(FASTEST),
                threshold=format_number(threshold), rate=format_number(rate))
        )  # fmt: skip
    if batch < SMALLEST_BATCH or not 1 <= epochs <= MOST_EPOCHS or seed < 0:
        raise InputError(
            _("Batches of {batch} rows or more, 1 to {most} epochs and a seed of 0 or more are needed; got {got}.")
            .format(batch=SMALLEST_BATCH, most=MOST_EPOCHS, got=format_list([batch, epochs, seed], _("and")))
        )  # fmt: skip
    used = article_rows(articles, seed) if rows is None else rows
    check_tags(used)
    run = run_tagging(used, threshold, rate, batch, epochs, seed)
    return Miniature(
        question=_("Which of these tags does a row have: {tags}? A row may have several, or none. Half of {rows} rows "
                   "are learned from.").format(tags=format_list(used.tags), rows=format_count(len(used.X))),
        frames=_frames(run),
        panels=tagging_panels(run),
        guess=_guess(run),
        figures=_figures(run),
        sentence=_sentence(run),
        oracle=_oracle(run),
        code=tagging_code(run, rate, batch, epochs, seed),
    )  # fmt: skip


def _frames(run: TaggingRun) -> list[str]:
    first = _("Before the first update each tag has the probability {half}, so the loss is {loss}.").format(
        half=format_percent(0.5), loss=format_number(float(run.path.losses[0]), 4)
    )
    right = run.given == run.Y
    return [first] + [
        ngettext(
            "After {updates} update the loss is {loss}; on rows held out {sets} of whole sets and {tags} of single "
            "tags are right.",
            "After {updates} updates the loss is {loss}; on rows held out {sets} of whole sets and {tags} of single "
            "tags are right.",
            int(update),
        ).format(
            updates=format_count(int(update)), loss=format_number(float(loss), 4),
            sets=format_percent(float(each.all(axis=1).mean())), tags=format_percent(float(each.mean())))
        for update, loss, each in zip(run.path.updates[1:], run.path.losses[1:], right[1:], strict=True)
    ]  # fmt: skip


def _guess(run: TaggingRun) -> Guess:
    every = every_tag_threshold(run.shares[-1], run.Y)
    sets, tags = every.best
    return Guess(
        _("Compared with the threshold that gets the most single tags right, where is the one for whole sets?"),
        (_("A lower one"), _("The same"), _("A higher one")),
        1 if sets == tags else (0 if sets < tags else 2),
        _("Most whole sets, {right} of {rows}, are right at {sets}; most single tags, {count} of {all}, at {tags}.")
        .format(right=format_count(int(every.right_sets.max())), rows=format_count(len(run.Y)),
                sets=format_number(sets, 3), count=format_count(int(every.right_tags.max())),
                all=format_count(run.Y.size), tags=format_number(tags, 3)),
    )  # fmt: skip


def _figures(run: TaggingRun) -> list[Figure]:
    scores, loss = tag_scores(run.Y, run.given[-1]), format_number(run.best.loss, 6)
    exact_loss = loss if run.best.exists.all() else _("none exists; the limit is {loss}").format(loss=loss)
    figures = [
        Figure(_("Loss, summed over the tags (nats)"), format_number(float(run.path.losses[-1]), 6), exact_loss),
        Figure(_("Subset accuracy: whole sets right"), format_percent(scores.subset_accuracy, 1)),
        Figure(_("Hamming loss: single tags wrong"), format_percent(scores.hamming_loss, 1)),
        Figure(_("Micro F1"), format_number(scores.micro_f1, 4)),
        Figure(_("Macro F1"), format_number(scores.macro_f1, 4)),
        Figure(
            _("Whole sets right by a chain of tags"),
            format_percent(float((run.chained == run.Y).all(axis=1).mean()), 1),
        ),
        Figure(
            _("Whole sets right by one softmax"), format_percent(float((run.single == run.Y).all(axis=1).mean()), 1)
        ),
    ]
    return figures if run.rows.joint is None else [*figures, *_true_figures(run, run.rows.joint[run.held])]


def _true_figures(run: TaggingRun, joint: Array) -> list[Figure]:
    """Return what the true probabilities expect of the given tags, and of the best ones, which none can exceed."""
    given, tags = run.given[-1], run.Y.shape[1]
    sets = [expected_scores(joint, each)[0] for each in (given, best_for_sets(joint, tags))]
    wrong = [expected_scores(joint, each)[1] for each in (given, best_for_tags(joint, tags))]
    return [
        Figure(_("Subset accuracy that the true probabilities expect"), *(format_percent(each, 1) for each in sets)),
        Figure(_("Hamming loss that the true probabilities expect"), *(format_percent(each, 1) for each in wrong)),
    ]


def expected_scores(joint: Array, given: Array) -> tuple[float, float]:
    """Return the subset accuracy and the Hamming loss that probabilities of sets (n, 2^L) expect of tags (n, L)."""
    tags = given.shape[1]
    place = (given @ 2.0 ** np.arange(tags - 1, -1, -1)).astype(np.int64)
    sets = np.array([[(number >> shift) & 1 for shift in range(tags - 1, -1, -1)] for number in range(2**tags)])
    shares = joint @ sets
    wrong = np.where(given == 1, 1 - shares, shares)
    return float(joint[np.arange(len(given)), place].mean()), float(wrong.mean())


def _sentence(run: TaggingRun) -> str:
    right = run.given[-1] == run.Y
    several = int((run.Y.sum(axis=1) != 1).sum())
    return _("At the threshold {threshold}, {sets} of {rows} whole sets and {tags} of {all} single tags are right. Of "
             "the whole sets a chain of tags, in which each depends on those before, gets {chain} right. One softmax "
             "gives every row exactly one tag and gets {one} right; rows with none or several: {several}.").format(
        threshold=format_number(run.threshold, 3), sets=format_count(int(right.all(axis=1).sum())),
        rows=format_count(len(run.Y)), tags=format_count(int(right.sum())), all=format_count(right.size),
        chain=format_count(int((run.chained == run.Y).all(axis=1).sum())),
        one=format_count(int((run.single == run.Y).all(axis=1).sum())), several=format_count(several))  # fmt: skip


def _oracle(run: TaggingRun) -> str:
    missing = [tag for tag, exists in zip(run.rows.tags, run.best.exists, strict=True) if not exists]
    everywhere = len(missing) == len(run.rows.tags)
    fits = (
        _("No tag has weights with the largest likelihood, as a linear programme shows; Newton's method finds "
          "the limit of the loss.")
        if everywhere
        else _("For {tags} no weights have the largest likelihood, as a linear programme shows; Newton's method finds "
               "the limit of the loss, and the optimum of all other tags.").format(tags=format_list(missing, _("and")))
        if missing
        else _("Newton's method finds the largest likelihood of each tag; a linear programme shows that it exists.")
    )  # fmt: skip
    if run.rows.joint is None:
        return fits
    return fits + " " + _("Bayes' theorem gives the true probability of each set of tags: its most probable set is "
                          "best for subset accuracy, and each tag above one half for Hamming loss.")  # fmt: skip
