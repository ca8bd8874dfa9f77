"""Noise and squared loss: each view has a picture, traps, and code that runs and gives the numbers shown."""

import json
import math

import numpy as np
import pandas as pd
import pytest
import torch
from scipy import stats

from core.formatting import format_number
from tests.dashboard.screens.test_every_screen import AWKWARD, uploaded

VIEWS = ["curve", "squared", "power", "residuals"]


def ran(screen) -> dict:
    """What the lines of torch leave when they are run."""
    left: dict = {}
    exec(next(code.value for code in screen.app.code if code.value.startswith("import ")), left)
    return left


def scene(screen) -> dict:
    """The scene that the browser gets."""
    component = screen.app.get("bidi_component")[0]
    return json.loads(component.proto.json)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_a_picture_code_that_runs_traps_and_what_is_taken_for_granted(open_screen, view):
    screen = open_screen("normal", normal_view=view, traps=True)
    assert screen.errors == []
    assert screen.app.get("bidi_component") or screen.app.get("vega_lite_chart")
    assert ran(screen)
    assert "takes for granted" in screen.words or "does not prove" in screen.words
    assert screen.app.get("page_link")
    assert any("Works" in option for group in screen.app.button_group for option in group.options)
    assert any("Fails" in option for group in screen.app.button_group for option in group.options)


TRAPS = {  # what the lines of torch give, worked out another way
    "curve": [
        ("wrong", "16."), ("right", "4."), ("density", f"{10 / math.sqrt(2 * math.pi):.4f}"),
        ("divided_by_2", "7."), ("divided_by_3", f"{14 / 3:.4f}"),
    ],
    "squared": [
        ("mean", f"{20 / 3:.4f}"), ("total", "20."), ("book", f"{10 / 3:.4f}"), ("product", "0."),
        ("log_of_product", "-inf"), ("sum_of_logs", f"{200 * stats.norm.logpdf(1):.4f}"),
    ],
    "power": [
        ("lower", "2."), ("middle", "3."), ("mean", "4."), ("total", "16."), ("slopes", "[-1.,  0.,  1.]"),
    ],
    "residuals": [("log_density", "-inf")],
}  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
def test_the_traps_say_what_torch_does(open_screen, view):
    screen = open_screen("normal", normal_view=view, traps=True)
    shown = "\n".join(code.value for code in screen.app.code)
    for name, value in TRAPS[view]:
        assert f"{name}  →  tensor({value})" in shown, name


def test_the_lines_give_the_peak_and_the_shares_that_are_shown(open_screen):
    screen = open_screen("normal", normal_mean=1.5, normal_variance=4.0, normal_draws=500, normal_seed=3)
    left, shown = ran(screen), scene(screen)
    assert left["peak"].item() == pytest.approx(stats.norm(1.5, 2).pdf(1.5))
    assert left["computed"].tolist() == pytest.approx(shown["shares"])
    draws = np.array(shown["draws"])
    assert left["counted"].tolist() == [float((np.abs(draws) <= k).mean()) for k in (1, 2, 3)]
    assert left["draws"].tolist() == pytest.approx((1.5 + 2 * draws).tolist())
    assert f"{left['counted'][0] * 100:.2f}%" in screen.words


def test_torch_normal_takes_the_standard_deviation_as_the_trap_says(open_screen):
    screen = open_screen("normal", traps=True)
    assert any("16" in code.value and "4" in code.value for code in screen.app.code if "tensor" in code.value)


def test_pins_of_a_link_are_drawn_and_bad_ones_end_in_a_sentence(open_screen):
    screen = open_screen("normal", normal_pins="0 4; -1.5 0.25")
    assert scene(screen)["state"]["pins"] == [[0.0, 4.0], [-1.5, 0.25]]
    assert scene(open_screen("normal", normal_pins=""))["state"]["pins"] == []
    for bad in ("0", "a b", "0 4; 1 nan", "0 1e300", "0 0", "<b>", "1 2; " * 9, "0 1 2", "inf 1"):
        screen = open_screen("normal", normal_pins=bad)
        assert len(screen.errors) == 1, bad
        assert screen.errors[0].endswith(".")
        assert len(scene(screen)["state"]["pins"]) == 2  # the usual ones


def test_a_density_above_1_and_few_draws_are_explained(open_screen):
    assert "is no probability" in open_screen("normal", normal_variance=0.1).words
    assert "is no probability" not in open_screen("normal").words
    assert "Too few draws" in open_screen("normal").press("Fails: 20 draws").words


@pytest.mark.parametrize("moves", ["slope", "mean"])
@pytest.mark.parametrize("rows", [3, 8, 1000])
def test_loss_likelihood_and_optimum_are_those_of_the_lines(open_screen, moves, rows):
    screen = open_screen("normal", normal_view="squared", normal_moves=moves, normal_rows=rows, normal_at=0.25)
    left, shown = ran(screen), scene(screen)
    y, base, direction = (np.array(shown[name]) for name in ("y", "base", "direction"))
    residuals = y - base - 0.25 * direction
    assert left["loss"].item() == pytest.approx(float((residuals**2).sum()), rel=1e-9)
    assert left["log_likelihood"].item() == pytest.approx(stats.norm.logpdf(residuals).sum(), rel=1e-9)
    assert left["same"].item() == pytest.approx(left["log_likelihood"].item(), rel=1e-9)
    best = np.polyfit(shown["x"], y, 1)[0] if moves == "slope" else y.mean()
    assert shown["best"] == pytest.approx(best)
    assert screen.boxes[f"Exact optimum of the {moves}"] == format_number(float(best), 5)


def test_the_product_of_many_rows_is_shown_as_0_and_its_logarithm_is_not(open_screen):
    screen = open_screen("normal", normal_view="squared").press("Fails: the product of 1000 rows")
    assert screen.boxes["Likelihood there, in float64"] == "0.0"
    assert "it is `0.0` in float64 from row" in screen.words
    assert ran(screen)["product"].item() == 0.0
    assert float(screen.boxes["Its logarithm"].replace("−", "-").replace(",", "")) < -1000
    screen.press("Works: its logarithm")
    assert scene(screen)["log"] is True
    few = open_screen("normal", normal_view="squared", normal_sigma=0.1, normal_rows=1000)
    assert few.boxes["Likelihood there, in float64"] not in ("0.0", "nan")


def test_the_exact_answers_are_fractions_and_ranges(open_screen):
    screen = open_screen("normal", normal_view="power", normal_values="1 2 4 10", normal_p=4.0)
    table = screen.table("best number").set_index("p")
    assert table.loc["1", "exactly"] == "all from 2 to 4"
    assert table.loc["2", "exactly"] == "17/4"
    assert table.loc["∞", "exactly"] == "11/2"
    left = ran(screen)
    assert left["norm"].item() == pytest.approx(float(table.loc["4"].iloc[2]), rel=1e-4)


def test_a_line_by_linear_programme_ignores_the_outlier(open_screen):
    screen = open_screen("normal", normal_view="power").press("A line with an outlier")
    table = screen.table("slope b").set_index("p")
    from statsmodels.regression.quantile_regression import QuantReg

    y, x = np.array([1, 2.2, 2.8, 4.1, 5, 15]), np.column_stack([np.ones(6), np.arange(1, 7)])
    there = QuantReg(y, x).fit(q=0.5)
    assert float(table.loc["1"].iloc[2]) == pytest.approx(float(np.abs(there.resid).sum()), rel=1e-4)
    assert float(table.loc["∞", "slope b"]) > float(table.loc["2", "slope b"]) > float(table.loc["1", "slope b"])
    assert ran(screen)["absolute"].item() == pytest.approx(float(table.loc["1"].iloc[2]), rel=1e-5)


def test_whatever_is_typed_ends_in_an_answer_or_one_sentence(open_screen):
    screen = open_screen("normal", normal_view="power")
    for text in ("", "1", "nan 1", "1e300 2", "[[1, 2], [3, 4]]", "a b", "1 " * 400, "<b>1</b>", "5 5 5", "-1e6 1e6"):
        screen.turn("text_input", "normal_values", text)
        assert len(screen.errors) <= 1, text
        assert all(error.endswith(".") for error in screen.errors)
        assert scene(screen)["state"]["values"], text
    assert screen.errors == []
    screen.turn("text_input", "normal_values", "x")
    assert scene(screen)["state"]["values"] == [-1e6, 1e6]  # the last valid ones


@pytest.mark.parametrize("p", [1.0, 2.5, math.inf])
@pytest.mark.parametrize("fits", ["number", "line"])
def test_equal_and_two_values_have_estimates(open_screen, p, fits):
    for values in ("5 5 5", "1 3"):
        screen = open_screen("normal", normal_view="power", normal_values=values, normal_p=p, normal_fits=fits)
        assert screen.errors == []
        known = {"5 5 5": 0.0, "1 3": 1.0 if fits == "number" else 0.0}[values]  # both ends of a tie may be chosen
        assert ran(screen)["largest"].item() == pytest.approx(known, abs=1e-7)
        assert float(screen.table("‖residuals‖ₚ").set_index("p").loc["2"].iloc[-1 if fits == "number" else 2]) == (
            pytest.approx(known * math.sqrt(2), abs=1e-5)
        )


def test_each_noise_has_its_nearest_estimate(open_screen):
    words = open_screen("normal", normal_view="power").words
    for law, best in (("normal", "mean"), ("Laplace", "median"), ("uniform", "mid-range")):
        assert f"Under {law} noise the {best} is nearest" in words


def residuals_of(screen) -> np.ndarray:
    return ran(screen)["r"].numpy()


def test_likelihoods_of_the_residuals_are_those_of_scipy_and_of_the_lines(open_screen):
    screen = open_screen("normal", normal_view="residuals", normal_model="closed_form")
    table = screen.table("law").set_index("law")["log-likelihood per row"]
    shown = {law: float(text.replace("−", "-").replace(",", "")) for law, text in table.items()}
    left, r = ran(screen), residuals_of(screen)
    assert shown["normal"] == pytest.approx(stats.norm.logpdf(r, scale=np.sqrt((r**2).mean())).mean(), rel=1e-4)
    assert shown["Laplace"] == pytest.approx(stats.laplace.logpdf(r, scale=np.abs(r).mean()).mean(), rel=1e-4)
    assert shown["uniform"] == pytest.approx(-math.log(2 * np.abs(r).max()), rel=1e-4)
    for law in ("normal", "laplace", "uniform"):
        name = {"laplace": "Laplace"}.get(law, law)
        assert left[law].item() == pytest.approx(shown[name], rel=1e-4)
    assert screen.boxes["Likeliest law"] == max(shown, key=shown.get)


def lesson_of(screen) -> dict:
    """The lesson in steps, which is the last scene of its view."""
    return json.loads(screen.app.get("bidi_component")[-1].proto.json)


def values_of(frame) -> dict[str, set[str]]:
    """What stands at the places of each quantity of a step."""
    found: dict[str, set[str]] = {}
    parts = [part for line in frame["lines"] for part in line]
    parts += [part for table in frame["tables"] for row in table["rows"] for part in row]
    for part in parts:
        if part["key"]:
            found.setdefault(part["key"], set()).add(part["text"])
    return found


def test_each_law_is_a_step_whose_numbers_are_those_of_the_residuals(open_screen):
    screen = open_screen("normal", normal_view="residuals", normal_model="closed_form")
    lesson, r = lesson_of(screen), residuals_of(screen)
    assert len(lesson["frames"]) == 3
    known = {
        "normal": (stats.norm, np.sqrt((r**2).mean())),
        "laplace": (stats.laplace, np.abs(r).mean()),
        "uniform": (None, np.abs(r).max()),
    }
    best = {"normal": 0, "Laplace": 1, "uniform": 2}[screen.boxes["Likeliest law"]]
    assert lesson["start"] == best
    for (law, (there, scale)), frame in zip(known.items(), lesson["frames"], strict=True):
        found = values_of(frame)
        assert all(len(texts) == 1 for texts in found.values()), "twins have one number"
        assert found[f"scale_{law}"] == {format_number(float(scale), 4)}
        logs = there.logpdf(r, scale=scale) if there else np.full(len(r), -math.log(2 * scale))
        assert found[f"per_row_{law}"] == {format_number(float(logs.mean()), 4)}
        assert found["p0"] == {format_number(float(logs[0]), 4)}


def test_each_noise_is_a_step_with_the_known_errors_beside_the_simulated_ones(open_screen):
    lesson = lesson_of(open_screen("normal", normal_view="power", normal_sample=100))
    pairs = {"mean": "normal_mean", "median": "laplace_median", "mid-range": "uniform_mid_range"}
    for frame, (name, key) in zip(lesson["frames"], pairs.items(), strict=True):
        numbers = [float(text) for text in values_of(frame)[key]]
        assert min(numbers) == pytest.approx(max(numbers), rel=0.1), key
        assert f"the {name} is nearest" in frame["title"]


def test_a_model_that_is_not_trained_to_its_end_leaves_more_than_noise(open_screen):
    screen = open_screen("normal", normal_view="residuals").press("Fails: one slow epoch of SGD")
    assert "But they are more than noise" in screen.words
    screen.press("Works: the closed form")
    assert "But they are more than noise" not in screen.words
    assert residuals_of(screen).mean() == pytest.approx(0, abs=1e-6)


def test_a_run_that_diverged_is_replaced_and_a_perfect_fit_has_no_noise(open_screen):
    too_fast = {"learning_rate": 10.0, "_chosen_learning_rate": True}
    away = open_screen("normal", normal_view="residuals", **too_fast)
    assert any("SGD diverged" in warning.value for warning in away.app.warning)
    synthetic = {"train_source": "synthetic", "noise": 0.0, "normal_model": "closed_form"}
    perfect = open_screen("normal", normal_view="residuals", **synthetic)
    assert "The fit is perfect" in perfect.words


def test_synthetic_noise_is_found_normal(open_screen):
    synthetic = {"train_source": "synthetic", "noise": 1.0, "train_rows": 2000, "normal_model": "closed_form"}
    assert open_screen("normal", normal_view="residuals", **synthetic).boxes["Likeliest law"] == "normal"


@pytest.mark.parametrize("case", AWKWARD)
def test_awkward_tables_get_a_result_or_one_sentence(open_screen, case):
    screen = open_screen("normal", normal_view="residuals", **uploaded(case))
    assert len(screen.errors) <= 1
    assert all(error.endswith(".") for error in screen.errors)
    assert not any("nan" in value.lower() for value in screen.boxes.values())


def test_residuals_of_the_test_rows_are_those_of_the_model(open_screen):
    screen = open_screen("normal", normal_view="residuals")
    assert isinstance(screen.table("law"), pd.DataFrame)
    assert "per test row" in screen.table("law").columns
    assert torch.isfinite(torch.tensor(residuals_of(screen))).all()
