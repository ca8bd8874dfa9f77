"""Sweep: a run for every learning rate and batch size, as a map on which the limit of the data is drawn."""

import math

import pandas as pd
import streamlit as st

from core.formatting import as_factor, format_count, format_general, format_number
from core.language import _, ngettext
from core.regression.experiments.sweep import steps_to_one_percent
from core.regression.sgd.config import SgdConfig
from dashboard.charts.experiments.sweep import CELL, sweep_map
from dashboard.pipeline import jobs, training
from dashboard.pipeline.training import Problem
from dashboard.screens.experiments.asking import may_start
from dashboard.screens.experiments.sweep_runs import (
    Sweep,
    batch_knob,
    best_cell,
    cells,
    gap_words,
    limit_lines,
    runs_of,
    runs_wanted,
    steps_words,
)
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown
from dashboard.ui.page import boxes
from dashboard.ui.tables import show_table
from dashboard.visit import navigation, settings, state

MAP, RATE, BATCH = "experiments_sweep_map", "experiments_sweep_rate", "experiments_sweep_batch"
CHANGES = "_experiments_sweep_changes"  # how often a cell was chosen from the lists


def draw_sweep(problem: Problem, how: SgdConfig) -> None:
    """Draw the view."""
    st.markdown(
        _("Every cell is a run of its own, with all other settings as on Train. Above the limit SGD diverges; far "
          "below it, it hardly moves. Click a cell to see its run and to load it into Train.")
    )  # fmt: skip
    place = st.container(horizontal=True, vertical_alignment="bottom")
    with place:
        shows = controls.either("experiments_sweep_shows", _("The colour shows"))
        sizes = {
            size: _("{size} runs").format(size=size.replace("x", " × "))
            for size in settings.KNOBS["experiments_sweep_size"].options
        }
        controls.either("experiments_sweep_size", _("Rates × batch sizes"), sizes)
    if not may_start("sweep", problem, how, runs_wanted()):
        return
    found = runs_of(problem, how)
    if found.is_partial:
        _show_partial(found)
    if found.runs.empty:
        return
    shown = cells(found, shows)
    chosen = _chosen(found, shown)
    _show_map(problem, how, found, shown, shows, chosen)
    _show_cell(problem, how, found)
    _show_table(found)


def _show_partial(found: Sweep) -> None:
    st.info(
        _("The sweep was stopped after {made} of {planned} runs; the map shows those.").format(
            made=len(found.runs), planned=found.planned
        )
    )
    st.button(_("Run the whole sweep"), on_click=jobs.forget, args=[found.key], icon=":material/play_arrow:")


def _show_map(
    problem: Problem, how: SgdConfig, found: Sweep, shown: pd.DataFrame, shows: str, chosen: tuple[float, int]
) -> None:
    best = best_cell(shown)
    marks = [("present", how.learning_rate, how.batch_size)]
    if best is not None:
        marks.append(("best", best["learning_rate"], best["batch_size"]))
    summary = _in_words(problem, how, found, shown, shows)
    st.markdown(escape_markdown(summary))
    key = f"{MAP}_{state.get(CHANGES, 0)}"
    st.altair_chart(
        sweep_map(
            shown,
            limit_lines(found),
            pd.DataFrame(marks, columns=["mark", "learning_rate", "batch_size"]),
            _title(found, shows),
            _measure(found, shows, problem.label),
            chosen=chosen,
        ),
        key=key,
        on_select=lambda: _take_click(key),
        selection_mode=[CELL],
        alt=summary,
    )
    for sentence in _reservations(how, found):
        st.caption(escape_markdown(sentence))


def _title(found: Sweep, shows: str) -> str:
    if shows == "steps":
        return _("Updates until 1% of the gap is left")
    epochs = found.plan.epochs
    return ngettext("Gap after {epochs} epoch", "Gap after {epochs} epochs", epochs).format(epochs=epochs)


def _measure(found: Sweep, shows: str, unit: str) -> str:
    if shows == "steps":
        return _("updates")
    return _("gap / loss of the closed form") if found.floor > 0 else _("gap ({unit}²)").format(unit=as_factor(unit))


def _in_words(problem: Problem, how: SgdConfig, found: Sweep, shown: pd.DataFrame, shows: str) -> str:
    best, lost = best_cell(shown), int(shown["diverged"].sum())
    sentences = []
    if best is None:
        sentences.append(_("No run has a value to show."))
    else:
        sentences.append(
            _("Best is a learning rate of {rate} with a batch size of {batch}: {result}.").format(
                rate=format_general(best["learning_rate"]), batch=format_count(best["batch_size"]), result=best["told"]
            )
        )
    sentences.append(_present(problem, how, found, shows))
    sentences.append(
        ngettext("{lost} of {count} run diverged.", "{lost} of {count} runs diverged.", len(shown)).format(
            lost=lost, count=len(shown)
        )
        if lost
        else _("None of the {count} runs diverged.").format(count=len(shown))
    )
    return " ".join(sentences)


def _present(problem: Problem, how: SgdConfig, found: Sweep, shows: str) -> str:
    """Return the result of the run on Train, which need not be a cell of the map, as a sentence."""
    run = training.result(problem, how).run
    if run.diverged:
        template = _("The current setting, {rate} with {batch}, diverges.")
    else:
        template = _("The current setting, {rate} with {batch}, gives {result}.")
    if shows == "gap":
        result = gap_words(run.gap / found.floor if found.floor > 0 else run.gap, found.floor)
    else:
        result = steps_words(steps_to_one_percent(run.history["step"].to_numpy(), run.history["gap"].to_numpy()))
    return template.format(rate=format_general(how.learning_rate), batch=format_count(how.batch_size), result=result)


def _reservations(how: SgdConfig, found: Sweep) -> list[str]:
    """Return what was reduced, and what the map cannot show, in sentences."""
    plan, sentences = found.plan, []
    rates, batch_sizes, epochs = found.asked
    if plan.epochs < epochs:
        sentences.append(
            _("To save time on this many rows, the epochs of each run are {made} instead of {asked}; a cell loaded "
              "into Train keeps that number.").format(made=plan.epochs, asked=epochs)
        )  # fmt: skip
    if len(plan.learning_rates) < rates and found.planned < min(rates * batch_sizes, 48):
        sentences.append(_("A small map of {count} runs, since each takes long.").format(count=found.planned))
    if how.penalty > 0:
        sentences.append(_("With the penalty, the closed form is that of loss plus penalty, and so is the gap."))
    if math.isinf(plan.limit):
        sentences.append(
            _(
                "{optimizer} has no limit to draw: its steps are about as long as the rate, however steep the loss."
            ).format(optimizer=how.rule.label())
        )
    elif plan.limit > plan.learning_rates[-1]:
        sentences.append(
            _("The limit, {limit}, is above all of these rates.").format(limit=format_number(plan.limit, 3))
        )
    elif not how.rule.is_plain:
        sentences.append(
            _(
                "The limit is that of {optimizer} with all rows in one batch; for minibatches none is known exactly."
            ).format(optimizer=how.rule.word())
        )
    elif not plan.batch_limits:
        sentences.append(
            _("On a table of this size the limit of minibatches would take minutes to find; it is left out.")
        )
    if not plan.learning_rates[0] <= how.learning_rate <= plan.learning_rates[-1]:
        sentences.append(
            _("The current learning rate, {rate}, lies outside the map.").format(rate=format_general(how.learning_rate))
        )
    return sentences


def _take_click(key: str) -> None:
    clicked = ((state.get(key) or {}).get("selection") or {}).get(CELL) or []
    if clicked and clicked[0].get("learning_rate") is not None:
        state.put(RATE, float(clicked[0]["learning_rate"]))
        state.put(BATCH, int(clicked[0]["batch_size"]))


def _count_change() -> None:
    """Reset the last click of the map, or the same click would have no effect after a choice from the lists."""
    state.put(CHANGES, state.get(CHANGES, 0) + 1)


def _chosen(found: Sweep, shown: pd.DataFrame) -> tuple[float, int]:
    """Return the chosen cell, or the best one if none was chosen or it is not on the map."""
    best = best_cell(shown)
    first = shown.iloc[0] if best is None else best
    rate, batch = state.get(RATE), state.get(BATCH)
    if rate not in found.plan.learning_rates or batch not in found.plan.batch_sizes:
        rate, batch = float(first["learning_rate"]), int(first["batch_size"])
        state.put(RATE, rate)
        state.put(BATCH, batch)
    return rate, batch


def _show_cell(problem: Problem, how: SgdConfig, found: Sweep) -> None:
    st.header(_("The framed cell"), anchor=False)
    row = st.container(horizontal=True, vertical_alignment="bottom")
    rate = row.selectbox(
        _("Learning rate"),
        found.plan.learning_rates,
        key=RATE,
        format_func=format_general,
        on_change=_count_change,
    )
    batch = row.selectbox(
        _("Batch size"),
        found.plan.batch_sizes,
        key=BATCH,
        format_func=format_count,
        on_change=_count_change,
    )
    load = row.button(
        _("Load into Train"),
        on_click=_load,
        args=[rate, batch_knob(batch, len(problem.y_train)), found.plan.epochs],
        type="primary",
        icon=":material/input:",
    )
    if load:
        navigation.go_to("train")
    run = found.at(rate, batch)
    if run is None:
        st.caption(_("The sweep was stopped before this run."))
        return
    boxes(
        [
            (_("Loss of SGD"), format_number(run["loss"], 4)),
            (_("Gap"), format_number(run["gap"], 3)),
            (_("Updates made"), format_count(run["steps"])),
            (
                _("Updates to 1%"),
                format_number(run["steps_to_one_percent"], 6),
                steps_words(run["steps_to_one_percent"]),
            ),
        ]
    )
    if run["diverged"]:
        st.caption(_("This run diverged and was ended early. Load it into Train to see why."))


def _load(rate: float, batch_size: int, epochs: int) -> None:
    settings.choose("learning_rate", rate)
    settings.choose("batch_size", batch_size)
    settings.choose("epochs", epochs)


def _show_table(found: Sweep) -> None:
    names = {
        "learning_rate": _("Learning rate"),
        "batch_size": _("Batch size"),
        "steps": _("Updates made"),
        "loss": _("Loss"),
        "gap": _("Gap"),
        "steps_to_one_percent": _("Updates to 1%"),
    }
    with st.expander(_("All runs as a table"), icon=":material/table_rows:"):
        config = {
            "seed": None,
            "diverged": st.column_config.CheckboxColumn(_("Diverged")),
            **{column: st.column_config.NumberColumn(name, format="%.6g") for column, name in names.items()},
        }
        lost = found.runs["diverged"]
        show_table(
            found.runs.assign(**{column: found.runs[column].mask(lost) for column in ("loss", "gap")}),
            hide_index=True,
            column_config=config,
            alt=_("One row per run: learning rate, batch size, updates, loss, gap, whether it diverged."),
        )
