"""The norms walked through with keys alone: to the field, the examples, the sliders and the drawing by Tab."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import drawn, settle, visit


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until something has the focus, which a ring shows."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def vector(page: Page, name: str) -> list[float]:
    drawn(page)
    return [float(entry) for entry in page.locator(".moving.norms").get_attribute(f"data-{name}").split()]


def test_the_three_properties_are_walked_through_by_keys_alone(page):
    visit(page, "/norms?norms_view=properties")
    game = page.locator(".moving.norms")
    expect(game).to_have_attribute("data-x", "3 -4")

    tab_to(page, ".st-key-norms_x input")
    page.keyboard.press("Control+a")
    page.keyboard.type("2 0")
    page.keyboard.press("Enter")
    expect(game).to_have_attribute("data-x", "2 0")
    settle(page)

    tab_to(page, ".norms .slider-p")
    page.keyboard.press("End")
    expect(game).to_have_attribute("data-p", "Infinity")
    tab_to(page, ".norms .jumps button")
    page.keyboard.press("Space")
    expect(game).to_have_attribute("data-p", "0.5")
    expect(page.locator(".norms .meter.triangle .verdict")).to_contain_text("✗")
    expect(page).to_have_url(re.compile(r"norms_any_p=0\.5"))
    settle(page)

    tab_to(page, ".norms canvas")
    y, x = vector(page, "y"), vector(page, "x")
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    moved = vector(page, "y")
    assert moved == pytest.approx([y[0] + 0.2, y[1] + 0.1])
    assert page.locator(".norms canvas").evaluate("canvas => getComputedStyle(canvas).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert vector(page, "x") == pytest.approx([x[0], x[1] - 0.1])
    assert vector(page, "y") == moved
    expect(page.locator(".st-key-norms_y input")).to_have_value(" ".join(f"{entry:g}" for entry in moved))
    settle(page)
    expect(page.locator(".norms canvas")).to_be_focused()

    tab_to(page, "[role=radiogroup][aria-label=Examples] [role=radio]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.locator(".st-key-norms_x input")).to_have_value("1 -2 3 0 2 -1")
    expect(game).to_have_attribute("data-x", "1 -2 3 0 2 -1")
    settle(page)


def test_a_mistake_typed_by_keys_is_told_and_the_drawing_stays(page):
    visit(page, "/norms?norms_view=properties")
    tab_to(page, ".st-key-norms_y input")
    page.keyboard.press("Control+a")
    page.keyboard.type("1 two")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stAlert")).to_be_visible()
    settle(page)
    assert vector(page, "y") == [1.0, 2.5]
    expect(page.locator(".st-key-norms_y input")).to_be_focused()


def test_a_secant_is_walked_to_its_tangent_by_keys_alone(page):
    visit(page, "/calculus?calculus_view=tangent")
    figures = page.locator(".tangent .figures output")
    tab_to(page, ".st-key-calculus_f input")
    page.keyboard.press("Control+a")
    page.keyboard.type("x**2")
    page.keyboard.press("Enter")
    expect(figures.nth(0)).to_have_text("3")
    settle(page)
    tab_to(page, ".tangent .slider-step")
    for _press in range(20):
        page.keyboard.press("ArrowLeft")
    drawn(page)
    assert 2 < float(figures.nth(0).inner_text()) < 2.2
    tab_to(page, ".tangent .slider-place")
    page.keyboard.press("End")
    expect(figures.nth(1)).to_have_text("6")
    tab_to(page, ".tangent button.take")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="at x =")).to_have_value("3")
