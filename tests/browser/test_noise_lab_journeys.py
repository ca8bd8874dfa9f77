"""Noise and squared loss in a real browser: curves, lines and values are dragged, and twins light each other."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import drawn, handles, settle, visit


def open_view(page: Page, view: str, scene: str, more: str = "") -> Locator:
    visit(page, f"/normal?normal_view={view}{more}")
    game = page.locator(f".moving.{scene}")
    expect(game).to_be_visible()
    game.locator("canvas").first.scroll_into_view_if_needed()
    drawn(page)
    return game


def number(game: Locator, name: str) -> float:
    drawn(game.page)  # the numbers on the box are those of the last drawing
    return float(game.get_attribute(f"data-{name}"))


def drag(page: Page, start: tuple[float, float], right: float, down: float) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + right, start[1] + down, steps=6)
    drawn(page)
    page.mouse.up()


@pytest.mark.smoke
def test_the_curve_is_dragged_pinned_and_drawn_from_and_the_link_keeps_it(page):
    game = open_view(page, "curve", "noise")
    canvas = game.locator("canvas")
    drag(page, min(handles(canvas), key=lambda place: place[1]), 60, 0)
    settle(page)
    mean = number(game, "mean")
    assert mean > 0.5
    drag(page, max(handles(canvas), key=lambda place: place[1]), 30, 0)
    spread = number(game, "variance")
    assert spread > 1.5
    canvas.focus()
    page.keyboard.press("ArrowUp")
    drawn(page)
    assert number(game, "variance") == pytest.approx(spread + 0.1)
    game.locator("button.pin").click()
    expect(game.locator(".chip")).to_have_count(3)
    settle(page)
    expect(page).to_have_url(re.compile(rf"normal_mean={mean:g}(&|$)"))
    expect(page.get_by_test_id("stCode").first).to_contain_text(
        f"mean, variance = {mean!r}, {round(spread + 0.1, 2)!r}"
    )
    game.locator("button.back").click()
    drawn(page)
    assert number(game, "shown") == 199
    game.locator("tr[data-twin=band2]").hover()
    expect(game.locator("tr[data-twin=band2]")).to_have_class(re.compile("lit"))
    expect(game.locator("p.quiet").first).to_contain_text("± 2σ")
    pins = game.get_attribute("data-pins")
    visit(page, page.url)
    expect(page.locator(".moving.noise")).to_have_attribute("data-pins", pins)


def test_one_drag_moves_loss_and_likelihood_to_their_common_optimum(page):
    game = open_view(page, "squared", "likelihood")
    before = {name: number(game, name) for name in ("at", "loss", "log", "product")}
    box = game.locator("canvas.curve").first.bounding_box()
    middle = (box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    drag(page, middle, 40, 0)
    after = {name: number(game, name) for name in before}
    assert after["at"] > before["at"]
    assert after["loss"] < before["loss"]
    assert after["log"] - before["log"] == pytest.approx((before["loss"] - after["loss"]) / 2)  # σ is 1
    assert np.log(after["product"]) == pytest.approx(after["log"])
    game.locator("button.best").click()
    drawn(page)
    expect(game.locator(".verdict")).to_contain_text("You are there")
    settle(page)
    rows = game.locator("canvas").first
    rows.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(game.locator("[data-twin=row1].lit")).to_have_count(3)  # its square, its factor, its logarithm
    assert number(game, "row") == 1
    game.locator("[data-twin=row4]").first.hover()
    expect(game.locator("[data-twin=row4].lit")).to_have_count(3)
    page.keyboard.press("ArrowUp")
    settle(page)
    expect(page).to_have_url(re.compile(r"normal_at=1\.2"))


def test_the_terms_of_the_logarithm_are_numbers_where_the_factors_are_0(page):
    game = open_view(page, "squared", "likelihood", "&normal_sigma=0.1&normal_at=-3")
    assert number(game, "product") == 0
    logs = game.locator(".working p").nth(2)
    expect(logs).to_contain_text("log P")
    expect(game.locator(".working")).not_to_contain_text("∞")
    assert logs.locator(".term").count() == 8


def test_an_outlier_is_dragged_and_the_median_stays_while_mean_and_mid_range_follow(page):
    game = open_view(page, "power", "power-loss", "&normal_values=1%202%203%204%206&normal_p=1")
    canvas = game.locator("canvas").first
    last = handles(canvas)[-1]
    drag(page, last, 0, -40)
    values = [float(value) for value in game.get_attribute("data-values").split()]
    assert values[:4] == [1, 2, 3, 4]
    assert values[4] > 6.5
    assert (number(game, "one"), number(game, "any")) == (3, 3)
    assert number(game, "two") == pytest.approx(np.mean(values))
    assert number(game, "many") == pytest.approx((1 + values[4]) / 2)
    settle(page)
    expect(page.locator(".st-key-normal_values input")).to_have_value(f"1 2 3 4 {values[4]:g}")
    game.locator(".slider-p").focus()
    page.keyboard.press("End")
    drawn(page)
    assert number(game, "any") == number(game, "many")
    settle(page)
    expect(page).to_have_url(re.compile(r"normal_p=inf"))
    canvas.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    drawn(page)
    assert float(game.get_attribute("data-values").split()[3]) < 4
    settle(page)
    game.locator("tr[data-twin=two]").hover()
    expect(game.locator("tr.two")).to_have_class(re.compile("lit"))


def test_a_telephone_shows_every_view_whole(page):
    page.set_viewport_size({"width": 420, "height": 900})
    for view in ("curve", "squared", "power", "residuals"):
        visit(page, f"/normal?normal_view={view}")
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 420
