"""Runs that take long: they show how far they are, can be stopped and finished, and leave other visitors alone."""

import re
import time

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.steps import expect_box, go_to, settle, upload, visit

ROWS, COLUMNS = 300_000, 10


@pytest.fixture
def large(tmp_path):
    """A table whose training takes long: half a minute with one row an update, Adam, and products of columns."""
    rng = np.random.default_rng(7)
    X = rng.normal(size=(ROWS, COLUMNS)).round(3)
    y = (X @ np.linspace(-2, 2, COLUMNS) + rng.normal(size=ROWS)).round(3)
    path = tmp_path / "large.csv"
    np.savetxt(path, np.column_stack([X, y]), fmt="%.3f", delimiter=",", header="a,b,c,d,e,f,g,h,i,j,y", comments="")
    return path


def test_a_long_run_is_stopped_and_finished_while_others_go_on(page, context, large):
    slow = "epochs=200&batch_size=1&learning_rate=0.001&train_optimizer=adam&train_products=true"
    visit(page, f"/data?{slow}")
    upload(page, large)
    page.get_by_test_id("stSidebar").get_by_test_id("stPageLink").filter(has_text="Train").click()
    bar = page.get_by_test_id("stProgress").filter(has_text="Training")
    expect(bar).to_be_visible(timeout=90_000)

    began = time.monotonic()
    other = context.new_page()
    visit(other, "/data")
    expect_box(other, "Rows", "344")
    other.close()
    assert time.monotonic() - began < 60  # a page that waited for the run would be there much later

    expect(bar).to_be_visible()
    page.locator("[class*=st-key-cancel_work]").get_by_role("button").click()
    settle(page)
    expect(page.get_by_text(re.compile(r"The run was stopped after \d+ of \d+ updates"))).to_be_visible(timeout=90_000)
    expect_box(page, "Loss of SGD", re.compile(r"\d"))
    go_to(page, "Compare")
    expect(page.get_by_text("200 epochs")).to_be_visible()
    go_to(page, "Train")
    expect(page.get_by_text(re.compile("The run was stopped after"))).to_be_visible()
    expect(page.get_by_role("button", name="Train to the end")).to_be_visible()
