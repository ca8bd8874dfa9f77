"""Train: the learning rate knows its limits, foretells the run, and says what happened."""

import re

import numpy as np
import pandas as pd
import pytest

from core.formatting import format_latex, format_number
from core.regression import make_synthetic, train_sgd
from core.regression.convergence.epoch_stability import epoch_stability
from core.regression.sgd.config import SgdConfig
from dashboard.screens.train.rate_panel import growth_tables
from dashboard.visit.settings import RATES, rate_at_most

CHOSEN = {"_chosen_learning_rate": True}  # as after a person has moved the slider
SYNTHETIC = {"train_source": "synthetic", "noise": 0.5, "seed": 3, **CHOSEN}


def eigenvalues(standardise: bool) -> np.ndarray:
    """Those of the Hessian of the synthetic rows, from numpy."""
    X = rows()[0]
    trained = (X - X.mean(axis=0)) / X.std(axis=0) if standardise else X
    augmented = np.column_stack([trained, np.ones(len(X))])
    return np.linalg.eigvalsh(augmented.T @ augmented / len(X))


def rows():
    X, y = make_synthetic(n=1000, weights=[2, -3.4], bias=4.2, noise=0.5, seed=3)
    return X[200:].numpy(), y[200:].numpy()


def facts(screen) -> dict[str, str]:
    return dict(re.findall(r"\*\*(.+?)\*\*: (.+)", screen.words))


@pytest.mark.parametrize("standardise", [False, True])
def test_the_limit_and_the_condition_number_are_numpys(open_screen, standardise):
    found = facts(open_screen("train", **SYNTHETIC, train_standardise=standardise))
    expected = eigenvalues(standardise)
    assert found["Limit 2/λ_max"].startswith(format_number(2 / expected[-1], 3) + ";")
    assert found["Condition number λ_max/λ_min"] == format_number(expected[-1] / expected[0], 3)


def test_the_limit_of_minibatches_is_that_of_core(open_screen):
    found = facts(open_screen("train", **SYNTHETIC, batch_size=10))
    limit = epoch_stability(rows()[0], 10, standardise=True).limit
    assert found["Limit 2/λ_max"].endswith(f"{format_number(limit, 3)} for minibatches of 10 rows")


@pytest.mark.parametrize(("optimizer", "momentum"), [("sgd", 0.0), ("momentum", 0.5)])
def test_with_all_rows_the_updates_foretold_are_those_of_the_run(open_screen, optimizer, momentum):
    screen = open_screen(
        "train",
        **SYNTHETIC,
        batch_size=1024,
        learning_rate=0.05,
        epochs=200,
        train_optimizer=optimizer,
        train_momentum=momentum,
    )
    told, reached = re.fullmatch(
        r"Forecast: after (\d+) updates\. Reached after (\d+)\.", facts(screen)["99% of the gap closed"]
    ).groups()
    X, y = rows()
    run = train_sgd(
        X, y, 0.05, 800, 200, seed=3, standardise=True, optimizer=optimizer, momentum=momentum, record=10_000
    )
    gaps = run.history["gap"]
    assert int(told) == int(reached) == int((gaps <= 0.01 * gaps[0]).to_numpy().argmax())


def test_a_rate_too_low_for_the_epochs_says_how_far_it_came(open_screen):
    screen = open_screen("train", **SYNTHETIC, batch_size=1024, learning_rate=1e-4, epochs=5)
    left = re.search(r"Not reached: after 5 updates ([\d.]+)% is left", screen.words).group(1)
    expected = 100 * (1 - 1e-4) ** 10
    assert float(left) == pytest.approx(expected, abs=0.2)


def test_noise_foretold_stands_beside_noise_reached(open_screen):
    told = facts(open_screen("train", **SYNTHETIC, batch_size=2, learning_rate=0.1))["Gap towards the end"]
    numbers = re.fullmatch(r"(.+); forecast (.+), of which (.+) is the noise floor\.", told).groups()
    reached, foretold, floor = map(float, numbers)
    assert floor == pytest.approx(foretold, rel=0.01)
    assert reached == pytest.approx(foretold, rel=0.5)


def test_above_the_limit_step_eigenvalue_direction_and_factor_are_told(open_screen):
    screen = open_screen("train", **SYNTHETIC, learning_rate=10.0)
    top = eigenvalues(True)[-1]
    (warning,) = (str(one.value).replace("\\", "").replace("\u2060", "") for one in screen.app.warning)
    assert warning.startswith(f"10 is above the limit {format_number(2 / top, 3)}. Along ")
    assert f"with the eigenvalue {format_number(top, 4)}" in warning
    assert f"multiplies the error by {format_number(1 - 10 * top, 3)}" in warning
    assert re.search(r"This run diverged after \d+ updates\.", warning)
    assert re.search(r"x1|x2|the bias", warning)
    assert "Forecast: never. The run diverged." in screen.words


def test_above_the_limit_and_not_yet_away_is_told_apart(open_screen):
    """The labels lie along the flattest direction, so one update brings the loss down for all its growth elsewhere."""
    X = rows()[0]
    flat = -2.0 * np.sign(np.corrcoef(X.T)[0, 1])
    rate = min(rate for rate in RATES if rate > 2 / eigenvalues(True)[-1])
    screen = open_screen(
        "train", **SYNTHETIC, learning_rate=rate, batch_size=1024, epochs=1, train_start="zero", train_bias=0.0,
        train_weight_1=2.0, train_weight_2=float(flat),
    )  # fmt: skip
    assert screen.errors == []
    assert "This run has not diverged in its 1 update, but with more of them it will." in screen.words


def test_between_both_limits_it_is_the_minibatches_that_are_blamed(open_screen):
    X = rows()[0]
    low, high = epoch_stability(X, 1, standardise=True).limit, 2 / eigenvalues(True)[-1]
    rate = next(rate for rate in RATES if low < rate < high)
    screen = open_screen("train", **SYNTHETIC, learning_rate=rate, batch_size=1)
    (warning,) = (str(one.value).replace("\\", "") for one in screen.app.warning)
    assert warning.startswith(
        f"With all rows in one batch the limit is {format_number(high, 3)}, but with minibatches of 1 row only"
    )
    screen.press("Use 0.9 of the limit")
    assert not screen.app.warning
    assert screen.app.select_slider(key="learning_rate").value == rate_at_most(0.9 * low)


@pytest.mark.parametrize("batch_size", [1, 10, 1024])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum"])
def test_nine_tenths_of_the_limit_work(open_screen, batch_size, optimizer):
    screen = open_screen(
        "train", **SYNTHETIC, train_standardise=False, learning_rate=10.0, batch_size=batch_size,
        train_optimizer=optimizer,
    )  # fmt: skip
    screen.press("Use 0.9 of the limit")
    assert screen.errors == []
    assert not screen.app.warning
    limit = 2 / eigenvalues(False)[-1]
    if optimizer == "sgd" and batch_size == 1024:
        assert screen.app.select_slider(key="learning_rate").value == rate_at_most(0.9 * limit)


def test_standardising_is_offered_where_it_is_not_done_and_mends_the_raw_table(open_screen):
    screen = open_screen("train", **CHOSEN, train_standardise=False, learning_rate=0.03)
    assert "year" in screen.app.warning[0].value
    screen.press("Standardise the features")
    assert screen.app.toggle(key="train_standardise").value is True
    assert not screen.app.warning
    labels = [button.label for button in screen.turn("select_slider", "learning_rate", 10.0).app.button]
    assert "Use 0.9 of the limit" in labels
    assert "Standardise the features" not in labels


def test_the_panel_writes_out_numpys_eigenvalues(open_screen):
    screen = open_screen("train", **SYNTHETIC, learning_rate=0.3, train_closer="rate")
    formulas = " ".join(one.value for one in screen.app.latex)
    top, least = eigenvalues(True)[-1], eigenvalues(True)[0]
    assert rf"\frac{{2}}{{{format_latex(top)}}} = {format_latex(2 / top)}" in formulas
    for end, value in ((r"\max", top), (r"\min", least)):
        assert (
            rf"\lambda_{{{end}}} &= 1 - 0.3 \cdot {format_latex(value)} = {format_latex(1 - 0.3 * value)}" in formulas
        )
    assert rf"\kappa = \frac{{\lambda_{{\max}}}}{{\lambda_{{\min}}}} &= {format_latex(top / least)}" in formulas


@pytest.mark.parametrize("rate", [0.3, 1.2, 5.0])
def test_the_factor_of_every_direction_and_its_fate_are_those_of_numpy(rate):
    directions = pd.DataFrame({"eigenvalue": eigenvalues(True)[::-1], "leading": list("abc")})
    how = SgdConfig(rate, 800, 1, 0, True)
    points, curve = growth_tables(directions, how, momentum=0.0)
    for _row, point in points.iterrows():
        factor = 1 - rate * point["eigenvalue"]
        assert point["factor"] == pytest.approx(abs(factor))
        assert ("grows" in point["fate"]) == (abs(factor) >= 1)
        assert ("flips" in point["fate"]) == (-1 < factor < 0)
    np.testing.assert_allclose(curve["factor"], np.abs(1 - rate * curve["eigenvalue"]))


def test_momentum_that_may_run_away_is_not_said_to_do_so(open_screen):
    memory = {**SYNTHETIC, "train_optimizer": "momentum", "learning_rate": 0.2, "batch_size": 10}
    assert "only known to converge below" in open_screen("train", **memory).words


def test_without_shuffling_no_noise_floor_is_foretold(open_screen):
    memory = {**SYNTHETIC, "learning_rate": 0.1, "batch_size": 2}
    assert "Gap towards the end" in facts(open_screen("train", **memory))
    assert "Gap towards the end" not in facts(open_screen("train", **memory, train_shuffle="never"))


def test_adam_has_no_limit_and_says_why(open_screen):
    screen = open_screen("train", **SYNTHETIC, train_optimizer="adam", learning_rate=10.0)
    assert "Adam divides each gradient by its own size" in screen.words
    assert "Limit 2/λ_max" not in screen.words
    assert "Use 0.9 of the limit" not in [button.label for button in screen.app.button]


def test_a_table_too_large_in_size_for_the_slider_is_told_to_standardise(open_screen):
    content = b"a,b,y\n" + b"".join(b"%d,%d,%d\n" % (10**9 * (i % 7), 10**9 * i, i) for i in range(1, 40))
    data = open_screen("data").upload("huge.csv", content)
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("train", **CHOSEN, **memory, train_standardise=False)
    assert "No rate on this slider is low enough for these features; standardise them." in screen.words
    assert screen.press("Standardise the features").errors == []


def csv(columns: int, count: int, constant: bool = False) -> bytes:
    values = np.random.default_rng(0).standard_normal((count, columns))
    if constant:
        values[:, 0] = 7
    labels = values.sum(axis=1) + np.random.default_rng(1).standard_normal(count)
    table = pd.DataFrame(values, columns=[f"c{j}" for j in range(columns)]).assign(y=labels)
    return table.to_csv(index=False).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one feature", csv(1, 40)),
        ("a constant feature", csv(3, 40, constant=True)),
        ("three rows", csv(2, 3)),
        ("three hundred features", csv(300, 120)),
    ],
)
@pytest.mark.parametrize(
    "memory", [{}, {"train_standardise": False, "batch_size": 65536}, {"learning_rate": 10.0, **CHOSEN}]
)
def test_every_shape_of_table_has_its_numbers(open_screen, name, content, memory):
    data = open_screen("data").upload(f"{name}.csv", content)
    kept = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("train", **kept, **memory)
    found = facts(screen)
    assert not re.search(r"\bnan\b|∞|\binf\b", screen.words.lower())
    limit = float(found["Limit 2/λ_max"].split(";")[0].replace(",", ""))
    assert 0 < limit < 3
    assert float(found["Condition number λ_max/λ_min"].split(";")[0].replace(",", "")) >= 1
