"""What a visitor does, and what there is to wait for."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect


def settle(page: Page) -> None:
    """Wait until the server has drawn all there is to draw."""
    page.wait_for_timeout(200)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=90_000)
    page.wait_for_timeout(100)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def visit(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_test_id("stMain").get_by_test_id("stPageLink").last).to_be_visible(timeout=90_000)
    settle(page)


def go_to(page: Page, name: str) -> None:
    """Choose a screen in the menu."""
    page.get_by_test_id("stSidebarNavLink").filter(has_text=name).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    settle(page)


def boxes(page: Page) -> dict[str, str]:
    """The figures in boxes, by their labels."""
    return {
        box.get_by_test_id("stMetricLabel").inner_text().strip(): box.get_by_test_id("stMetricValue").inner_text()
        for box in page.get_by_test_id("stMetric").all()
    }


def expect_box(page: Page, label: str, value: str | re.Pattern[str]) -> None:
    """Wait until a figure is as expected."""
    box = page.get_by_test_id("stMetric").filter(
        has=page.get_by_test_id("stMetricLabel").get_by_text(label, exact=True)
    )
    expect(box.get_by_test_id("stMetricValue")).to_have_text(value)


def expect_changed(page: Page, before: dict[str, str]) -> None:
    """Wait until the figures are others than before."""
    for _attempt in range(100):
        now = boxes(page)
        if now.keys() == before.keys() and now != before:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"nothing changed: {before}")


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list that has this label."""
    page.get_by_test_id("stSelectbox").filter(has_text=label).locator("input").click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def press(page: Page, knob: str, key: str, times: int = 1) -> None:
    """Move a slider by its keys."""
    slider = page.locator(f".st-key-{knob}").get_by_role("slider")
    slider.focus()
    for _press in range(times):
        page.keyboard.press(key)
    settle(page)


def upload(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_test_id("stText").filter(has_text=path.name)).to_be_visible()
    settle(page)
