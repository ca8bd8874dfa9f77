"""Pinned runs: kept as plain values, run again bit for bit, told apart by what differs."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from core.formatting import format_number
from core.regression import make_synthetic, train_sgd

BOOK = {"experiments_view": "pins", "train_source": "synthetic", "train_rows": 100, "noise": 0.5, "epochs": 3}
TURNED = {"_chosen_learning_rate": True}


def pinned_run(screen, **knobs):
    """Turn some knobs and pin the run."""
    for key, value in knobs.items():
        screen.app.session_state[key] = value
    return screen.run().press("Pin this run")


def three(open_screen):
    screen = pinned_run(open_screen("experiments", **BOOK, **TURNED), learning_rate=0.03)
    pinned_run(screen, learning_rate=0.1)
    return pinned_run(screen, learning_rate=0.1, train_optimizer="momentum", seed=4)


def charts(screen) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in screen.app.get("vega_lite_chart")]


def test_without_a_pin_the_screen_says_what_to_do(open_screen):
    screen = open_screen("experiments", **BOOK)
    assert "No run is pinned yet." in screen.words
    assert charts(screen) == []


def test_three_runs_are_laid_over_each_other_with_their_figures(open_screen):
    screen = three(open_screen)
    loss, gap = charts(screen)
    domain = loss["layer"][1]["encoding"]["color"]["scale"]["domain"]
    assert domain == ["A: η 0.03, seed 0", "B: η 0.1, seed 0", "C: η 0.1, seed 4"]
    assert gap["title"]["text"] == "Gap to the closed form"
    for name, choices in {"A": (0.03, "sgd", 0), "B": (0.1, "sgd", 0), "C": (0.1, "momentum", 4)}.items():
        rate, optimizer, seed = choices
        X, y = make_synthetic(n=100, weights=[2, -3.4], bias=4.2, noise=0.5, seed=seed)
        run = train_sgd(X[20:], y[20:], rate, 10, 3, seed, standardise=True, optimizer=optimizer)
        row = screen.table("run").set_index("run").loc[name]
        assert (row["loss"], row["gap"], row["updates"]) == (
            format_number(run.loss),
            format_number(run.gap),
            str(run.steps),
        )
        assert row["diverged"] == "no"


def test_only_the_differences_are_listed_and_the_rest_is_said_once(open_screen):
    screen = three(open_screen)
    table = screen.table("setting").set_index("setting")
    assert table.index.tolist() == ["learning rate", "seed", "optimizer", "momentum"]
    assert table.loc["learning rate"].tolist() == ["0.03", "0.1", "0.1"]
    assert table.loc["momentum"].tolist() == ["–", "–", "0.9"]
    assert "Common to all: data synthetic data, batch size 10, epochs 3" in screen.words


def test_the_run_on_screen_is_pinned_once_and_eight_at_most(open_screen):
    screen = pinned_run(open_screen("experiments", **BOOK))
    button = next(button for button in screen.app.button if button.key == "pin_run")
    assert (button.label, button.disabled) == ("Pinned as A", True)
    for seed in range(1, 8):
        pinned_run(screen, seed=seed)
    assert "".join(screen.table("run")["run"]) == "ABCDEFGH"
    screen.app.session_state["seed"] = 99
    button = next(button for button in screen.run().app.button if button.key == "pin_run")
    assert (button.label, button.disabled) == ("Pin this run", True)


def test_unpinning_keeps_the_other_names_and_the_next_takes_the_free_one(open_screen):
    screen = three(open_screen)
    screen.app.button(key="unpin_B").click()
    assert screen.run().table("run")["run"].tolist() == ["A", "C"]
    pinned_run(screen, seed=9)
    assert screen.table("run")["run"].tolist() == ["A", "C", "B"]
    screen.press("Unpin all")
    assert "No run is pinned yet." in screen.words


def test_a_pin_is_loaded_with_all_its_settings(open_screen):
    screen = three(open_screen)
    screen.app.button(key="load_A").click()
    screen.app.run()
    state = screen.app.session_state
    assert (state["learning_rate"], state["seed"], state["train_optimizer"]) == (0.03, 0, "sgd")
    assert state["train_source"] == "synthetic"


def test_runs_of_another_table_stay_listed_and_say_what_to_open(open_screen):
    screen = pinned_run(open_screen("experiments", experiments_view="pins", sample="penguins", epochs=1))
    drawn = charts(screen)[0]["layer"][1]["encoding"]["color"]["scale"]["domain"]
    screen.app.session_state["sample"] = "cars"
    screen.run()
    assert "It belongs to penguins.csv, predicting body_mass_g" in screen.words
    assert screen.app.button(key="load_A").disabled
    assert charts(screen) == []
    assert len(screen.table("run")) == 1
    pinned_run(screen, epochs=2)
    assert len(charts(screen)) == 2
    screen.app.session_state["sample"] = "penguins"
    screen.run()
    assert not screen.app.button(key="load_A").disabled
    assert screen.app.button(key="load_B").disabled
    assert drawn == ["A"]


def test_runs_with_other_rows_or_features_of_the_same_table_are_drawn_too(open_screen):
    screen = pinned_run(open_screen("experiments", experiments_view="pins", sample="cars", epochs=1, **TURNED))
    pinned_run(screen, prepare_split_seed=3)
    pinned_run(screen, train_degree=2, learning_rate=0.001)
    assert not any(screen.app.button(key=f"load_{name}").disabled for name in "ABC")
    rows = screen.table("run").set_index("run")
    assert rows["gap"].nunique() == 3
    assert len(charts(screen)) == 2


def test_a_diverged_run_is_named_and_does_not_break_the_table(open_screen):
    screen = pinned_run(open_screen("experiments", **BOOK, **TURNED), learning_rate=0.03)
    pinned_run(screen, learning_rate=10.0)
    assert screen.table("run")["diverged"].tolist() == ["no", "yes"]
    assert "Diverged, so leaving the picture: B." in str(charts(screen)[0]["title"]["subtitle"])


@pytest.mark.parametrize(("key", "value"), [("experiments_pins_by", "rows"), ("experiments_pins_by", "epochs")])
def test_the_axis_is_chosen(open_screen, key, value):
    screen = three(open_screen).turn("segmented_control", key, value)
    titles = {"rows": "rows seen", "epochs": "epochs"}
    assert charts(screen)[0]["layer"][1]["encoding"]["x"]["title"] == titles[value]


def test_test_rows_are_drawn_where_there_are_any(open_screen):
    screen = three(open_screen).turn("segmented_control", "experiments_pins_rows", "test")
    assert charts(screen)[0]["title"]["text"] == "Loss on the test rows"
    screen = pinned_run(open_screen("experiments", **{**BOOK, "train_source": "table"}, prepare_test_share=0))
    screen.turn("segmented_control", "experiments_pins_rows", "test")
    assert "None of these runs has test rows." in screen.words


def restoring() -> None:
    import json

    import streamlit as st

    from dashboard.pipeline.pins import pinned, restore

    restore(json.loads(st.session_state["given"]))
    st.text(json.dumps(pinned()))


def restored(given: object) -> list[dict]:
    test = AppTest.from_function(restoring)
    test.session_state["given"] = json.dumps(given)
    test.run()
    assert not test.exception
    return json.loads(test.text[0].value)


def test_pins_are_json_and_come_back_as_they_were(open_screen):
    screen = three(open_screen)
    pins = json.loads(json.dumps(screen.app.session_state["_pins"]))
    assert restored(pins) == pins
    again = open_screen("experiments", **BOOK, _pins=restored(pins))
    assert again.table("run").equals(screen.table("run"))


def test_what_is_no_pin_is_left_out_and_values_out_of_range_are_made_fit(open_screen):
    (pin,) = pinned_run(open_screen("experiments", **BOOK)).app.session_state["_pins"]
    bad = [None, {}, {**pin, "name": "Z"}, {**pin, "knobs": 3}, {**pin, "table": "x"}, {**pin, "figures": None}]
    assert restored(bad) == []
    for nothing in (None, "x", 3, {"a": 1}):
        assert restored(nothing) == []
    hostile = {**pin, "knobs": {**pin["knobs"], "learning_rate": 1e9, "epochs": "many", "sample": "x"}}
    (kept,) = restored([hostile, {**pin, "knobs": {}}])
    assert kept["knobs"]["learning_rate"] == 10.0
    assert kept["knobs"]["epochs"] == 20
    assert kept["knobs"].keys() == pin["knobs"].keys()
