"""A transformed target on every screen: its label where the scale is the model's, the table's unit where it is told."""

import numpy as np
import pytest

from core.preprocessing import Recipe, read_table, split_rows, suggest_recipe
from core.regression import solve_closed_form

ROWS = "a,b,Price\n" + "".join(
    f"{row % 7},{'xyz'[row % 3]},{1000 * 1.05 ** (row % 7) * (1 + row % 3) * (1 + (row * 37 % 11) / 40)!r}\n"
    for row in range(60)
)
KEPT = ("_upload", "sample", "_choices")


@pytest.fixture
def prepare(open_screen):
    def prepared(transform, content=ROWS):
        data = open_screen("data").upload("own.csv", content.encode())
        screen = open_screen("prepare", **{key: data.app.session_state[key] for key in KEPT[:2]})
        return screen.turn("selectbox", "prepare_target_transform", transform)

    return prepared


def go_to(open_screen, screen, name, **memory):
    return open_screen(name, **{key: screen.app.session_state[key] for key in KEPT}, **memory)


def closed_form(transform):
    """The closed form on the training rows, and the split, as the lab makes them."""
    frame = read_table(ROWS.encode()).frame
    recipe = Recipe("Price", suggest_recipe(frame, "Price").columns, transform)
    train, _test = split_rows(frame, recipe, 0.2, 0)
    fitted = recipe.fit(frame.loc[train])
    prepared = fitted.transform(frame)
    learns = prepared.rows.isin(train)
    return fitted.target, prepared, learns, solve_closed_form(prepared.X[learns], prepared.y[learns])


def test_the_logarithm_is_trained_on_and_the_errors_are_told_in_the_tables_unit(prepare, open_screen):
    screen = prepare("log")
    assert "A model is trained on log Price." in screen.words
    assert "labels" in "\n".join(code.value for code in screen.app.code)
    target, prepared, learns, fit = closed_form("log")
    train = go_to(open_screen, screen, "train", epochs=2)
    assert "predicting log Price" in train.words
    assert "The loss is in (log Price)². In Price the RMSE on the training rows is " in train.words
    residuals = np.exp(fit.predict(prepared.X).numpy()) - prepared.untransformed.numpy()
    for rows in (learns, ~learns):
        error = np.sqrt(np.mean(residuals[rows] ** 2))
        assert f"and {error:,.5g} for the closed form".replace(",", "") in train.words.replace(",", "")
    compare = go_to(open_screen, screen, "compare", epochs=2)
    table = next(frame.value for frame in compare.app.dataframe if "rmse_in_units" in frame.value.columns)
    exact = table.set_index(["model", "part"])["rmse_in_units"]["closed form"]
    assert exact["training rows"] == pytest.approx(np.sqrt(np.mean(residuals[learns] ** 2)))
    home = go_to(open_screen, screen, "take_home", epochs=2)
    assert "The loss is in (log Price)²." in home.words
    assert target.inverse(prepared.y.numpy()) == pytest.approx(prepared.untransformed.numpy())


def test_what_if_inverts_predictions_and_intervals_and_corrects_the_mean(prepare, open_screen):
    target, prepared, learns, fit = closed_form("box_cox")
    screen = prepare("box_cox")
    assert f"λ = {target.power:.6g}".replace("-", "−") in screen.words
    compare = go_to(open_screen, screen, "compare", epochs=2, compare_view="what_if")
    predicted = fit.predict(prepared.X).numpy()
    first = target.inverse(predicted[:1])[0]
    assert "Predicted Price:" in compare.words
    assert float(compare.boxes["The closed form predicts"].replace(",", "")) == pytest.approx(first, rel=1e-5)
    low, high = (float(end.replace(",", "")) for end in compare.boxes["Median of such rows"].split(" to "))
    assert low < first < high
    left = (prepared.y.numpy() - predicted)[learns]
    mean = target.inverse(predicted[0] + left).mean()
    assert float(compare.boxes["Mean by closed form"].replace(",", "")) == pytest.approx(mean, rel=1e-5)
    factor = float(compare.boxes["Smearing factor, closed form"])
    assert factor == pytest.approx(mean / first, rel=1e-4)


def test_a_transform_that_rows_forbid_is_not_offered_and_the_rows_are_named(prepare):
    screen = prepare("yeo_johnson", ROWS + "3,x,-5\n4,y,0\n")
    offered = screen.app.selectbox(key="prepare_target_transform").options
    assert len(offered) == 3
    assert "“Price” is 0 or less in 2 rows: 60, 61." in screen.words
    assert "“Price” is below 0 in 1 row: 60." in screen.words


def test_without_a_transform_nothing_is_told_of_it(open_screen):
    train = open_screen("train", sample="cars", epochs=1)
    assert "The loss is in" not in train.words
