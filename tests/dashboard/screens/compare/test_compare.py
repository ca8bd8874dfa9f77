"""Compare: the numbers on the screen are those of statsmodels on the same rows."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from core.formatting import format_latex, format_number
from core.preprocessing import read_table, split_rows, suggest_recipe
from core.regression import make_synthetic
from core.regression.data.polynomial_features import expand

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
    screen = open_screen("compare", sample=sample, compare_levels="every")
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
    for units, levels in (("raw", "every"), ("standardised", "every"), ("raw", "against"), ("standardised", "against")):
        shown = open_screen("compare", compare_units=units, compare_levels=levels).table("sgd")
        np.testing.assert_allclose(shown["difference"], shown["sgd"] - shown["closed_form"])


def test_with_enough_epochs_the_difference_vanishes(open_screen):
    screen = open_screen("compare", train_source="synthetic", noise=0.0, epochs=100, learning_rate=0.1)
    shown = screen.table("true")
    assert shown["difference"].abs().max() < 1e-12
    np.testing.assert_allclose(shown["true"], [2, -3.4, 4.2])
    np.testing.assert_allclose(shown["closed_form"], [2, -3.4, 4.2], rtol=1e-13)


def test_dependent_columns_are_named(open_screen):
    words = open_screen("compare").words
    assert "“sex_female” + “sex_male” + “sex_nan” = 1" in words


@pytest.mark.parametrize("confidence", ["90", "95", "99"])
def test_intervals_are_those_of_statsmodels_in_both_units(open_screen, confidence):
    names, X, y, _X_test, _y_test = prepared_rows("longley", "TOTEMP")
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    for units, matrix in (("raw", X), ("standardised", Z)):
        screen = open_screen("compare", sample="longley", compare_units=units, compare_confidence=confidence)
        shown = screen.table("sgd").set_index("coefficient")
        interval = sm.OLS(y, np.column_stack([matrix, np.ones(len(y))])).fit().conf_int(1 - int(confidence) / 100)
        np.testing.assert_allclose(shown.loc[[*names, "bias"], ["low", "high"]], interval, rtol=1e-5, atol=1e-6)
        inside = (interval[:, 0] <= shown["sgd"]) & (shown["sgd"] <= interval[:, 1])
        assert shown["sgd_within"].tolist() == ["inside" if one else "outside" for one in inside]
        assert (
            f"SGD lies inside the {confidence}% interval of the closed form for {inside.sum()} of them" in screen.words
        )


def test_coefficients_that_are_not_determined_have_no_interval_and_their_difference_has(open_screen):
    screen = open_screen("compare", compare_levels="every")
    shown = screen.table("sgd").set_index("coefficient")
    sure = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "year"]
    assert shown.index[shown["low"].notna()].tolist() == sure
    assert (shown.loc[~shown.index.isin(sure), "sgd_within"] == "not determined").all()
    names, X, y, _X_test, _y_test = prepared_rows("penguins", "body_mass_g")
    kept = [name for name in names if name not in ("species_Chinstrap", "island_Dream", "sex_female")]
    reduced = sm.OLS(y, sm.add_constant(X[:, [names.index(name) for name in kept]])).fit()
    low, high = reduced.conf_int()[1 + kept.index("species_Adelie")]
    said = f"with a 95% interval from {format_number(low)} to {format_number(high)}."
    assert said in screen.words


@pytest.mark.parametrize(
    ("order", "column"), [("size", "closed_form"), ("difference", "difference"), ("errors", "errors_away")]
)
def test_rows_are_sorted_largest_first(open_screen, order, column):
    sizes = open_screen("compare", sample="cars", compare_sort=order).table("sgd")[column].abs().dropna()
    assert sizes.is_monotonic_decreasing
    assert len(sizes) > 3


def test_rows_are_sorted_by_name(open_screen):
    names = open_screen("compare", compare_sort="name").table("sgd")["coefficient"].str.casefold()
    assert names.is_monotonic_increasing


def test_the_conversion_is_written_out_for_the_coefficient_that_is_chosen(open_screen):
    screen = open_screen("compare", sample="longley")
    names, X, y, _X_test, _y_test = prepared_rows("longley", "TOTEMP")
    fit = sm.OLS(y, np.column_stack([X, np.ones(len(y))])).fit()

    def formulas(position):
        box = next(one for one in screen.app.selectbox if one.label == "Coefficient to convert")
        box.set_value(position)
        screen.run()
        return " ".join(latex.value for latex in screen.app.latex)

    year = names.index("YEAR")
    spread, weight = X[:, year].std(), fit.params[year]
    assert f"{format_latex(weight * spread, 5)} / {format_latex(spread, 5)} = {format_latex(weight, 5)}" in formulas(
        year
    )
    at_mean, at_zero = np.sqrt(fit.mse_resid / len(y)), fit.bse[-1]
    weights = np.sqrt(X.mean(axis=0) @ fit.cov_params()[:-1, :-1] @ X.mean(axis=0))
    written = formulas(len(names))
    assert (
        rf"\sqrt{{({format_latex(at_mean, 5)})^2 + ({format_latex(weights, 5)})^2}} = {format_latex(at_zero, 5)}"
        in written
    )


def test_with_a_penalty_ridge_is_compared_and_least_squares_has_the_intervals(open_screen):
    screen = open_screen("compare", sample="cars", train_penalty=0.1, epochs=200, compare_levels="every")
    shown = screen.table("least_squares")
    middle = (shown["low"] + shown["high"]) / 2
    sure = middle.notna()
    np.testing.assert_allclose(middle[sure], shown["least_squares"][sure])
    assert shown["difference"].abs().max() < 0.2 * (shown["sgd"] - shown["least_squares"]).abs().max()
    assert "ridge regression" in screen.words
    assert set(screen.table("rmse")["model"]) == {"SGD", "closed form", "least squares, no penalty"}


def test_a_diverged_run_is_told_and_drawn_without_its_numbers(open_screen):
    screen = open_screen("compare", train_standardise=False, learning_rate=0.03, _chosen_learning_rate=True)
    assert any("diverged" in warning.value for warning in screen.app.warning)


def test_a_row_typed_by_hand_is_predicted_by_both_models(open_screen):
    screen = open_screen("compare", compare_view="what_if")
    names, X, y, _X_test, _y_test = prepared_rows("penguins", "body_mass_g")
    model = sm.OLS(y, sm.add_constant(X, has_constant="add")).fit()
    row = pd.DataFrame([[0.0] * len(names)], columns=names)
    first = {"species_Adelie": 1, "island_Torgersen": 1, "bill_length_mm": 39.1, "bill_depth_mm": 18.7,
             "flipper_length_mm": 181, "sex_male": 1, "year": 2007}  # fmt: skip
    row[list(first)] = list(first.values())
    expected = float(model.predict(np.append(1.0, row.to_numpy()[0]))[0])
    assert screen.boxes["The closed form predicts"] == format_number(expected)
    flipper = next(field for field in screen.app.number_input if field.label.replace("\\", "") == "flipper_length_mm")
    flipper.set_value(231.0)
    screen.run()
    moved = expected + 50 * model.params[1 + names.index("flipper_length_mm")]
    assert screen.boxes["The closed form predicts"] == format_number(moved)


def test_an_empty_field_is_a_gap_filled_as_planned(open_screen):
    screen = open_screen("compare", compare_view="what_if")
    flipper = next(field for field in screen.app.number_input if field.label.replace("\\", "") == "flipper_length_mm")
    flipper.set_value(None)
    screen.run()
    assert "–" not in screen.boxes["SGD predicts"]


def test_the_intervals_of_a_row_are_those_of_statsmodels(open_screen):
    names, X, y, _X_test, _y_test = prepared_rows("longley", "TOTEMP")
    frame = read_table("data/longley.csv").frame
    for share, row in (("95", 1), ("99", 9)):
        screen = open_screen(
            "compare", sample="longley", compare_view="what_if", compare_confidence=share, compare_row=row
        )
        asked = np.append(frame.loc[row - 1, names].to_numpy(dtype=float), 1.0)
        peer = sm.OLS(y, np.column_stack([X, np.ones(len(y))])).fit().get_prediction(asked[None])
        summary = peer.summary_frame(alpha=1 - int(share) / 100).iloc[0]
        between = f"{format_number(summary['mean_ci_lower'], 5)} to {format_number(summary['mean_ci_upper'], 5)}"
        assert screen.boxes["Mean of such rows"] == between
        between = f"{format_number(summary['obs_ci_lower'], 5)} to {format_number(summary['obs_ci_upper'], 5)}"
        assert screen.boxes["One new row"] == between
        assert f"In the table the TOTEMP of this row is {format_number(frame.loc[row - 1, 'TOTEMP'])}." in screen.words


def test_a_value_beyond_what_was_seen_is_warned_of(open_screen):
    screen = open_screen("compare", compare_view="what_if")
    assert not screen.app.warning
    flipper = next(field for field in screen.app.number_input if field.label.replace("\\", "") == "flipper_length_mm")
    flipper.set_value(2310.0)
    screen.run()
    assert "Outside the range of the training rows: flipper_length_mm (172 to 231)." in screen.words
    assert "No training row has a leverage as high" in screen.words
    assert "In the table" not in screen.words


def test_sliding_moves_the_number_and_typing_moves_the_slider(open_screen):
    screen = open_screen("compare", compare_view="what_if")

    def fields():
        return (
            next(one for one in kind if one.label.replace("\\", "") == "flipper_length_mm")
            for kind in (screen.app.number_input, screen.app.slider)
        )

    number, slider = fields()
    assert (number.value, slider.value, slider.min, slider.max) == (181, 181, 172, 231)
    slider.set_value(200.0)
    screen.run()
    number, slider = fields()
    assert number.value == 200
    number.set_value(500.0)
    screen.run()
    number, slider = fields()
    assert (number.value, slider.value) == (500, 231)
    screen.press("Reset")
    assert [one.value for one in fields()] == [181, 181]


def test_another_row_fills_the_fields_and_too_large_a_number_is_the_last_row(open_screen):
    screen = open_screen("compare", compare_view="what_if", compare_row=10**9)
    last = read_table("data/penguins.csv").frame.iloc[-1]
    flipper = next(one for one in screen.app.number_input if one.label.replace("\\", "") == "flipper_length_mm")
    assert flipper.value == last["flipper_length_mm"]
    assert f"is {format_number(last['body_mass_g'])}." in screen.words


def test_synthetic_rows_are_asked_about_with_their_powers_and_products(open_screen):
    screen = open_screen(
        "compare", compare_view="what_if", train_source="synthetic", noise=1.0, train_degree=2, train_products=True
    )
    X, y = make_synthetic(1000, [2.0, -3.4], bias=4.2, noise=1.0, seed=0)
    made = expand(X[200:], ["x1", "x2"], 2, True, True)
    peer = sm.OLS(y[200:].numpy(), np.column_stack([made.transform(X[200:]), np.ones(800)])).fit()
    for label, value in (("x1", 1.0), ("x2", -2.0)):
        next(one for one in screen.app.number_input if one.label == label).set_value(value)
    screen.run()
    asked = np.append(made.transform([[1.0, -2.0]])[0], 1.0)
    assert screen.boxes["The closed form predicts"] == format_number(float(peer.predict(asked[None])[0]))


def test_what_was_typed_is_there_again_after_looking_at_another_view(open_screen):
    screen = open_screen("compare", compare_view="what_if")
    next(one for one in screen.app.number_input if one.label == "year").set_value(2008.0)
    screen.run()
    screen.turn("segmented_control", "compare_view", "coefficients")
    screen.turn("segmented_control", "compare_view", "what_if")
    assert next(one for one in screen.app.number_input if one.label == "year").value == 2008
