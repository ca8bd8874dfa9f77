"""Pinned runs: up to eight compared in one chart, with their results and where their settings differ."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.formatting import as_factor, format_duration, format_list, format_number
from core.language import _
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.optimizers import OPTIMIZERS, PARAMETERS
from dashboard.charts.experiments.pins import overlaid
from dashboard.pipeline import pinned_runs as pinning
from dashboard.pipeline import training
from dashboard.pipeline.pinned_runs import MOST, PinnedRun, pinned, restore
from dashboard.pipeline.training import Problem, Result
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit import knob, navigation

DATA = "data"


def setting_names() -> dict[str, str]:
    """Return the name of each setting of a pin, in the order of the table."""
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
    """Return the data that the run of a pin was trained on."""
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
    return knob.option_text(value)


def differences(pins: Sequence[Mapping[str, Any]]) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the settings in which the pins differ, a row each with a column for each pin, and those all share.

    A setting that has no effect on a run is a dash there.
    """
    settings_by_pin = {pin["name"]: settings_of(pin) for pin in pins}
    rows, shared = {}, {}
    for key, label in setting_names().items():
        values = [settings.get(key, "–") for settings in settings_by_pin.values()]
        if len(set(values)) > 1:
            rows[label] = values
        elif values and values[0] != "–":
            shared[label] = values[0]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(settings_by_pin), dtype="str")
    return table.rename_axis("setting").reset_index(), shared


def titles(pins: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the legend entry for each name: the name, and the first settings in which the runs differ."""
    table, _shared = differences(pins)
    return {
        pin["name"]: ": ".join(
            [pin["name"], *([format_list(_short(row, pin["name"]) for row in _rows(table)[:2])] if len(table) else [])]
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


__all__ = ["draw_pins", "pin_button", "pinned", "restore"]


def pin_button(problem: Problem, how: SgdConfig, result: Result) -> None:
    """Offer to pin the run that is on the screen; once it is, show its name."""
    name, full = pinning.name_of_present(), len(pinned()) >= MOST
    if name is not None:
        label, hint = _("Pinned as {name}").format(name=name), _("Compare it with the others on Experiments.")
    elif full:
        label, hint = _("Pin this run"), _("Eight runs are pinned; unpin one of them on Experiments first.")
    else:
        label, hint = _("Pin this run"), _("Keep its settings, to compare it with other runs on Experiments.")
    st.button(
        label,
        key="pin_run",
        on_click=pinning.pin,
        args=[problem, result],
        disabled=name is not None or full,
        help=hint,
        icon=":material/keep:",
    )


def draw_pins(problem: Problem, how: SgdConfig) -> None:
    """Draw the view."""
    st.markdown(_("Pin a run, turn the knobs on Train, pin the next one: up to eight are compared here."))
    pin_button(problem, how, training.result(problem, how))
    pins = pinned()
    if not pins:
        st.info(_("No run is pinned yet. Start with the run that has the current settings of Train."))
        return
    runs = {pin["name"]: pinning.run_again(pin) for pin in pins if pinning.is_open(pin)}
    if runs:
        _show_curves([pin for pin in pins if pin["name"] in runs], runs)
    _show_list(pins, runs)
    _show_figures(pins)
    _show_differences(pins)


def _show_curves(pins: Sequence[Mapping[str, Any]], runs: Mapping[str, PinnedRun]) -> None:
    names = titles(pins)
    by, rows = _choose_axes()
    x_titles = {"updates": _("updates of the parameters"), "epochs": _("epochs"), "rows": _("rows seen")}
    units = {run.unit for run in runs.values()}
    unit = units.pop() if len(units) == 1 else _("label")
    lost = [name for name, run in runs.items() if run.figures["diverged"]]
    leaving = _("Diverged, and outside the chart: {names}.").format(names=format_list(lost)) if lost else ""
    losses, gaps = _points(runs, names, by, rows), _points(runs, names, by, "gap")
    first, second = st.columns(2)
    if losses.empty:
        first.info(_("None of these runs has test rows."))
    else:
        floors = {run.floor if rows == "loss" else run.test_floor for run in runs.values()}
        floor = floors.pop() if len(floors) == 1 else None
        below = "" if floor is None else _("Thin line: the loss of the closed form.")
        title = _("Loss on the training rows") if rows == "loss" else _("Loss on the test rows")
        y_title = _("loss ({unit}²)").format(unit=as_factor(unit))
        chart = overlaid(losses, list(names.values()), title, x_titles[by], y_title, [below, leaving], floor)
        first.altair_chart(chart, alt=_in_words(pins))
    zero = _("A gap of 0 cannot be drawn on a log axis.") if (gaps["y"] <= 0).any() else ""
    title, y_title = _("Gap to the closed form"), _("gap ({unit}²)").format(unit=as_factor(unit))
    chart = overlaid(gaps, list(names.values()), title, x_titles[by], y_title, [leaving, zero])
    second.altair_chart(chart, alt=_in_words(pins))


def _choose_axes() -> tuple[str, str]:
    """Draw the choice of the horizontal axis and of the rows of the loss; return both as columns of a history."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = controls.either("experiments_pins_by", _("Horizontal axis"))
        rows = controls.either("experiments_pins_rows", _("Loss on"))
    return by, "loss" if rows == "training" else "test_loss"


def _points(runs: Mapping[str, PinnedRun], names: Mapping[str, str], by: str, column: str) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "run": names[name],
                "letter": name,
                "x": run.history[by],
                "y": run.history[column],
                "diverged": run.figures["diverged"],
            }
        )
        for name, run in runs.items()
        if column in run.history
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["run", "letter", "x", "y"])


def _in_words(pins: Sequence[Mapping[str, Any]]) -> str:
    return " ".join(
        _("{name} diverged.").format(name=pin["name"])
        if pin["figures"]["diverged"]
        else _("{name} ends with a gap of {gap}.").format(name=pin["name"], gap=format_number(pin["figures"]["gap"], 3))
        for pin in pins
    )


def _show_list(pins: Sequence[Mapping[str, Any]], runs: Mapping[str, PinnedRun]) -> None:
    names = titles(pins)
    st.header(_("The runs"), anchor=False)
    for pin in pins:
        name, is_open = pin["name"], pin["name"] in runs
        row = st.container(horizontal=True, vertical_alignment="center")
        with row.container(width="stretch"):
            st.markdown(escape_markdown(names[name]) if is_open else f":gray[{escape_markdown(names[name])}]")
            if not is_open:
                st.caption(escape_markdown(_why_closed(pin)))
        load = row.button(
            _("Load into Train"),
            key=f"load_{name}",
            on_click=pinning.load,
            args=[pin],
            disabled=not is_open,
            type="tertiary",
            icon=":material/input:",
        )
        row.button(
            _("Unpin"),
            key=f"unpin_{name}",
            on_click=pinning.unpin,
            args=[name],
            type="tertiary",
            icon=":material/keep_off:",
        )
        if load:
            navigation.go_to("train")
    if len(pins) > 1:
        st.button(_("Unpin all"), on_click=pinning.unpin_all, icon=":material/delete:")


def _why_closed(pin: Mapping[str, Any]) -> str:
    table = pin["table"]
    here = pinning.table_at_hand()
    if here and (table["key"], table["target"]) == (here["key"], here["target"]):
        return _("Its rows were prepared by another plan; go back to that plan on Prepare to draw it.")
    return _("It belongs to {table}, predicting {target}; open that on Data to draw it.").format(
        table=table["file"], target=table["target"]
    )


def _show_figures(pins: Sequence[Mapping[str, Any]]) -> None:
    st.header(_("Results"), anchor=False)
    names = {
        "run": _("Run"),
        "loss": _("Loss"),
        "gap": _("Gap"),
        "test_loss": _("Test loss"),
        "updates": _("Updates"),
        "seconds": _("Time"),
        "diverged": _("Diverged"),
    }
    rows = [
        {
            "run": pin["name"],
            **{name: format_number(pin["figures"][name]) for name in ("loss", "gap", "test_loss", "updates")},
            "seconds": format_duration(pin["figures"]["seconds"] or 0.0),
            "diverged": _("yes") if pin["figures"]["diverged"] else _("no"),
        }
        for pin in pins
    ]
    show_table(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={column: st.column_config.TextColumn(label) for column, label in names.items()},
        alt=_in_words(pins),
    )


def _show_differences(pins: Sequence[Mapping[str, Any]]) -> None:
    st.header(_("Where their settings differ"), anchor=False)
    table, shared = differences(pins)
    if len(table):
        show_table(
            table,
            hide_index=True,
            column_config={"setting": st.column_config.TextColumn(_("Setting"), pinned=True)},
            alt=_("One row per setting in which the runs differ, one column per run."),
        )
    elif len(pins) > 1:
        st.markdown(_("They do not differ in any setting."))
    template = _("It was made with these settings: {settings}.") if len(pins) == 1 else _("Common to all: {settings}.")
    listed = format_list(f"{name} {value}" for name, value in shared.items())
    st.caption(escape_markdown(template.format(settings=listed)))
