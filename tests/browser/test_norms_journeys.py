"""Norms in a real browser: p slides, vectors are dragged, and what comes to rest is what server, link and lines say."""

import math
import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import drawn, handles, settle, visit

BALL, PROPERTIES = "/norms?norms_view=ball", "/norms?norms_view=properties"


def game(page: Page) -> Locator:
    return page.locator(".moving.norms")


def open_game(page: Page, path: str) -> None:
    visit(page, path)
    expect(game(page)).to_have_attribute("data-p", re.compile(r"\d|Infinity"))
    page.locator(".norms canvas").scroll_into_view_if_needed()
    drawn(page)


def vector(page: Page, name: str) -> list[float]:
    return [float(entry) for entry in game(page).get_attribute(f"data-{name}").split()]


def values(page: Page, meter: str) -> list[float]:
    drawn(page)
    said = page.locator(f".norms .meter.{meter} output").all_inner_texts()
    return [float(text.replace(",", "").replace("−", "-")) for text in said]


def listen(page: Page) -> list[object]:
    """Return a list that grows with every message to the server."""
    sent: list[object] = []

    def keep(frame: object) -> None:
        sent.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", keep))
    return sent


def tip(page: Page, shown: str = ".norms") -> tuple[float, float]:
    """Return where the highest tip in the picture is, in pixels of the page."""
    return min(handles(page.locator(f"{shown} canvas")), key=lambda place: place[1])


def lines(page: Page) -> str:
    return page.locator("[data-testid=stCode]").filter(has_text="import torch").first.inner_text()


def test_sliding_p_breaks_and_mends_the_triangle_inequality_without_the_server(page):
    sent = listen(page)
    open_game(page, f"{BALL}&norms_ball_p=1")
    verdict = page.locator(".norms .meter.triangle .verdict")
    expect(verdict).to_contain_text("✓")
    sent.clear()
    slider = page.locator(".norms .slider-p")
    slider.evaluate("slider => { slider.value = 0.5; slider.dispatchEvent(new Event('input')); }")
    expect(game(page)).to_have_attribute("data-p", "0.6667")
    expect(verdict).to_contain_text("✗")
    assert values(page, "triangle") == pytest.approx([2**1.5, 2.0], rel=1e-3)
    expect(page.locator(".norms .note")).to_contain_text("outside")
    slider.evaluate("slider => { slider.value = 2; slider.dispatchEvent(new Event('input')); }")
    expect(game(page)).to_have_attribute("data-p", "Infinity")
    assert values(page, "triangle") == [1.0, 2.0]
    assert sent == []


def test_where_p_comes_to_rest_is_in_the_formula_the_lines_and_the_link(page):
    open_game(page, BALL)
    page.locator(".norms .slider-p").focus()
    page.keyboard.press("End")
    expect(page.locator("[data-testid=stCode]").first).to_contain_text("p = torch.inf")
    settle(page)
    expect(page).to_have_url(re.compile(r"norms_ball_p=inf"))
    visit(page, page.url)
    expect(game(page)).to_have_attribute("data-p", "Infinity")


@pytest.mark.smoke
def test_dragging_the_second_vector_moves_it_and_the_field(page):
    open_game(page, PROPERTIES)
    x, y = vector(page, "x"), vector(page, "y")
    place = tip(page)
    page.mouse.move(*place)
    page.mouse.down()
    page.mouse.move(place[0] + 60, place[1] + 20, steps=8)
    drawn(page)
    moved = vector(page, "y")
    assert moved[0] > y[0] + 0.5
    assert moved[1] < y[1]
    assert vector(page, "x") == x
    whole, both = values(page, "triangle")
    assert whole == pytest.approx(np.linalg.norm(np.add(x, moved)), rel=1e-5)
    assert both == pytest.approx(np.linalg.norm(x) + np.linalg.norm(moved), rel=1e-5)
    page.mouse.up()
    expect(page.locator(".st-key-norms_y input")).to_have_value(" ".join(f"{entry:g}" for entry in moved))
    settle(page)
    assert vector(page, "y") == moved
    assert str([float(entry) for entry in moved]) in lines(page)


def test_the_factor_scales_and_only_zero_leaves_nothing(page):
    open_game(page, PROPERTIES)
    slider = page.locator(".norms .slider-factor")
    slider.focus()
    page.keyboard.press("Home")
    expect(game(page)).to_have_attribute("data-factor", "-3")
    assert values(page, "scaling") == [15.0, 15.0]
    slider.evaluate("slider => { slider.value = 0; slider.dispatchEvent(new Event('input')); }")
    expect(page.locator(".norms .meter.positive .verdict")).to_contain_text("Every entry is 0")
    assert values(page, "positive") == [0.0, 0.0]


def test_arrow_keys_move_an_entry_of_a_longer_vector(page):
    open_game(page, f"{PROPERTIES}&norms_x=1%20-2%203%200&norms_y=2%201%20-1%201&norms_any_p=1")
    page.locator(".norms canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    drawn(page)
    now = vector(page, "y")
    assert now[1] > 1.0
    assert [now[0], *now[2:]] == [2.0, -1.0, 1.0]
    expect(page.locator(".st-key-norms_y input")).to_have_value(re.compile(r"^2 1\.\d+ -1 1$"))
    assert values(page, "triangle")[1] == pytest.approx(6 + sum(map(abs, now)), rel=1e-5)


def test_what_is_typed_moves_the_picture(page):
    open_game(page, PROPERTIES)
    field = page.locator(".st-key-norms_x input")
    field.fill("0 2")
    field.press("Enter")
    expect(game(page)).to_have_attribute("data-x", "0 2")
    settle(page)
    assert values(page, "triangle")[1] == pytest.approx(2 + math.hypot(1, 2.5), rel=1e-5)


def test_a_telephone_shows_the_ball_whole(page):
    page.set_viewport_size({"width": 420, "height": 900})
    open_game(page, BALL)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 420
    assert page.locator(".norms canvas").bounding_box()["width"] > 300


def test_turning_a_vector_never_stretches_it_beyond_the_spectral_norm(page):
    visit(page, "/norms?norms_view=matrix")
    box = page.locator(".moving.stretch")
    expect(box).to_have_attribute("data-angle", "30")
    most = float(np.linalg.norm([[2, 1], [0, 1.5]], 2))
    stretched = []
    for angle in range(0, 360, 10):
        page.locator(".stretch .slider-angle").evaluate(
            "(slider, angle) => { slider.value = angle; slider.dispatchEvent(new Event('input')); }", angle
        )
        expect(box).to_have_attribute("data-angle", str(angle))
        stretched.append(float(box.get_attribute("data-stretched")))
    turned = np.radians(np.arange(0, 360, 10))
    assert stretched == pytest.approx(np.hypot(2 * np.cos(turned) + np.sin(turned), 1.5 * np.sin(turned)))
    assert 0.99 * most < max(stretched) <= most


def test_a_vector_is_turned_by_dragging_a_tip_and_rests_when_let_go(page):
    visit(page, "/norms?norms_view=matrix")
    turned = page.locator(".moving.stretch")
    canvas = turned.locator("canvas")
    canvas.scroll_into_view_if_needed()
    drawn(page)
    page.mouse.move(*tip(page, ".stretch"))
    page.mouse.down()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
    drawn(page)
    angle = int(turned.get_attribute("data-angle"))
    assert 90 < angle < 180
    page.mouse.up()
    page.mouse.move(box["x"] + box["width"] * 3 / 4, box["y"] + box["height"] * 3 / 4)
    drawn(page)
    assert int(turned.get_attribute("data-angle")) == angle
