"""What the miniature of a rewarded learner draws: both losses, the chances of the row at hand, and the variances."""

import numpy as np

from core.formatting import format_count, format_number
from core.language import _
from core.problems.panels import Axis, Bars, BarSet, Curve, Layer, Panel, Plane
from core.problems.rewarded.policy import Array
from core.problems.rewarded.result import Result

SINGLE = 20  # samples at the beginning with a frame each


def told_name() -> str:
    """Return the name of the learner that is told the label."""
    return _("label told")


def rewarded_name() -> str:
    """Return the name of the learner that gets rewards."""
    return _("reward alone")


def shown_samples(result: Result) -> list[int]:
    """Return after which numbers of samples there is a frame: none, each of the first, and those of the checks."""
    checks = result.told.samples.tolist()
    return sorted({*range(min(SINGLE, checks[-1]) + 1), *checks})


def sentences(result: Result) -> list[str]:
    """Return what each frame shows."""
    even = format_number(1 / result.task.k, 3)
    text = _("Before the first sample both policies give every class the chance {even}.").format(even=even)
    return [text, *(_sampled(result, sample) for sample in shown_samples(result)[1:])]


def _sampled(result: Result, sample: int) -> str:
    """Return what both learners saw in a sample of the first run."""
    told = result.seen_told[sample - 1].chances[result.told.best]
    seen = result.seen_rewarded[sample - 1]
    assert seen.drawn is not None
    label = int(result.task.y[result.rows[sample - 1, 0]])
    drawn = int(seen.drawn[result.rewarded.best])
    text = _("Sample {sample}: who is told “{label}” knows the loss of every class, {loss} on average. Who draws "
             "“{drawn}” gets the reward {reward}, minus the baseline {baseline}, and hears nothing of the other "
             "classes.")  # fmt: skip
    return text.format(
        sample=format_count(sample),
        label=result.classes[label],
        loss=format_number(1 - float(told[label]), 3),
        drawn=result.classes[drawn],
        reward=format_number(0.0 if drawn == label else -1.0),
        baseline=format_number(float(seen.baseline[result.rewarded.best]), 3),
    )


def panels(result: Result) -> list[Panel]:
    """Return the losses, the chances of the row at hand, and the variances of both estimates."""
    shown = shown_samples(result)
    return [_losses(result, shown), _row(result, shown), _variances(result, len(shown))]


def _losses(result: Result, shown: list[int]) -> Plane:
    """Return the mean objective of both learners, drawn as far as the samples have got."""
    layers: list[Layer] = []
    hidden = result.told.samples > np.array(shown)[:, np.newaxis]
    for curves, name in ((result.told, told_name()), (result.rewarded, rewarded_name())):
        xy = np.column_stack([curves.samples, curves.mean])
        moving = np.where(hidden[:, :, np.newaxis], np.nan, xy)
        layers.append(Curve(moving, name, "learned" if curves is result.rewarded else "other"))
    last = float(result.told.samples[-1])
    level = np.array([[0.0, result.optimum], [last, result.optimum]])
    layers.append(Curve(level, _("best that was found"), "exact", dashed=True))
    everything = np.concatenate([result.told.mean, result.rewarded.mean, [result.optimum]])
    low, high = float(everything.min()), float(everything.max())
    margin = 0.05 * (high - low) or 0.05
    text = _("After {count} samples the objective is {told} where the label is told and {rewarded} with a reward "
             "alone; {best} is the best that was found.")  # fmt: skip
    return Plane(
        _("The same objective, learned in two ways"),
        Axis(_("samples seen"), 0.0, last),
        Axis(
            _("expected loss plus penalty"),
            max(0.0, float(everything.min()) - margin),
            float(everything.max()) + margin,
        ),
        layers,
        text.format(
            count=format_count(int(last)),
            told=format_number(float(result.told.mean[-1]), 3),
            rewarded=format_number(float(result.rewarded.mean[-1]), 3),
            best=format_number(result.optimum, 3),
        ),
    )


def _row(result: Result, shown: list[int]) -> Bars:
    """Return the chances that both policies give the classes of the row at hand; even ones before the first."""
    even = np.full((1, result.task.k), 1 / result.task.k)
    told = np.concatenate(
        [even, _chances([result.seen_told[place - 1].chances for place in shown[1:]], result.told.best)]
    )
    paid = [result.seen_rewarded[place - 1].chances for place in shown[1:]]
    rewarded = np.concatenate([even, _chances(paid, result.rewarded.best)])
    right = np.full((len(shown), result.task.k), np.nan)
    labels = result.task.y[result.rows[np.array(shown[1:]) - 1, 0]]
    right[np.arange(1, len(shown)), labels] = 1.0
    text = _("In the last sample the true class is “{label}”; its chance is {told} where labels are told and "
             "{rewarded} with rewards alone.")  # fmt: skip
    last = int(labels[-1])
    return Bars(
        _("Chances of the classes for the row at hand"),
        Axis(_("chance"), 0.0, 1.0),
        list(result.classes),
        [
            BarSet(told, told_name(), "other"),
            BarSet(rewarded, rewarded_name()),
            BarSet(right, _("true class"), "exact"),
        ],
        text.format(
            label=result.classes[last],
            told=format_number(float(told[-1, last]), 3),
            rewarded=format_number(float(rewarded[-1, last]), 3),
        ),
    )


def _chances(seen: list[Array], rate: int) -> Array:
    return np.array([chances[rate] for chances in seen])


def _variances(result: Result, count: int) -> Bars:
    """Return the variances of one sample's gradient at the beginning; nothing before the first sample."""
    found = result.variances
    values = np.tile([found.told, found.rewarded, found.with_baseline], (count, 1))
    values[0] = np.nan
    text = _("One sample’s gradient has the variance {told} where the label is told, {rewarded} with a reward, and "
             "{less} with a baseline subtracted.")  # fmt: skip
    return Bars(
        _("Variance of one sample’s gradient at the beginning"),
        Axis(
            _("variance, added up over all weights"), 0.0, max(found.told, found.rewarded, found.with_baseline) or 1.0
        ),
        [told_name(), rewarded_name(), _("reward minus baseline")],
        [BarSet(values, _("exact variance"), "data")],
        text.format(
            told=format_number(found.told, 3),
            rewarded=format_number(found.rewarded, 3),
            less=format_number(found.with_baseline, 3),
        ),
    )
