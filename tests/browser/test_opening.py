"""The front screen: on arrival the descent plays once and stands at its end, for the visitor to move."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import drawn, visit

PANELS = ("landscape", "fit", "loss")

# Keeps every frame that a stage shows, from its first on.
RECORD = """
    window.framesShown = [];
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (...given) {
        const root = attach.apply(this, given);
        new MutationObserver((changes) => {
            for (const { target } of changes)
                if (target.matches(".stage"))
                    framesShown.push([Number(target.dataset.frame), target.dataset.playing === "true"]);
        }).observe(root, { subtree: true, attributes: true, attributeFilter: ["data-frame"] });
        return root;
    };
"""
# Lets an animation take twenty times as long, so that there is time to touch it.
SLOWLY = """
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (draw) => ask((now) => draw(now / 20));
"""


def stage(page: Page) -> Locator:
    return page.locator(".st-key-stage .stage")


def scrubber(page: Page) -> Locator:
    return page.locator(".st-key-stage").get_by_role("slider")


def frame(page: Page) -> int:
    drawn(page)
    return int(stage(page).get_attribute("data-frame") or -1)


def pictures(page: Page) -> dict[str, str]:
    drawn(page)
    return {name: page.locator(f".st-key-stage canvas.{name}").evaluate("it => it.toDataURL()") for name in PANELS}


def last_frame(page: Page) -> str:
    return scrubber(page).get_attribute("max") or ""


@pytest.mark.smoke
def test_on_arrival_the_descent_plays_and_then_stands_with_its_scrubber_in_hand(page):
    page.add_init_script(RECORD)
    visit(page, "/")
    last = last_frame(page)
    expect(stage(page)).to_have_attribute("data-frame", last)
    expect(stage(page)).to_have_attribute("data-playing", "false")
    shown = page.evaluate("framesShown")
    assert shown[0][0] == 0
    assert [number for number, _playing in shown] == sorted(number for number, _playing in shown)
    assert len({number for number, playing in shown if playing}) > 2
    end = pictures(page)
    scrubber(page).focus()
    for key, there in (("Home", 0), ("ArrowRight", 1), ("PageUp", 11)):
        page.keyboard.press(key)
        assert frame(page) == there
        assert [name for name, picture in pictures(page).items() if picture == end[name]] == []
    page.keyboard.press("End")
    assert frame(page) == int(last)
    assert pictures(page) == end
    expect(page.locator(".st-key-stage .panel.update")).to_be_hidden()


def test_a_visitor_who_touches_it_takes_over(page):
    page.add_init_script(SLOWLY)
    visit(page, "/")
    expect(stage(page)).to_have_attribute("data-playing", "true")
    page.locator(".st-key-stage canvas.landscape").click()
    expect(stage(page)).to_have_attribute("data-playing", "false")
    stopped = frame(page)
    assert stopped < int(last_frame(page))
    for _picture in range(10):
        drawn(page)
    assert frame(page) == stopped
    page.get_by_role("button", name="Play", exact=True).click()
    expect(stage(page)).to_have_attribute("data-playing", "true")


def test_whoever_asks_for_less_motion_finds_it_at_its_end_at_once(page):
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(RECORD)
    visit(page, "/")
    expect(stage(page)).to_have_attribute("data-frame", re.compile(r"\d+"))
    shown = page.evaluate("framesShown")
    assert {tuple(each) for each in shown} == {(int(last_frame(page)), False)}
