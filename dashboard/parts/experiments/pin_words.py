"""What pinned runs have in common and where they differ, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from core.language import _
from core.regression.optimizers import OPTIMIZERS, PARAMETERS
from dashboard.parts import knobs

DATA = "data"


def setting_names() -> dict[str, str]:
    """Return what each setting of a pin is called, in the order in which they are told."""
    return {
        DATA: _("data"),
        "learning_rate": _("learning rate"),
        "batch_size": _("batch size"),
        "epochs": _("epochs"),
        "seed": _("seed"),
        "train_optimizer": _("optimizer"),
        **{f"train_{name}": each.word() for name, each in PARAMETERS.items()},
        "train_shuffle": _("shuffled"),
        "train_start": _("initial weights"),
        "train_penalty": _("L2 penalty"),
        "train_patience": _("patience of early stopping"),
        "train_standardise": _("standardised"),
        "train_degree": _("powers of columns up to"),
        "train_products": _("products of columns"),
        "train_centre": _("centred before powers"),
        "prepare_test_share": _("percent of rows held out"),
        "prepare_split_seed": _("seed of the split"),
        "train_rows": _("samples"),
        "noise": _("noise"),
        "train_weight_1": _("true weight w1"),
        "train_weight_2": _("true weight w2"),
        "train_bias": _("true bias"),
    }


def settings_of(pin: Mapping[str, Any]) -> dict[str, str]:
    """Return the settings of a pin as words, those without an effect left out."""
    held = pin["knobs"]
    moot = {
        f"train_{name}"
        for name, each in PARAMETERS.items()
        if each not in OPTIMIZERS[held["train_optimizer"]].parameters
    }
    if held["train_degree"] == 1 and not held["train_products"]:
        moot.add("train_centre")
    words = {key: _word(key, value) for key, value in held.items() if key not in moot}
    return {DATA: data_of(pin), **words}


def data_of(pin: Mapping[str, Any]) -> str:
    """Return what the run of a pin learnt from."""
    table = pin["table"]
    if table is None:
        return _("synthetic data")
    return _("{table}, predicting {target}").format(table=table["file"], target=table["target"])


def _word(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = {
        **{name: row.word() for name, row in OPTIMIZERS.items()},
        "every_epoch": _("every epoch"),
        "once": _("once"),
        "never": _("never"),
        "small": _("small"),
        "zero": _("zero"),
        "large": _("large"),
    }
    if isinstance(value, str):
        return choices.get(value, value)
    if key in ("train_penalty", "train_patience") and value == 0:
        return _("none")
    return knobs.option_label(value)


def differences(pins: Sequence[Mapping[str, Any]]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the settings in which the pins differ, a row each with a column for each pin, and those all share.

    A setting that has no effect on a run is a dash there.
    """
    told = {pin["name"]: settings_of(pin) for pin in pins}
    rows, shared = {}, {}
    for key, label in setting_names().items():
        values = [settings.get(key, "–") for settings in told.values()]
        if len(set(values)) > 1:
            rows[label] = values
        elif values and values[0] != "–":
            shared[label] = values[0]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(told), dtype="str")
    return table.rename_axis("setting").reset_index(), shared


def titles(pins: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return for each name what the legend says: the name, and the first settings in which the runs differ."""
    table, _shared = differences(pins)
    return {
        pin["name"]: ": ".join(
            [pin["name"], *([", ".join(_short(row, pin["name"]) for row in _rows(table)[:2])] if len(table) else [])]
        )
        for pin in pins
    }


def _rows(table: pd.DataFrame) -> list[dict[str, str]]:
    return [{str(key): str(value) for key, value in row.items()} for row in table.to_dict("records")]


def _short(row: Mapping[str, str], name: str) -> str:
    names = setting_names()
    signs = {names["learning_rate"]: "η", names["batch_size"]: "|B|"}
    bare = {names[key] for key in (DATA, "train_optimizer")}
    value = row[name]
    return value if row["setting"] in bare else f"{signs.get(row['setting'], row['setting'])} {value}"
