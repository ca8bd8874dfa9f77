"""Take it home: every button makes its file when it is clicked, and not before."""

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import safetensors.torch
import torch
from streamlit.delta_generator import DeltaGenerator

from core.preprocessing import Recipe, read_table, split_rows, suggest_recipe
from tests.plain_python import run_python

OWN = b"=size,text,y\n1,=1+1,2\n2,plain,3\n,-5,4\n4,@x,5\n5,,6\n"


@pytest.fixture
def offered(monkeypatch):
    """The files a screen offers: name to what makes it."""
    files = {}

    def remember(_self, _label, data, file_name=None, **_how):
        files[file_name] = data if callable(data) else (lambda: data)

    monkeypatch.setattr(DeltaGenerator, "download_button", remember)
    return files


@pytest.fixture
def cars(open_screen, offered):
    open_screen("prepare", sample="cars")
    return {name: make() for name, make in offered.items()}


@pytest.fixture
def prepared():
    frame = read_table("data/cars.csv").frame
    recipe = suggest_recipe(frame, "Miles_per_Gallon")
    train, _test = split_rows(frame, recipe, test_share=0.2, seed=0)
    return recipe.fit(frame.loc[train]).transform(frame)


def test_nothing_is_made_before_it_is_asked_for(open_screen, offered, monkeypatch):
    from dashboard.screens.prepare import downloads

    made = []
    for name in ("prepared_csv", "filled_csv", "prepared_parquet", "prepared_pt", "prepared_safetensors"):
        monkeypatch.setattr(downloads, name, lambda *_what, name=name, **_how: made.append(name) or b"")
    open_screen("prepare", sample="cars")
    assert made == []
    for make in offered.values():
        make()
    assert sorted(made) == ["filled_csv", "prepared_csv", "prepared_parquet", "prepared_pt", "prepared_safetensors"]


def test_every_file_of_tensors_holds_the_tensors_bit_for_bit(cars, prepared):
    csv = pd.read_csv(io.BytesIO(cars["cars_prepared.csv"]))
    parquet = pq.read_table(io.BytesIO(cars["cars_prepared.parquet"])).to_pandas()
    expected = np.column_stack([prepared.X.numpy(), prepared.y.numpy()])
    for table in (csv, parquet):
        assert list(table.columns) == [*prepared.feature_names, "Miles_per_Gallon"]
        assert table.to_numpy(dtype="float64").tobytes() == expected.tobytes()
    for tensors in (
        torch.load(io.BytesIO(cars["cars.pt"]), weights_only=True),
        safetensors.torch.load(cars["cars.safetensors"]),
    ):
        assert torch.equal(tensors["X"], prepared.X)
        assert torch.equal(tensors["y"], prepared.y)


def test_the_filled_table_reads_as_the_file_did_but_without_gaps(cars):
    frame = read_table("data/cars.csv").frame
    filled = pd.read_csv(io.BytesIO(cars["cars_filled.csv"]))
    assert list(filled.columns) == [name for name in frame.columns if name != "Name"]
    assert len(filled) == len(frame)
    assert filled["Horsepower"].notna().all()
    present = frame["Horsepower"].notna()
    assert filled["Horsepower"][present].tolist() == frame["Horsepower"][present].tolist()
    assert filled["Origin"].tolist() == frame["Origin"].tolist()
    assert filled["Miles_per_Gallon"].isna().sum() == frame["Miles_per_Gallon"].isna().sum()


def test_the_recipe_and_the_script_are_those_of_the_screen(cars, tmp_path):
    frame = read_table("data/cars.csv").frame
    assert Recipe.from_json(cars["cars_recipe.json"].decode()) == suggest_recipe(frame, "Miles_per_Gallon")
    assert json.loads(cars["cars_recipe.json"])["target"] == "Miles_per_Gallon"
    script = tmp_path / "prepare_cars.py"
    script.write_bytes(cars["prepare_cars.py"])
    (tmp_path / "cars.csv").write_bytes(Path("data/cars.csv").read_bytes())
    assert "X (398, 9)" in run_python(script.name, folder=tmp_path).stdout


def test_what_a_spreadsheet_would_run_is_defused_and_counted(open_screen, offered):
    data = open_screen("data").upload("own.csv", OWN)
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("prepare", **memory)
    filled = offered["own_filled.csv"]().decode()
    assert filled.splitlines()[:3] == ['"\'=size","text","y"', '1,"\'=1+1",2', '2,"plain",3']
    header = offered["own_prepared.csv"]().decode().splitlines()[0]
    assert header.startswith('"\'=size",')
    assert "In the CSV, 3 names and cells that a spreadsheet would run as formulas have an apostrophe" in screen.words


def test_a_table_without_such_texts_has_no_word_about_them(open_screen):
    assert "spreadsheet" not in open_screen("prepare", sample="cars").words
