"""The leakage meter: what it says was learnt, and the errors it reports, are those of scikit-learn's pipelines."""

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression
from sklearn.metrics import root_mean_squared_error
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, RobustScaler, StandardScaler

from core.errors import InputError
from core.preprocessing import ColumnPlan, Recipe, read_table, split_rows, suggest_recipe
from core.preprocessing.analysis.leakage.measure import MOST_CELLS, measure_leakage
from core.preprocessing.analysis.leakage.noise_features import measure_noise_leak
from core.preprocessing.analysis.leakage.repeated_splits import average_over_splits

CARS = read_table("data/cars.csv").frame
CARS_RECIPE = suggest_recipe(CARS, "Miles_per_Gallon")
NUMBERS = ["Cylinders", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration", "Year"]


def gappy_table(rows: int = 120, seed: int = 0) -> pd.DataFrame:
    """A table of which half of one column is missing, so that its fill value matters."""
    random = np.random.default_rng(seed)
    x, z = random.exponential(2, rows), random.normal(size=rows)
    y = 3 * x + z + random.normal(size=rows)
    return pd.DataFrame({"x": np.where(random.random(rows) < 0.5, np.nan, x), "z": z, "y": y})


@pytest.mark.parametrize("fill", ["mean", "median", "most_frequent"])
def test_fill_values_of_both_fits_are_those_of_scikit_learn(fill):
    recipe = CARS_RECIPE.change(NUMBERS, fill=fill)
    leak = measure_leakage(CARS, recipe, test_share=0.3, seed=5, splits=1)
    train, test = split_rows(CARS, recipe, 0.3, 5)
    learnt = {value.column: value for value in leak.learnt if value.quantity == "fill_value"}
    for rows, side in ((train, "training"), (train.union(test), "all_rows")):
        expected = SimpleImputer(strategy=fill).fit(CARS.loc[rows, NUMBERS].astype(float)).statistics_
        assert [getattr(learnt[name], side) for name in NUMBERS] == pytest.approx(expected.tolist(), rel=1e-12)
    horsepower = learnt["Horsepower"]
    assert horsepower.counts == (
        CARS.loc[train, "Horsepower"].count(),
        CARS.loc[train.union(test)]["Horsepower"].count(),
    )
    assert horsepower.cells == CARS.loc[train.union(test), "Horsepower"].isna().sum() > 0
    assert horsepower.difference == horsepower.all_rows - horsepower.training
    deviation = CARS.loc[train, "Horsepower"].std(ddof=0)
    assert horsepower.relative == pytest.approx(horsepower.difference / deviation)


@pytest.mark.parametrize(
    ("scale", "scaler", "centre", "spread"),
    [
        ("standard", StandardScaler(), "mean_", "scale_"),
        ("min_max", MinMaxScaler(), "data_min_", "data_range_"),
        ("robust", RobustScaler(), "center_", "scale_"),
    ],
)
def test_centre_and_spread_of_both_fits_are_those_of_scikit_learn(scale, scaler, centre, spread):
    recipe = CARS_RECIPE.change(NUMBERS, scale=scale)
    leak = measure_leakage(CARS, recipe, splits=1)
    train, test = split_rows(CARS, recipe, 0.2, 0)
    for rows, side, place in ((train, "training", 0), (train.union(test), "all_rows", 1)):
        fitted = make_pipeline(SimpleImputer(), scaler).fit(CARS.loc[rows, NUMBERS].astype(float))[-1]
        for quantity, name in (("centre", centre), ("spread", spread)):
            values = [value for value in leak.learnt if value.quantity == quantity]
            expected = getattr(fitted, name).tolist()
            assert [getattr(value, side) for value in values] == pytest.approx(expected, rel=1e-12)
            assert {value.counts[place] for value in values} == {len(rows)}
            assert {value.rule for value in values} == {scale}


def test_scaling_alone_makes_no_difference_and_the_reason_is_told():
    frame = gappy_table().drop(columns="x")
    leak = measure_leakage(frame, suggest_recipe(frame, "y").change("z", scale="standard"))
    assert leak.verdict == "same"
    assert leak.reasons[-1].startswith("Centring and scaling alone change nothing")


def test_dates_differ_by_days():
    days = pd.date_range("2020-01-01", periods=20, freq="D").astype("datetime64[us]")
    frame = pd.DataFrame({"day": [pd.NaT, *days[1:]], "y": np.arange(20.0)})
    recipe = Recipe("y", (ColumnPlan("day", "median", "date"),))
    (value,) = measure_leakage(frame, recipe, splits=1).learnt
    train, test = split_rows(frame, recipe, 0.2, 0)
    medians = [frame.loc[rows, "day"].median() for rows in (train, train.union(test))]
    assert [pd.Timestamp(str(end)) for end in (value.training, value.all_rows)] == medians
    assert value.difference == pytest.approx((medians[1] - medians[0]) / pd.Timedelta(days=1))
    spread = (frame.loc[train, "day"] - days[0]).dt.total_seconds().div(86_400).std(ddof=0)
    assert value.relative == pytest.approx(value.difference / spread)


def test_a_category_of_test_rows_alone_moves_an_order_that_was_learnt():
    frame = pd.DataFrame({"c": ["a", "c"] * 10 + ["b"], "y": np.arange(21.0)})
    recipe = Recipe("y", (ColumnPlan("c", "most_frequent", "ordinal"),))
    seed = next(seed for seed in range(100) if 20 in split_rows(frame, recipe, 0.2, seed)[1])
    leak = measure_leakage(frame, recipe, seed=seed, splits=3)
    assert [value.only_all for value in leak.learnt] == [(), ("b",)]
    assert "A category that only test rows have shifts the ordinal codes of the others." in leak.reasons


@pytest.mark.parametrize("fill", ["nearest", "iterative"])
def test_gaps_that_a_model_fills_are_measured_too(fill):
    frame = gappy_table(80)
    recipe = suggest_recipe(frame, "y").change("x", fill=fill)
    leak = measure_leakage(frame, recipe, splits=3)
    assert len(leak.errors) == 3
    assert (leak.errors["honest_test"] != leak.errors["leaky_test"]).any()
    model = next(value for value in leak.learnt if value.quantity == "model")
    train, _test = split_rows(frame, recipe, 0.2, 0)
    assert (model.training, model.all_rows) == (frame.loc[train, "x"].count(), frame["x"].count())
    gaps = frame["x"].isna().sum()
    assert f"{gaps} missing values are filled by a model that was fitted on the test rows too." in leak.reasons


def test_errors_of_every_split_are_those_of_scikit_learn():
    leak = measure_leakage(CARS, CARS_RECIPE, test_share=0.25, seed=3, splits=4)
    assert list(leak.errors["seed"]) == [3, 4, 5, 6]
    for row in leak.errors.itertuples():
        train, test = split_rows(CARS, CARS_RECIPE, 0.25, row.seed)
        for rows, test_error, training_error in (
            (train, row.honest_test, row.honest_training),
            (train.union(test), row.leaky_test, row.leaky_training),
        ):
            prepare = make_column_transformer(
                (SimpleImputer(), NUMBERS), (OneHotEncoder(handle_unknown="ignore"), ["Origin"])
            ).fit(CARS.loc[rows])
            model = make_pipeline(LinearRegression(tol=0)).fit(
                prepare.transform(CARS.loc[train]), CARS.loc[train, "Miles_per_Gallon"]
            )
            for part, error in ((test, test_error), (train, training_error)):
                predicted = model.predict(prepare.transform(CARS.loc[part]))
                expected = root_mean_squared_error(CARS.loc[part, "Miles_per_Gallon"], predicted)
                assert error == pytest.approx(expected, rel=1e-8)


def test_without_gaps_it_makes_no_difference_and_the_reason_is_told():
    frame = gappy_table().drop(columns="x")
    leak = measure_leakage(frame, suggest_recipe(frame, "y"))
    assert leak.verdict == "same"
    assert leak.sentence.startswith("Here it makes no difference: in each of 20 splits")
    assert leak.reasons == ("The fill values that differ are never used: their columns have no missing values.",)
    assert (leak.average.mean, leak.average.low, leak.average.high) == (0, 0, 0)


def test_the_same_learnt_values_are_told_as_the_reason():
    frame = gappy_table()
    recipe = suggest_recipe(frame, "y").change(["x", "z"], fill="constant", constant=1.0)
    leak = measure_leakage(frame, recipe)
    assert (leak.verdict, leak.learnt) == ("same", ())
    assert leak.reasons == ("Both preparations learnt the same values.",)


def test_filled_gaps_change_the_error_and_the_average_is_that_of_the_splits():
    frame = gappy_table()
    leak = measure_leakage(frame, suggest_recipe(frame, "y"))
    difference = (leak.errors["leaky_test"] - leak.errors["honest_test"]).to_numpy()
    assert np.abs(difference).max() > 0
    assert leak.average.mean == pytest.approx(difference.mean())
    expected = {True: "unclear", False: "flatters" if difference.mean() < 0 else "worsens"}
    assert leak.verdict == expected[leak.average.low <= 0 <= leak.average.high]
    gaps = frame["x"].isna().sum()
    assert any(f"{gaps} missing values are filled with other values" in reason for reason in leak.reasons)


def test_a_category_of_test_rows_alone_is_known_to_all_rows_alone():
    frame = pd.DataFrame({"c": ["a", "b"] * 10 + ["rare"], "y": np.arange(21.0)})
    recipe = suggest_recipe(frame, "y")
    seed = next(seed for seed in range(100) if 20 in split_rows(frame, recipe, 0.2, seed)[1])
    (value,) = measure_leakage(frame, recipe, seed=seed, splits=1).learnt
    assert (value.training, value.all_rows, value.difference, value.only_all, value.cells) == (2, 3, 1, ("rare",), 1)


def test_a_gap_that_only_test_rows_have_is_a_class_only_all_rows_know():
    frame = pd.DataFrame({"c": ["a", "b"] * 10 + [None], "y": np.arange(21.0)})
    recipe = suggest_recipe(frame, "y")
    seed = next(seed for seed in range(100) if 20 in split_rows(frame, recipe, 0.2, seed)[1])
    (value,) = measure_leakage(frame, recipe, seed=seed, splits=1).learnt
    assert (value.training, value.all_rows, value.only_all, value.cells) == (2, 3, ("missing",), 1)


def test_a_column_without_a_training_value_taught_the_training_rows_nothing():
    frame = pd.DataFrame({"x": [None] * 9 + [5.0], "z": np.arange(10.0), "y": np.arange(10.0)})
    recipe = suggest_recipe(frame, "y")
    seed = next(seed for seed in range(100) if 9 in split_rows(frame, recipe, 0.2, seed)[1])
    value = measure_leakage(frame, recipe, seed=seed, splits=2).learnt[0]
    assert (value.training, value.all_rows, value.difference, value.differs) == (None, 5.0, None, True)


def test_nothing_held_out_leaks_nothing_and_measures_nothing():
    leak = measure_leakage(CARS, CARS_RECIPE, test_share=0)
    assert leak.verdict == "nothing_held_out"
    assert leak.errors.empty
    assert (leak.average, leak.test_rows) == (None, 0)
    assert not any(value.differs for value in leak.learnt)


def test_a_large_table_is_sampled_for_its_errors_and_says_so():
    frame = gappy_table(rows=MOST_CELLS // 2 + 1_000)
    recipe = suggest_recipe(frame, "y")
    leak = measure_leakage(frame, recipe, splits=1)
    assert leak.rows == MOST_CELLS // 2
    assert leak.notes[0].startswith("The errors are measured on 50,000 rows drawn at random from 51,000")
    learnt = next(value for value in leak.learnt if value.column == "x")
    assert learnt.all_rows == pytest.approx(frame["x"].mean())
    assert leak.training_rows + leak.test_rows == len(frame)


def test_splits_that_leave_float64_are_counted_and_not_shown():
    frame = pd.DataFrame({"x": [1.0, 2, 3, 4, 5, 6], "y": [1e308, -1e308, 1e308, -1e308, 1e308, -1e308]})
    leak = measure_leakage(frame, suggest_recipe(frame, "y"), splits=3)
    assert leak.verdict == "not_measured"
    assert leak.notes == (
        "3 splits could not be measured: their training rows cannot be prepared, or their errors overflow float64.",
    )


def test_one_split_has_no_interval():
    leak = measure_leakage(CARS, CARS_RECIPE, splits=1, seed=1)
    assert (leak.average.low, leak.average.high, leak.verdict) == (None, None, "unclear")
    assert leak.sentence.startswith("In the one split that could be measured")


def test_nothing_is_mutated():
    before, text = CARS.copy(), CARS_RECIPE.to_json()
    measure_leakage(CARS, CARS_RECIPE, splits=2)
    pd.testing.assert_frame_equal(CARS, before)
    assert CARS_RECIPE.to_json() == text


def test_what_cannot_be_split_is_refused():
    with pytest.raises(InputError, match="share of test rows"):
        measure_leakage(CARS, CARS_RECIPE, test_share=1.5)


def test_the_corrected_interval_covers_more_often_than_the_plain_one():
    """On rows that teach nothing the true difference is known; splits that share rows must not feign precision."""
    values = np.random.default_rng(0).normal(size=20)
    average = average_over_splits(values.tolist(), train_rows=80, test_rows=20)
    plain = values.std(ddof=1) / np.sqrt(20)
    widened = (average.high - average.low) / 2
    assert widened / (2.093024 * plain) == pytest.approx(np.sqrt(1 + 20 * 20 / 80), rel=1e-6)


@pytest.mark.parametrize("scale", [1e-200, 1e300])
def test_the_interval_of_tiny_and_huge_differences_is_that_of_usual_ones(scale):
    values = np.random.default_rng(0).normal(size=20)
    usual = average_over_splits(values.tolist(), 80, 20)
    average = average_over_splits((values * scale).tolist(), 80, 20)
    assert [average.low / scale, average.high / scale] == pytest.approx([usual.low, usual.high])


def test_noise_chosen_on_all_rows_beats_honest_noise_and_the_mean():
    labels = np.random.default_rng(1).normal(size=100)
    leak = measure_noise_leak(labels, columns=500)
    means = leak.errors.mean()
    assert means["leaky_test"] < means["mean_test"] < means["honest_test"]
    assert leak.average.high < 0
    assert (leak.columns, leak.kept, leak.rows) == (500, 10, 100)


def test_without_a_choice_noise_leaks_nothing():
    leak = measure_noise_leak(np.random.default_rng(1).normal(size=100), columns=1)
    assert (leak.errors["leaky_test"] == leak.errors["honest_test"]).all()


def test_the_chosen_noise_is_that_of_numpy_and_the_error_that_of_scikit_learn():
    labels = np.random.default_rng(2).normal(size=60)
    row = measure_noise_leak(labels, columns=40, seed=7, splits=1).errors.iloc[0]
    random = np.random.default_rng(7)
    noise, order = random.standard_normal((60, 40)), random.permutation(60)
    test, train = order[:12], order[12:]
    for rows, error in ((train, row["honest_test"]), (order, row["leaky_test"])):
        scores = [abs(np.corrcoef(noise[rows, column], labels[rows])[0, 1]) for column in range(40)]
        X = noise[:, np.argsort(scores)[-10:]]
        predicted = LinearRegression().fit(X[train], labels[train]).predict(X[test])
        assert error == pytest.approx(root_mean_squared_error(labels[test], predicted))
    mean = np.full(12, labels[train].mean())
    assert row["mean_test"] == pytest.approx(root_mean_squared_error(labels[test], mean))


@pytest.mark.parametrize("scale", [1e-310, 1e300])
def test_noise_copes_with_tiny_and_huge_labels(scale):
    errors = measure_noise_leak(np.arange(30.0) * scale, columns=20, splits=3).errors
    assert np.isfinite(errors.to_numpy()).all()
    assert (errors["honest_test"] > 0).all()


@pytest.mark.parametrize(
    ("labels", "options", "words"),
    [
        ([1.0, 2.0], {}, "At least 10 labels"),
        ([1.0] * 20, {}, "The labels are constant"),
        (np.arange(20.0), {"columns": 0}, "from 1 to 2,000; got 0"),
        (np.arange(20.0), {"test_share": 0.0}, "held out"),
        (np.arange(20.0), {"test_share": 0.95}, "at least four"),
    ],
)
def test_labels_without_a_lesson_are_refused(labels, options, words):
    with pytest.raises(InputError, match=words):
        measure_noise_leak(labels, **options)
