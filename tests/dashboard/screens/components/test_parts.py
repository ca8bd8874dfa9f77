"""The four parts of the visitor's own model: numbers, switches, the loop, and lines that give its numbers."""

import contextlib
import io
import json

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from streamlit.testing.v1 import AppTest

from dashboard.screens.components.loop_code import loop_traps

POSED = """
from dashboard.pipeline import training
from dashboard.visit import state

state.put("posed", training.problem())
"""
CHANGED = {"components_parts_rows": "half", "components_parts_degree": 2, "components_parts_optimizer": "exact"}


def scene_of(screen) -> dict:
    return json.loads(screen.app.get("bidi_component")[0].proto.json)


def code_of(screen) -> str:
    return next(code.value for code in screen.app.code if "import torch" in code.value)


def printed(code: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(code, {})
    return out.getvalue()


def test_the_exact_answer_beside_the_learned_one_is_scikit_learns(open_screen):
    table = open_screen("components", sample="cars").table("model")
    exact = table[table["model"] == "its exact answer"].iloc[0]
    app = AppTest.from_string(POSED, default_timeout=60)
    app.session_state["sample"] = "cars"
    posed = app.run().session_state["posed"]
    fit = LinearRegression().fit(posed.X_train.numpy(), posed.y_train.numpy())
    for part, X, y in (("train", posed.X_train, posed.y_train), ("test", posed.X_test, posed.y_test)):
        expected = np.sqrt(((fit.predict(X.numpy()) - y.numpy()) ** 2).mean())
        assert exact[part] == pytest.approx(expected, rel=1e-6)


def test_a_switch_changes_the_result_and_says_what_it_alone_does(open_screen):
    screen = open_screen("components", **CHANGED)
    table = screen.table("model").set_index("model")
    changed, exact = table.loc["with your changes"], table.loc["exact, with your changes"]
    assert changed.tolist() == exact.tolist()  # the exact optimiser gives the exact answer
    assert changed["test"] != table.loc["your model", "test"]
    assert screen.words.count("This switch alone takes the test error") == 3
    assert "137 training rows" in screen.words


def test_the_setting_that_fails_says_why_with_its_numbers(open_screen):
    screen = open_screen("components").press("A setting that fails, and why")
    table = screen.table("model").set_index("model")
    assert table.loc["with your changes", "test"] > table.loc["your model", "test"]
    assert table.loc["with your changes", "train"] < table.loc["your model", "train"]
    assert "This fails:" in screen.words
    assert "27 rows" in screen.words
    screen.press("A setting that works")
    assert "This works:" in screen.words


def test_a_penalty_that_holds_the_model_back_is_no_memory(open_screen):
    screen = open_screen("components", components_parts_objective="large", components_parts_rows="tenth",
                         components_parts_optimizer="exact")  # fmt: skip
    table = screen.table("model").set_index("model")
    assert table.loc["with your changes", "train"] > table.loc["your model", "train"]
    assert "does not fit its own rows as closely either" in screen.words
    assert "remembers" not in screen.words


def test_an_optimiser_that_has_not_arrived_is_named(open_screen):
    screen = open_screen("components", components_parts_optimizer="adam", epochs=1)
    table = screen.table("model").set_index("model")
    assert table.loc["with your changes", "test"] > 1.05 * table.loc["exact, with your changes", "test"]
    assert "The optimiser has not arrived" in screen.words


def test_without_test_rows_only_the_training_error_is_spoken_of(open_screen):
    screen = open_screen("components", components_parts_degree=3, components_parts_optimizer="exact",
                         prepare_test_share=0)  # fmt: skip
    assert screen.table("model")["test"].isna().all()
    assert "The training error falls from" in screen.words
    assert "Without test rows nobody knows whether that is better." in screen.words
    assert "test error falls" not in screen.words
    assert "training error of" in open_screen("components", prepare_test_share=0).words


def test_linearly_dependent_columns_have_no_inverse(open_screen):
    rows = "".join(f"{n},{2 * n},{n * n % 7}\n" for n in range(40))
    data = open_screen("data").upload("twice.csv", f"a,b,y\n{rows}".encode())
    kept = {name: data.app.session_state[name] for name in ("sample", "_upload")}
    screen = open_screen("components", components_parts_optimizer="exact", **kept)
    assert any("X^{+}" in formula.value for formula in screen.app.latex)
    assert "Of its 3 columns 2 are linearly independent" in screen.words
    shrunk = open_screen("components", components_parts_optimizer="exact", components_parts_objective="small", **kept)
    assert not any("X^{+}" in formula.value for formula in shrunk.app.latex)
    assert "the penalty leaves it out" in shrunk.words


def test_the_loop_and_its_lines_have_the_same_numbers(open_screen):
    screen = open_screen("components", components_parts_objective="small", components_parts_optimizer="adam")
    turn = scene_of(screen)["turns"][0]
    loss, weights = printed(code_of(screen)).strip().splitlines()
    assert float(loss) == pytest.approx(turn["loss"], rel=1e-6)
    assert float(weights.split()[-1]) == pytest.approx(turn["after"][-1], rel=1e-5)


@pytest.mark.parametrize("settings", [{"train_source": "synthetic", "train_rows": 10}, {"sample": "house_tiny"}])
def test_few_rows_have_their_parts_too(open_screen, settings):
    screen = open_screen("components", components_parts_rows="tenth", **settings)
    assert not screen.app.exception
    assert "Objective" in screen.words


def test_a_table_without_a_target_ends_in_a_sentence(open_screen):
    screen = open_screen("data").upload("words.csv", b"a,b\nx,y\nz,w\n")
    assert screen
    kept = {name: screen.app.session_state[name] for name in ("sample", "_upload")}
    assert open_screen("components", **kept).errors


def test_traps_have_what_torch_gives():
    assert "tensor(6.)" in loop_traps()[0].error
    assert all(trap.error for trap in loop_traps())
    assert loop_traps()[2].error.count("tensor(1., requires_grad=True)") == 2, "neither moves"
