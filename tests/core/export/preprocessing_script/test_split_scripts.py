"""A script splits the rows as the lab does: by group, by time, with copies on one side; the same rows, bit for bit."""

import runpy
import sys
import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch

from core.errors import InputError
from core.preprocessing import ColumnPlan, Recipe, SplitPlan, read_table, split_rows

NAME = '"""# <b>'  # of a column, which the script must not run


def write_file(path):
    """Write a file in which groups, times and features are missing now and then, and a third of the rows are copies."""
    draw = np.random.default_rng(3)
    rows = 90
    frame = pd.DataFrame(
        {
            NAME: draw.choice(["p1", "p2", "p3", "p4", "p5", "p6"], rows),
            "visit": draw.integers(1, 9, rows).astype(float),
            "day": pd.Timestamp(2021, 1, 1) + pd.to_timedelta(draw.integers(0, 40, rows), unit="D"),
            "x": draw.integers(0, 5, rows) / 4,
            "c": draw.choice(["low", "mid", "high"], rows),
            "y": draw.integers(0, 4, rows) * 1.5,
        }
    )
    for name in frame.columns:
        frame.loc[draw.choice(rows, 8, replace=False), name] = np.nan
    copied = pd.concat([frame, frame.iloc[:45]], ignore_index=True)
    copied["day"] = copied["day"].dt.strftime("%d.%m.%Y")
    copied.to_csv(path, index=False)


PLANS = (
    ColumnPlan(NAME, "drop_column", "drop"),
    ColumnPlan("visit", "forward", "number", was_missing=True),
    ColumnPlan("day", "median", "date"),
    ColumnPlan("x", "drop_rows", "number", scale="standard"),
    ColumnPlan("c", "forward", "ordinal", order=("low", "high")),
)
SPLITS = (
    SplitPlan(),
    SplitPlan(keep_copies=True),
    SplitPlan("group", NAME),
    SplitPlan("group", "visit"),
    SplitPlan("group", "c", keep_copies=True),
    SplitPlan("group", "day"),
    SplitPlan("time", "day"),
    SplitPlan("time", "visit"),
)


@pytest.fixture(scope="module")
def frame(tmp_path_factory):
    path = tmp_path_factory.mktemp("split") / "table.csv"
    write_file(path)
    return read_table(path).frame


def run(script, path, monkeypatch):
    path.write_text(script, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["script.py"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return runpy.run_path(str(path))


@pytest.mark.parametrize("split", SPLITS, ids=str)
@pytest.mark.parametrize("share", [0.0, 0.3])
def test_the_script_tests_on_the_same_rows(split, share, frame, tmp_path, monkeypatch):
    recipe = Recipe("y", PLANS, split=split)
    train, test = split_rows(frame, recipe, share, seed=5)
    fitted = recipe.fit(frame.loc[train])
    prepared = fitted.transform(frame)
    left = run(fitted.to_script(split=(share, 5)), tmp_path / "script.py", monkeypatch)
    assert sorted(left["train"]) == list(train)
    assert sorted(left["test"]) == list(test)
    assert torch.equal(left["X"], prepared.X)
    held_out = torch.tensor(prepared.rows.isin(test))
    assert torch.equal(left["X_test"], prepared.X[held_out])
    assert torch.equal(left["y_train"], prepared.y[~held_out])
    assert bool(len(test)) == (share > 0)


def test_a_column_without_a_training_value_still_tells_copies_apart(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    rows = [f"{place % 3},{'' if place < 8 else place % 2},{place % 3}" for place in range(12)]
    path.write_text("\n".join(["x,rare,y", *rows]))
    frame = read_table(path).frame
    recipe = Recipe(
        "y",
        (ColumnPlan("x", "mean", "number"), ColumnPlan("rare", "mean", "number")),
        split=SplitPlan(keep_copies=True),
    )
    for seed in range(6):
        train, test = split_rows(frame, recipe, 0.3, seed)
        script = recipe.fit(frame.loc[train]).to_script(split=(0.3, seed))
        assert list(run(script, tmp_path / "script.py", monkeypatch)["test"]) == list(test)


def test_a_table_made_by_hand_is_split_by_the_times_of_a_feature_alone():
    frame = pd.DataFrame({"x": [1.0, 2, 3], "t": [3.0, 1, 2], "y": [1.0, 2, 3]})
    recipe = Recipe(
        "y", (ColumnPlan("x", "mean", "number"), ColumnPlan("t", "mean", "number")), split=SplitPlan("time", "t")
    )
    assert "latest_rows(times" in recipe.fit(frame).to_script(split=(0.3, 0))
    dropped = replace(recipe, columns=(recipe.columns[0], ColumnPlan("t", "drop_column", "drop")))
    with pytest.raises(InputError, match="read as dates or numbers"):
        dropped.fit(frame).to_script(split=(0.3, 0))
    assert "latest_rows" not in dropped.fit(frame).to_script()
