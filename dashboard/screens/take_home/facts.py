"""What was trained on and how, each fact with its name."""

from typing import TypeAlias

from core.export import Experiment, SyntheticData, TableData
from core.formatting import format_count, format_general, format_number
from core.language import _
from core.regression import SgdRun
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline import split_choice, tables
from dashboard.pipeline.plan_names import target_transform_names
from dashboard.pipeline.training import Problem, Result
from dashboard.visit import settings, state


def experiment(problem: Problem, how: SgdConfig, result: Result) -> Experiment:
    """Return the experiment that the knobs describe now."""
    truth = None
    if problem.true_weights is not None and problem.true_bias is not None:
        truth = (*problem.true_weights, problem.true_bias)
    return Experiment(
        data=_synthetic() if is_synthetic() else _table(),
        config=how,
        rows=len(problem.y_train),
        feature_names=tuple(problem.feature_names),
        label=problem.label,
        expansion=problem.expansion,
        runs_away=result.run.diverged,
        updates=_stopped_at(result.run),
        truth=truth,
    )


def is_synthetic() -> bool:
    """Whether the rows are synthetic."""
    return bool(settings.value("train_source") == "synthetic")


def stem() -> str:
    """Return the common start of all file names."""
    if is_synthetic():
        return "synthetic"
    name = state.source().name
    return name.rpartition(".")[0] or name


def _synthetic() -> SyntheticData:
    rows = settings.value("train_rows")
    weights = (settings.value("train_weight_1"), settings.value("train_weight_2"))
    return SyntheticData(
        rows, weights, settings.value("train_bias"), settings.value("noise"), settings.value("seed"), held_out=rows // 5
    )


def _table() -> TableData:
    share, seed = settings.value("prepare_test_share"), settings.value("prepare_split_seed")
    return TableData(tables.preparation().fitted, state.source().name, share / 100, seed)


def _stopped_at(run: SgdRun) -> int | None:
    """Return after how many updates the run was stopped, or None if it ended by itself."""
    early = run.stopped_early
    if run.diverged:
        return None
    if early is not None:
        ended = early.epochs == run.config.epochs or early.epochs - early.best_epoch >= early.patience
        return None if ended else run.steps
    updates = run.config.epochs * -(-run.rows // run.config.batch_size)
    return run.steps if run.steps < updates else None


Fact: TypeAlias = tuple[str, str]


def facts(problem: Problem, how: SgdConfig) -> list[Fact]:
    """Return data and settings in words; defaults without effect are left out."""
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
        table = _("drawn: y = {w1} · x1 + {w2} · x2 + {b} + noise of standard deviation {noise}").format(
            w1=settings.value("train_weight_1"), w2=settings.value("train_weight_2"), b=settings.value("train_bias"),
            noise=settings.value("noise"),
        )  # fmt: skip
    else:
        table = state.source().name
    pairs = [
        (_("Table"), table),
        (_("Predicted"), problem.label),
        (_("Rows"), _("{train} for training, {test} for testing").format(train=len(problem.y_train), test=tests)),
        (_("Features"), format_count(len(problem.feature_names))),
    ]
    if problem.target is not None:
        transform = target_transform_names()[problem.target.transform]
        power = f", λ = {format_number(problem.target.power)}" if problem.target.power != 1 else ""
        pairs.append((_("{target} becomes").format(target=problem.target.column), f"{transform}{power}"))
    if not is_synthetic():
        if (split := split_choice.in_words(tables.recipe().split)) is not None:
            pairs.append((_("Rows are split"), split))
        pairs.append((_("Seed of the split"), str(settings.value("prepare_split_seed"))))
        pairs.append((_("Digest of the file"), state.source().digest))
    return pairs


def _of_training(problem: Problem, how: SgdConfig) -> list[Fact]:
    orders = {"every_epoch": _("shuffled every epoch"), "once": _("shuffled once"), "never": _("as in the table")}
    pairs = [
        (_("Optimizer"), how.rule.label()),
        *((each.label(), format_general(how.own[each.name])) for each in how.rule.parameters),
        (_("Learning rate"), format_general(how.learning_rate)),
        (_("Batch size"), format_count(how.batch_size)),
        (_("Epochs"), str(how.epochs)),
        (_("Seed"), str(how.seed)),
        (_("Order of the rows"), orders[how.shuffle]),
        (_("Features standardised"), _("yes") if how.standardise else _("no")),
        (_("Initial weights"), _first_weights(how)),
    ]
    if how.penalty:
        pairs.append((_("Penalty on the weights (L2)"), format_general(how.penalty)))
    if how.early_stopping:
        pairs.append((_("Early stopping: patience in epochs"), str(how.early_stopping)))
    if problem.expansion is not None and any(len(term) > 1 for term in problem.expansion.terms):
        pairs.append((_("Powers up to"), str(settings.value("train_degree"))))
        pairs.append((_("Products of columns"), _("yes") if settings.value("train_products") else _("no")))
    return pairs


def _first_weights(how: SgdConfig) -> str:
    if how.initial is not None:
        (weight, *_others), bias = how.initial
        return _("by hand: w = {weight}, b = {bias}").format(weight=format_number(weight), bias=format_number(bias))
    return _("from N(0, {spread}²)").format(spread=how.start_spread) if how.start_spread else "0"
