"""Fitting by hand: drags, keys, the hand-over, and the link, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from core.regression import evaluate, make_synthetic, solve_closed_form
from tests.browser.steps import drawn, grabbed_along, handles, settle, swipe, visit, wait_until_still

PLACE = "/train?train_view=hand"
SYNTHETIC = f"{PLACE}&train_source=synthetic&noise=1&train_feature=x2"


def number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def loss(page: Page) -> float:
    drawn(page)
    return number(page.locator(".hand .loss").inner_text())


def hand(page: Page) -> tuple[float, float]:
    drawn(page)
    w, b = (float(page.locator(f".hand .field-{name}").input_value()) for name in "wb")
    return w, b


def open_hand(page: Page, path: str = PLACE) -> None:
    visit(page, path)
    expect(page.locator(".hand .loss")).to_have_text(re.compile(r"\d"))
    page.locator(".hand canvas.line").scroll_into_view_if_needed()


def line_at(page: Page, share: float) -> tuple[float, float]:
    """Find the line from above at this share of the canvas's width, by the cursor that says it can be grabbed."""
    canvas = page.locator(".hand canvas.line")
    spots = grabbed_along(canvas, share)
    assert spots, "the line cannot be grabbed here"
    box = canvas.bounding_box()
    return box["x"] + share * box["width"], spots[len(spots) // 2]


def drag(page: Page, place: tuple[float, float], by: tuple[float, float]) -> None:
    page.mouse.move(*place)
    page.mouse.down()
    page.mouse.move(place[0] + by[0], place[1] + by[1], steps=12)
    page.mouse.up()
    drawn(page)


def listen(page: Page) -> list[object]:
    """Return a list that grows with every message to the server."""
    sent: list[object] = []

    def keep(frame: object) -> None:
        sent.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", keep))
    return sent


def synthetic_rows():
    X, y = make_synthetic(n=1000, weights=(2.0, -3.4), bias=4.2, noise=1.0, seed=0)
    return X[200:, [1]], y[200:]


def test_dragging_moves_and_turns_the_line_with_no_word_to_the_server(page):
    sent = listen(page)
    open_hand(page)
    assert sent, "the page was not heard at all"
    sent.clear()
    w, b = hand(page)
    drag(page, line_at(page, 0.55), (0, -40))
    moved_w, moved_b = hand(page)
    assert moved_w == w
    assert moved_b > b + 100
    drag(page, line_at(page, 0.9), (0, -40))
    turned_w, turned_b = hand(page)
    assert turned_w > 0
    still = 175.0  # near the left end, about which the line turned
    assert turned_w * still + turned_b == pytest.approx(moved_b, abs=60)
    drag(page, line_at(page, 0.12), (0, 30))
    assert hand(page)[0] > turned_w
    settle(page)
    assert sent == []


def test_the_loss_shown_is_that_of_evaluate_for_the_line_shown(page):
    open_hand(page, SYNTHETIC)
    X, y = synthetic_rows()
    for share, by in ((0.55, (0, 25)), (0.9, (0, 60)), (0.12, (5, -45)), (0.5, (0, -12))):
        drag(page, line_at(page, share), by)
        w, b = hand(page)
        assert loss(page) == pytest.approx(evaluate(X, y, [w], b).loss, rel=6e-6)
    page.get_by_label("Show the answer").check()
    expect(page.locator(".hand .answer")).to_have_text(re.compile(r"\d"))
    fit = solve_closed_form(X, y)
    said = re.findall(r"−?\d[\d,.]*\d", page.locator(".hand .answer").inner_text())
    for value in (float(fit.weights[0]), fit.bias, fit.loss):
        assert any(number(found) == pytest.approx(value, rel=6e-6) for found in said), said


def test_the_gradient_shown_is_that_of_autograd(page):
    import torch

    open_hand(page, f"{SYNTHETIC}&train_hand_w=1.5&train_hand_b=-2&train_standardise=false")
    X, y = synthetic_rows()
    w, b = (torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in hand(page))
    assert (w.item(), b.item()) == (1.5, -2.0)
    (0.5 * (w * X[:, 0] + b - y).square().mean()).backward()
    shown = [number(found) for found in re.findall(r"= (−?[\d,.]+)", page.locator(".hand .slopes").inner_text())]
    assert shown == pytest.approx([w.grad.item(), b.grad.item()], rel=6e-6)


def test_sliders_answer_to_keys_and_fields_take_numbers(page):
    open_hand(page)
    slider = page.locator(".hand .slider-w")
    slider.focus()
    for _press in range(5):
        page.keyboard.press("ArrowRight")
    step = float(slider.get_attribute("step"))
    assert hand(page)[0] == pytest.approx(5 * step, abs=step)
    page.keyboard.press("ArrowLeft")
    assert hand(page)[0] == pytest.approx(4 * step, abs=step)
    page.locator(".hand .field-b").fill("1234.5")
    page.keyboard.press("Enter")
    assert hand(page)[1] == 1234.5
    page.get_by_role("button", name="Start again").click()
    assert hand(page)[0] == 0


def test_a_finger_moves_the_line_and_scrolls_the_page_beside_it(telephone):
    page = telephone
    open_hand(page)
    start = wait_until_still(page)
    box = page.locator(".hand canvas.line").bounding_box()
    before = hand(page)
    swipe(page, (box["x"] + 240, box["y"] + 179), (0, -50))
    assert hand(page)[1] > before[1] + 100
    assert wait_until_still(page) == start
    after = hand(page)
    swipe(page, (box["x"] + 240, box["y"] + 270), (0, -80))
    assert wait_until_still(page) > start
    assert hand(page) == after


def test_the_hand_can_be_dragged_on_the_landscape(page):
    open_hand(page, SYNTHETIC)
    (place,) = handles(page.locator(".hand canvas.landscape"))
    before = hand(page)
    drag(page, place, (-40, -25))
    after = hand(page)
    assert after[0] < before[0]
    assert after[1] > before[1]


def test_the_answer_is_hidden_until_asked(page):
    open_hand(page)
    expect(page.locator(".hand .answer")).to_be_hidden()
    expect(page.locator(".hand .legend")).not_to_contain_text("closed form")
    page.get_by_label("Show the answer").check()
    expect(page.locator(".hand .answer")).to_contain_text("The closed form: w = 49.77")
    expect(page.locator(".hand .legend")).to_contain_text("closed form")


def picture(page: Page, name: str) -> str:
    drawn(page)
    seen: str = page.locator(f".hand canvas.{name}").evaluate("canvas => canvas.toDataURL()")
    return seen


def test_residuals_level_lines_and_coordinates_can_be_switched(page):
    open_hand(page)
    squares = picture(page, "line")
    page.get_by_role("combobox", name="Residuals").select_option("sticks")
    sticks = picture(page, "line")
    page.get_by_role("combobox", name="Residuals").select_option("nothing")
    assert len({squares, sticks, picture(page, "line")}) == 3
    standardised = picture(page, "landscape")
    page.get_by_role("combobox", name="Coordinates").select_option("tableAxes")
    of_the_table = picture(page, "landscape")
    expect(page.locator(".hand .level-hint")).to_contain_text(re.compile(r"[\d,]+ times as long as wide"))
    page.get_by_label("Contours").uncheck()
    assert len({standardised, of_the_table, picture(page, "landscape")}) == 3


def test_sgd_takes_over_where_the_hand_is_and_all_three_are_scored(page):
    open_hand(page, SYNTHETIC)
    drag(page, line_at(page, 0.9), (0, 60))
    at_hand, (w, b) = loss(page), hand(page)
    page.get_by_role("button", name="Hand over to SGD").click()
    expect(page.get_by_role("heading", name="Hand, SGD and closed form")).to_be_visible()
    settle(page)
    assert hand(page) == (w, b)
    table = page.get_by_test_id("stDataFrame").first
    read = table.locator("canvas table").first.evaluate(
        "grid => [...grid.querySelectorAll('tr')].map(row => [...row.children].map(cell => cell.textContent))"
    )
    rows = {row[0]: dict(zip(read[0], row, strict=True)) for row in read[1:]}
    assert set(rows) == {"your hand", "SGD", "closed form"}
    assert number(rows["your hand"]["loss"]) == pytest.approx(at_hand, rel=6e-6)
    described = page.get_by_test_id("stVegaLiteChart").last.get_attribute("aria-label")
    first = re.search(r"where the hand was, ([\d,.]+), to", described).group(1)
    assert number(first) == pytest.approx(at_hand, rel=6e-6)
    expect(page.locator(".hand .legend")).to_contain_text("SGD")
    expect(page.locator(".hand .moved")).to_be_empty()
    drag(page, line_at(page, 0.5), (0, -30))
    expect(page.locator(".hand .moved")).to_contain_text("hand over again")


def test_a_link_opens_the_same_hand_and_the_same_race(page, context):
    open_hand(page)
    drag(page, line_at(page, 0.9), (0, -50))
    fitted, at_hand = hand(page), loss(page)
    expect(page).to_have_url(re.compile("train_hand_w="))
    assert_same(context, page.url, fitted, at_hand, raced=False)
    page.get_by_role("button", name="Hand over to SGD").click()
    expect(page.get_by_role("heading", name="Hand, SGD and closed form")).to_be_visible()
    settle(page)
    expect(page).to_have_url(re.compile("train_hand_over=true"))
    assert_same(context, page.url, fitted, at_hand, raced=True)


def assert_same(context, url, fitted, at_hand, raced):
    other = context.new_page()
    try:
        open_hand(other, url)
        assert hand(other) == fitted
        assert loss(other) == at_hand
        expect(other.get_by_role("heading", name="Hand, SGD and closed form")).to_have_count(int(raced))
    finally:
        other.close()


def test_the_hand_stays_while_knobs_are_turned_and_starts_anew_for_another_feature(page):
    open_hand(page)
    drag(page, line_at(page, 0.9), (0, -50))
    fitted = hand(page)
    page.locator(".st-key-epochs").get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    assert hand(page) == fitted
    expect(page).to_have_url(re.compile("train_hand_w="))
    page.get_by_test_id("stSelectbox").filter(has_text="Feature").locator("input").click()
    page.get_by_role("option", name="bill_length_mm", exact=True).click()
    settle(page)
    assert hand(page)[0] == 0
    expect(page).not_to_have_url(re.compile("train_hand_w="))


def test_every_canvas_is_described(page):
    open_hand(page)
    line, landscape = page.locator(".hand canvas").all()
    for canvas in (line, landscape):
        assert canvas.get_attribute("role") == "img"
    expect(line).to_have_attribute("aria-label", re.compile("flipper_length_mm across, body_mass_g up"))
    expect(landscape).to_have_attribute("aria-label", re.compile("falls fastest towards a larger w"))


def test_on_a_telephone_nothing_is_cut_off(page):
    page.set_viewport_size({"width": 420, "height": 900})
    open_hand(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    for part in ("canvas.line", "canvas.landscape", ".field-w", ".hand-over"):
        box = page.locator(f".hand {part}").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 420
    drag(page, line_at(page, 0.55), (0, -30))
    assert hand(page)[1] > 4194
