"""What was trained on and how, each fact with its name."""

from typing import TypeAlias

from core.formatting import format_count, format_general
from core.language import _
from core.regression.config import SgdConfig
from dashboard.parts import knobs, state
from dashboard.parts.figures import figure
from dashboard.parts.home.making import is_synthetic
from dashboard.parts.training import Problem

Fact: TypeAlias = tuple[str, str]


def facts(problem: Problem, how: SgdConfig) -> list[Fact]:
    """Return data and settings in words; what is as usual and changes nothing is left out."""
    return [*_of_data(problem), *_of_training(problem, how)]


def title(problem: Problem) -> str:
    """Return a heading: what was predicted from what."""
    names = problem.feature_names
    if len(names) == 1:
        return _("Predicting {label} from {feature}").format(label=problem.label, feature=names[0])
    return _("Predicting {label} from {count} features").format(label=problem.label, count=len(names))


def _of_data(problem: Problem) -> list[Fact]:
    tests = 0 if problem.y_test is None else len(problem.y_test)
    if is_synthetic():
        table = _("drawn: y = {w1} · x1 + {w2} · x2 + {b} + noise of deviation {noise}").format(
            w1=knobs.value("train_weight_1"), w2=knobs.value("train_weight_2"), b=knobs.value("train_bias"),
            noise=knobs.value("noise"),
        )  # fmt: skip
    else:
        table = state.source().name
    told = [
        (_("Table"), table),
        (_("Predicted"), problem.label),
        (_("Rows"), _("{train} to learn from, {test} to test on").format(train=len(problem.y_train), test=tests)),
        (_("Features"), format_count(len(problem.feature_names))),
    ]
    if not is_synthetic():
        told.append((_("Seed of the split"), str(knobs.value("prepare_split_seed"))))
        told.append((_("Digest of the file"), state.source().digest))
    return told


def _of_training(problem: Problem, how: SgdConfig) -> list[Fact]:
    orders = {"every_epoch": _("shuffled every epoch"), "once": _("shuffled once"), "never": _("as in the table")}
    told = [
        (_("Optimizer"), how.rule.label()),
        *((each.label(), format_general(how.own[each.name])) for each in how.rule.parameters),
        (_("Learning rate"), format_general(how.learning_rate)),
        (_("Batch size"), format_count(how.batch_size)),
        (_("Epochs"), str(how.epochs)),
        (_("Seed"), str(how.seed)),
        (_("Order of the rows"), orders[how.shuffle]),
        (_("Features standardised"), _("yes") if how.standardise else _("no")),
        (_("First weights"), _first_weights(how)),
    ]
    if how.penalty:
        told.append((_("Penalty on the weights (L2)"), format_general(how.penalty)))
    if how.early_stopping:
        told.append((_("Early stopping: patience in epochs"), str(how.early_stopping)))
    if problem.expansion is not None and any(len(term) > 1 for term in problem.expansion.terms):
        told.append((_("Powers up to"), str(knobs.value("train_degree"))))
        told.append((_("Products of columns"), _("yes") if knobs.value("train_products") else _("no")))
    return told


def _first_weights(how: SgdConfig) -> str:
    if how.initial is not None:
        (weight, *_others), bias = how.initial
        return _("by hand: w = {weight}, b = {bias}").format(weight=figure(weight), bias=figure(bias))
    return _("from N(0, {spread}²)").format(spread=how.start_spread) if how.start_spread else "0"
