"""Fitting by hand as far as the server has a part in it; the rest is moved in a real browser."""

import pandas as pd
import pytest

from core.regression import evaluate
from dashboard.screens.train.manual_fit import verdict
from dashboard.visit.state import digest


def table_of(rows: pd.DataFrame) -> bytes:
    return rows.to_csv(index=False).encode()


def race(open_screen, **memory):
    return open_screen("train", train_view="hand", train_hand_over=True, **memory)


def test_the_list_begins_with_the_feature_most_correlated_with_the_label(open_screen):
    screen = open_screen("train", train_view="hand")
    assert screen.app.selectbox(key="train_feature").value == "flipper_length_mm"
    assert not screen.errors


def test_one_hot_features_can_be_chosen(open_screen):
    screen = open_screen("train", train_view="hand")
    name = next(name for name in screen.app.selectbox(key="train_feature").options if name.startswith("species"))
    screen.turn("selectbox", "train_feature", name)
    assert not screen.errors


def test_an_unknown_feature_in_a_link_gives_the_usual_one(open_screen):
    screen = open_screen("train", train_view="hand", train_feature="no such column")
    assert screen.app.selectbox(key="train_feature").value == "flipper_length_mm"


def test_hand_sgd_and_closed_form_are_scored_on_the_same_rows(open_screen):
    screen = race(open_screen, train_hand_w="10.5", train_hand_b="2000", train_source="synthetic", noise=1.0)
    table = screen.table("RMSE, test rows").set_index("line")
    assert list(table.index) == ["your hand", "SGD", "closed form"]
    assert table.loc["your hand", "w"] == "10.5"
    assert table.loc["your hand", "b"] == "2,000"
    assert table.loc["closed form", "gap"] == "0"
    assert "SGD has come closer." in screen.words


def test_the_scores_are_those_of_evaluate(open_screen):
    from core.regression import make_synthetic

    screen = race(open_screen, train_hand_w="1.5", train_hand_b="4", train_source="synthetic", noise=1.0)
    X, y = make_synthetic(n=1000, weights=(2.0, -3.4), bias=4.2, noise=1.0, seed=0)
    feature = {"x1": 0, "x2": 1}[screen.app.selectbox(key="train_feature").value]
    train = evaluate(X[200:, [feature]], y[200:], [1.5], 4.0)
    row = screen.table("RMSE, test rows").set_index("line").loc["your hand"]
    assert float(row["loss"].replace(",", "")) == pytest.approx(train.loss, rel=1e-5)
    assert float(row["RMSE, training rows"].replace(",", "")) == pytest.approx(train.rmse, rel=1e-5)


def test_a_run_that_diverges_from_the_hand_is_told_with_a_rate_that_works(open_screen):
    screen = race(open_screen, train_hand_w="1", train_hand_b="0", learning_rate=10.0, _chosen_learning_rate=True)
    assert any("diverged" in error for error in screen.errors)
    button = next(button.label for button in screen.app.button if button.label.startswith("Use the learning rate"))
    screen.press(button)
    assert not screen.errors
    assert "closed form's" in screen.words


def test_another_feature_begins_anew(open_screen):
    screen = race(open_screen, train_hand_w="10", train_hand_b="2000")
    assert any("RMSE, training rows" in element.value for element in screen.app.dataframe)
    screen.turn("selectbox", "train_feature", "bill_length_mm")
    assert not any("RMSE, training rows" in element.value for element in screen.app.dataframe)


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
@pytest.mark.parametrize(
    "rows",
    [
        pd.DataFrame({"a": [1.0, 2.5, 4.0, 6.0, 8.0], "y": [3.0, 6.0, 9.0, 13.0, 17.0]}),
        pd.DataFrame({"a": [1.0, 2.0, 3.0], "y": [3.0, 1.0, 2.0]}),
        pd.DataFrame({"a": [7.0] * 6, "b": range(6), "y": [1.0, 3.0, 2.0, 5.0, 4.0, 6.0]}),
        pd.DataFrame({"a": [1.5, 2.0, 3.0, 4.0], "y": [5.0, 5.0, 5.0, 5.0]}),
    ],
    ids=["on a line", "three rows", "constant feature", "constant label"],
)
def test_small_and_extreme_tables_can_be_fitted_and_raced(open_screen, rows, scale):
    content = table_of(rows * scale)
    upload = {"name": "t.csv", "content": content, "digest": digest(content)}
    place = {"sample": "upload", "target": "y", "_upload": upload, "prepare_test_share": 0}
    screen = race(open_screen, train_hand_w="1", train_hand_b=str(scale), **place)
    assert not [error for error in screen.errors if "diverged" not in error]
    scores = screen.table("gap").astype(str)
    assert len(scores) == 3
    assert not scores.isin(["nan", "inf", "∞", "−∞", "–"]).any().any()


def test_the_verdict_says_who_is_closer_and_by_how_much():
    def said(hand, sgd, floor=10.0, steps=560):
        return verdict(pd.DataFrame({"gap": [hand, sgd, 0.0]}), floor, steps)

    assert said(5.0, 0.1) == (
        "Your line's loss is 5 (50%) above the closed form's; 560 updates later SGD's is 0.1 (1%) above it. "
        "SGD has come closer."
    )
    assert said(0.1, 5.0).endswith("Your hand is closer.")
    assert said(0.0, 0.0).endswith("They are equally close.")
    assert "1 update later" in said(1.0, 2.0, steps=1)
    assert "%" not in said(2.0, 1.0, floor=0.0)
