"""The screen Products: its code gives its answers, its traps are real, and bad input leaves the last good answer."""

import re

import numpy as np
import pytest
import torch

from dashboard.visit.settings import KNOBS, TEXTS

VIEWS = KNOBS["products_view"].options
ANSWERS = {
    "transpose": "[[1, 4], [2, 5], [3, 6]]",
    "hadamard": "[[0.0, 10.0, 200.0], [-3.0, 2.0, 10.0]]",
    "scalar": str((np.arange(24) * 2).reshape(2, 3, 4).tolist()),
    "dot": "6",
    "matrix_vector": "[14, 38, 62, 86, 110]",
    "matrix_matrix": "[[5, -7], [14, -13]]",
}


def run(screen):
    """Run the lines of torch on the screen, and return what they leave."""
    names = {}
    exec(next(code.value for code in screen.app.code if "result = " in code.value), names)
    return names


@pytest.mark.parametrize("view", ANSWERS)
def test_the_code_on_the_screen_gives_its_answer(open_screen, view):
    screen = open_screen("products", products_view=view)
    result = run(screen)["result"]
    assert str(result.tolist()) == ANSWERS[view]
    assert f"{tuple(result.shape)}" in screen.words
    assert f"{result.dtype}" in screen.words


@pytest.mark.parametrize("view", VIEWS)
def test_every_example_is_a_good_one_and_its_code_runs(open_screen, view):
    key = "products_weights_example" if view == "weights" else f"products_{view}_example"
    labels = open_screen("products", products_view=view).app.button_group(key=key).options
    assert len(labels) >= 2
    for label in labels:
        screen = open_screen("products", products_view=view).press(label)
        assert screen.errors == []
        assert "result" in run(screen)


def test_all_ways_to_a_dot_product_are_one(open_screen):
    names = run(open_screen("products", products_view="dot", products_x="[1.5, -2, 4]", products_y="[3, 0.25, 1]"))
    assert names["result"] == names["as_sum"] == names["as_matmul"] == 8.0


def test_a_weighted_mean_is_on_the_screen_and_in_the_code(open_screen):
    memory = {"products_view": "dot", "products_meaning": "weights", "products_weights": "[3, 1, 2]"}
    screen = open_screen("products", **memory)
    assert run(screen)["result"].item() == pytest.approx(28 / 6)
    assert "4.667" in screen.app.latex[0].value


@pytest.mark.parametrize("making", KNOBS["products_making"].options)
@pytest.mark.parametrize("writing", KNOBS["products_writing"].options)
def test_what_is_said_of_sharing_is_what_the_code_finds(open_screen, making, writing):
    screen = open_screen("products", products_view="clone", products_making=making, products_writing=writing)
    names = run(screen)
    assert names["shared"] == ("Not shared" not in screen.words)
    assert (names["A"] is names["B"]) == ("two names" in screen.words and writing != "rebind")


@pytest.mark.parametrize("view", VIEWS)
def test_the_traps_show_what_torch_really_says(open_screen, view):
    screen = open_screen("products", products_view=view, traps=True)
    blocks = [code.value for code in screen.app.expander[0].code]
    assert len(blocks) >= 6
    raised = 0
    for lines, said in zip(blocks[::2], blocks[1::2], strict=True):
        names = {"torch": torch}
        try:
            exec(lines, names)
        except Exception as problem:
            assert said == f"{type(problem).__name__}: {problem}"
            raised += 1
        else:
            shown = re.findall(r"^(\S.*?)  →  ", said, re.MULTILINE)
            assert shown
            assert all(str(eval(name, names)).splitlines()[0] in said for name in shown)
    assert raised >= (0 if view == "transpose" else 1)


BAD = [
    ("transpose", "products_turned", "1 2 3"),
    ("transpose", "products_turned", "[[1, 2], [3]]"),
    ("clone", "products_original", ""),
    ("hadamard", "products_second", "[1, 2]"),
    ("scalar", "products_scalar", "1 2"),
    ("scalar", "products_scalar", "two"),
    ("dot", "products_y", "[1, 2]"),
    ("dot", "products_y", "[" * 3000),
    ("matrix_vector", "products_vector", "[[0], [1]]"),
    ("matrix_matrix", "products_right", "arange(12).reshape(2, 6)"),
    ("matrix_matrix", "products_left", "ones(10000, 10000)"),
    ("matrix_matrix", "products_left", "__import__('os')"),
]


@pytest.mark.parametrize(("view", "key", "text"), BAD)
def test_bad_input_is_told_in_one_sentence_and_the_last_answer_stays(open_screen, view, key, text):
    screen = open_screen("products", products_view=view)
    before = run(screen)["result"]
    kind = "text_area" if any(area.key == key for area in screen.app.text_area) else "text_input"
    screen.turn(kind, key, text)
    assert len(screen.errors) == 1
    assert screen.errors[0].endswith(".")
    after = run(screen)["result"]
    assert str(after) == str(before)


HOSTILE = ["[]", "zeros(0, 3)", "[[nan, inf], [-inf, 1e308]]", "true", "1e400", "[[[1]]]", "ones(50, 50)", "[1, nan]"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("view", VIEWS)
def test_any_tensor_in_every_field_ends_in_a_good_screen(open_screen, view, text):
    screen = open_screen(
        "products", products_view=view, **dict.fromkeys([key for key in TEXTS if key.startswith("products_")], text)
    )
    assert len(screen.errors) <= 1
    assert all(error.endswith(".") for error in screen.errors)
    assert "result" in run(screen)
    assert not any("nan" in formula.value.replace(r"\text{nan}", "") for formula in screen.app.latex)
