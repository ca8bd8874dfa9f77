"""Every screen and every view, as axe-core finds it: in both themes, on a desk and on a telephone, where it fits."""

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.screens import menu
from dashboard.visit.settings import KNOBS
from tests.browser.steps import drawn, settle

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2, off unless it is asked for
}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}  # nothing else depends on the theme

# What Streamlit draws and nothing here can change: of each rule, the elements that break it.
UPSTREAM = {
    # The field for a file is a section without a role of its own that can be focused from a script.
    "presentation-role-conflict": ["[data-testid=stFileUploaderDropzone]"],
}

SCREENS = [screen for screens in menu().values() for screen in screens]


def findings(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """Return what axe-core complains of on the page as it stands, one line for each place, but for what is upstream.

    A page that is wider than the window is a finding too: it has to be scrolled both ways.
    """
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    places: list[str] = page.evaluate(
        """async ([options, upstream]) => {
            const known = (id, element) => (upstream[id] ?? []).some((selector) => element.matches(selector));
            const { violations } = await axe.run(document, { ...options, elementRef: true });
            const found = violations.flatMap(({ id, nodes }) => nodes
                .filter(({ element }) => !known(id, element))
                .map(({ target, html }) => `${id}: ${target.flat().join(" ")}: ${html.slice(0, 200)}`));
            const wider = document.querySelector("[data-testid=stMain]").scrollWidth - innerWidth;
            return wider > 0 ? [...found, `the page is ${wider} pixels wider than the window`] : found;
        }""",
        [rules, UPSTREAM],
    )
    return places


def at_rest(page: Page) -> None:
    """Wait until the page is answered and drawn, and no colour is on its way to another."""
    settle(page)
    page.wait_for_load_state("networkidle")  # what colours code and draws charts is fetched when it is first needed
    # Not `finished`: within what is folded away nothing is drawn, and so that promise is never kept there.
    page.wait_for_function(
        """document.getAnimations()
            .filter(each => each.effect.getComputedTiming().endTime < Infinity)
            .every(each => each.playState !== "running")"""
    )
    drawn(page)


def opened(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_test_id("stMain").get_by_role("heading", level=1).wait_for(timeout=90_000)
    at_rest(page)


def in_theme(page: Page, theme: str) -> None:
    page.emulate_media(color_scheme=theme)
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
    at_rest(page)


def choose_view(page: Page, key: str, view: str) -> None:
    choice = page.locator(f".st-key-{key}").get_by_role("radio", name=KNOBS[key].names[view], exact=True)
    choice.click()
    expect(choice).to_be_checked()
    choice.blur()
    page.mouse.move(0, 0)  # what is pointed at is on its way between two looks
    at_rest(page)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path or "home")
def test_no_screen_and_no_view_of_it_keeps_anyone_out(page, screen):
    opened(page, f"/{screen.path}")
    assert page.title() == (f"{screen.title} · Descent Lab" if screen.path else "Descent Lab")
    found = {"desk": findings(page)}
    in_theme(page, "dark")
    found["desk, dark"] = findings(page, COLOURS)
    page.set_viewport_size({"width": 390, "height": 1000})
    at_rest(page)
    found["telephone, dark"] = findings(page, COLOURS)
    in_theme(page, "light")
    found["telephone"] = findings(page)
    key = f"{screen.path.replace('-', '_')}_view"
    for view in KNOBS[key].options if key in KNOBS else ():
        if view != KNOBS[key].default:
            choose_view(page, key, view)
            found[f"telephone, {view}"] = findings(page)
    assert {where: places for where, places in found.items() if places} == {}


@pytest.mark.parametrize("by", ["finger", "keys"])
def test_on_a_telephone_the_menu_opens_leads_to_a_screen_and_folds_away(telephone, by):
    opened(telephone, "/products")
    menu = telephone.get_by_test_id("stSidebar")
    link = menu.get_by_role("link", name="Norms")

    def use(place: Locator) -> None:
        if by == "finger":
            place.tap()
        else:
            place.press("Enter")

    use(telephone.get_by_test_id("stExpandSidebarButton"))
    expect(menu.get_by_role("link", name="Welcome")).to_be_in_viewport()
    link.scroll_into_view_if_needed()  # the menu is longer than a telephone is high
    expect(link).to_be_in_viewport()
    expect(menu.locator("[aria-current=page]")).to_have_count(1)
    expect(menu.locator("[aria-current=page]")).to_contain_text("Products")
    use(link)
    settle(telephone)
    expect(telephone.get_by_role("heading", level=1, name="Norms")).to_be_in_viewport()
    expect(link).not_to_be_in_viewport()
    expect(telephone.get_by_test_id("stMain")).to_be_focused()
    expect(link).to_have_attribute("aria-current", "page")


def test_keys_scroll_lines_of_code_that_are_taller_than_their_box_and_stop_at_no_others(page):
    opened(page, "/take-home")
    page.get_by_test_id("stExpander").filter(has_text="The script").locator("summary").click()
    box = page.get_by_role("group", name="Code").first
    box.wait_for()
    at_rest(page)  # what is drawn anew loses the focus
    box.focus()
    expect(box).to_be_focused()
    page.keyboard.press("PageDown")
    page.wait_for_function("document.activeElement.scrollTop > 0")
    scrolls = "box => box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth"
    assert all(found.evaluate(scrolls) for found in page.get_by_role("group", name="Code").all())
