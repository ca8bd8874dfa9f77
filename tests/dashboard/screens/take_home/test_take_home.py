"""Take home: every button makes its file when it is clicked; a session puts everything back, or nothing."""

import io
import json
import math
import re
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.delta_generator import DeltaGenerator

from core.export import parse_session
from core.preprocessing import read_table, suggest_recipe
from dashboard.screens.take_home import downloads, report
from tests.plain_python import run_python

OWN = b'"<img src=x>","*b*",y\n1,2,2\n2,5,3\n3,1,4\n4,2,5\n5,7,6\n6,1,8\n'
NAMES = ["_experiment.py", "_experiment.ipynb", "_report.html", "_loss.svg", "_loss.png", "_model.safetensors"]


@pytest.fixture
def offered(monkeypatch):
    """The files a screen offers: name to what makes it."""
    offers = {}

    def remember(_self, _label, data, file_name=None, **_how):
        offers[file_name] = data

    monkeypatch.setattr(DeltaGenerator, "download_button", remember)
    return offers


def uploaded(open_screen, content=OWN, name="own.csv"):
    data = open_screen("data").upload(name, content)
    return {key: data.app.session_state[key] for key in ("_upload", "sample")}


def run(folder: Path, *command: str) -> str:
    return run_python(*command, folder=folder).stdout


def test_every_file_is_offered_and_none_is_made_before_it_is_asked_for(open_screen, offered, monkeypatch):
    made = []
    for module, names in (
        (downloads, ("write_notebook", "write_predictor", "model_safetensors", "as_svg", "as_png")),
        (report, ("write_report", "as_svg")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, lambda *_what, name=name: made.append(name))
    open_screen("take_home", sample="cars")
    assert made == []
    assert set(offered) == {*(f"cars{name}" for name in NAMES), "predict_cars.py", "cars_session.json"}


def test_the_script_prints_the_figures_of_the_screen(open_screen, offered, tmp_path):
    screen = open_screen("take_home", sample="cars", epochs=3, train_optimizer="adam", train_penalty=0.1)
    (tmp_path / "cars.csv").write_bytes(Path("data/cars.csv").read_bytes())
    (tmp_path / "script.py").write_bytes(offered["cars_experiment.py"]())
    printed = run(tmp_path, "script.py")
    assert f"Loss of SGD: {screen.boxes['Loss of SGD']}\n" in printed
    assert f"Gap: {screen.boxes['Gap']}\n" in printed
    assert f"Loss of the closed form: {screen.boxes['Loss of the closed form']}\n" in printed


@pytest.mark.parametrize(
    "memory",
    [
        {"train_source": "synthetic", "train_rows": 60, "epochs": 2},
        {"sample": "house_tiny", "prepare_test_share": 0, "epochs": 4},
        {"sample": "penguins", "train_standardise": False, "learning_rate": 0.03, "_chosen_learning_rate": True},
        {"sample": "cars", "train_degree": 2, "train_products": True, "epochs": 2, "train_patience": 1},
    ],
)
def test_every_sort_of_run_gives_all_files(open_screen, offered, tmp_path, memory):
    screen = open_screen("take_home", **memory)
    stem = memory.get("sample", "synthetic")
    for name, make in offered.items():
        (tmp_path / name).write_bytes(make())
    if stem != "synthetic":
        (tmp_path / f"{stem}.csv").write_bytes(Path(f"data/{stem}.csv").read_bytes())
    assert f"Loss of SGD: {screen.boxes['Loss of SGD']}\n" in run(tmp_path, f"{stem}_experiment.py")
    if stem != "synthetic":
        predicted = pd.read_csv(io.StringIO(run(tmp_path, f"predict_{stem}.py", f"{stem}.csv")))
        assert predicted["predicted"].notna().all()


HANDED = {"train_view": "hand", "train_hand_over": True, "train_hand_w": "20", "train_hand_b": "100"}


@pytest.mark.parametrize(
    "memory",
    [
        {"train_source": "synthetic", "train_rows": 60, "epochs": 2, "train_feature": "x2"},
        {"sample": "cars", "train_degree": 2, "epochs": 2, "train_feature": "Horsepower²"},
        {"sample": "penguins", "epochs": 3, "train_feature": "bill_length_mm"},
    ],
)
def test_a_line_handed_over_to_sgd_is_taken_home_as_it_went_on(open_screen, offered, tmp_path, memory):
    train = open_screen("train", **memory, **HANDED)
    screen = open_screen("take_home", **memory, **HANDED)
    stem, feature = memory.get("sample", "synthetic"), memory["train_feature"]
    assert f"from {feature}" in screen.words
    scores = train.table("RMSE, training rows").set_index("line")
    for name, make in offered.items():
        (tmp_path / name).write_bytes(make())
    if stem != "synthetic":
        (tmp_path / f"{stem}.csv").write_bytes(Path(f"data/{stem}.csv").read_bytes())
    printed = run(tmp_path, f"{stem}_experiment.py")
    assert f"Loss of SGD: {screen.boxes['Loss of SGD']}\n" in printed
    line = re.split(r"  +", next(line for line in printed.splitlines() if line.startswith(feature)))
    assert line[1:3] == [scores.loc["SGD", "w"], scores.loc["closed form", "w"]]
    page = (tmp_path / f"{stem}_report.html").read_text()
    assert "by hand: w = 20, b = 100" in page
    if stem != "synthetic":
        predicted = pd.read_csv(io.StringIO(run(tmp_path, f"predict_{stem}.py", f"{stem}.csv")))
        assert predicted["predicted"].notna().all()
    screen.app.button_group(key="train_view").set_value("watch")
    assert "features" in screen.run().app.header[0].value


def test_without_a_line_handed_over_there_is_nothing_to_choose(open_screen):
    assert not [group for group in open_screen("take_home", train_view="hand").app.button_group
                if group.key == "train_view"]  # fmt: skip


def test_a_run_that_diverged_is_told_to_be_one(open_screen):
    memory = {"train_standardise": False, "learning_rate": 0.03, "_chosen_learning_rate": True}
    assert "last finite parameters" in open_screen("take_home", **memory).words


@pytest.mark.parametrize("chart", ["loss", "predictions", "residuals", "way", "coefficients"])
def test_each_chart_is_offered_as_svg_and_as_png_of_double_size(open_screen, offered, chart):
    open_screen("take_home", sample="cars", take_home_chart=chart)
    svg = ET.fromstring(offered[f"cars_{chart}.svg"]())
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    texts = "".join(svg.itertext())
    assert "Miles_per_Gallon" in texts or chart == "loss"
    assert not any(name.endswith("href") for element in svg.iter() for name in element.attrib)
    png = offered[f"cars_{chart}.png"]()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    assert width == pytest.approx(2 * float(svg.get("width")), abs=2)
    assert height == pytest.approx(2 * float(svg.get("height")), abs=2)


def test_the_report_holds_the_figures_and_no_markup_from_the_file(open_screen, offered):
    screen = open_screen("take_home", **uploaded(open_screen))
    page = offered["own_report.html"]().decode()
    for value in screen.boxes.values():
        assert value in page
    assert "<img" not in page
    assert page.count("&lt;img src=x&gt;") >= 1
    assert page.count("<svg ") == 5
    assert "Predicting y from 2 features" in page


def test_a_session_puts_everything_back_at_once_for_a_sample(open_screen, offered):
    there = {
        "sample": "cars", "target": "Horsepower", "epochs": 7, "seed": 3, "train_penalty": 0.1, "batch_size": 32,
        "prepare_test_share": 30, "train_degree": 2,
    }  # fmt: skip
    saved = open_screen("take_home", **there)
    file = offered["cars_session.json"]()
    here = load(open_screen("take_home"), file)
    assert here.boxes == saved.boxes
    (said,) = here.app.success
    assert str(said.value).replace("\\", "") == "Everything is as it was when “mine.json” was saved."
    assert "Predicting Horsepower" in here.words
    assert {key: here.app.session_state[key] for key in there} == there


def test_a_session_puts_back_the_hand_what_was_typed_and_what_is_infinite(open_screen, offered):
    typed = {"calculus_f": "x**5", "norms_ball_p": math.inf}
    open_screen("take_home", sample="cars", **HANDED, train_feature="Weight_in_lbs", **typed)
    file = offered["cars_session.json"]()
    other = {"sample": "penguins", "_hand_of": "elsewhere", "autograd_text": "x*x", "norms_ball_p": 3.0}
    here = load(open_screen("take_home", **other), file)
    assert "Predicting Miles_per_Gallon from Weight_in_lbs" in here.words
    assert not here.app.warning
    kept = here.app.session_state
    assert (kept["calculus_f"], kept["norms_ball_p"], kept["train_hand_w"]) == ("x**5", math.inf, 20.0)
    assert "autograd_text" not in kept


def test_a_hand_that_nobody_moved_has_no_place_in_a_session(open_screen, offered):
    open_screen("take_home", sample="cars")
    file = offered["cars_session.json"]()
    assert "train_hand_w" not in json.loads(file)["settings"]
    here = load(open_screen("take_home", **HANDED), file)
    assert "train_hand_w" not in here.app.session_state


def test_a_session_written_before_texts_were_kept_is_read(open_screen, offered):
    open_screen("take_home", sample="cars", epochs=9)
    data = json.loads(offered["cars_session.json"]())
    del data["texts"]
    assert load(open_screen("take_home"), json.dumps(data).encode()).app.session_state["epochs"] == 9


def test_pinned_runs_are_in_the_session_and_come_back(open_screen, offered):
    experiments = open_screen("experiments", sample="cars", experiments_view="pins").press("Pin this run")
    pins = experiments.app.session_state["_pins"]
    assert len(pins) == 1
    open_screen("take_home", sample="cars", _pins=pins)
    file = offered["cars_session.json"]()
    assert load(open_screen("take_home"), file).app.session_state["_pins"] == pins


def load(screen, content, name="mine.json"):
    screen.app.file_uploader(key="take_home_session").set_value((name, content, "application/json"))
    return screen.run()


def test_a_session_of_an_own_table_waits_for_it_and_can_be_forgotten(open_screen, offered):
    open_screen("take_home", **uploaded(open_screen), epochs=9)
    file = offered["own_session.json"]()
    here = load(open_screen("take_home"), file)
    assert "is for your own table “own.csv”: upload it on the screen Data" in here.words
    before = here.boxes
    assert "epochs" not in here.app.session_state or here.app.session_state["epochs"] == 20
    here.press("Discard this session")
    assert "own.csv" not in here.words
    assert here.boxes == before


def test_a_session_of_another_table_can_be_used_all_the_same(open_screen, offered):
    open_screen("take_home", **uploaded(open_screen), epochs=9)
    file = offered["own_session.json"]()
    other = uploaded(open_screen, OWN.replace(b"6,1,8", b"6,1,9"), "other.csv")
    here = load(open_screen("take_home", **other), file)
    assert "was saved with another table, “own.csv”; the bytes of “other.csv” are not the same" in here.words
    here.press("Use it with other.csv anyway")
    assert here.app.session_state["epochs"] == 9
    assert "the numbers may differ" in here.words


def test_settings_out_of_range_are_moved_and_told(open_screen, offered):
    open_screen("take_home", sample="cars")
    data = json.loads(offered["cars_session.json"]())
    data["settings"] |= {"epochs": 100_000, "train_shuffle": "sideways", "unheard_of": 1}
    here = load(open_screen("take_home"), json.dumps(data).encode())
    assert here.app.session_state["epochs"] == 200
    assert "epochs cannot be 100000; using 200." in here.words
    assert "train_shuffle cannot be sideways; using every_epoch." in here.words
    assert "unheard_of" in here.words


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: b"\xff\xfe\x00", "has to be valid JSON"),
        (lambda data: b"{}", "not a session"),
        (lambda data: json.dumps({**data, "reading": {"eval": "1"}}).encode(), "reading options"),
        (lambda data: json.dumps({**data, "reading": {"kinds": 7}}).encode(), "reading options"),
        (lambda data: json.dumps({**data, "recipe": {"target": "nowhere", "columns": []}}).encode(), "no such column"),
    ],
)
def test_a_session_that_cannot_be_taken_changes_nothing(open_screen, offered, change, said):
    open_screen("take_home", sample="cars")
    data = json.loads(offered["cars_session.json"]())
    here = open_screen("take_home", sample="penguins", epochs=4)
    before = here.boxes
    load(here, change(data))
    assert len(here.errors) == 1
    assert "was not loaded, and nothing has changed." in here.errors[0]
    assert said in here.errors[0]
    assert here.boxes == before
    assert here.app.session_state["epochs"] == 4
    assert here.app.session_state["sample"] == "penguins"


def test_a_changed_plan_is_in_the_session_and_comes_back(open_screen, offered):
    frame = read_table("data/cars.csv").frame
    plan = suggest_recipe(frame, "Horsepower")
    plan = replace(plan, columns=tuple(each for each in plan.columns if each.column != "Name")[::-1])
    recipe = open_screen("recipe", sample="cars")
    recipe.app.file_uploader(key="recipe_file").set_value(("plan.json", plan.to_json().encode(), "application/json"))
    recipe.run()
    saved = open_screen("take_home", **{key: recipe.app.session_state[key] for key in ("_choices", "sample", "target")})
    file = offered["cars_session.json"]()
    assert parse_session(file.decode()).recipe.columns[: len(plan.columns)] == plan.columns
    here = load(open_screen("take_home"), file)
    assert here.boxes == saved.boxes
    assert offered["cars_session.json"]() == file


def test_the_link_names_every_setting_that_is_not_as_usual(open_screen):
    screen = open_screen("take_home", sample="cars", epochs=7, train_penalty=0.1)
    address = next(code.value for code in screen.app.code if "/train?" in code.value)
    assert "sample=cars" in address
    assert "epochs=7" in address
    assert "train_penalty=0.1" in address
    assert "batch_size" not in address
