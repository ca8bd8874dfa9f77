"""Nudge: the loss of the visitor's own model moves as the two terms foretell; accuracy is a staircase beside it."""

import json
import re

import pyarrow as pa
import pytest

from core.formatting import format_number
from core.regression import evaluate, make_synthetic, train_sgd
from dashboard.visit.settings import KNOBS

NUDGE = {"train_closer": "nudge", "train_source": "synthetic", "train_rows": 100, "noise": 0.5, "epochs": 2}


def run():
    X, y = make_synthetic(n=100, weights=[2, -3.4], bias=4.2, noise=0.5, seed=0)
    return X[20:], y[20:], train_sgd(
        X[20:], y[20:], learning_rate=0.03, batch_size=10, epochs=2, seed=0, standardise=True
    )  # fmt: skip


def opened(open_screen, **more):
    kept = {f"_chosen_{key}": True for key in ("learning_rate", "batch_size", "epochs")}
    return open_screen("train", **{**NUDGE, "learning_rate": 0.03, "batch_size": 10, **kept, **more})


def charts(screen):
    found = []
    for chart in screen.app.get("vega_lite_chart"):
        tables = {each.name: pa.ipc.open_stream(each.data.data).read_pandas() for each in chart.proto.datasets}
        found.append((json.loads(chart.proto.spec), tables))
    return found


@pytest.mark.parametrize(("at", "amount"), [("end", 1.0), ("start", -0.1)])
def test_the_table_has_the_loss_of_the_moved_model_and_what_foretold_it(open_screen, at, amount):
    screen = opened(open_screen, train_nudge_at=at, train_nudge=amount)
    table = screen.table("change")
    X, y, sgd = run()
    assert table["parameter"].tolist() == ["x1", "x2", "bias"]
    place = sgd.updates.before[0 if at == "start" else -1]
    Z = sgd.scaling.transform(X)
    before = evaluate(Z, y, place[:-1], place[-1]).loss
    assert f"The loss before is {format_number(before)}." in screen.words
    for row in range(3):
        moved = place.copy()
        moved[row] += amount
        after = evaluate(Z, y, moved[:-1], moved[-1]).loss
        assert table["loss"][row] == pytest.approx(after, rel=1e-12)
        assert table["change"][row] == pytest.approx(after - before, rel=1e-9)
        assert table["first"][row] + table["second"][row] == pytest.approx(table["change"][row], rel=1e-12)
        assert table["first"][row] == table["gradient"][row] * amount


def test_the_slider_and_the_parameter_move_the_formula(open_screen):
    screen = opened(open_screen)
    assert r"L(\text{x1} + 1) - L" in formula(screen)
    screen.turn("select_slider", "train_nudge", -0.01)
    assert r"L(\text{x1} - 0.01) - L" in formula(screen)
    screen.turn("selectbox", "train_nudged", "bias")
    assert r"L(\text{bias} - 0.01) - L" in formula(screen)
    assert r"\tfrac{1}{2} \cdot 1 \cdot (-0.01)^2" in formula(screen)


def formula(screen):
    return next(each.value for each in screen.app.latex if "g\\,a" in each.value)


@pytest.mark.parametrize("amount", KNOBS["train_nudge"].options[::4])
@pytest.mark.parametrize("zoom", [1, 1000])
def test_any_amount_and_zoom_draw_numbers(open_screen, amount, zoom):
    screen = opened(open_screen, train_nudge=amount, train_zoom=zoom)
    assert screen.errors == []
    assert re.search(r"differ by \S+ at most, which is rounding", screen.words)


def test_accuracy_is_a_staircase_and_the_loss_a_curve_with_a_slope(open_screen):
    screen = opened(open_screen, train_zoom=1)
    stairs = next((spec, tables) for spec, tables in charts(screen) if "stairs" in tables)
    curve = next((spec, tables) for spec, tables in charts(screen) if "curve" in tables)
    assert stairs[0]["title"]["text"] == "Accuracy: a staircase"
    assert stairs[0]["layer"][0]["mark"]["interpolate"] == "step-after"
    assert "accuracy changes at" in stairs[1]["words"]["said"].item()
    assert stairs[1]["stairs"]["accuracy"].nunique() > 3
    assert curve[1]["curve"]["loss"].nunique() == len(curve[1]["curve"])
    assert "Its slope is 0 wherever it has one" in screen.words
    assert "Call a label high if it is above the median" in screen.words
    gradient = opened(open_screen).table("change")["gradient"][0]
    assert f"The slope of the loss here is {'−' if gradient < 0 else ''}{abs(gradient):.4g}" in screen.words


def test_a_feature_that_never_varies_moves_nothing_and_is_said_to(open_screen):
    content = b"x,z,y\n" + b"".join(b"%d,%d,%d\n" % (i, 5, 2 * i + 1) for i in range(40))
    data = open_screen("data").upload("flat.csv", content)
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("train", **memory, train_closer="nudge", train_nudged="z")
    assert screen.app.selectbox(key="train_nudged").value == "z"
    assert "moving its weight changes no prediction" in screen.words


def test_a_run_that_diverged_is_nudged_or_says_why_not(open_screen):
    screen = open_screen("train", train_closer="nudge", train_standardise=False, learning_rate=0.03,
                         _chosen_learning_rate=True)  # fmt: skip
    assert len(screen.errors) == 1
    assert "nan" not in screen.words.lower()
    start = screen.turn("segmented_control", "train_nudge_at", "start")
    assert start.table("change")["loss"].notna().all()


def test_a_parameter_of_another_table_gives_way(open_screen):
    screen = open_screen("train", sample="cars", train_closer="nudge", train_nudged="bill_length_mm")
    assert screen.app.selectbox(key="train_nudged").value == "Cylinders"
