"""A secant turned into a tangent by mouse and keys, its arithmetic in the browser, and a text that is in the link."""

import json
import math
import re

import pytest
from playwright.sync_api import Page, expect

from core.calculus import parse_expression
from core.calculus.expression.parser import SCALAR_FUNCTIONS
from core.calculus.slopes import slope_at
from core.calculus.stack_code import to_stack_code
from dashboard.scenes.bundle import bundle
from tests.browser.conftest import ROOT
from tests.browser.steps import charts, drawing, drawn, expect_other, grabbed_along, settle, visit

MODEL = bundle(ROOT / "dashboard" / "scenes" / "tangent" / "slope_model.js")
PLACE = "/calculus?calculus_view=tangent"
PLACES = [
    *((f"{name}(x)", x) for name in SCALAR_FUNCTIONS for x in (-1.0, -0.4, 0.0, 0.3, 1.0, 2.5)),
    ("3*x**2 - 4*x", 1.0), ("x**3/(1 + x**2)", 0.7), ("2**x", 2.0), ("x**x", 1.3), ("x**-1.5", 2.0), ("1/x", 0.0),
    ("exp(-x*x)*sin(3*x)", 0.4), ("x*abs(x)", 0.0), ("x*sqrt(x)", 0.0), ("x**1.5", 0.0), ("x**0", 0.0), ("5", 3.0),
    ("abs(sin(x))", 0.0), ("sqrt(abs(x))", 0.0), ("x**2", 0.0), ("-x**3", 0.0), ("(x - 1)**7", 1.0), ("x**x", 0.0),
    ("1 - relu(-x)*2", 0.0), ("step(x)*x", 0.0), ("pi*x - e", -2.0), ("exp(x)", 1000.0), ("x/(x - x)", 1.0),
]  # fmt: skip


@pytest.fixture
def model(page: Page) -> Page:
    page.set_content("<body></body>")
    page.add_script_tag(content=MODEL.js)
    return page


def test_the_browser_tells_the_two_sides_of_a_place_as_core_does(model):
    asked = [[to_stack_code(parse_expression(text, ("x",)).root), x] for text, x in PLACES]
    found = json.loads(
        model.evaluate(
            """asked => JSON.stringify(asked.map(([program, x]) => new SlopeModel(program).at(x)),
                (_name, value) => typeof value === "number" && !Number.isFinite(value) ? String(value) : value)""",
            asked,
        )
    )
    for (text, x), there in zip(PLACES, found, strict=True):
        slope = slope_at(parse_expression(text, ("x",)), x)
        kind = slope.kind if slope.kind != "edge" else "begins" if math.isnan(slope.left.limit) else "ends"
        assert there["kind"] == kind, (text, x)
        if kind != "undefined":
            told = [float(there[name]) for name in ("value", "left", "right", "leftLimit", "rightLimit")]
            assert told == pytest.approx(
                [slope.value, slope.left.slope, slope.right.slope, slope.left.limit, slope.right.limit],
                rel=1e-12, abs=1e-15, nan_ok=True,
            ), (text, x)  # fmt: skip


def figure(page: Page, place: int) -> float:
    drawn(page)
    text = page.locator(".tangent .figures output").nth(place).inner_text()
    return float(text.replace(",", "").replace("−", "-"))


def open_tangent(page: Page, path: str = PLACE) -> None:
    visit(page, path)
    expect(page.locator(".tangent .figures output").first).to_have_text(re.compile(r"\S"))


def messages(page: Page) -> list[object]:
    """Return a list that grows with every message to the server."""
    sent: list[object] = []

    def keep(frame: object) -> None:
        sent.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", keep))
    return sent


def grabbed_at(page: Page, x_share: float) -> tuple[float, float]:
    """Find what can be grabbed from above at this share of the curve's width, by the cursor that says so."""
    canvas = page.locator(".tangent canvas.curve")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    spots = grabbed_along(canvas, x_share)
    assert spots, "nothing can be grabbed here"
    return box["x"] + x_share * box["width"], spots[0] + 8


def test_dragging_the_ring_towards_the_point_turns_the_secant_into_the_tangent_without_the_server(page):
    sent = messages(page)
    open_tangent(page)
    assert figure(page, 0) == 5  # (f(2) - f(1)) / 1 of the notes' function
    assert figure(page, 1) == 2
    x, y = grabbed_at(page, 0.765)  # x + h = 2 lies three quarters along the picture
    before = len(sent)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 30, steps=8)
    page.mouse.up()
    nearer = figure(page, 0)
    assert 2 < nearer < 5
    slider = page.locator(".tangent .slider-step")
    slider.focus()
    for _press in range(12):
        page.keyboard.press("ArrowLeft")
    assert 2 < figure(page, 0) < nearer
    page.get_by_role("button", name="Let h shrink").click()
    expect(page.locator(".tangent .field output").first).to_have_text(re.compile("e-"), timeout=20_000)
    expect(page.locator(".tangent .figures output").first).to_have_text(re.compile(r"^(2|2\.00000\d*|1\.99999\d*)$"))
    assert len(sent) == before
    expect(page).to_have_url(re.compile("calculus_h="))


def test_a_kink_has_two_slopes_and_the_secant_finds_one_of_them(page):
    open_tangent(page, f"{PLACE}&calculus_f=abs(x)&calculus_x=0")
    outputs = page.locator(".tangent .figures output")
    expect(outputs.nth(0)).to_have_text("1")
    expect(outputs.nth(1)).to_have_text("none")
    slider = page.locator(".tangent .slider-step")
    slider.focus()
    page.keyboard.press("Home")
    expect(outputs.nth(0)).to_have_text("−1")
    expect(page.locator(".tangent .verdict")).to_contain_text("kink at x = 0")


def test_a_place_found_by_hand_can_be_taken_to_the_other_lessons(page):
    open_tangent(page)
    slider = page.locator(".tangent .slider-place")
    slider.focus()
    for _press in range(20):
        page.keyboard.press("ArrowRight")
    drawn(page)
    expect(page.locator(".tangent .verdict")).to_contain_text("At x = 1.2 ")
    page.get_by_role("button", name="Use this x in the other lessons").click()
    expect(page.get_by_role("textbox", name="at x =")).to_have_value("1.2")
    settle(page)
    page.get_by_test_id("stButtonGroup").first.get_by_text("Limit", exact=True).click()
    expect(page.get_by_test_id("stMain")).to_contain_text("At x = 1.2 the function has the value")


def test_typing_a_function_moves_the_table_and_a_broken_one_keeps_it(page):
    visit(page, "/calculus")
    field = page.get_by_role("textbox", name="f(x), as in Python")
    field.fill("x**3")
    field.press("Enter")
    expect(page.get_by_test_id("stMain")).to_contain_text("the value 1 and the derivative 3")
    expect(page).to_have_url(re.compile("calculus_f=x"))
    field.fill("x**(3")
    field.press("Enter")
    expect(page.get_by_test_id("stAlert").first).to_be_visible()
    expect(page.get_by_test_id("stMain")).to_contain_text("the value 1 and the derivative 3")


def strokes(page: Page) -> list[tuple[str, list[float]]]:
    """Return the colour and the dash of every line of a chart's curves and legend."""
    found: list[tuple[str, str | None]] = charts(page).first.evaluate(
        "chart => [...chart.querySelectorAll('.mark-line path, .mark-rule line')]"
        ".map(mark => [mark.getAttribute('stroke'), mark.getAttribute('stroke-dasharray')])"
    )
    return [(colour, [float(part) for part in (dash or "").split(",") if part]) for colour, dash in found]


def test_the_books_strings_are_drawn_as_matplotlib_draws_them_and_an_unknown_letter_is_pointed_at(page):
    visit(page, "/calculus?calculus_view=plot")
    expect(charts(page).first).to_be_visible()
    settle(page)
    for colour, dash in [("#bf00bf", [7.4, 3.2]), ("#008000", [12.8, 3.2, 2, 3.2]), ("#ff0000", [2, 3.3])]:
        assert [line for line in strokes(page) if line[0] == colour] == [(colour, pytest.approx(dash))] * 2
    before = drawing(charts(page).first)
    field = page.get_by_role("textbox", name="Format string 2")
    field.fill("m--z")
    field.press("Enter")
    expect(page.get_by_test_id("stAlert").first).to_contain_text("The character z means nothing")
    expect(page.get_by_test_id("stMain")).to_contain_text(re.compile(r"m--z\s+\^"))
    assert drawing(charts(page).first) == before
    field.fill("ko:")
    field.press("Enter")
    expect(page).to_have_url(re.compile("calculus_plot_fmt2=ko"))
    expect_other(page, lambda: drawing(charts(page).first), before)
