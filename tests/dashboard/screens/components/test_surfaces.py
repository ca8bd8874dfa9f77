"""Surfaces: starts and the minima they reach, and lines that end where the screen says."""

import contextlib
import io
import json

import numpy as np
import pytest

from core.errors import InputError
from core.foundations.loss_surfaces import descend, find_minima, sine_surface
from dashboard.screens.components.surface_code import surface_traps
from dashboard.screens.components.surfaces import read_starts, starts_text


def open_surfaces(open_screen, **settings):
    return open_screen("components", components_view="surfaces", **settings)


def scene(screen) -> dict:
    return json.loads(screen.app.get("bidi_component")[0].proto.json)


def test_the_minima_shown_are_those_of_the_surface(open_screen):
    bowl, many = scene(open_surfaces(open_screen))["surfaces"]
    assert len(bowl["minima"]) == 1
    exact = np.linalg.lstsq(np.column_stack([bowl["x"], bowl["other"]]), np.array(bowl["y"]), rcond=None)[0]
    assert bowl["minima"][0]["place"] == pytest.approx(exact.tolist(), abs=1e-9)
    assert [each["loss"] for each in many["minima"]] == pytest.approx(find_minima(sine_surface()).losses.tolist())
    assert set(many["basins"]) >= {0, 1}


def test_the_lines_end_where_the_first_start_ends(open_screen):
    screen = open_surfaces(open_screen, components_surface_steps=50)
    code = next(code.value for code in screen.app.code if "import torch" in code.value)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(code, {})
    u, v, loss = map(float, out.getvalue().split())
    surface = sine_surface()
    start = surface.low + np.array([0.75, 0.3]) * (surface.high - surface.low)
    end = descend(surface, [start], 0.3, 50)[0, -1]
    assert [u, v] == pytest.approx(end.tolist(), rel=1e-9)
    assert loss == pytest.approx(float(surface.loss(end)))


@pytest.mark.parametrize("model", ["sine", "unit"])
def test_both_buttons_do_what_they_say(open_screen, model):
    screen = open_surfaces(open_screen, components_surface_model=model)
    assert "This works:" in screen.press("A setting that works").words
    assert "This fails:" in screen.press("A setting that fails, and why").words


def test_a_rate_that_is_too_large_reaches_nothing_on_the_bowl(open_screen):
    assert "100% of the starts" in open_surfaces(open_screen).words
    assert "On the bowl 0% of the starts" in open_surfaces(open_screen, components_surface_rate=3.0).words


@pytest.mark.parametrize("text", ["", "nothing", "0.1", "0.1 0.2 0.3", "2 0.5", "nan 0.5", "0 0;" * 6])
def test_starts_in_a_link_that_cannot_be_read_end_in_a_sentence(open_screen, text):
    with pytest.raises(InputError):
        read_starts(text)
    screen = open_surfaces(open_screen, components_surface_many_starts=text)
    assert screen.errors
    assert "Showing the last valid result." in screen.words


def test_starts_are_read_as_they_are_written():
    assert read_starts(starts_text([[0.125, 0.5], [1.0, 0.0]])) == [[0.125, 0.5], [1.0, 0.0]]


@pytest.mark.parametrize("sample", ["cars", "longley", "house_tiny"])
def test_any_table_has_a_bowl_or_a_sentence(open_screen, sample):
    screen = open_surfaces(open_screen, sample=sample)
    assert "On the bowl" in screen.words or screen.errors[0].endswith("table.")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (lambda n: (n % 5, n * n % 7, 0.1), "so nothing can be fitted"),
        (lambda n: (n % 5, 3, n % 4), "in this table 1 does"),
        (lambda n: ((n % 5) * 1e300, n * n % 7, (n % 4) * 1e300), None),
    ],
)
def test_constant_columns_have_a_sentence_and_large_ones_a_bowl(open_screen, row, said):
    rows = "".join(",".join(map(str, row(n))) + "\n" for n in range(40))
    data = open_screen("data").upload("t.csv", f"a,b,y\n{rows}".encode())
    kept = {name: data.app.session_state[name] for name in ("sample", "_upload")}
    screen = open_surfaces(open_screen, **kept)
    if said:
        assert said in screen.errors[0]
    else:
        assert not screen.errors
        assert np.abs(scene(screen)["surfaces"][0]["x"]).max() < 3


def test_traps_have_what_torch_gives():
    assert "[0., 0.]" in surface_traps()[0].error
