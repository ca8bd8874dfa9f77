"""Supervised learning on the screen: what is drawn, said and printed is what core and torch compute."""

import json
import re

import numpy as np
import pandas as pd
import pytest

from core.formatting import format_number, format_percent
from core.foundations.lengths import SENTENCES, fixed_vectors
from core.foundations.neighbours import contest, make_curve
from dashboard.screens.components.assumptions import verdict

WAY, LENGTHS, ASSUMPTIONS = (
    {"components_view": "supervised", "components_lesson": name} for name in ("way", "lengths", "assumptions")
)


def ran(screen) -> dict:
    """What the lines of torch leave when they are run."""
    left: dict = {}
    exec(next(code.value for code in screen.app.code if code.value.startswith("import")), left)
    return left


def scene(screen) -> dict:
    return json.loads(screen.app.get("bidi_component")[0].proto.json)


@pytest.mark.parametrize("lesson", [WAY, LENGTHS, ASSUMPTIONS], ids=lambda lesson: lesson["components_lesson"])
def test_every_lesson_has_a_picture_lines_traps_and_a_way_on(open_screen, lesson):
    screen = open_screen("components", **lesson, traps=True)
    assert screen.errors == []
    assert screen.app.get("bidi_component") or screen.app.get("vega_lite_chart")
    assert any("Traps" in str(expander.label) for expander in screen.app.expander)
    assert "takes for granted" in screen.words
    assert screen.app.get("page_link")


def test_the_lines_of_torch_give_the_predictions_of_the_stage(open_screen):
    for steps, rate in ((6, 0.5), (0, 0.5), (20, 2.2)):
        screen = open_screen("components", **WAY, components_steps=steps, components_rate=rate)
        drawn = [row["guess"] for row in scene(screen)["asked"]]
        assert drawn == pytest.approx(ran(screen)["predictions"].tolist(), rel=1e-9)


def test_the_figures_are_the_errors_of_the_rows_that_were_kept_back(open_screen):
    screen = open_screen("components", **WAY)
    asked = scene(screen)["asked"]
    error = np.mean([abs(row["guess"] - row["y"]) for row in asked])
    assert screen.boxes["Error of the learned line"] == format_number(float(error), 4)
    assert scene(screen)["feature"] == "flipper_length_mm"
    assert scene(screen)["label"] == "body_mass_g"


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("A setting that works", "It works:"),
        ("Fails: one label", "nothing says how steep"),
        ("Fails: too large a rate", "multiplies the distance to the exact line by 1.2"),
        ("Fails: stopped at the start", "no step was made"),
    ],
)
def test_the_buttons_do_what_they_say_and_the_reason_stands_there(open_screen, button, said):
    screen = open_screen("components", **WAY, components_rows=30).press(button)
    assert said in screen.words
    learned, exact, guess = (float(value.replace(",", "")) for value in screen.boxes.values())
    assert (learned < 0.6 * guess) == (button == "A setting that works")
    assert (exact < 0.6 * guess) == (button != "Fails: one label"), "the rows say it, or do not"


def test_another_seed_draws_other_rows(open_screen):
    one, two = (scene(open_screen("components", **WAY, components_draw_seed=seed))["drawn"] for seed in (0, 1))
    assert {row["row"] for row in one} != {row["row"] for row in two}


def test_a_table_too_small_to_learn_from_ends_in_a_sentence(open_screen):
    rows = "a,y\n1,2\n3,4\n"
    data = open_screen("data").upload("two.csv", rows.encode())
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("components", **WAY, prepare_test_share=0, **memory)
    assert "at least 3 rows" in screen.errors[0]


def test_a_rate_above_2_is_the_reason_even_where_the_feature_is_constant(open_screen):
    data = open_screen("data").upload("flat.csv", ("a,y\n" + "".join(f"0.1,{n % 7}\n" for n in range(30))).encode())
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    fast, slow = (open_screen("components", **WAY, components_rate=rate, **memory) for rate in (2.2, 0.5))
    assert "multiplies the distance to the exact line by 1.2" in fast.words
    assert "It can only repeat their mean label" in slow.words
    said = float(re.search(r"mean absolute error is ([\d.,]+) \(in the unit of y\)", slow.words)[1])
    assert said < 7


def test_the_lines_pad_and_average_as_the_pictures_do(open_screen):
    for length in (1, 5, 20):
        screen = open_screen("components", **LENGTHS, components_length=length, components_text="built_in")
        found = fixed_vectors([str(sentence) for sentence in SENTENCES], length)
        left = ran(screen)
        np.testing.assert_array_equal(left["padded"].numpy(), found.padded)
        np.testing.assert_allclose(left["means"].numpy(), found.means)
        assert screen.boxes["Tokens cut off"] == format_percent(found.share_cut)
        assert screen.boxes["Places that are padding"] == format_percent(found.share_empty)


def test_what_is_lost_is_named(open_screen):
    screen = open_screen("components", **LENGTHS).press("Fails: cut too short")
    said = {frame["kind"]: frame["text"] for frame in scene(screen)["frames"]}
    assert "“3. it rains” and “4. it rains and …” one vector" in said["cut"]
    assert "“1. the dog bites …” and “2. the man bites …” one vector" in said["mean"]
    assert screen.press("Long enough for all").boxes["Tokens cut off"] == "0%"


def test_the_texts_of_the_table_are_taken_and_one_without_texts_says_so(open_screen):
    screen = open_screen("components", **LENGTHS, components_text="column", sample="cars")
    assert "Cells of the column Name" in screen.words
    assert ran(screen)["padded"].shape[1] == 5
    none = open_screen("components", **LENGTHS, sample="longley")
    assert "no column of texts with different numbers of words" in none.words
    assert none.boxes["Pairs with the same mean"] == "1"


def test_the_column_of_texts_can_be_chosen(open_screen):
    cells = ["a", "a b c", "b c", "c b a c"]
    frame = pd.DataFrame({"one": cells * 6, "two": ["up", "up and down"] * 12, "word": list("pq") * 12, "y": range(24)})
    data = open_screen("data").upload("t.csv", frame.to_csv(index=False).encode())
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("components", **LENGTHS, **memory)
    assert "Cells of the column one, from short to long." in screen.words
    assert screen.app.selectbox(key="components_text_column").options == ["one", "two"]
    screen.turn("selectbox", "components_text_column", "two")
    assert ran(screen)["padded"].tolist() == [[3, 0, 0, 0, 0], [3, 1, 2, 0, 0]]


def test_the_errors_are_those_of_core_and_the_verdict_follows_them(open_screen):
    curve = {"components_world": "curve", "components_seeds": 2, "components_curve_rows": 150}
    screen = open_screen("components", **ASSUMPTIONS, **curve)
    found = contest(*make_curve(150, 0.3, 0), k=5, seeds=range(2))
    last = found.curve[found.curve["rows"] == 100].set_index("model")["error"]
    assert f"the errors are {format_number(last['line'], 4)} and {format_number(last['neighbours'], 4)}" in screen.words
    assert ("on the neighbours are ahead" in screen.words) == (found.crossing is not None)
    table = screen.press("Your table")
    assert "Up to 228 rows the line is ahead" in table.words
    assert "(4)" not in table.words


@pytest.mark.parametrize(("rows", "features", "helps"), [(90, 30, True), (3000, 1, False)])
def test_more_rows_help_a_line_until_its_parameters_are_found(rows, features, helps):
    random = np.random.default_rng(0)
    X = random.normal(size=(rows, features))
    found = contest(X, X.sum(axis=1) + 0.5 * random.normal(size=rows), seeds=range(4))
    said = verdict(found, "table")
    assert (f"More rows still help the line with its {features + 1} parameters" in said) == helps
    assert ("More rows help the line no further" in said) == (not helps)


def test_only_noise_sets_a_floor_and_only_on_endless_rows(open_screen):
    noisy, clean = (
        open_screen("components", **ASSUMPTIONS, components_noise=noise, components_world="curve").words
        for noise in (0.3, 0.0)
    )
    assert "On endless test rows no model would be off by less than the noise, 0.3" in noisy
    assert "endless test rows" not in clean


def test_a_table_too_small_to_compare_on_says_so_and_the_curve_stays(open_screen):
    screen = open_screen("components", **ASSUMPTIONS, sample="house_tiny")
    (error,) = screen.errors
    assert "at least 6 rows" in error
    assert "Showing the curve." in screen.words
    assert screen.app.get("vega_lite_chart")


def test_the_lines_compare_both_models_and_more_data_helps_the_neighbours(open_screen):
    errors = {}
    for rows in (30, 1200):
        screen = open_screen(
            "components", **ASSUMPTIONS, components_curve_rows=rows, components_seeds=2, components_world="curve"
        )
        line, errors[rows] = np.mean(ran(screen)["errors"], axis=0)
        shown = f"the errors are {format_number(float(line), 4)} and {format_number(float(errors[rows]), 4)}"
        assert shown in screen.words
    assert errors[1200] < errors[30]


def test_hostile_names_stay_text_and_are_learned_from(open_screen):
    frame = pd.DataFrame({"<b>x</b>": range(12), "**t**": ["a b", "$c$ :red[d]"] * 6, "y*": range(0, 24, 2)})
    data = open_screen("data").upload("t.csv", frame.to_csv(index=False).encode())
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    for lesson in (WAY, LENGTHS, ASSUMPTIONS):
        mine = {"components_text": "column", "components_world": "table"}
        screen = open_screen("components", **lesson, **mine, **memory)
        assert screen.errors == []
        assert not any("<b>" in str(markdown.value) for markdown in screen.app.markdown)
    assert scene(open_screen("components", **WAY, **memory))["label"] == "y*"
