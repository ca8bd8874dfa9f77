"""Polynomials by degree and by update: the stage, its sentences, and lines that give the numbers of the screen."""

import contextlib
import io
import json

import pytest

from dashboard.screens.components.fit_code import degree_traps


def open_fits(open_screen, **settings):
    return open_screen("components", components_view="generalisation", **settings)


def scene(screen) -> dict:
    return json.loads(screen.app.get("bidi_component")[0].proto.json)


def printed(screen) -> float:
    code = next(code.value for code in screen.app.code if "import torch" in code.value)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(code, {})
    return float(out.getvalue())


def test_the_stage_has_every_degree_and_the_lines_give_its_training_error(open_screen):
    screen = open_fits(open_screen, components_fit_degree=4)
    shown = scene(screen)
    assert shown["labels"] == list(range(13))
    assert shown["trainErrors"] == sorted(shown["trainErrors"], reverse=True)
    assert shown["testErrors"][shown["best"]] == min(shown["testErrors"])
    assert shown["start"] == 4
    assert printed(screen) == pytest.approx(shown["trainErrors"][4], rel=1e-6)


@pytest.mark.parametrize("source", ["table", "wave"])
@pytest.mark.parametrize("what", ["degrees", "descent"])
def test_both_buttons_do_what_they_say(open_screen, source, what):
    screen = open_fits(open_screen, components_fit_source=source, components_fit_what=what)
    assert "This works:" in screen.press("A setting that works").words
    assert "This fails:" in screen.press("A setting that fails, and why").words


def test_a_descent_ends_where_its_lines_end(open_screen):
    screen = open_fits(open_screen, components_fit_what="descent", components_fit_updates=100)
    shown = scene(screen)
    assert shown["labels"][-1] == 100
    assert printed(screen) == pytest.approx(shown["trainErrors"][-1], rel=1e-6)
    assert shown["floor"] <= shown["trainErrors"][-1]


def test_other_rows_other_noise_and_another_seed_give_another_picture(open_screen):
    usual = {"components_fit_source": "wave"}
    changes = ({"components_fit_rows": 30}, {"components_fit_noise": 1.0}, {"seed": 5})
    pictures = [scene(open_fits(open_screen, **usual, **change))["train"] for change in ({}, *changes)]
    assert len({json.dumps(picture) for picture in pictures}) == 4


@pytest.mark.parametrize("sample", ["cars", "longley", "house_tiny"])
def test_any_table_has_a_curve_or_a_sentence(open_screen, sample):
    for what in ("degrees", "descent"):
        screen = open_fits(open_screen, sample=sample, components_fit_what=what)
        assert screen.errors or "This works:" in screen.words or "This fails:" in screen.words
        assert all(error.endswith(".") for error in screen.errors)


@pytest.mark.parametrize("what", ["degrees", "descent"])
@pytest.mark.parametrize(
    ("label", "other", "said"), [("0.1", "0.10", "one value only"), ("1e200", "3", "beyond 1e100")]
)
def test_a_label_of_one_value_or_too_large_a_one_ends_in_a_sentence(open_screen, what, label, other, said):
    rows = "".join(f"{n * n % 17},{label if n % 2 else other}\n" for n in range(40))
    data = open_screen("data").upload("flat.csv", f"a,y\n{rows}".encode())
    kept = {name: data.app.session_state[name] for name in ("sample", "_upload")}
    (error,) = open_fits(open_screen, components_fit_what=what, **kept).errors
    assert said in error


def test_traps_have_what_torch_gives():
    digits, zero, _third = degree_traps()
    assert float(digits.error.split("(")[1].split(",")[0].rstrip(")")) > 1e12
    assert "0." in zero.error
