"""Levels and why now on the screen: what is drawn, said and printed is what core, scikit-learn and torch compute."""

import json
import math
import warnings

import numpy as np
import pyarrow as pa
import pytest

from core.formatting import format_number, format_percent
from core.foundations.decades import QUANTITIES, decades, growth
from core.foundations.digits import load_digits
from core.foundations.edges import KERNELS, canny_edges, convolve, photograph
from core.foundations.representation import train_network
from dashboard.screens.components.kernels import cells_text

LEVELS = ["digits", "layers", "kernels", "edges", "keypoints"]
VIEWS = [{"components_view": "levels", "components_level": name} for name in LEVELS] + [{"components_view": "why_now"}]
QUICK = {"components_digit_rows": 300, "components_epochs": 4, "components_shift": "1"}


def level(name: str, **more: object) -> dict[str, object]:
    return {"components_view": "levels", "components_level": name, **more}


def ran(screen) -> dict:
    """What the lines of torch leave when they are run."""
    left: dict = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(next(code.value for code in screen.app.code if code.value.startswith("import")), left)
    return left


def tables(screen, chart: int = 0) -> dict:
    datasets = screen.app.get("vega_lite_chart")[chart].proto.datasets
    return {each.name: pa.ipc.open_stream(each.data.data).read_pandas() for each in datasets}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: str(list(view.values())[-1]))
def test_every_lesson_has_a_picture_lines_traps_and_a_way_on(open_screen, view):
    screen = open_screen("components", **view, traps=True)
    assert screen.errors == []
    assert screen.app.get("bidi_component") or screen.app.get("vega_lite_chart") or screen.boxes
    assert any("Traps" in str(expander.label) for expander in screen.app.expander)
    assert "takes for granted" in screen.words
    assert screen.app.get("page_link")


def test_the_bars_are_what_the_lines_of_torch_reach(open_screen):
    screen = open_screen("components", **level("digits", **QUICK))
    bars = tables(screen)["bars"]
    accuracy = bars[bars["learned"]]["accuracy"].item()
    assert accuracy == train_network(load_digits(rows=300, shift=1), epochs=4).accuracy
    assert ran(screen)["accuracy"] == pytest.approx(accuracy, abs=0.02), "the last digits of a product may differ"
    assert "sizes of frequencies" in bars["name"].iloc[3]


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("Digits in place: pixels are enough", "Pixels are enough here"),
        ("Digits that move: learning helps", "Learning helps"),
        ("Fails: 50 images", "with so few images it overfits"),
        ("Fails: no epoch", "near chance"),
    ],
)
def test_the_buttons_on_features_do_what_they_say(open_screen, button, said):
    assert said in open_screen("components", **level("digits", **QUICK)).press(button).words


def test_the_levels_are_those_of_the_lines(open_screen):
    screen = open_screen("components", **level("layers", **QUICK))
    bars = tables(screen)["bars"]
    assert ran(screen)["levels"] == pytest.approx(bars["accuracy"].tolist(), abs=0.03)
    assert len(screen.app.get("vega_lite_chart")) == 1 + 3, "the bars, and a picture for each level"
    assert any("= 4618" in formula.value for formula in screen.app.latex)
    assert "2 hidden layers" in screen.words


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("A setting that works", "It works: after layer"),
        ("Fails: layers without ReLU", "explains all but 0.00% of the last layer"),
        ("Fails: random weights", "Nothing is learned yet"),
    ],
)
def test_the_buttons_on_levels_do_what_they_say(open_screen, button, said):
    screen = open_screen("components", **level("layers", **QUICK, components_depth=1)).press(button)
    assert said in screen.words.replace("**", "")


@pytest.mark.parametrize("name", KERNELS)
def test_the_lines_slide_the_kernel_of_the_stage_over_its_digit(open_screen, name):
    screen = open_screen("components", **level("kernels", components_kernel=name, components_digit=7))
    scene = json.loads(screen.app.get("bidi_component")[0].proto.json)
    sums = convolve(scene["image"], scene["kernel"])
    np.testing.assert_allclose(ran(screen)["sums"].numpy(), sums, atol=1e-12)
    np.testing.assert_allclose(scene["image"], load_digits().images[7])


def test_a_learned_kernel_can_be_slid_too_and_a_one_stands_upright(open_screen):
    screen = open_screen("components", **level("kernels")).press("A learned kernel")
    scene = json.loads(screen.app.get("bidi_component")[0].proto.json)
    np.testing.assert_allclose(ran(screen)["sums"].numpy(), convolve(scene["image"], scene["kernel"]), atol=1e-12)
    assert "It answers:" in screen.press("Works: upright strokes").words
    assert "A weak answer:" in screen.press("Fails: level edges of a one").words


def test_a_typed_kernel_is_that_of_the_sums_the_photograph_and_the_lines(open_screen):
    typed = [[0.0, 1e-5, 0.1 + 0.2], [-2.5, 0.0, 7.0], [1 / 3, 0.0, -1.0]]
    text = cells_text("upright", typed)
    screen = open_screen("components", **level("kernels", components_kernel_cells=text))
    scene = json.loads(screen.app.get("bidi_component")[0].proto.json)
    assert scene["kernel"] == typed
    np.testing.assert_allclose(ran(screen)["sums"].numpy(), convolve(scene["image"], typed), atol=1e-12)
    other = open_screen("components", **level("kernels", components_kernel="blur", components_kernel_cells=text))
    assert json.loads(other.app.get("bidi_component")[0].proto.json)["kernel"] == np.array(KERNELS["blur"]).tolist()
    scene = json.loads(screen.press("Works: upright strokes").app.get("bidi_component")[0].proto.json)
    assert scene["kernel"] == np.array(KERNELS["upright"]).tolist()


@pytest.mark.parametrize(
    "text", ["upright", "upright: 1 2; 3", "upright: 1 2 3; 4 5 6; 7 8 nan", "x: " + "1 1 2e6;" * 3]
)
def test_a_typed_kernel_that_cannot_be_read_ends_in_a_sentence(open_screen, text):
    screen = open_screen("components", **level("kernels", components_kernel_cells=text))
    assert "its name and nine numbers" in screen.errors[0]
    assert "Showing the last valid result." in screen.words


def test_the_edges_are_those_of_core_and_of_the_lines(open_screen):
    screen = open_screen("components", **level("edges", components_photo="flower", components_sigma=1.0))
    found = canny_edges(photograph("flower"), 1.0, 0.1, 0.2)
    assert screen.boxes["Pixels on an edge"] == format_percent(found.share, 1)
    frames = json.loads(screen.app.get("bidi_component")[0].proto.json)["frames"]
    assert [frame["title"] for frame in frames] == ["1 Blur", "2 Slope", "3 Keep the ridges", "4 Join"]
    assert f"{found.pieces} pieces" in frames[-1]["text"]
    assert ran(screen)["edges"].double().mean().item() == pytest.approx(found.share, abs=1e-3)


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("A setting that works", "It works:"),
        ("Fails: hardly any blur", "the outlines drown"),
        ("Fails: too high a threshold", "eight times the slope reaches 0.6 at few places"),
        ("Fails: all blurred away", "Blurred by 6 pixels"),
    ],
)
def test_the_buttons_on_edges_do_what_they_say(open_screen, button, said):
    assert said in open_screen("components", **level("edges", components_sigma=1.5)).press(button).words


def test_a_low_threshold_above_the_high_one_is_said(open_screen):
    screen = open_screen("components", **level("edges", components_low=0.5, components_high=0.2))
    assert "weak edges are not joined" in screen.words
    assert "low_threshold=0.2" in next(code.value for code in screen.app.code if "canny" in code.value)


def test_the_keypoints_are_those_of_the_lines(open_screen):
    screen = open_screen("components", **level("keypoints", components_photo="flower"))
    features = ran(screen)["features"]
    assert features.shape[1] == 128
    assert abs(int(screen.boxes["Keypoints"].replace(",", "")) - len(features)) <= 2
    assert "found again" in screen.words


def test_keypoints_need_contrast(open_screen):
    screen = open_screen("components", **level("keypoints")).press("A setting that fails, and why")
    assert "It fails: SIFT has a fixed threshold" in screen.words.replace("**", "")
    assert abs(len(ran(screen)["features"]) - int(screen.boxes["Keypoints"])) <= 2
    none = open_screen("components", **level("keypoints", components_contrast=10))
    assert none.boxes["Keypoints"] == "0"
    assert ran(none)["features"].shape == (0, 128)
    assert "It works:" in screen.press("A setting that works").words.replace("**", "")


def test_why_now_shows_the_table_of_the_book_with_the_table_at_hand(open_screen):
    screen = open_screen("components", components_view="why_now")
    assert screen.boxes["Rows of your table"] == "344"
    shown = tables(screen)
    assert len(shown["curve"]) == 18
    row = shown["here"][shown["here"]["about"] == "your table"].iloc[0]
    assert row["value"] == 344
    assert row["year"] == pytest.approx(1970 + 10 * math.log10(3.44))
    factors = growth(decades())
    assert screen.table("Data")["Data"].tolist()[-1] == "× 10,000,000,000"
    assert len(screen.table("Data")) == len(factors)
    assert f"computing grew most, {format_number(1000.0)} times" in screen.words.replace("**", "")
    assert set(QUANTITIES) <= set(factors)


def test_the_table_did_not_fit_into_the_memory_of_1970(open_screen):
    screen = open_screen("components", components_view="why_now")
    assert "It works:" in screen.words
    assert "It fails: in 1970 the usual machine had 1 kB" in screen.press("Fails: 1970").words.replace("**", "")
    assert any(r"\;>\;" in formula.value for formula in screen.app.latex)


def test_a_table_without_a_target_or_too_wide_a_one_has_its_sentence_then(open_screen):
    def of(content: str, **more):
        data = open_screen("data").upload("t.csv", content.encode())
        kept = {name: data.app.session_state[name] for name in ("sample", "_upload")}
        return open_screen("components", components_view="why_now", **kept, **more)

    screen = of("a,b\nx,y\nz,w\n")
    assert "has none" in screen.errors[0]
    assert "takes for granted" in screen.words, "the rest of the view stays"
    names = [f"f{column}" for column in range(130)]
    rows = "\n".join(",".join(str((row * column) % 101) for column in range(1, 131)) for row in range(20))
    assert "not even one row" in of(f"{','.join(names)}\n{rows}\n", components_year="1970").words


def test_the_lines_of_why_now_measure_the_machine(open_screen):
    assert ran(open_screen("components", components_view="why_now"))["flops"] > 1e7
