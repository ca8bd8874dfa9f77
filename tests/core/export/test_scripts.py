"""The script of an experiment, run by itself, makes the run of the lab once more and prints its numbers."""

import ast
import re
from dataclasses import replace

import numpy as np
import pytest

from core.export import SyntheticData, write_script
from core.formatting import format_number
from core.preprocessing import ColumnPlan, Recipe
from core.regression import SgdConfig, compare, solve_closed_form
from core.regression.sgd.optimizers import OPTIMIZERS
from tests.core.export.experiments import DATA, from_synthetic, from_table, run_alone, run_one

BOOK = SyntheticData(rows=200, weights=(2.0, -3.4), bias=4.2, noise=0.01, seed=0, held_out=40)
USUAL = SgdConfig(learning_rate=0.03, batch_size=10, epochs=5, seed=0, standardise=True)
HOSTILE = (
    b'"""""" + __import__(\'os\').abort() #","</script><img src=x>",{y},"\x1b[31mred\x1b[0m","# *b* `c`"\n'
    b"1,x,2,5,1\n2,y,3,6,\n3,x,4.5,7,3\n4,z,6,9,2\n5,\\N{DIGIT ONE},8,9,2\n6,x,9,1,1\n"
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "table.csv"
    path.write_bytes(HOSTILE)
    return path


def assert_same(made, left, tolerance=1e-9):
    """From scratch and concisely the script ends where the run did, up to rounding."""
    run = made.run
    expected = np.append(run.weights.numpy(), run.bias)
    size = np.abs(expected).max()
    assert np.abs(left["landed"].numpy() - expected).max() <= tolerance * max(size, 1e-3)
    weights, bias = run.scaling.to_standard(run.weights.numpy(), run.bias)
    inside = np.append(weights, bias)
    net = np.append(left["net_w"].numpy(), left["net_b"].numpy())
    assert np.abs(net - inside).max() <= tolerance * max(np.abs(inside).max(), 1e-3)


def problems(hostile):
    """Every sort of table and of choice that the lab knows, at least once."""
    tiny, cars, penguins = DATA / "house_tiny.csv", DATA / "cars.csv", DATA / "penguins.csv"
    yield from_table(penguins, USUAL, target="body_mass_g")
    yield from_table(cars, SgdConfig(0.01, 16, 4, 7, True, "momentum", {"momentum": 0.8}), target="Miles_per_Gallon")
    yield from_table(tiny, SgdConfig(0.05, 1, 3, 1, True), target="Price", test_share=0)
    yield from_table(hostile, SgdConfig(0.1, 2, 9, 1, True, penalty=0.1))
    yield from_synthetic(BOOK, SgdConfig(0.03, 10, 3, 0))
    yield from_synthetic(BOOK, SgdConfig(0.05, 10, 4, 2, False, "adam", shuffle="once", start_spread=1.0))
    yield from_synthetic(BOOK, SgdConfig(0.05, 160, 30, 2, shuffle="never", start_spread=0.0))
    yield from_synthetic(BOOK, SgdConfig(0.02, 12, 4, 2, penalty=0.3, initial=((1.0, -1.0), 0.5)))
    yield from_synthetic(BOOK, USUAL, degree=3, products=True, centre=True)
    yield from_table(cars, SgdConfig(0.005, 32, 3, 0, True, "adam", penalty=0.01), target="Horsepower", degree=2)
    yield from_table(penguins, SgdConfig(0.1, 5, 30, 0, True, early_stopping=2), target="body_mass_g")
    yield from_table(
        penguins, SgdConfig(0.02, 20, 30, 1, True, "momentum", penalty=1.0, early_stopping=1), target="year"
    )


def test_every_script_ends_where_the_lab_did(hostile, tmp_path):
    every = list(problems(hostile))
    assert not any(made.run.diverged for made in every)
    for made, left in zip(every, run_alone([write_script(made.experiment) for made in every], tmp_path), strict=True):
        assert_same(made, left)


def test_the_closed_form_of_a_script_has_the_digits_of_the_screen(hostile, tmp_path):
    every = list(problems(hostile))
    for made, left in zip(every, run_alone([write_script(made.experiment) for made in every], tmp_path), strict=True):
        fit = solve_closed_form(made.X_train, made.y_train)
        expected = np.append(fit.weights.numpy(), fit.bias)
        away = np.abs(left["least"].numpy() - expected).max() / np.abs(expected).max()
        assert away < 1e-10
        assert left["gap"].item() == pytest.approx(made.run.gap, rel=1e-6, abs=1e-18 * made.run.history["loss"].iloc[0])


def test_scripts_of_random_settings_end_where_the_lab_did(tmp_path):
    rng = np.random.default_rng(11)
    every = []
    for _case in range(40):
        rows, d = int(rng.integers(5, 60)), int(rng.integers(1, 6))
        weights = tuple(rng.normal(size=d).round(2).tolist())
        data = SyntheticData(rows, weights, 0.5, 0.3, int(rng.integers(99)), rows // 4)
        choices = SgdConfig(
            learning_rate=float(10 ** rng.uniform(-4, -1)),
            batch_size=int(rng.integers(1, rows)),
            epochs=int(rng.integers(1, 12)),
            seed=int(rng.integers(1000)),
            standardise=bool(rng.integers(2)),
            optimizer=str(rng.choice(list(OPTIMIZERS))),
            options={"momentum": float(rng.choice([0.0, 0.5, 0.9]))},
            shuffle=str(rng.choice(["every_epoch", "once", "never"])),
            start_spread=float(rng.choice([0.0, 0.01, 1.0])),
            penalty=float(rng.choice([0.0, 0.01, 1.0])),
            early_stopping=[None, 1, 3][int(rng.integers(3))],
        )
        features = [{}, {"degree": 2}, {"products": True, "centre": False}][int(rng.integers(3))]
        every.append(from_synthetic(data, choices, **features))
    for made, left in zip(every, run_alone([write_script(made.experiment) for made in every], tmp_path), strict=True):
        if not made.run.diverged:
            assert_same(made, left)


def test_a_run_that_diverges_is_followed_as_far_as_in_the_lab(tmp_path):
    every = [
        from_table(DATA / "penguins.csv", SgdConfig(0.03, 10, 20, 0), target="body_mass_g"),
        from_synthetic(BOOK, SgdConfig(2.5, 160, 200, 0)),
        from_synthetic(BOOK, SgdConfig(3.0, 20, 20, 0, penalty=0.5, early_stopping=2)),
    ]
    assert all(made.run.diverged for made in every)
    for made, left in zip(every, run_alone([write_script(made.experiment) for made in every], tmp_path), strict=True):
        assert_same(made, left, tolerance=1e-6)


def test_a_model_that_fills_gaps_is_in_the_script(tmp_path):
    plans = [
        ColumnPlan("bill_length_mm", "nearest", "number"),
        ColumnPlan("bill_depth_mm", "iterative", "number"),
        ColumnPlan("flipper_length_mm", "mean", "number", scale="standard"),
    ]
    made = from_table(DATA / "penguins.csv", USUAL, recipe=Recipe("body_mass_g", tuple(plans)))
    assert_same(made, *run_alone([write_script(made.experiment)], tmp_path, "sklearn"))


@pytest.mark.parametrize("penalty", [0.0, 0.2])
def test_what_is_printed_is_what_the_screen_shows(tmp_path, penalty):
    made = from_table(DATA / "penguins.csv", replace(USUAL, penalty=penalty), target="body_mass_g")
    printed = run_one(write_script(made.experiment), tmp_path)
    run, fit = made.run, solve_closed_form(made.X_train, made.y_train)
    told = compare(
        run, fit, made.X_train, made.y_train, X_test=made.X_test, y_test=made.y_test,
        feature_names=made.experiment.feature_names,
    )  # fmt: skip
    assert f"Loss of SGD: {format_number(run.loss, 4)}\n" in printed
    assert f"Loss of the closed form: {format_number(run.closed_form_loss, 4)}\n" in printed
    assert f"Gap: {format_number(run.gap, 3)}\n" in printed
    lines = [re.split(r"  +", line) for line in printed.splitlines()]
    columns = ["sgd", "closed_form", "difference", "least_squares" if penalty else "sgd_as_it_landed"]
    for name, row in told.coefficients.set_index("coefficient")[columns].iterrows():
        assert [name, *map(format_number, row)] in lines
    models = {"sgd": "SGD", "closed_form": "closed form", "least_squares": "least squares"}
    for row in told.scores.itertuples():
        part = {"train": "training rows", "test": "test rows"}[row.part]
        figures = [format_number(value, 8) for value in (row.loss, row.rmse, row.r_squared)]
        assert [models[row.model], part, str(row.rows), *figures] in lines


def test_true_parameters_stand_beside_the_learnt_ones(tmp_path):
    made = from_synthetic(BOOK, SgdConfig(0.03, 10, 30, 0))
    printed = run_one(write_script(made.experiment), tmp_path)
    assert re.search(r"^coefficient +true +SGD +closed form +difference$", printed, re.MULTILINE)
    assert re.search(r"^x2 +−3\.4 +−3\.39", printed, re.MULTILINE)


def test_a_run_that_was_stopped_is_made_up_to_there(tmp_path):
    made = from_synthetic(BOOK, SgdConfig(0.03, 10, 3, 0))
    halfway = replace(made.experiment, updates=20)
    row = made.run.updates
    place = row.steps.tolist().index(20)
    (left,) = run_alone([write_script(halfway)], tmp_path)
    assert np.allclose(left["landed"].numpy(), row.before[place], rtol=1e-10)


def test_names_from_a_file_are_code_nowhere(hostile, tmp_path):
    made = from_table(hostile, USUAL)
    script = write_script(made.experiment)
    names = {node.id for node in ast.walk(ast.parse(script)) if isinstance(node, ast.Name)}
    assert "__import__" not in names
    comments = [line for line in script.splitlines() if line.lstrip().startswith("#")]
    assert not any(mark in line for line in comments for mark in ("abort", "img", "31m", "{y}"))
    printed = run_one(script, tmp_path)
    assert "\x1b" not in printed


def test_a_script_says_only_what_the_experiment_uses():
    plain = write_script(from_synthetic(BOOK, SgdConfig(0.03, 10, 3, 0)).experiment)
    for word in ("penalty", "patience", "momentum", "adam", "ceiling", "terms", "pandas"):
        assert word not in plain
    assert plain == write_script(from_synthetic(BOOK, SgdConfig(0.03, 10, 3, 0)).experiment)
