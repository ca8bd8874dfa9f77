"""The journeys of a visitor on the Data screen: a nasty file, read right and otherwise; a long reading, stopped."""

import csv
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import choose, expect_box, go_to, settle, upload, visit

MEGABYTES = 40


@pytest.fixture
def nasty(tmp_path):
    """Titles and a remark around the table, semicolons, decimal commas, codes for missing, CRLF, Latin-1."""
    lines = ["Luftgüte 2004;;;", "", "Ort;CO;Temp;Gültig"]
    for i in range(200):
        co = -200 if i % 5 == 0 else f"{1 + i % 7},{i % 10}"
        lines.append(f"Straße {i % 4};{co};{i % 31},5;{'ja' if i % 3 else 'nein'}")
    lines.append("Quelle: Messnetz;;;")
    path = tmp_path / "luft.csv"
    path.write_bytes("\r\n".join(lines).encode("latin-1"))
    return path


@pytest.fixture
def long(tmp_path):
    """A file that takes far longer to read than a click takes to arrive: no row has as many cells as there are names,
    so that all are cut one by one.
    """
    block = "".join(f'{i},"a\nb",{("x", "y,y")[i % 3 == 0]}\n' for i in range(20_000))
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("i,v,note,k,more\n")
        for _copy in range(MEGABYTES * 1_000_000 // len(block)):
            out.write(block)
    return path


def expand(page: Page, name: str) -> None:
    """Open a part of the page that is folded."""
    part = page.get_by_test_id("stExpander").filter(has=page.locator("summary").filter(has_text=name))
    part.locator("summary").click()
    expect(part.locator("details")).to_have_attribute("open", "")
    settle(page)


def facts(page: Page):
    return page.get_by_test_id("stMarkdown").filter(has_text=re.compile("^Format:"))


def test_a_nasty_file_is_read_right_changed_back_and_forth_and_its_cells_are_taken_home(page, nasty, tmp_path):
    visit(page, "/data")
    upload(page, nasty)
    expect_box(page, "Rows", "200")
    expect(facts(page)).to_contain_text("delimiter: semicolon · decimal mark: comma")
    expect(page.get_by_text("What reading changed")).to_be_visible()

    expand(page, "Read it differently")
    choose(page, "Decimal mark", "point")
    expect(facts(page)).to_contain_text("decimal mark: point (chosen)")
    page.get_by_role("button", name="Go back to what was detected").click()
    settle(page)
    expect(facts(page)).to_contain_text("decimal mark: comma ·")

    page.get_by_role("button", name="Read -200 as missing").click()
    settle(page)
    expect_box(page, "Missing cells", "40 (5.0%)")

    page.get_by_test_id("stExpander").locator("summary").filter(has_text=re.compile("^.*See the")).click()
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="All listed cells (CSV)").click()
    download.value.save_as(tmp_path / "changes.csv")
    with (tmp_path / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = list(csv.DictReader(file))
    assert sum(cell["before"] == "-200" for cell in cells) == 40
    assert [(cell["line"], cell["before"].rstrip("; ")) for cell in cells if cell["before"] != "-200"] == [
        ("1", "Luftgüte 2004"),
        ("204", "Quelle: Messnetz"),
    ]


def test_many_columns_are_retyped_at_once_and_all_that_follows_takes_it_over(page, nasty):
    visit(page, "/data")
    upload(page, nasty)
    expand(page, "Change kinds")
    page.get_by_role("button", name="all numbers (2)").click()
    settle(page)
    choose(page, "Kind", "category")
    expect(page.get_by_role("button", name="all categories (3)")).to_be_visible()
    expect(page.get_by_test_id("stAlert").filter(has_text="Linear regression predicts a number")).to_be_visible()
    choose(page, "Kind", "as detected")
    go_to(page, "Prepare")
    expect(page.get_by_test_id("stMetric").filter(has_text="X.shape")).to_be_visible()


def test_a_long_reading_shows_how_far_it_is_and_is_cancelled_before_its_end(page, long):
    visit(page, "/data")
    rows = page.get_by_test_id("stMetricValue").first.inner_text()
    page.locator("input[type=file]").set_input_files(long)
    bar = page.get_by_test_id("stProgress").filter(has_text="Reading “long.csv”")
    expect(bar).to_be_visible(timeout=90_000)
    page.locator(".st-key-cancel_work button").click()
    expect(page.get_by_test_id("stAlert").filter(has_text="Reading “long.csv” was stopped.")).to_be_visible()
    expect_box(page, "Rows", rows)
    expect(bar).to_have_count(0)
    settle(page)

    page.get_by_role("button", name="Read it anyway").click()
    expect(bar).to_be_visible(timeout=90_000)
    while shown := bar.all_inner_texts():  # as long as it gets further, it is waited for
        expect(bar.filter(has_text=shown[0])).to_have_count(0, timeout=90_000)
    expect(page.get_by_test_id("stText").filter(has_text="long.csv")).to_be_visible(timeout=90_000)
    settle(page)
    expect(page.get_by_test_id("stAlert").filter(has_text="was stopped")).to_have_count(0)
