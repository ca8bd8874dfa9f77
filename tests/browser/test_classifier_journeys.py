"""The neuron that learns classes, walked through in a browser: the stage, the highlight, the threshold and softmax."""

import re

import pytest
from playwright.sync_api import Page, expect

from dashboard.scenes.bundle import bundle
from tests.browser.conftest import ROOT
from tests.browser.steps import drawn, settle, take_example, visit

TRAIN = "/neuron?neuron_view=train"
THRESHOLD = "/neuron?neuron_view=threshold"
CLASSES = "/neuron?neuron_view=classes"


def number(page: Page, scene: str, name: str) -> float:
    """Return a number that a scene has on its box, once it is drawn."""
    drawn(page)
    return float(page.locator(f".moving.{scene}").get_attribute(f"data-{name}"))


def open_scene(page: Page, path: str, scene: str) -> None:
    visit(page, path)
    page.locator(f".moving.{scene} canvas").first.scroll_into_view_if_needed()
    drawn(page)


@pytest.mark.smoke
def test_the_neuron_is_stepped_scrubbed_and_played_and_its_twins_light_up(page):
    open_scene(page, TRAIN, "classifier")
    stage = page.locator(".moving.classifier")
    expect(stage).to_have_attribute("data-step", "200")
    least = number(page, "classifier", "loss")
    stage.locator("button.first").click()
    expect(stage).to_have_attribute("data-step", "0")
    assert number(page, "classifier", "loss") == pytest.approx(0.693147, abs=1e-6)
    stage.locator("button.forward").click()
    expect(stage).to_have_attribute("data-step", "1")
    assert least < number(page, "classifier", "loss") < 0.693
    stage.locator(".scrubber").focus()
    page.keyboard.press("PageUp")
    expect(stage).to_have_attribute("data-step", "11")
    stage.locator("button.back").click()
    expect(stage).to_have_attribute("data-step", "10")
    stage.locator("button.play").click()
    expect(stage).not_to_have_attribute("data-step", "10")
    stage.locator("button.play").click()

    term = stage.locator(".sum [data-twin]").first
    term.hover()
    row = stage.locator(".weights tbody tr").first
    expect(row).to_have_class(re.compile("lit"))
    expect(stage).to_have_attribute("data-lit", re.compile("neuron-across"))
    term.focus()
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".weights tbody tr").nth(1)).to_have_class(re.compile("lit"))
    expect(row).not_to_have_class(re.compile("lit"))

    stage.locator("canvas").first.focus()
    p = number(page, "classifier", "p")
    page.keyboard.press("ArrowRight")
    expect(stage).to_have_attribute("data-row", "1")
    assert number(page, "classifier", "p") != p

    take_example(page, "Fails: separable classes")
    expect(page.get_by_text("no finite weights are the best ones")).to_be_visible()
    expect(stage.locator(".weights tbody tr").first).to_contain_text("none")


@pytest.mark.smoke
def test_the_threshold_is_dragged_and_rests_in_the_lines_and_in_the_link(page):
    open_scene(page, THRESHOLD, "threshold")
    game = page.locator(".moving.threshold")
    expect(game).to_have_attribute("data-threshold", "0.5")
    before = {kind: number(page, "threshold", kind) for kind in ("tp", "fp", "fn", "tn")}
    canvas = game.locator("canvas.histogram")
    box = canvas.bounding_box()
    middle = canvas.evaluate(
        """canvas => {
            const box = canvas.getBoundingClientRect();
            const found = [];
            for (let x = box.left; x < box.right; x += 2) {
                const place = { clientX: x, clientY: box.top + box.height / 2 };
                canvas.dispatchEvent(new PointerEvent("pointermove", place));
                if (canvas.style.cursor === "grab") found.push(x);
            }
            return (found[0] + found.at(-1)) / 2;
        }"""
    )
    page.mouse.move(middle, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(middle + 80, box["y"] + box["height"] / 2, steps=6)
    drawn(page)
    now = {kind: number(page, "threshold", kind) for kind in ("tp", "fp", "fn", "tn")}
    assert number(page, "threshold", "threshold") > 0.6
    assert now["fp"] <= before["fp"]
    assert now["fn"] >= before["fn"]
    assert now != before
    assert sum(now.values()) == sum(before.values())
    page.mouse.up()
    settle(page)
    rested = number(page, "threshold", "threshold")
    expect(page.locator("[data-testid=stCode]").first).to_contain_text(f"said = p >= {rested!r}")
    expect(page).to_have_url(re.compile(f"neuron_threshold={rested:g}"))

    canvas.focus()
    page.keyboard.press("Enter")
    drawn(page)
    assert number(page, "threshold", "cost") == number(page, "threshold", "least")
    settle(page)
    cell = game.locator(".confusion td[data-twin=threshold-fp]")
    cell.hover()
    expect(game).to_have_attribute("data-lit", "threshold-fp")
    expect(game.locator(".working [data-twin=threshold-fp]").first).to_have_class(re.compile("lit"))

    slider = game.locator("input.wrongNegative")
    slider.focus()
    page.keyboard.press("End")
    drawn(page)
    assert number(page, "threshold", "cost") > number(page, "threshold", "least")
    settle(page)
    expect(page).to_have_url(re.compile("neuron_cost_fn=100"))


def test_softmax_is_stepped_a_row_is_chosen_and_a_shift_changes_nothing_on_a_telephone(page):
    page.set_viewport_size({"width": 420, "height": 900})
    open_scene(page, CLASSES, "softmax")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 420
    stage = page.locator(".moving.softmax")
    expect(stage).to_have_attribute("data-frame", "3")
    shares = stage.get_attribute("data-shares")
    assert sum(map(float, shares.split())) == pytest.approx(1)
    stage.locator("button.first").click()
    expect(stage).to_have_attribute("data-frame", "0")
    expect(stage.locator(".scores .share b").first).to_have_text("")
    stage.locator("button.last").click()
    expect(stage.locator(".scores .share b").first).to_have_text(re.compile(r"\d"))

    slider = stage.locator("input.shift")
    slider.focus()
    page.keyboard.press("End")
    expect(stage).to_have_attribute("data-shift", "1000")
    moved = [float(share) for share in stage.get_attribute("data-shares").split()]
    assert moved == pytest.approx([float(share) for share in shares.split()], rel=1e-6)
    expect(stage.locator(".naive")).to_contain_text("NaN")
    settle(page)
    expect(page).to_have_url(re.compile("neuron_shift=1000"))

    stage.locator("canvas").focus()
    page.keyboard.press("ArrowLeft")
    settle(page)
    expect(page).to_have_url(re.compile(r"neuron_row=\d+"))
    name = stage.locator(".scores th[data-twin]").first
    name.focus()
    expect(stage).to_have_attribute("data-lit", "softmax-k0")
    expect(stage.locator(".legend [data-twin=softmax-k0]")).to_have_class(re.compile("lit"))


def test_the_cheapest_threshold_is_one_that_the_line_can_reach(page):
    """Above a probability of 1 there is none, though predicting no positive row would cost less."""
    page.set_content("<body></body>")
    page.add_script_tag(content=bundle(ROOT / "dashboard" / "scenes" / "threshold" / "counts.js").js)
    found = page.evaluate(
        """() => {
            const [p, y, costs] = [[1, 1, 0.3, 0], [0, 1, 0, 1], [10, 1]];
            const best = cheapestOf(everyInterval(p, y), costs);
            return [costOf(best, costs), costOf(countsAt(p, y, middleOf(best)), costs)];
        }"""
    )
    assert found == [11, 11]
