"""The scene of the loop of learning: data, model, objective and optimiser, on one minibatch after the other."""

from collections.abc import Sequence
from typing import Any

from core.formatting import format_count, format_number
from core.foundations.learning_loop import Turn
from core.language import _, ngettext
from core.regression.sgd.config import SgdConfig
from dashboard.scenes.components.words import player_words

MOST_FEATURES = 3  # columns that fit beside the label
PARTS = ("data", "model", "objective", "optimiser")


def loop_scene(
    turns: Sequence[Turn], names: Sequence[str], label: str, config: SgdConfig, key: str, first: Sequence[int] = ()
) -> dict[str, Any]:
    """Return the scene of these turns of a run of this config; features are called `names`, the target `label`.

    Rows are numbered from 1. Of more than three features those at the positions `first` are drawn, or the first three,
    and the rest is one term.
    """
    places = list(first or range(len(names)))[:MOST_FEATURES]
    return {
        "kind": "loop",
        "key": key,
        "names": [names[place] for place in places],
        "label": label,
        "rate": config.learning_rate,
        "turns": [_turn(turn, places, config) for turn in turns],
        "frames": [
            {"phase": part, "turn": number, "title": _title(part, number), "sentence": _sentence(part, turn, label)}
            for number, turn in enumerate(turns)
            for part in PARTS
        ],
        "start": min(2, 4 * len(turns) - 1),
        "words": _words(),
    }


def _turn(turn: Turn, places: list[int], config: SgdConfig) -> dict[str, Any]:
    others = [j for j in range(turn.X.shape[1]) if j not in places]
    more = turn.X[0, others] @ turn.before[others] if others else None
    parameters = [*places, turn.X.shape[1]]
    return {
        "rows": [format_count(int(row) + 1) for row in turn.rows],
        "X": turn.X[:, places].tolist(),
        "more": None if more is None else float(more),
        "y": turn.y.tolist(),
        "predictions": turn.predictions.tolist(),
        "errors": turn.errors.tolist(),
        "loss": turn.loss,
        "objective": turn.objective,
        "penalty": config.penalty,
        "plain": config.rule.is_plain,
        "before": turn.before[parameters].tolist(),
        "gradient": turn.gradient[parameters].tolist(),
        "after": turn.after[parameters].tolist(),
        "figures": {
            "data": ngettext("{rows} row", "{rows} rows", len(turn.rows)).format(rows=format_count(len(turn.rows))),
            "model": _("ŷ = {value}, …").format(value=format_number(float(turn.predictions[0]), 4)),
            "objective": _("L = {value}").format(value=format_number(turn.loss, 5)),
            "optimiser": _("bias → {value}").format(value=format_number(float(turn.after[-1]), 4)),
        },
    }


def _title(part: str, number: int) -> str:
    names = {"data": _("Data"), "model": _("Model"), "objective": _("Objective"), "optimiser": _("Optimiser")}
    return _("Turn {number}: {part}").format(number=number + 1, part=names[part])


def _sentence(part: str, turn: Turn, label: str) -> str:
    if part == "data":
        return _("Draw a minibatch: these rows, with features and {label}. The model has not seen them yet.").format(
            label=label
        )
    if part == "model":
        return _("Predict: each feature times its weight, plus the bias. Nothing is learnt here; the weights stay.")
    if part == "objective":
        return _("Judge: half the mean of the squared errors is {loss}. One number for how wrong the model is on these "
                 "rows.").format(loss=format_number(turn.loss, 5))  # fmt: skip
    return _("Improve: every parameter moves against its slope. Then the loop begins again with other rows.")


def _words() -> dict[str, str]:
    return player_words() | {
        "label": _("The loop of learning, part by part"),
        "position": _("step {step} of {last}"),
        "data": _("Data"),
        "model": _("Model"),
        "objective": _("Objective"),
        "optimiser": _("Optimiser"),
        "rowsAre": _("Rows"),
        "rowSays": _("Row {row}:"),
        "penalised": _("with the penalty {part} the objective is {objective}"),
        "row": _("row"),
        "bias": _("bias"),
        "parameter": _("parameter"),
        "beforeHead": _("before"),
        "gradientHead": _("gradient"),
        "afterHead": _("after"),
        "rowsTitle": _("The minibatch, as the model sees it"),
        "weightsTitle": _("The parameters, before and after"),
        "described": _("{sentence} Arrow keys go one step, Space plays."),
        "hint": _("Press a part to go to it; point at a term of the formula, and its number lights in the tables."),
    }
