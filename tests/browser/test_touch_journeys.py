"""What is dragged by mouse elsewhere is dragged by a finger here; a finger that hits nothing scrolls the page."""

import math
import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import drawn, expect_other, handles, settle, swipe, visit, wait_until_still

TANGENT = "/calculus?calculus_view=tangent"
PROPERTIES, BALL = "/norms?norms_view=properties", "/norms?norms_view=ball"


def number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def in_view(page: Page, canvas: Locator) -> dict[str, float]:
    """Bring a picture to the middle of the screen; return where it is once nothing moves any more."""
    canvas.evaluate("canvas => canvas.scrollIntoView({ block: 'center' })")
    wait_until_still(page)
    drawn(page)
    box = canvas.bounding_box()
    assert box is not None
    return dict(box)


def open_tangent(page: Page, path: str = TANGENT) -> dict[str, float]:
    visit(page, path)
    expect(page.locator(".tangent .figures output").first).to_have_text(re.compile(r"\S"))
    return in_view(page, page.locator(".tangent canvas.curve"))


def figure(page: Page, place: int) -> float:
    return number(page.locator(".tangent .figures output").nth(place).inner_text())


def step(page: Page) -> float:
    return number(page.locator(".tangent .field output").first.inner_text())


def points(page: Page) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return where the square and the ring are on the screen, while the ring is on the right."""
    square, ring = handles(page.locator(".tangent canvas.curve"))
    return square, ring


def test_a_finger_drags_the_second_point_and_the_secant_follows_into_the_address(telephone):
    page = telephone
    open_tangent(page)
    assert (figure(page, 0), figure(page, 1), step(page)) == (5, 2, 1)
    start = wait_until_still(page)
    swipe(page, points(page)[1], (-50, 45))
    h = step(page)
    assert 0.2 < h < 0.8
    assert figure(page, 0) == pytest.approx(2 + 3 * h)  # 3x² − 4x at 1: the secant is 3h steeper than the tangent
    assert figure(page, 2) == pytest.approx(3 * h)
    assert wait_until_still(page) == start, "the page scrolled under the finger"
    expect(page).to_have_url(re.compile(rf"calculus_h={h:g}(&|$)"))
    visit(page, page.url)
    expect(page.locator(".tangent .field output").first).to_have_text(f"{h:g}")


def test_a_finger_moves_the_place_of_the_tangent_too(telephone):
    page = telephone
    open_tangent(page)
    swipe(page, points(page)[0], (-35, -50))
    x = number(page.locator(".tangent .field output").last.inner_text())
    assert 0.3 < x < 0.8
    assert figure(page, 1) == pytest.approx(6 * x - 4)
    expect(page).to_have_url(re.compile(rf"calculus_x={x:g}(&|$)"))


@pytest.mark.parametrize("canvas", ["curve", "lens"])
def test_a_finger_beside_both_points_scrolls_the_page_and_moves_nothing(telephone, canvas):
    page = telephone
    open_tangent(page)
    box = in_view(page, page.locator(f".tangent canvas.{canvas}"))
    start, h = wait_until_still(page), step(page)
    swipe(page, (box["x"] + 0.3 * box["width"], box["y"] + 90), (0, -120))
    assert wait_until_still(page) > start + 50
    assert step(page) == h
    assert "calculus_h" not in page.url


def open_norms(page: Page, path: str) -> dict[str, float]:
    visit(page, path)
    expect(page.locator(".moving.norms")).to_have_attribute("data-p", re.compile(r"\d|Infinity"))
    return in_view(page, page.locator(".norms canvas"))


def vector(page: Page, name: str) -> list[float]:
    return [float(entry) for entry in page.locator(".moving.norms").get_attribute(f"data-{name}").split()]


def tips(page: Page) -> dict[str, tuple[float, float]]:
    """Return where the tips of both vectors are on the screen."""
    names = sorted("xy", key=lambda name: vector(page, name)[0])
    return dict(zip(names, handles(page.locator(".norms canvas")), strict=True))


@pytest.mark.parametrize(("name", "other"), [("x", "y"), ("y", "x")])
def test_a_finger_drags_the_tip_of_a_vector_and_the_field_says_where_it_came_to_rest(telephone, name, other):
    page = telephone
    open_norms(page, PROPERTIES)
    start, still, before = wait_until_still(page), vector(page, other), vector(page, name)
    swipe(page, tips(page)[name], (35, -50))
    moved = vector(page, name)
    assert moved[0] > before[0] + 0.5
    assert moved[1] > before[1] + 0.5
    assert vector(page, other) == still
    assert wait_until_still(page) == start, "the page scrolled under the finger"
    expect(page.locator(f".st-key-norms_{name} input")).to_have_value(" ".join(f"{entry:g}" for entry in moved))
    settle(page)
    assert vector(page, name) == moved
    whole = number(page.locator(".norms .meter.triangle output").first.inner_text())
    assert whole == pytest.approx(np.linalg.norm(np.add(moved, still)), rel=1e-5)


def test_a_finger_breaks_the_triangle_inequality_and_scrolls_beside_the_tips(telephone):
    page = telephone
    box = open_norms(page, f"{BALL}&norms_ball_p=0.5")
    start = wait_until_still(page)
    x, y = vector(page, "x"), vector(page, "y")
    swipe(page, (box["x"] + 60, box["y"] + 40), (0, -120))
    assert wait_until_still(page) > start + 50
    assert (vector(page, "x"), vector(page, "y")) == (x, y)
    in_view(page, page.locator(".norms canvas"))
    expect(page.locator(".norms .meter.triangle .verdict")).to_contain_text("✗")
    there, here = (tips(page)[name] for name in "xy")
    swipe(page, here, (there[0] - here[0], there[1] - here[1]))
    assert math.dist(vector(page, "y"), x) < 0.1
    expect(page.locator(".norms .meter.triangle .verdict")).to_contain_text("✓")


def test_a_finger_turns_the_vector_that_a_matrix_stretches(telephone):
    page = telephone
    visit(page, "/norms?norms_view=matrix")
    game = page.locator(".moving.stretch")
    expect(game).to_have_attribute("data-angle", "30")
    in_view(page, page.locator(".stretch canvas"))
    start = wait_until_still(page)
    swipe(page, handles(page.locator(".stretch canvas"))[0], (-20, -40))
    angle = expect_other(page, lambda: float(game.get_attribute("data-angle")), 30.0)
    assert 30 < angle < 120
    assert wait_until_still(page) == start, "the page scrolled under the finger"
