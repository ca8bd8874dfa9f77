"""Leakage: what the screen shows is what `core` measured on the table in use, and its code prints the same."""

import contextlib
import io
import re
import shutil

import pytest

from core.preprocessing import read_table, suggest_recipe
from core.preprocessing.analysis.leakage.measure import measure_leakage

FRAME = read_table("data/cars.csv").frame
RECIPE = suggest_recipe(FRAME, "Miles_per_Gallon")


@pytest.fixture
def leakage(open_screen):
    return open_screen("leakage", sample="cars")


def learnt(screen):
    return screen.table("Cells it acts on").set_index("Column")


def test_a_result_is_there_on_arrival(leakage):
    leak = measure_leakage(FRAME, RECIPE)
    assert leak.sentence in leakage.words
    assert leakage.boxes["Test RMSE, honest (Miles\\_per\\_Gallon)"] == f"{leak.errors['honest_test'][0]:.6g}"
    assert leakage.boxes["Test RMSE, leaky (Miles\\_per\\_Gallon)"] == f"{leak.errors['leaky_test'][0]:.6g}"
    assert len(leakage.app.get("vega_lite_chart")) == 3


def test_what_was_learnt_stands_side_by_side(leakage):
    rows = learnt(leakage)
    value = next(value for value in measure_leakage(FRAME, RECIPE, splits=1).learnt if value.column == "Horsepower")
    assert rows.loc["Horsepower", "Training rows"] == f"{value.training:.6g}"
    assert rows.loc["Horsepower", "All rows"] == f"{value.all_rows:.6g}"
    assert rows.loc["Horsepower", "Difference"] == value.difference
    assert rows.loc["Horsepower", "Cells it acts on"] == 6


def test_the_formula_has_the_live_numbers_of_the_value_that_acts(leakage):
    formula = leakage.app.latex[0].value
    value = next(value for value in measure_leakage(FRAME, RECIPE, splits=1).learnt if value.column == "Horsepower")
    assert f"n = {value.counts[0]}" in formula
    assert f"n = {value.counts[1]}" in formula
    assert f"{value.training:.8g}" in formula
    assert f"{value.all_rows:.8g}" in formula
    chosen = next(box for box in leakage.app.selectbox if box.label == "Formula for")
    chosen.set_value(0)
    leakage.run()
    assert f"{FRAME.loc[FRAME['Miles_per_Gallon'].notna(), 'Cylinders'].mean():.8g}" in leakage.app.latex[0].value


def test_share_and_seed_are_those_of_prepare(leakage):
    leakage.turn("slider", "prepare_test_share", 40).turn("number_input", "prepare_split_seed", 3)
    leak = measure_leakage(FRAME, RECIPE, 0.4, 3)
    assert leak.sentence in leakage.words
    assert "From 239 training rows, and from all 398 rows." in leakage.words


def test_nothing_held_out_leaks_nothing(leakage):
    leakage.turn("slider", "prepare_test_share", 0)
    assert "No rows are held out" in leakage.words
    assert leakage.boxes == {}
    assert "Hold out some rows" in leakage.words


def test_the_code_on_the_screen_prints_the_errors_on_the_screen(leakage, tmp_path, monkeypatch):
    shutil.copy("data/cars.csv", tmp_path)
    (tmp_path / "recipe.json").write_text(RECIPE.to_json(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(leakage.app.code[0].value, "leakage", "exec"), {})
    boxes = list(leakage.boxes.values())[:2]
    assert [f"{float(line):.6g}" for line in printed.getvalue().split()] == boxes


def test_choosing_among_more_noise_leaks_more(leakage):
    def gap() -> float:
        honest, leaky = re.search(r"is ([\d.]+) honest and ([\d.]+) leaky", leakage.words).groups()
        return float(honest) - float(leaky)

    many = gap()
    leakage.turn("select_slider", "leakage_columns", 10)
    assert gap() == 0
    assert many > 0.5


def test_a_recipe_that_learns_nothing_says_so(open_screen):
    screen = open_screen("data").upload("plain.csv", b"a,y\n" + b"".join(b"%d,%d\n" % (i, i * i) for i in range(20)))
    memory = {key: screen.app.session_state[key] for key in ("_upload", "sample")}
    prepare = open_screen("prepare", **memory)
    prepare.turn("multiselect", "prepare_columns", ["a"]).turn("selectbox", "prepare_fill", "constant")
    memory |= {"_choices": prepare.app.session_state["_choices"]}
    assert "learns nothing from the rows" in open_screen("leakage", **memory).words


def test_a_difference_that_is_rounding_alone_reads_as_none(open_screen):
    rows = [f"{row * row / 8},{row % 7},{row / 3 + row % 3}" for row in range(1, 60)]  # only scales are learnt
    screen = open_screen("data").upload("own.csv", ("a,b,y\n" + "\n".join(rows) + "\n").encode())
    memory = {key: screen.app.session_state[key] for key in ("_upload", "sample")}
    leakage = open_screen("leakage", **memory)
    assert "it makes no difference" in leakage.words
    assert leakage.boxes["Mean difference (y)"] == "0"
