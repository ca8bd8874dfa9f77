"""The settings that a run starts with on a problem, where neither the visitor nor a link has chosen them."""

from dataclasses import replace
from typing import Any

from core.formatting import format_count, format_general, format_percent
from core.language import _
from core.regression import SgdRun
from core.regression.convergence.starting_settings import EPOCHS, HALF_A_SECOND, choose_start, cost, forecast_starts
from dashboard.pipeline import training
from dashboard.pipeline.training import Problem
from dashboard.visit import settings, state

NEAR = 0.05  # of the closed form's loss: the gap that a run should start below
_AIMS = (0.04, 0.02)  # forecast gaps, the second where the run did not keep the first
_MOST_TO_FORECAST = 1_000_000_000  # rows times features squared
_SUITED, _START = "_suited_to", "_start"


def suit_start(of: Problem) -> str:
    """Set learning rate, batch size and epochs to where this problem starts; return a sentence about it, or "".

    It starts as usual if that ends near the closed form or nothing can be forecast. Otherwise the three are chosen so
    that the gap ends below a twentieth of the closed form's loss, or as low as half a second of training allows. What
    the visitor or a link has chosen is never changed: once one of them is, the rate alone starts lower where the usual
    one diverges. Each problem is suited once: knobs turned later may make it diverge, since that is the lesson. With
    powers and products, batch size and epochs stay as for the columns alone, whose lesson that is.
    """
    rate_is_free = not state.is_chosen("learning_rate")
    if of.expansion is None and _start()["key"] != of.key:
        _begin(of, rate_is_free)
        state.put(_SUITED, of.key)
    elif rate_is_free and state.get(_SUITED) != of.key:
        state.put(_SUITED, of.key)
        settings.set("learning_rate", _start()["values"].get("learning_rate", _usual("learning_rate")))
        _lower_rate(of)
    return _note(of)


def is_elsewhere() -> bool:
    """Return whether the problem starts elsewhere than usual, so that a link has to name the usual values too."""
    return bool(_start()["values"])


def _begin(of: Problem, rate_is_free: bool) -> None:
    others = [key for key in settings.STARTS if key != "learning_rate" and not _is_set(key)]
    for key in others:
        settings.set(key, _usual(key))
    values: dict[str, float] = {}
    facts: dict[str, Any] = {}
    if rate_is_free:
        settings.set("learning_rate", _usual("learning_rate"))
        if len(others) == len(settings.STARTS) - 1 and settings.value("train_source") != "synthetic":
            values, facts = _find(of)
        for key, value in values.items():
            settings.set(key, value)
        if not values:
            _lower_rate(of)
    state.put(_START, {"key": of.key, "values": values, "facts": facts})


def _is_set(key: str) -> bool:
    """Return whether someone has set this knob: it was chosen, or holds what is neither usual nor the last start."""
    return state.is_chosen(key) or settings.value(key) not in (_usual(key), _start()["values"].get(key))


def _lower_rate(of: Problem) -> None:
    divergence = training.run(of, training.sgd_config(of)).divergence
    if divergence:
        settings.set("learning_rate", settings.rate_at_most(divergence.working_rate))


def _find(of: Problem) -> tuple[dict[str, float], dict[str, Any]]:
    """Return settings that end nearer to the closed form than the usual ones, and how near; nothing if these do."""
    usual, fit = training.sgd_config(of), training.closed_form(of)
    rows, columns = of.X_train.shape
    is_forecast = usual.rule.is_plain and usual.shuffle == "every_epoch" and not usual.penalty
    if not is_forecast or usual.early_stopping:
        return {}, {}
    first = training.run(of, usual)
    if _gap(first) <= NEAR:
        return {}, {}
    if rows * columns**2 > _MOST_TO_FORECAST:
        return {}, {} if first.diverged else {"is_large": True}
    starts = forecast_starts(of.X_train, of.y_train, usual, fit, settings.RATES, settings.BATCH_SIZES)
    starts = starts[starts["epochs"] <= settings.KNOBS["epochs"].high]
    runs = [] if first.diverged else [first]
    for aim in _AIMS if len(starts) else ():
        chosen = choose_start(starts, aim, usual)
        config = replace(usual, learning_rate=float(chosen["learning_rate"]), batch_size=int(chosen["batch_size"]),
                         epochs=int(chosen["epochs"]))  # fmt: skip
        runs.append(training.run(of, config))
        if _gap(runs[-1]) <= NEAR or chosen["gap"] > aim:
            break
    best = min((run for run in runs if not run.diverged), key=_gap, default=first)
    if best is first:
        return {}, {}
    values = {key: getattr(best.config, key) for key in settings.STARTS}
    values["batch_size"] = next(size for size in settings.BATCH_SIZES if size >= values["batch_size"])
    is_timed = cost(rows, columns, best.config.batch_size, EPOCHS[-1]) > HALF_A_SECOND
    return values, {"gap": _gap(best), "usual": None if first.diverged else _gap(first), "is_timed": is_timed}


def _gap(run: SgdRun) -> float:
    """Return the gap of a run as a share of the closed form's loss; 0 where that loss is 0, infinite if it diverged."""
    if run.diverged:
        return float("inf")
    return run.gap / run.closed_form_loss if run.closed_form_loss > 0 else 0.0


def _start() -> dict[str, Any]:
    """Return where the last problem started: its key, the values that are not the usual ones, and how near they end."""
    empty: dict[str, Any] = {"key": None, "values": {}, "facts": {}}
    return dict(state.get(_START, empty))


def _usual(key: str) -> Any:
    return settings.KNOBS[key].default


def _note(of: Problem) -> str:
    """Return why the knobs start where they do, as long as they are there; "" if they start as usual."""
    start = _start()
    values, facts = start["values"], start["facts"]
    begun = {key: values.get(key, _usual(key)) for key in settings.STARTS}
    is_there = start["key"] == of.key and all(settings.value(key) == value for key, value in begun.items())
    if is_there and facts:
        return _explain(facts)
    highest = min(_usual("learning_rate"), values.get("learning_rate", _usual("learning_rate")))
    if not state.is_chosen("learning_rate") and settings.value("learning_rate") < highest:
        return _("It starts low, since the usual 0.03 diverges on these rows.")
    return ""


def _explain(facts: dict[str, Any]) -> str:
    if "is_large" in facts:
        return _("These are the usual settings: for a table as large as this one no nearer start is looked for.")
    numbers = {
        "rate": format_general(_usual("learning_rate")),
        "batch": format_count(_usual("batch_size")),
        "epochs": format_count(_usual("epochs")),
        "share": format_percent(NEAR),
        "gap": format_percent(facts["gap"], 2, significant=True),
        "most": format_count(settings.KNOBS["epochs"].high),
    }
    if facts["usual"] is None:
        first = _("The usual {rate} diverges on these rows.")
    else:
        numbers["usual"] = format_percent(facts["usual"], 2, significant=True)
        first = _("With the usual {rate}, batches of {batch} and {epochs} epochs the gap would end at {usual} of the "
                  "closed form's loss.")  # fmt: skip
    if facts["gap"] <= NEAR:
        second = _("So learning rate, batch size and epochs start where it ends below {share}.")
    elif facts["is_timed"]:
        second = _("Learning rate, batch size and epochs start where it ends at {gap}: below {share} would take more "
                   "than half a second of training.")  # fmt: skip
    else:
        second = _("Learning rate, batch size and epochs start where it ends at {gap}: below {share} would take more "
                   "than {most} epochs.")  # fmt: skip
    return f"{first} {second}".format(**numbers)
