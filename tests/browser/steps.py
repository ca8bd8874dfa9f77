"""What a visitor does, and what there is to wait for."""

import re
import reprlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Locator, Page, TimeoutError, expect

T = TypeVar("T")


PICTURES = 900  # how many a chart or a table may take to appear, once the page has settled
LISTEN = (Path(__file__).parent / "listen.js").read_text(encoding="utf-8")


def settle(page: Page) -> None:
    """Wait until the server has answered what the page has asked, and has drawn all there is to draw.

    Waits for what the page does and never for a while: `listen.js` knows of every debounced handler, upload and run.
    """
    drawn(page)  # what was just done has had its effect: a handler runs, or is waiting for its time
    try:
        page.wait_for_function("stillToCome().length === 0", polling=20, timeout=90_000)
    except TimeoutError:
        raise AssertionError(f"the page does not settle: {page.evaluate('stillToCome()')}") from None
    drawn(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def drawn(page: Page) -> None:
    """Wait until the browser has drawn what was just done in it, however busy the machine is."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))")


def visit(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_test_id("stMain").get_by_test_id("stPageLink").last.wait_for(timeout=90_000)
    settle(page)


def go_to(page: Page, name: str) -> None:
    """Choose a screen in the menu."""
    page.get_by_test_id("stSidebar").get_by_test_id("stPageLink").filter(has_text=name).click()
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
    assert expect_other(page, lambda: boxes(page), before).keys() == before.keys()


def expect_other(page: Page, read: Callable[[], T], before: T) -> T:
    """Wait until something reads otherwise than before, and stays so; return how it reads now."""
    settle(page)
    last = before
    for _picture in range(PICTURES):
        now = read()
        if now == last != before:
            return now
        last = now
        drawn(page)
    raise AssertionError(f"nothing changed: {reprlib.repr(before)}")


def charts(page: Page) -> Locator:
    """Return the charts that are drawn."""
    return page.locator("[data-testid=stVegaLiteChart]:has(svg.marks path)")


def drawing(chart: Locator) -> list[str]:
    """Return the shapes that a chart is made of: their outlines, where they stand and their colours."""
    shapes: list[str] = chart.locator("svg.marks").evaluate(
        "svg => [...svg.querySelectorAll('path')].map("
        "path => ['d', 'transform', 'fill', 'opacity'].map(name => path.getAttribute(name)).join())"
    )
    return shapes


def table_with(page: Page, heading: str) -> list[dict[str, str]]:
    """Wait for the table that has this heading, and return its rows, each cell by its heading."""
    settle(page)
    for _picture in range(PICTURES):
        for table in page.get_by_test_id("stDataFrame").all():
            rows = cells(table)
            if rows and heading in rows[0]:
                return rows
        drawn(page)
    raise AssertionError(f"no table has the heading {heading}")


def cells(table: Locator) -> list[dict[str, str]]:
    """Return what can be read in a table, row by row: as far as the window shows it, and as it would be read aloud."""
    table.scroll_into_view_if_needed()
    grid = table.locator("canvas table").first
    grid.wait_for(state="attached")
    rows: list[list[str]] = grid.evaluate(
        "grid => [...grid.querySelectorAll('tr')].map(row => [...row.children].map(cell => cell.textContent))"
    )
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list that has this label. The page is scrolled there first, since scrolling folds a list up."""
    box = page.get_by_test_id("stSelectbox").filter(has_text=re.compile(re.escape(label)))  # no other case
    box.scroll_into_view_if_needed()
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    box.locator("input").click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def press(page: Page, knob: str, key: str, times: int = 1) -> None:
    """Move a slider by its keys."""
    slider = page.locator(f".st-key-{knob}").get_by_role("slider")
    slider.focus()
    for _press in range(times):
        page.keyboard.press(key)
    settle(page)


def scrolled(page: Page) -> float:
    """Return how far the page is scrolled."""
    return float(page.get_by_test_id("stMain").evaluate("main => main.scrollTop"))


def swipe(page: Page, start: tuple[float, float], by: tuple[float, float]) -> None:
    """Put a finger down on a place, move it, and lift it; all is drawn by then."""
    touches = page.context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        touches.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})
        drawn(page)

    touch("touchStart", {"x": start[0], "y": start[1]})
    for share in range(1, 11):
        touch("touchMove", {"x": start[0] + by[0] * share / 10, "y": start[1] + by[1] * share / 10})
    touch("touchEnd")
    touches.detach()


def handles(canvas: Locator) -> list[tuple[float, float]]:
    """Return the middles of all that can be grabbed in a picture, from left to right, by the cursor that says so."""
    spots: list[list[float]] = canvas.evaluate(
        """canvas => {
            const box = canvas.getBoundingClientRect();
            const spots = [];
            for (let x = box.left + 2; x < box.right; x += 4)
                for (let y = box.top + 2; y < box.bottom; y += 4) {
                    canvas.dispatchEvent(new PointerEvent("pointermove", { clientX: x, clientY: y }));
                    if (canvas.style.cursor !== "grab") continue;
                    const near = (spot) => spot.some(([a, b]) => Math.hypot(x - a, y - b) < 6);
                    const joined = [...spots.filter(near).flat(), [x, y]];
                    spots.splice(0, Infinity, ...spots.filter((spot) => !near(spot)), joined);
                }
            const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
            return spots.map((spot) => [0, 1].map((axis) => middle(spot.map((place) => place[axis]))));
        }"""
    )
    return sorted((x, y) for x, y in spots)


def grabbed_along(canvas: Locator, share: float) -> list[float]:
    """Return how far down the page a picture can be grabbed at this share of its width, by the cursor that says so."""
    spots: list[float] = canvas.evaluate(
        """(canvas, share) => {
            const box = canvas.getBoundingClientRect();
            const spots = [];
            for (let y = box.top + 20; y < box.bottom - 40; y += 3) {
                const place = { clientX: box.left + share * box.width, clientY: y };
                canvas.dispatchEvent(new PointerEvent("pointermove", place));
                if (canvas.style.cursor === "grab") spots.push(y);
            }
            return spots;
        }""",
        share,
    )
    return spots


def wait_until_still(page: Page) -> float:
    """Wait until the page has stopped scrolling, which it goes on with after the finger has left; return how far."""
    page.evaluate(
        """async () => {
            const main = document.querySelector("[data-testid=stMain]");
            for (let last = NaN, same = 0; same < 10; last = main.scrollTop) {
                await new Promise(requestAnimationFrame);
                same = main.scrollTop === last ? same + 1 : 0;
            }
        }"""
    )
    return scrolled(page)


def upload(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_test_id("stText").filter(has_text=path.name)).to_be_visible()
    settle(page)


def take(page: Page, label: str, folder: Path) -> Path:
    """Click a button that gives a file, and keep the file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=label, exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def take_example(page: Page, name: str) -> None:
    """Load one of the examples of a lesson."""
    shown = name.replace(":", ":\u2060")  # as `plain` writes it
    page.get_by_role("radiogroup", name="Examples").get_by_role("radio", name=shown, exact=True).click()
    settle(page)
