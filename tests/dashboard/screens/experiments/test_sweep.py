"""Sweep: the map shows the runs of core, and a cell can be loaded into Train, where it is the same run."""

import re

import pytest

from core.formatting import format_number
from core.regression import make_synthetic, train_sgd
from dashboard.visit.settings import BATCH_SIZES, RATES

BOOK = {"experiments_view": "sweep", "train_source": "synthetic", "noise": 0.5, "train_rows": 100, "epochs": 3}


def all_runs(screen):
    return screen.table("steps_to_one_percent")


def chosen(screen, rate, batch_size):
    screen.turn("selectbox", "experiments_sweep_rate", rate)
    return screen.turn("selectbox", "experiments_sweep_batch", batch_size)


def test_every_cell_is_the_run_of_train_with_all_other_settings_as_there(open_screen):
    screen = open_screen(
        "experiments", **BOOK, train_optimizer="momentum", train_shuffle="once", train_penalty=0.1, seed=7
    )
    X, y = make_synthetic(n=100, weights=[2, -3.4], bias=4.2, noise=0.5, seed=7)
    runs = all_runs(screen)
    assert len(runs) == 48
    for row in runs.iloc[::7].itertuples():
        run = train_sgd(
            X[20:], y[20:], row.learning_rate, row.batch_size, 3, 7,
            standardise=True, optimizer="momentum", momentum=0.9, shuffle="once", penalty=0.1,
        )  # fmt: skip
        assert (row.steps, row.diverged) == (run.steps, run.diverged)
        assert run.diverged or row.gap == run.gap


def test_early_stopping_holds_in_the_cells_too(open_screen):
    screen = open_screen("experiments", **{**BOOK, "epochs": 30}, train_patience=1)
    X, y = make_synthetic(n=100, weights=[2, -3.4], bias=4.2, noise=0.5, seed=0)
    early = 0
    for row in all_runs(screen).query("not diverged").itertuples():
        run = train_sgd(
            X[20:], y[20:], row.learning_rate, row.batch_size, 30, 0,
            standardise=True, X_test=X[:20], y_test=y[:20], early_stopping=1,
        )  # fmt: skip
        assert (row.steps, row.gap) == (run.steps, run.gap)
        early += run.steps < 30 * -(-80 // row.batch_size)
    assert early > 5


def test_the_sentence_names_the_best_cell_and_what_the_present_setting_comes_to(open_screen):
    screen = open_screen("experiments", **BOOK)
    best = all_runs(screen).query("not diverged").sort_values("gap").iloc[0]
    words = (
        f"Best is a learning rate of {best['learning_rate']:g} with a batch size of {int(best['batch_size'])}: a gap of"
    )
    assert words in screen.words
    assert "The current setting, 0.03 with 10, gives a gap of" in screen.words
    assert "of 48 runs diverged" in screen.words
    assert screen.boxes["Gap"] == format_number(best["gap"], 3)
    screen.turn("segmented_control", "experiments_sweep_shows", "steps")
    quick = all_runs(screen)["steps_to_one_percent"].min()
    updates = "1 update" if quick == 1 else f"{quick:,.0f} updates"
    assert re.search(rf"1% of the initial gap after {updates}\b", screen.words)


@pytest.mark.parametrize(("size", "count"), [("8x6", 48), ("12x8", 96), ("18x12", 216)])
def test_the_size_of_the_map_is_a_knob(open_screen, size, count):
    runs = all_runs(
        open_screen("experiments", **{**BOOK, "train_rows": 2000, "epochs": 1}, experiments_sweep_size=size)
    )
    assert len(runs) == count
    assert set(runs["learning_rate"]) <= set(RATES)
    assert set(runs["batch_size"]) - {1600} <= set(BATCH_SIZES)


def test_a_cell_chosen_from_the_lists_tells_its_run_and_loads_into_train(open_screen):
    screen = chosen(open_screen("experiments", **BOOK), 0.1, 80)
    row = all_runs(screen).query("learning_rate == 0.1 and batch_size == 80").iloc[0]
    assert screen.boxes["Gap"] == format_number(row["gap"], 3)
    button = next(button for button in screen.app.button if button.label == "Load into Train")
    button.click()
    screen.app.run()
    state = screen.app.session_state
    assert (state["learning_rate"], state["batch_size"], state["epochs"]) == (0.1, 100, 3)


def test_a_click_on_the_map_chooses_its_cell(open_screen):
    from streamlit.testing.v1 import AppTest

    def clicking() -> None:
        from dashboard.screens.experiments.sweep import MAP, _take_click
        from dashboard.visit import state

        state.put(MAP, {"selection": {"cell": [{"learning_rate": 0.3, "batch_size": 16}]}})
        _take_click(MAP)
        state.put(MAP, {"selection": {"cell": []}})
        _take_click(MAP)

    state = AppTest.from_function(clicking).run().session_state
    assert (state["experiments_sweep_rate"], state["experiments_sweep_batch"]) == (0.3, 16)


def test_what_the_map_cannot_show_is_said(open_screen):
    assert "Adam has no limit to draw" in open_screen("experiments", **BOOK, train_optimizer="adam").words
    assert "for minibatches none is known" in open_screen("experiments", **BOOK, train_optimizer="momentum").words
    outside = open_screen("experiments", **BOOK, learning_rate=1e-9, _chosen_learning_rate=True)
    assert "The current learning rate, 1e-09, lies outside the map." in outside.words
    diverging = open_screen("experiments", **BOOK, learning_rate=10.0, _chosen_learning_rate=True)
    assert "The current setting, 10 with 10, diverges." in diverging.words


def test_a_diverged_cell_says_so(open_screen):
    screen = open_screen("experiments", **BOOK)
    lost = all_runs(screen).query("diverged").iloc[0]
    chosen(screen, float(lost["learning_rate"]), int(lost["batch_size"]))
    assert "This run diverged and was ended early." in screen.words


@pytest.mark.parametrize(
    "memory",
    [
        {"sample": "penguins"},
        {"sample": "house_tiny"},
        {"sample": "longley", "train_standardise": False},
        {"train_source": "synthetic", "noise": 0.0, "train_rows": 10},
        {"sample": "penguins", "prepare_test_share": 0, "train_degree": 2},
    ],
)
@pytest.mark.parametrize("shows", ["gap", "steps"])
def test_extreme_tables_still_have_a_map(open_screen, memory, shows):
    screen = open_screen("experiments", experiments_view="sweep", experiments_sweep_shows=shows, epochs=2, **memory)
    assert screen.errors == []
    assert len(screen.app.get("vega_lite_chart")) == 1
    assert not {"nan", "∞"} & {value.lower() for value in screen.boxes.values()}


def test_a_sweep_that_was_stopped_shows_what_it_has_and_can_be_made_whole(open_screen, monkeypatch):
    from dashboard.screens.experiments import sweep_runs

    whole = sweep_runs.sweep

    def half(*arguments, progress, **others):
        return whole(*arguments, progress=lambda share: share < 0.5, **others)

    monkeypatch.setattr(sweep_runs, "sweep", half)
    monkeypatch.setattr(sweep_runs, "stopped", lambda key: True)
    screen = open_screen("experiments", **BOOK, seed=91)  # the tests share one visit, which keeps what was run
    assert "The sweep was stopped after 24 of 48 runs" in screen.words
    assert len(all_runs(screen)) == 24
    monkeypatch.undo()
    screen.press("Run the whole sweep")
    assert len(all_runs(screen)) == 48
    assert "was stopped" not in screen.words


def test_fewer_epochs_on_a_large_table_are_told_and_taken_along_to_train(open_screen, monkeypatch):
    monkeypatch.setattr("core.regression.experiments.sweep._NUMBERS_AFFORDED", 80 * 6 * 16 * 2)
    screen = open_screen("experiments", **BOOK, seed=92)
    assert "the epochs of each run are 2 instead of 3" in screen.words
    assert "A small map of 16 runs" in screen.words
    next(button for button in screen.app.button if button.label == "Load into Train").click()
    screen.app.run()
    assert screen.app.session_state["epochs"] == 2
