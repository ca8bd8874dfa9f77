"""One neuron in a real browser: bars, point and row are dragged, terms light up, steps are played."""

import math
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import drawn, handles, settle, take_example, visit


def game(page: Page) -> Locator:
    return page.locator(".moving.neuron")


def open_neuron(page: Page, query: str = "") -> None:
    visit(page, f"/neuron{query}")
    expect(game(page)).to_have_attribute("data-z", re.compile(r"\d"))


def numbers(page: Page, name: str) -> list[float]:
    drawn(page)
    return [float(entry) for entry in game(page).get_attribute(f"data-{name}").split()]


def expect_whole(page: Page) -> None:
    """Check that z and p are what the features, weights and bias give."""
    x, w, (b,), (z,), (p,) = (numbers(page, name) for name in ("x", "w", "b", "z", "p"))
    assert z == pytest.approx(sum(left * right for left, right in zip(x, w, strict=True)) + b)
    assert p == pytest.approx(1 / (1 + math.exp(-z)))


def drag(page: Page, start: tuple[float, float], by: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + by[0], start[1] + by[1], steps=6)
    drawn(page)


@pytest.mark.smoke
def test_a_weight_is_dragged_and_pressed_and_the_fields_the_lines_and_the_link_follow(page):
    open_neuron(page)
    bar = page.get_by_role("slider", name="weight of bill_depth_mm")
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    middle = box["y"] + box["height"] / 2
    drag(page, (box["x"] + box["width"] / 4, middle), (box["width"] / 2, 0))
    first, second = numbers(page, "w")
    assert first == 1.5
    assert second > 0.5
    expect_whole(page)
    page.mouse.up()
    settle(page)
    expect(page.locator(".st-key-neuron_one_w input")).to_have_value(f"1.5 {second:g}")
    page.get_by_role("slider", name="bias", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    settle(page)
    (bias,) = numbers(page, "b")
    assert bias > -0.8
    expect_whole(page)
    expect(page.locator("[data-testid=stCode]").filter(has_text="requires_grad")).to_contain_text(
        f"w = torch.tensor([1.5, {second!r}]"
    )
    visit(page, page.url)
    assert numbers(page, "w") == [1.5, second]
    assert numbers(page, "b") == [bias]


def test_the_point_is_dragged_along_the_sigmoid_and_the_row_across_the_plane(page):
    open_neuron(page)
    curve, plane = page.locator(".neuron canvas").nth(0), page.locator(".neuron canvas").nth(1)
    curve.scroll_into_view_if_needed()
    drawn(page)
    before = numbers(page, "z")[0]
    drag(page, handles(curve)[0], (-80, 0))
    assert numbers(page, "z")[0] < before - 1
    assert numbers(page, "x") == [1.2, -0.4]
    expect_whole(page)
    page.mouse.up()
    settle(page)
    curve.focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    expect_whole(page)
    drag(page, handles(plane)[0], (60, -40))
    x = numbers(page, "x")
    assert x[0] > 1.3
    assert x[1] > -0.3
    page.mouse.up()
    settle(page)
    expect(page.locator(".st-key-neuron_one_x input")).to_have_value(f"{x[0]:g} {x[1]:g}")
    z, w = numbers(page, "z")[0], numbers(page, "w")
    far = page.locator(".neuron .distance").inner_text()
    assert f"{abs(z) / math.hypot(*w):.4g}" in far.replace(",", "")


def test_a_term_its_bar_and_its_row_light_each_other_by_pointer_and_by_keys(page):
    open_neuron(page)
    lit = page.locator(".neuron .lit")
    formula, bar, row = (page.locator(f".neuron {place} [data-twin=term2]") for place in (".formula", ".bars", "tbody"))
    formula.first.hover()
    expect(bar).to_have_class(re.compile("lit"))
    expect(row).to_have_class(re.compile("lit"))
    row.hover()
    expect(formula).to_have_class([re.compile("lit")] * 3)
    page.mouse.move(2, 2)
    expect(lit).to_have_count(0)
    page.locator(".neuron .formula [data-twin=term1]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(game(page)).to_have_attribute("data-lit", "term2")
    page.keyboard.press("ArrowRight")
    expect(game(page)).to_have_attribute("data-lit", "bias")
    page.locator(".neuron h2").first.hover()  # a place of no quantity: the one in focus stays lit
    expect(game(page)).to_have_attribute("data-lit", "bias")
    plane = page.locator(".neuron canvas").nth(1)
    plane.scroll_into_view_if_needed()
    drawn(page)
    page.mouse.move(*handles(plane)[0])
    expect(game(page)).to_have_attribute("data-lit", "term1 term2")


def test_the_steps_add_up_term_by_term_and_a_telephone_shows_them_whole(page):
    page.set_viewport_size({"width": 420, "height": 900})
    open_neuron(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 420
    step = page.locator(".neuron .step")
    expect(step).to_have_text("The sigmoid squeezes z = 1.4 between 0 and 1: p = 0.8022.")
    page.locator(".neuron button.first").click()
    expect(step).to_have_text("flipper_length_mm: 1.5 · 1.2 = 1.8. The sum so far is 1.8.")
    page.locator(".neuron button.forward").click()
    expect(step).to_have_text("bill_depth_mm: −1 · −0.4 = 0.4. The sum so far is 2.2.")
    expect(page.locator(".neuron .bars .later")).to_have_count(2)
    page.locator(".neuron .scrubber").focus()
    page.keyboard.press("ArrowRight")
    expect(step).to_have_text("The bias adds −0.8, whatever the features are. The sum is 1.4.")
    page.locator(".neuron button.back").click()
    expect(game(page)).to_have_attribute("data-frame", "1")
    page.locator(".neuron button.play").click()
    expect(game(page)).to_have_attribute("data-frame", "4")
    take_example(page, "A setting that fails, and why")
    expect(page.locator(".neuron [data-saturated=true]")).to_contain_text("Saturated: at z = 58.35")
    assert numbers(page, "w") == [0.05, 0.01]
    take_example(page, "The point is on the line")
    expect(page.locator(".neuron .distance")).to_have_text("The row is on the line: z = 0, so p = 0.5.")
    take_example(page, "A picture of 4 × 4 pixels")
    expect(page.locator(".neuron .bars [data-twin=others]")).to_contain_text("5 others")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 420
