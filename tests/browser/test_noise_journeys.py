"""Experiments on noise: many seeds, and the law of one over the root of n, with real keys and clicks."""

import re

from playwright.sync_api import expect

from tests.browser.steps import boxes, charts, drawing, expect_changed, expect_other, go_to, press, settle, visit


def test_more_seeds_fill_the_cloud_and_a_larger_batch_shrinks_it(page):
    visit(page, "/experiments?train_source=synthetic&noise=0.5")
    expect(charts(page)).to_have_count(3)
    cloud = charts(page).first
    before = drawing(cloud)
    press(page, "experiments_seeds", "ArrowRight")
    expect(page).to_have_url(re.compile("experiments_seeds=100"))
    after = expect_other(page, lambda: drawing(cloud), before)
    assert len(after) > len(before)

    scatter = float(boxes(page)["Scatter over seeds"])
    over_samples = boxes(page)["Scatter over samples"]
    go_to(page, "Train")
    press(page, "batch_size", "ArrowRight", 6)
    go_to(page, "Experiments")
    assert float(boxes(page)["Scatter over seeds"]) < scatter / 2
    assert boxes(page)["Scatter over samples"] == over_samples


def test_the_study_tells_its_power_and_is_drawn_again_with_more_repeats(page):
    visit(page, "/experiments?train_source=synthetic&noise=0.5&experiments_repeats=5")
    page.get_by_role("radio", name="Noise and samples").or_(page.get_by_text("Noise and samples")).first.click()
    settle(page)
    expect(page).to_have_url(re.compile("experiments_view=study"))
    sentence = page.get_by_text(re.compile("error falls as n to the power of"))
    expect(sentence).to_be_visible(timeout=60_000)
    before = sentence.inner_text()
    press(page, "experiments_repeats", "ArrowRight", 3)
    assert expect_other(page, sentence.inner_text, before).startswith("From 10 to ")


def test_another_plane_is_another_picture(page):
    visit(page, "/experiments?sample=cars")
    cloud = charts(page).first
    before = drawing(cloud)
    box = page.get_by_test_id("stSelectbox").filter(has_text="Horizontal axis")
    box.locator("input").click()
    page.get_by_role("option", name="Weight_in_lbs", exact=True).click()
    settle(page)
    expect(page).to_have_url(re.compile("experiments_across=Weight_in_lbs"))
    expect_other(page, lambda: drawing(cloud), before)
    figures = boxes(page)
    press(page, "experiments_seeds", "ArrowLeft")
    expect_changed(page, figures)
