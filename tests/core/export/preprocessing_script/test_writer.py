"""The exported script, run by a fresh Python on the raw file, gives the very same tensors."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import ColumnPlan, Recipe, column_kind, read_table, split_rows, suggest_recipe
from core.preprocessing.recipes.choices import FILLS_BY_ENCODE
from tests.examples import examples
from tests.plain_python import run_python

DATA = Path(__file__).parents[4] / "data"

NASTY = {
    "classic": (b"NumRooms,Alley,Price\nNA,Pave,127500\n2,NA,106000\n4,NA,178100\nNA,NA,140000\n", {}),
    "semicolons and decimal commas": ("Fläche;Lage;Preis\n80,5;gut;1,1\n;schlecht;2,2\n120,25;gut;3,3\n".encode(), {}),
    "gbk": ("面积,朝向,价格\n80,南,300.1\nNA,北,500.7\n120,南,NA\n90,,410\n".encode("gbk"), {}),
    "utf-16": ("a\tb\tyé\n1\tx\t2\n?\tz\t3\n".encode("utf-16"), {}),
    "ragged": (b"a,b,y\n1,x,2,9,9\n3\n4,z,5,\n6,x,7\n", {}),
    "trailing delimiters": (b"a,b,y,\n1,x,2,\nNA,z,5,\n", {}),
    "names twice": (b"y,y,,y\n1,2,3,4\nNA,5,6,7\n", {}),
    "blanks": (b'a , b,y\n 1 ," x ", 2\n NA , x,3\n4,  ,5\n" NA ", x,6\n', {}),
    "identifiers": (b"zip,big,y\n00123,9007199254740993,1\n04567,NA,2\n00123,1,3\n", {}),
    "infinite": (b"a,y\ninf,1\n2.5,2\n1e999,3\n4,inf\n", {}),
    "truth": (b"f,g,y\nTrue,TRUE,1\nFalse,,2\nTrue,FALSE,3\n", {}),
    "thousands": (b'a,day,y\n"1,234.5",Monday,"1,000"\n"12,345",Tuesday,2\n7,Monday,3\n', {}),
    "own tokens": (b"a,b,y\nmissing,None,1\n2,NA,2\n3,x,NA\n", {"missing": ["missing"]}),
    "line breaks": (b'"a\nb","c\r\nd",y\r\n1,"x\r\ny",2\r\nNA,z,3\r\n', {}),
    "blank lines": (b"\n  \na,y\n\n1,2\n   \n3,4\n\n", {}),
    "one feature": (b"a|y\n1|2\n|3\n", {}),
    "code": (
        b'"\'); import os; os.abort() #","""""""","a\\",{y},y\n1,"""",\\n,3,2\n,\'x\',\\n,4,3\n3,\'x\',\'\'\'",5,4\n',
        {},
    ),
    "rows that are not in the sample": (
        b"a,b,y\n0,x,1\n0,x,2\n1,x,3\n2,x,4\n3,y,5\n4,x,6\nNA,y,7\nx, NA ,8\n",
        {"sample": 5},
    ),
    "line separators": ("a\u2028b,c\x85d,y\n1,x\u2029y,2\nNA,\x1b,3\n".encode(), {}),
}


RUNNER = """
import runpy, sys, torch
folder, count = sys.argv[1], int(sys.argv[2])
sys.argv = ["script.py"]
kept = []
for place in range(count):
    result = runpy.run_path(f"{folder}/script_{place}.py")
    kept.append({key: result[key] for key in ("X", "y", "feature_names")})
torch.save(kept, f"{folder}/results.pt")
"""


def run_scripts(scripts, folder):
    """Run the scripts in one fresh process, each through runpy, and return their variables."""
    for place, script in enumerate(scripts):
        (folder / f"script_{place}.py").write_text(script, encoding="utf-8")
    run_python("-W", "error", "-c", RUNNER, str(folder), str(len(scripts)), folder=folder)
    return torch.load(folder / "results.pt")


def assert_equal(result, prepared):
    assert torch.equal(result["X"], prepared.X)
    assert torch.equal(result["y"], prepared.y)
    assert result["feature_names"] == prepared.feature_names
    assert result["X"].dtype == result["y"].dtype == torch.float64


def recipes_for(frame):
    """Return the suggestion, and every fill of every encoding for all columns that take it."""
    suggestion = suggest_recipe(frame)
    yield suggestion
    for encode in ("number", "one_hot"):
        for fill in FILLS_BY_ENCODE[encode]:
            if fill in ("drop_column", "forward", "nearest", "iterative"):
                continue
            plans = []
            for plan in suggestion.columns:
                is_number = column_kind(frame[plan.column]) == "number"
                if encode == "number" and not is_number:
                    plans.append(plan)
                else:
                    constant = (7.5 if is_number else "a'b\n#") if fill == "constant" else None
                    plans.append(ColumnPlan(plan.column, fill, encode, constant))
            yield Recipe(suggestion.target, tuple(plans))


def test_every_recipe_for_every_nasty_table_gives_the_same_tensors_as_its_script(tmp_path):
    scripts, expected = [], []
    for name, (data, arguments) in NASTY.items():
        path = tmp_path / f"{name}.csv"
        path.write_bytes(data)
        frame = read_table(path, **arguments).frame
        for recipe in recipes_for(frame):
            try:
                fitted = recipe.fit(frame.loc[split_rows(frame, recipe, 0.4)[0]])
                expected.append(fitted.transform(frame))
            except InputError:
                continue
            scripts.append(fitted.to_script())
    assert len(scripts) > 7 * len(NASTY)
    for result, prepared in zip(run_scripts(scripts, tmp_path), expected, strict=True):
        assert_equal(result, prepared)


@pytest.mark.parametrize("name", ["penguins.csv", "house_tiny.csv"])
def test_a_plain_python_runs_the_script_in_another_folder(name, tmp_path):
    frame = read_table(DATA / name).frame
    recipe = suggest_recipe(frame)
    fitted = recipe.fit(frame.loc[split_rows(frame, recipe)[0]])
    prepared = fitted.transform(frame)
    (tmp_path / "prepare.py").write_text(
        fitted.to_script("elsewhere.csv") + "\ntorch.save((X, y), 'out.pt')\n", "utf-8"
    )
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [sys.executable, "prepare.py", str(DATA / name)]
    run = subprocess.run(command, cwd=tmp_path, env=clean, check=True, capture_output=True, text=True, timeout=300)
    X, y = torch.load(tmp_path / "out.pt")
    assert torch.equal(X, prepared.X)
    assert torch.equal(y, prepared.y)
    assert run.stdout == f"X {tuple(X.shape)} y {tuple(y.shape)}\n"
    assert run.stderr == ""


def test_the_script_of_the_classic_table_reads_like_a_student_would_write_it():
    frame = read_table(NASTY["classic"][0]).frame
    script = suggest_recipe(frame).fit(frame).to_script("house_tiny.csv")
    assert 'path = sys.argv[1] if len(sys.argv) > 1 else "house_tiny.csv"' in script
    assert 'features["NumRooms"] = table["NumRooms"].fillna(3.0)  # mean of the 2 training rows with a value' in script
    assert 'features["Alley_Pave"] = table["Alley"] == "Pave"' in script
    assert 'features["Alley_nan"] = table["Alley"].isna()' in script
    assert len(script.splitlines()) < 35
    assert set(re.findall(r"^import (\w+)", script, re.M)) <= {"sys", "numpy", "pandas", "torch"}


def test_the_path_is_the_one_given_or_the_one_read_or_table_csv(tmp_path):
    frame = read_table(DATA / "house_tiny.csv").frame
    fitted = suggest_recipe(frame).fit(frame)
    assert repr(os.fspath(DATA / "house_tiny.csv"))[1:-1] in fitted.to_script()
    assert '"other.csv"' in fitted.to_script("other.csv")
    frame = read_table((DATA / "house_tiny.csv").read_bytes()).frame
    assert '"table.csv"' in suggest_recipe(frame).fit(frame).to_script()


def test_a_table_made_by_hand_gets_a_script_that_reads_a_plain_file(tmp_path):
    frame = pd.DataFrame({"a": [1.5, np.nan], "c": ["x", None], "y": [1, 2]})
    frame.to_csv(tmp_path / "hand.csv", index=False)
    fitted = suggest_recipe(frame).fit(frame)
    [result] = run_scripts([fitted.to_script(str(tmp_path / "hand.csv"))], tmp_path)
    assert_equal(result, fitted.transform(frame))


def test_no_text_from_the_table_stands_in_a_comment():
    frame = read_table(NASTY["code"][0]).frame
    for recipe in recipes_for(frame):
        script = recipe.fit(frame).to_script()
        compile(script, "script.py", "exec")
        for line in script.splitlines():
            assert not re.search(r"  # .*(import|abort|'x')", line)


texts = st.text(alphabet="ab'\"\\#{}\n,; é姓\u2028=", max_size=4)
numbers = st.integers(-20, 20).map(str) | st.floats(allow_nan=False).map(repr) | st.sampled_from(["inf", "00", "1,5"])


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_scripts_for_made_up_tables_give_the_same_tensors(data, tmp_path):
    count = data.draw(st.integers(2, 6))
    width = data.draw(st.integers(1, 3))
    names = data.draw(st.lists(texts, min_size=width, max_size=width))
    cells = [
        data.draw(st.sampled_from([numbers, texts, st.sampled_from(["a", "NA", " b ", "True"])])) for _name in names
    ]
    rows = [[data.draw(cell) for cell in cells] for _row in range(count)]
    table = pd.DataFrame(rows).assign(target=range(count))
    text = table.to_csv(index=False, header=[*names, "target"], sep=data.draw(st.sampled_from(",;\t")))
    path = tmp_path / "made_up.csv"
    path.write_bytes(text.encode(data.draw(st.sampled_from(["utf-8", "gb18030", "utf-16"]))))
    try:
        table = read_table(path)
        assume(not table.reading.skipped and all(column.conversion is None for column in table.reading.columns))
        frame = table.frame
        recipe = data.draw(st.sampled_from(list(recipes_for(frame))))
        fitted = recipe.fit(frame.loc[split_rows(frame, recipe, 0.3)[0]])
        prepared = fitted.transform(frame)
    except InputError:
        return
    script = tmp_path / "made_up.py"
    script.write_text(fitted.to_script(), "utf-8")
    arguments, sys.argv = sys.argv, ["made_up.py"]
    try:
        assert_equal(runpy.run_path(str(script)), prepared)
    finally:
        sys.argv = arguments
