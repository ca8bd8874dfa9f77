"""The rank doctor and the exactness of methods, walked through with real clicks, keys and uploads."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.steps import (
    boxes,
    charts,
    choose,
    expect_box,
    expect_changed,
    press,
    settle,
    table_with,
    upload,
    visit,
)


def choose_view(page, name):
    page.get_by_test_id("stMain").get_by_role("radio", name=name).click()
    settle(page)


def test_from_a_deficient_table_to_a_sound_one_by_one_button(page):
    visit(page, "/compare")
    choose_view(page, "Rank doctor")
    expect(page).to_have_url(re.compile("compare_view=rank"))
    expect_box(page, "Dependent columns", "3")
    expect(page.get_by_text("“sex_female” + “sex_male” + “sex_nan” = 1.").first).to_be_visible()
    lines = {row["Line"]: row for row in table_with(page, "Verdict")}
    assert lines["numpy.linalg.lstsq"]["Verdict"] == "✓ correct, and of minimum norm"
    page.get_by_role("button", name="Remove them from the plan").click()
    settle(page)
    expect_box(page, "Dependent columns", "0")
    expect_box(page, "Rank", "11")
    verdicts = {row["Verdict"] for row in table_with(page, "Verdict")}
    assert verdicts <= {"✓ correct", "≈ close"}


def test_a_start_moved_by_keys_stays_where_no_gradient_reaches(page):
    visit(page, "/compare?compare_view=rank")
    expect(charts(page).last).to_be_visible()
    press(page, "compare_start", "End")
    expect(page).to_have_url(re.compile("compare_start=100"))
    rows = {row["Quantity"]: row for row in table_with(page, "Start moved")}
    begin, end = (float(rows[f"component along it at the {place}"]["Start moved"]) for place in ("start", "end"))
    assert begin == pytest.approx(100, abs=0.1)
    assert end == pytest.approx(begin, rel=1e-8)
    losses = rows["loss at the end"]
    assert float(losses["Start moved"]) == pytest.approx(float(losses["Start as on Train"]), rel=1e-9)
    choose(page, "A direction that changes no prediction", "“island_Biscoe” + “island_Dream” + “island_Torgersen” = 1.")
    expect(page).to_have_url(re.compile("compare_direction=island_Torgersen"))


def test_the_exceptions_can_be_read_beside_their_lines(page):
    visit(page, "/compare?compare_view=rank&sample=house_tiny")
    page.get_by_text("The lines themselves").click()
    shown = page.get_by_test_id("stCode")
    expect(shown.filter(has_text="LinAlgError: Singular matrix").first).to_be_visible()
    expect(shown.filter(has_text="w = numpy.linalg.inv(A.T @ A) @ A.T @ y").first).to_be_visible()


def test_a_constant_breaks_the_normal_equations_and_not_the_closed_form(page):
    visit(page, "/compare?compare_view=exact&sample=longley")
    expect_box(page, "Guaranteed digits", "15.95")
    expect(charts(page)).to_have_count(2)
    choose(page, "Column", "YEAR")
    before = boxes(page)
    press(page, "compare_amount", "End")
    expect(page).to_have_url(re.compile(r"compare_amount=1e(\+|%2B)08"))
    expect_changed(page, before)
    after = boxes(page)
    assert float(after["float64 normal equations"]) < float(before["float64 normal equations"])
    assert after["exact closed form"] == "16"
    page.get_by_role("radio", name="multiply by a constant").click()
    settle(page)
    expect(page.get_by_text(re.compile("changes only its unit"))).to_be_visible()
    here = page.url
    visit(page, here[here.index("/compare") :])
    expect(page.get_by_test_id("stSelectbox").locator("input")).to_have_value("YEAR")


def test_huge_values_overflow_in_words_and_nothing_is_not_a_number(page, tmp_path):
    path = tmp_path / "huge.csv"
    values = np.random.default_rng(0).uniform(1, 9, (30, 2))
    path.write_text("size,label\n" + "".join(f"{a:.4f}e60,{b:.4f}\n" for a, b in values))
    visit(page, "/data")
    upload(page, path)
    page.get_by_test_id("stSidebar").get_by_test_id("stPageLink").filter(has_text="Compare").click()
    settle(page)
    for view in ("How exact", "Rank doctor"):
        choose_view(page, view)
        words = page.get_by_test_id("stMain").inner_text()
        assert not re.search(r"\b(nan|NaN)\b", words)
        assert "∞" not in words
    choose_view(page, "How exact")
    rows = {row["Method"]: row for row in table_with(page, "What went wrong")}
    assert "overflow" in rows["float32 normal equations"]["What went wrong"]


@pytest.mark.parametrize("view", ["rank", "exact"])
def test_both_views_of_a_hard_problem_fit_a_telephone(page, view):
    page.set_viewport_size({"width": 420, "height": 900})
    visit(page, f"/compare?compare_view={view}&sample=longley")
    expect(charts(page).first).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0
