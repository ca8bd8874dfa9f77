"""Missing values filled by models: those of scikit-learn's KNNImputer and IterativeImputer, fitted on training rows."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer
from sklearn.preprocessing import StandardScaler

from core.errors import InputError, LimitError
from core.preprocessing import ColumnPlan, Recipe
from core.preprocessing.recipes import impute
from tests.examples import examples


def make_table(rows=60, seed=0, gaps=0.2):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, 3)) @ rng.normal(size=(3, 3)) * [1, 50, 1e6] + [0, 10, -1e7]
    values[rng.random(values.shape) < gaps] = np.nan
    return pd.DataFrame(values, columns=["a", "b", "c"]).assign(y=rng.normal(size=rows))


def recipe(fill, **options):
    return Recipe("y", tuple(ColumnPlan(name, fill, "number", **options) for name in "abc"))


def oracle(fill):
    return KNNImputer(n_neighbors=5) if fill == "nearest" else IterativeImputer(random_state=0, max_iter=10)


@pytest.mark.parametrize("fill", ["nearest", "iterative"])
@pytest.mark.parametrize("seed", range(4))
def test_models_fill_what_scikit_learn_fills_on_standardised_columns(fill, seed):
    frame = make_table(seed=seed)
    train = frame.iloc[:40]
    scaler = StandardScaler().fit(train[["a", "b", "c"]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = oracle(fill).fit(scaler.transform(train[["a", "b", "c"]]))
    expected = scaler.inverse_transform(model.transform(scaler.transform(frame[["a", "b", "c"]])))
    fitted = recipe(fill).fit(train)
    np.testing.assert_allclose(fitted.transform(frame).X.numpy(), expected, rtol=1e-9)
    given_values = frame[["a", "b", "c"]].notna().to_numpy()
    assert (fitted.transform(frame).X.numpy()[given_values] == frame[["a", "b", "c"]].to_numpy()[given_values]).all()


@pytest.mark.parametrize("fill", ["nearest", "iterative"])
def test_a_row_is_filled_alike_whatever_rows_stand_beside_it(fill):
    frame = make_table()
    fitted = recipe(fill).fit(frame)
    together = fitted.transform(frame).X.numpy()
    alone = np.vstack([fitted.transform(frame.iloc[[row]]).X.numpy() for row in range(len(frame))])
    np.testing.assert_allclose(alone, together, rtol=1e-12)
    backwards = fitted.transform(frame[::-1]).X.numpy()[::-1]
    np.testing.assert_allclose(backwards, together, rtol=1e-12)


@pytest.mark.parametrize("fill", ["nearest", "iterative"])
def test_the_same_rows_teach_the_same_twice(fill):
    frame = make_table(seed=3)
    first, second = recipe(fill).fit(frame).transform(frame).X, recipe(fill).fit(frame).transform(frame).X
    assert (first == second).all()


def test_a_model_sees_ranks_answers_and_days_and_not_what_other_columns_are_filled_with():
    frame = pd.DataFrame(
        {
            "n": [1.0, 2.0, None, 4.0] * 5,
            "o": ["low", "mid", "mid", "high"] * 5,
            "yn": ["no", "no", "yes", None] * 5,
            "d": pd.to_datetime(["2020-01-01", "2020-01-02", "2020-01-03", None] * 5),
            "c": ["x", "y", None, "x"] * 5,
            "y": range(20),
        }
    )
    plans = (
        ColumnPlan("n", "nearest", "number"),
        ColumnPlan("o", "most_frequent", "ordinal", order=("low", "mid", "high"), scale="standard"),
        ColumnPlan("yn", "most_frequent", "yes_no"),
        ColumnPlan("d", "median", "date"),
        ColumnPlan("c", "own_class", "one_hot"),
    )
    fitted = Recipe("y", plans).fit(frame)
    assert fitted.imputer.columns == ("n", "o", "yn", "d")
    nan = np.nan
    rows = [[1, 0, 0, 18262], [2, 1, 0, 18263], [nan, 1, 1, 18264], [4, 2, nan, nan]]
    np.testing.assert_array_equal(fitted.imputer.training, rows * 5)
    standard = StandardScaler().fit(fitted.imputer.training)
    filled = KNNImputer().fit_transform(standard.transform(fitted.imputer.training))
    expected = standard.inverse_transform(filled)[:, 0]
    np.testing.assert_allclose(fitted.transform(frame).X[:, 0], expected, rtol=1e-12)


def test_categories_and_dates_may_be_filled_by_a_model():
    frame = pd.DataFrame(
        {
            "n": np.arange(20.0),
            "o": ["low"] * 10 + ["high"] * 9 + [None],
            "yn": ["no"] * 9 + [None] + ["yes"] * 10,
            "d": pd.date_range("2020-01-01", periods=20).where(np.arange(20) != 5),
            "y": range(20),
        }
    )
    plans = (
        ColumnPlan("n", "mean", "number"),
        ColumnPlan("o", "nearest", "ordinal", order=("low", "high")),
        ColumnPlan("yn", "nearest", "yes_no"),
        ColumnPlan("d", "nearest", "date"),
    )
    fitted = Recipe("y", plans).fit(frame)
    X = fitted.transform(frame).X.numpy()
    assert X[19, 1] == 1
    assert 0 <= X[9, 2] <= 1
    assert X[5, 3] == pytest.approx(18267, abs=2)
    filled = fitted.filled(frame)
    assert filled["o"].iloc[19] == "high"
    assert abs(filled["d"].iloc[5] - pd.Timestamp("2020-01-06")) < pd.Timedelta(days=2)
    assert not filled.isna().any(axis=None)


@pytest.mark.parametrize("fill", ["nearest", "iterative"])
@settings(max_examples=examples(25), deadline=None)
@given(st.data())
def test_models_give_finite_numbers_whatever_comes(fill, data):
    cells = st.none() | st.floats() | st.sampled_from([0.0, 1e308, -1e308, 5e-324])
    count = data.draw(st.integers(1, 8))
    lists = st.lists(cells, min_size=count, max_size=count)
    frame = pd.DataFrame({name: pd.Series(data.draw(lists), dtype=float) for name in "abc"}).assign(y=range(count))
    new = pd.DataFrame({name: pd.Series(data.draw(lists), dtype=float) for name in "abc"}).assign(y=range(count))
    try:
        fitted = recipe(fill, scale=data.draw(st.sampled_from(["none", "standard", "log"]))).fit(frame)
    except InputError as problem:
        assert "At least one feature is needed" in str(problem)
        return
    assert fitted.transform(frame).X.isfinite().all()
    assert fitted.transform(new).X.isfinite().all()


@pytest.mark.parametrize("fill", ["nearest", "iterative"])
def test_one_training_row_or_one_column_is_enough(fill):
    frame = pd.DataFrame({"a": [3.0, None], "y": [1, 2]})
    fitted = Recipe("y", (ColumnPlan("a", fill, "number"),)).fit(frame)
    assert fitted.transform(frame).X.flatten().tolist() == [3, 3]


def test_too_much_work_is_refused_naming_the_limit_and_a_way_on():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(30_000, 3)), columns=["a", "b", "c"]).assign(y=0.0)
    frame.loc[::2, "a"] = np.nan
    with pytest.raises(LimitError, match=r"nearest of 30,000 training rows for 15,000 rows .* the mean") as caught:
        recipe("nearest").fit(frame)
    assert (caught.value.limit, caught.value.most, caught.value.came) == ("work", 2 * 10**9, 8 * 450 * 10**6)
    fitted = recipe("nearest").fit(frame.iloc[:5000])
    frame = pd.concat([frame] * 4, ignore_index=True)
    with pytest.raises(LimitError, match="nearest of 5,000 training rows for 60,000 rows with missing values"):
        fitted.transform(frame)


def test_an_iterative_model_of_too_many_columns_is_refused(monkeypatch):
    monkeypatch.setattr(impute, "MOST_ITERATIVE_WORK", 60 * 27 - 1)
    with pytest.raises(
        LimitError, match=r"Predicting 3 columns .* 60 training rows times 3 cubed, 1,620 steps"
    ) as caught:
        recipe("iterative").fit(make_table())
    assert caught.value.limit == "work"


def test_rows_without_gaps_need_no_model_and_meet_no_limit(monkeypatch):
    frame = make_table()
    fitted = recipe("nearest").fit(frame)
    monkeypatch.setattr(impute, "MOST_NEAREST_WORK", 0)
    full = frame.dropna()
    np.testing.assert_array_equal(fitted.transform(full).X.numpy(), full[["a", "b", "c"]].to_numpy())
