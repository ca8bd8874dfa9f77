"""Compare: the numbers on the screen are those of statsmodels on the same rows."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from core.preprocessing import read_table, split_rows, suggest_recipe
from dashboard.parts.figures import figure

pytestmark = pytest.mark.filterwarnings("ignore:The design matrix is rank-deficient")


def prepared_rows(sample: str, target: str):
    frame = read_table(f"data/{sample}.csv").frame
    recipe = suggest_recipe(frame, target)
    train, test = split_rows(frame, recipe, test_share=0.2, seed=0)
    prepared = recipe.fit(frame.loc[train]).transform(frame)
    is_test = prepared.rows.isin(test)
    X, y = prepared.X.numpy(), prepared.y.numpy()
    return prepared.feature_names, X[~is_test], y[~is_test], X[is_test], y[is_test]


@pytest.mark.parametrize(
    ("sample", "target"), [("penguins", "body_mass_g"), ("cars", "Miles_per_Gallon"), ("longley", "TOTEMP")]
)
def test_the_closed_form_is_that_of_statsmodels(open_screen, sample, target):
    screen = open_screen("compare", sample=sample)
    names, X, y, X_test, y_test = prepared_rows(sample, target)
    model = sm.OLS(y, sm.add_constant(X, has_constant="add")).fit()
    shown = screen.table("sgd")
    assert list(shown["coefficient"]) == [*names, "bias"]
    expected = [*model.params[1:], model.params[0]]
    np.testing.assert_allclose(shown["closed_form"], expected, rtol=1e-6)
    scores = screen.table("rmse").set_index(["model", "part"])
    assert scores.loc[("closed form", "training rows"), "r_squared"] == pytest.approx(model.rsquared, rel=1e-9)
    assert scores.loc[("closed form", "training rows"), "rmse"] == pytest.approx(np.sqrt(np.mean(model.resid**2)))
    errors = y_test - model.predict(sm.add_constant(X_test, has_constant="add"))
    assert scores.loc[("closed form", "test rows"), "rmse"] == pytest.approx(np.sqrt(np.mean(errors**2)), rel=1e-6)
    assert screen.boxes["Rank"].startswith(f"{np.linalg.matrix_rank(sm.add_constant(X))} of ")


def test_difference_is_sgd_minus_closed_form_in_both_units(open_screen):
    shown = open_screen("compare").table("sgd")
    np.testing.assert_allclose(shown["difference"], shown["sgd"] - shown["closed_form"])
    np.testing.assert_allclose(
        shown["difference_standardised"], shown["sgd_standardised"] - shown["closed_form_standardised"]
    )


def test_with_enough_epochs_the_difference_vanishes(open_screen):
    screen = open_screen("compare", train_source="synthetic", noise=0.0, epochs=100, learning_rate=0.1)
    shown = screen.table("true")
    assert shown["difference"].abs().max() < 1e-12
    np.testing.assert_allclose(shown["true"], [2, -3.4, 4.2])
    np.testing.assert_allclose(shown["closed_form"], [2, -3.4, 4.2], rtol=1e-13)


def test_dependent_columns_are_named(open_screen):
    words = open_screen("compare").words
    assert "“sex_female” + “sex_male” + “sex_nan” = 1" in words


def test_a_row_typed_by_hand_is_predicted_by_both_models(open_screen):
    screen = open_screen("compare")
    names, X, y, _X_test, _y_test = prepared_rows("penguins", "body_mass_g")
    model = sm.OLS(y, sm.add_constant(X, has_constant="add")).fit()
    row = pd.DataFrame([[0.0] * len(names)], columns=names)
    first = {"species_Adelie": 1, "island_Torgersen": 1, "bill_length_mm": 39.1, "bill_depth_mm": 18.7,
             "flipper_length_mm": 181, "sex_male": 1, "year": 2007}  # fmt: skip
    row[list(first)] = list(first.values())
    expected = float(model.predict(np.append(1.0, row.to_numpy()[0]))[0])
    assert screen.boxes["The closed form predicts"] == figure(expected)
    flipper = next(field for field in screen.app.number_input if field.label.replace("\\", "") == "flipper_length_mm")
    flipper.set_value(231.0)
    screen.run()
    moved = expected + 50 * model.params[1 + names.index("flipper_length_mm")]
    assert screen.boxes["The closed form predicts"] == figure(moved)


def test_an_empty_field_is_a_gap_filled_as_planned(open_screen):
    screen = open_screen("compare")
    flipper = next(field for field in screen.app.number_input if field.label.replace("\\", "") == "flipper_length_mm")
    flipper.set_value(None)
    screen.run()
    assert "–" not in screen.boxes["SGD predicts"]
