"""What is read aloud: the finding of every chart, and one sentence wherever a moving picture comes to rest."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import LISTEN, drawn, visit

SCREENS = [
    "/",
    "/train",
    "/compare?compare_view=diagnostics",
    "/experiments?train_source=synthetic&train_rows=200&epochs=3",
    "/gaps",
    "/leakage",
    "/norms",
    "/products?products_view=dot",
    "/calculus?calculus_view=two_variables",
    "/autograd?autograd_view=modes",
]
FRAME = ("X-axis", "Y-axis", "Title text", "Subtitle text", "Symbol legend", "Gradient legend")  # what stands around it
RECORD = """
node => {
    window.said = [];
    const note = () => window.said.push(node.textContent);
    new MutationObserver(note).observe(node, {childList: true, characterData: true});
}
"""
SPEAKING = "[role=status], [role=alert], [aria-live]:not([aria-live=off]), output:not([aria-live=off])"


def chart_documents(page: Page) -> Iterator[tuple[str, list[str]]]:
    """Yield for each chart its name and what is read of its marks, as Chromium gives them to a screen reader."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    known = {node["nodeId"]: node for node in nodes}

    def below(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for child in node.get("childIds", []):
            if child in known:
                yield known[child]
                yield from below(known[child])

    def named(node: dict[str, Any], role: str) -> str | None:
        if node.get("ignored") or node["role"]["value"] != role:
            return None
        return str(node.get("name", {}).get("value", ""))

    for node in nodes:
        name = named(node, "graphics-document")
        if name is not None:
            marks = [named(each, "graphics-symbol") for each in below(node)]
            yield name, [mark for mark in marks if mark and not mark.startswith(FRAME)]


@pytest.mark.parametrize("path", SCREENS)
def test_a_screen_reader_meets_one_finding_a_chart_and_not_its_marks(page, path):
    visit(page, path)
    expect(page.locator("[data-testid=stVegaLiteChart] svg.marks").first).to_be_visible()
    titles = page.locator("svg.marks .role-title-text text").all_text_contents()
    charts = list(chart_documents(page))
    assert len(charts) == page.locator("[data-testid=stVegaLiteChart]").count() > 0
    for name, marks in charts:
        finding = " ".join(marks) or name
        assert len(marks) <= 1, f"{name} is drowned by {len(marks)} marks"
        assert finding not in titles
        assert re.search(r"\d", finding), f"no figure in {finding!r}"


def listened_to(scene: Locator, place: str = ".aloud") -> Page:
    """Note what a scene says from now on, in its only live region there."""
    scene.locator(place).evaluate(RECORD)
    return scene.page


def said(page: Page, count: int) -> list[str]:
    """Wait until so much was said, and return it."""
    page.wait_for_function("count => window.said.length >= count", arg=count)
    spoken: list[str] = page.evaluate("window.said")
    assert len(spoken) == count
    return spoken


def frame_after(scene: Locator, frame: int) -> None:
    scene.page.wait_for_function(
        "([node, frame]) => Number(node.dataset.frame) > frame", arg=[scene.element_handle(), frame]
    )


def test_a_run_speaks_where_it_pauses_and_at_its_ends_and_never_while_it_plays(page):
    visit(page, "/train")
    stage = page.locator(".st-key-stage .stage")
    assert stage.evaluate("(node, speaking) => node.querySelectorAll(speaking).length", SPEAKING) == 1
    listened_to(stage)
    stage.locator(".scrubber").focus()
    page.keyboard.press("Home")
    assert said(page, 1)[0].startswith("update 0 of 560")
    page.keyboard.press("Space")
    frame_after(stage, 40)
    assert len(said(page, 1)) == 1
    page.keyboard.press("Space")
    paused = said(page, 2)[-1]
    assert paused == f"{stage.locator('.position').inner_text()}, " + ", ".join(
        f"{name} {stage.locator(f'[data-fact={fact}]').inner_text()}"
        for name, fact in (("epoch", "epoch"), ("loss", "loss"), ("gap", "gap"), ("test loss", "test_loss"))
    )
    page.keyboard.press("End")
    assert said(page, 3)[-1].startswith("update 560 of 560")
    for _press in range(5):
        page.keyboard.press("ArrowLeft")
    step = said(page, 4)[-1]
    assert step.startswith(stage.locator(".position").inner_text())
    for name in ("landscape", "fit", "loss"):
        assert stage.locator(f"canvas.{name}").get_attribute("aria-description") == step


def test_a_table_of_cells_says_its_step_and_the_working_of_the_cell_that_is_reached(page):
    visit(page, "/reductions")
    cells = page.locator(".cells").first
    listened_to(cells, ".player .aloud")
    cells.locator(".scrubber").focus()
    page.keyboard.press("Home")
    said(page, 1)
    page.keyboard.press("Space")
    frame_after(cells, 0)
    assert len(said(page, 1)) == 1
    page.keyboard.press("Space")
    assert said(page, 2)[-1] == cells.locator(".step").inner_text()
    listened_to(cells, ":scope > .aloud")
    cells.locator("td[tabindex='0']").last.focus()
    assert said(page, 1) == [cells.locator(".working").inner_text()]


def test_a_graph_says_the_step_it_is_taken_to(page):
    visit(page, "/autograd")
    stepper = page.locator(".stepper")
    listened_to(stepper)
    stepper.get_by_role("button", name="One step forward").click()
    (step,) = said(page, 1)
    assert stepper.locator(".step-title").inner_text() in step
    assert stepper.locator("svg.ours").get_attribute("aria-description") == step


def test_a_secant_that_shrinks_says_where_it_ends(page):
    visit(page, "/calculus?calculus_view=tangent")
    tangent = page.locator(".tangent")
    assert tangent.evaluate("(node, speaking) => node.querySelectorAll(speaking).length", SPEAKING) == 1
    expect(tangent.locator(".aloud")).not_to_be_empty()
    listened_to(tangent)
    tangent.locator("button.shrink").click()
    (end,) = said(page, 1)
    assert end == tangent.locator("canvas.curve").get_attribute("aria-label")


@pytest.fixture
def calm(context, address: str) -> Iterator[Page]:
    """A visitor who asks for less motion."""
    held = context.browser.new_context(
        viewport={"width": 1400, "height": 1000}, base_url=address, reduced_motion="reduce"
    )
    held.add_init_script(LISTEN)
    page = held.new_page()
    page.set_default_timeout(30_000)
    yield page
    held.close()


def fold_animation(page: Page) -> str:
    visit(page, "/reductions")
    page.locator(".cells .scrubber").first.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    name: str = page.locator(".cells td.folds-up").first.evaluate("cell => getComputedStyle(cell).animationName")
    return name


def test_cells_move_for_those_who_like_it(page):
    assert fold_animation(page) == "cell-folds"


def test_cells_stand_still_for_those_who_ask_for_less_motion(calm):
    assert fold_animation(calm) == "none"
    moving = calm.evaluate(
        "document.getAnimations().filter(each => each.effect.target?.getRootNode() instanceof ShadowRoot).length"
    )
    assert moving == 0


def test_nothing_plays_and_the_secant_jumps_for_those_who_ask_for_less_motion(calm):
    visit(calm, "/train")
    stage = calm.locator(".st-key-stage .stage")
    expect(stage).to_have_attribute("data-playing", "false")
    expect(stage.locator("select.speed")).to_have_value("4")
    visit(calm, "/calculus?calculus_view=tangent")
    slider = calm.locator(".tangent .slider-step")
    slider.evaluate(
        """slider => {
            window.steps = [];
            const note = () => window.steps.push(slider.getAttribute("aria-valuetext"));
            new MutationObserver(note).observe(slider, {attributeFilter: ["aria-valuetext"]});
        }"""
    )
    before = slider.get_attribute("aria-valuetext")
    calm.locator(".tangent button.shrink").click()
    expect(slider).not_to_have_attribute("aria-valuetext", before)
    drawn(calm)
    assert len(set(calm.evaluate("window.steps"))) == 1
