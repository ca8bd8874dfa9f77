"""A supervised problem as reinforcement: the same policy and the same objective, learned from labels or from rewards.

The reward is minus the loss of the class that was drawn. Both learners have the same optimum, since they minimise the
same expected loss; cross-entropy would have another one in general.
"""

from core.formatting import format_count, format_number, format_percent
from core.language import _
from core.problems.miniature import Figure, Guess, Miniature
from core.problems.rewarded.code import code_of
from core.problems.rewarded.panels import panels, sentences
from core.problems.rewarded.result import WAY, Result, run_both
from core.problems.rewarded.run import RATES
from core.problems.rows import Rows, load_rows

FEW, MANY = 1.5, 4.0  # times as many samples: the edges of the answers


def miniature(
    *, seed: int = 0, rows: Rows | None = None, samples: int = 1000, penalty: float = 0.01, baseline: bool = True
) -> Miniature:
    """Return a learner that is told labels and one that gets rewards, on rows with classes (iris if none are given).

    With `baseline` the running mean of the rewards is subtracted from each. Raises InputError for fewer than two or
    more than twenty classes, and for numbers out of range.
    """
    rows = load_rows("iris") if rows is None else rows
    result = run_both(rows, samples=samples, penalty=penalty, baseline=baseline, seed=seed)
    return Miniature(
        question=_question(result),
        frames=sentences(result),
        panels=panels(result),
        guess=_guess(result),
        figures=_figures(result),
        sentence=_sentence(result),
        oracle=_oracle(),
        code=code_of(
            rows.code, penalty=penalty, samples=samples, runs=result.rows.shape[1], baseline=baseline, seed=seed,
            told=RATES[result.told.best], rewarded=RATES[result.rewarded.best],
        ),
    )  # fmt: skip


def _question(result: Result) -> str:
    text = _("Which of {k} classes has a row, if the only answer is a reward: {right} for the right class, {wrong} "
             "for a wrong one?")  # fmt: skip
    return text.format(k=result.task.k, right=format_number(0.0), wrong=format_number(-1.0))


def _guess(result: Result) -> Guess:
    text = _("How many samples does the learner with rewards need for {way} of the way to the optimum, compared with "
             "the one that is told labels?")  # fmt: skip
    few, many = format_number(FEW), format_number(MANY)
    options = [
        _("At most {few} times as many").format(few=few),
        _("Between {few} and {many} times as many").format(few=few, many=many),
        _("At least {many} times as many").format(many=many),
        _("That cannot be said here"),
    ]
    answer = 3 if result.times is None else 0 if result.times <= FEW else 1 if result.times < MANY else 2
    return Guess(text.format(way=format_percent(WAY)), options, answer, _needed(result))


def _needed(result: Result) -> str:
    """Return after how many samples both have gone most of the way."""
    if not result.teaches:
        return _("Even chances are already the best that was found: there is nothing to learn.")
    told, rewarded = result.needed
    seen = format_count(int(result.told.samples[-1]))
    if result.times is not None:
        text = _("For {way} of the way to the optimum {told} samples are needed where the label is told and "
                 "{rewarded} with a reward alone: {times} times as many.")  # fmt: skip
    elif told == rewarded:
        text = _("Neither learner goes {way} of the way to the optimum in {seen} samples.")
    elif rewarded == float("inf"):
        text = _("For {way} of the way to the optimum {told} samples are needed where the label is told; with a "
                 "reward alone {seen} are not enough.")  # fmt: skip
    else:
        text = _("For {way} of the way to the optimum {rewarded} samples are needed with a reward alone; where the "
                 "label is told {seen} are not enough.")  # fmt: skip
    return text.format(
        way=format_percent(WAY), told=_samples(told), rewarded=_samples(rewarded), seen=seen,
        times=format_number(result.times, 3),
    )  # fmt: skip


def _samples(count: float) -> str:
    return format_number(count) if count == float("inf") else format_count(int(count))


def _sentence(result: Result) -> str:
    found = result.variances
    text = _("After {seen} samples, in the mean of {runs} runs, each at the best of {rates} learning rates, the "
             "objective is {told} where the label is told and {rewarded} with a reward alone; the best that was "
             "found is {best}.")  # fmt: skip
    ends = text.format(
        seen=format_count(int(result.told.samples[-1])),
        runs=result.rows.shape[1],
        rates=len(RATES),
        told=format_number(float(result.told.mean[-1]), 3),
        rewarded=format_number(float(result.rewarded.mean[-1]), 3),
        best=format_number(result.optimum, 3),
    )
    text = _("At the beginning one sample’s gradient has the same mean in both, but the variance {rewarded} with a "
             "reward ({less} with the mean reward subtracted) in place of {told}.")  # fmt: skip
    spread = text.format(
        told=format_number(found.told, 3),
        rewarded=format_number(found.rewarded, 3),
        less=format_number(found.with_baseline, 3),
    )
    return f"{ends} {_needed(result)} {spread}"


def _figures(result: Result) -> list[Figure]:
    best = format_number(result.optimum, 4)
    told, rewarded = result.needed
    way = format_percent(WAY)
    found = result.variances
    return [
        Figure(_("Objective, label told"), format_number(float(result.told.mean[-1]), 4), best),
        Figure(_("Objective, reward alone"), format_number(float(result.rewarded.mean[-1]), 4), best),
        Figure(_("Samples for {way} of the way, label told").format(way=way), _samples(told)),
        Figure(_("Samples for {way} of the way, reward alone").format(way=way), _samples(rewarded)),
        Figure(_("Variance of one gradient at the beginning, label told"), "", format_number(found.told, 4)),
        Figure(_("Variance of one gradient at the beginning, reward alone"), "", format_number(found.rewarded, 4)),
        Figure(_("The same with the mean reward subtracted"), "", format_number(found.with_baseline, 4)),
        Figure(
            _("Best learning rates, label told and reward alone"),
            _("{told} and {rewarded}").format(
                told=format_number(RATES[result.told.best]), rewarded=format_number(RATES[result.rewarded.best])
            ),
        ),
    ]


def _oracle() -> str:
    return _("The objective is the expected {zero}/{one} loss of a class drawn from the policy, plus λ/2 · ‖W‖². It "
             "is the same for both learners, and so is its optimum; cross-entropy would have another one in general. "
             "L-BFGS with the exact gradient looked for it from 6 starts. The objective is not convex, so that this "
             "is the best that was found, not proven. The variances go through all rows and classes.").format(
        zero=format_number(0.0), one=format_number(1.0)
    )  # fmt: skip
