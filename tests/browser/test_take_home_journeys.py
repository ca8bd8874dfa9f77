"""Taking the experiment home: every file from a real click, the script run, the session loaded by somebody else."""

import json
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.steps import boxes, go_to, press, settle, take, visit

DATA = Path(__file__).resolve().parents[2] / "data"
OWN = "a,b,y\n1,2,2\n2,5,3\n3,1,4\n4,2,5\n5,7,6\n6,1,8\n7,4,9\n8,2,9\n"


def run(script: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, script.name, *arguments],
        cwd=script.parent, capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def load_session(page: Page, path: Path) -> None:
    page.locator(".st-key-take_home_session input[type=file]").set_input_files(path)
    settle(page)


def test_every_file_comes_from_a_click_and_the_script_prints_the_screen(page, tmp_path):
    visit(page, "/take-home?sample=cars&epochs=4&train_optimizer=momentum&learning_rate=0.003")
    shown = boxes(page)
    (tmp_path / "cars.csv").write_bytes((DATA / "cars.csv").read_bytes())
    printed = run(take(page, "Script (Python)", tmp_path))
    assert f"Loss of SGD: {shown['Loss of SGD']}\n" in printed
    assert f"Loss of the closed form: {shown['Loss of the closed form']}\n" in printed
    assert f"Gap: {shown['Gap']}\n" in printed
    notebook = json.loads(take(page, "Notebook (Jupyter)", tmp_path).read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    assert take(page, "SVG", tmp_path).read_text(encoding="utf-8").startswith("<svg")
    assert take(page, "PNG", tmp_path).read_bytes().startswith(b"\x89PNG")
    take(page, "Model (safetensors)", tmp_path)
    assert run(take(page, "Predict (Python)", tmp_path), "cars.csv").count("\n") == 407


def test_the_report_opens_without_the_network_and_shows_the_figures(page, tmp_path):
    visit(page, "/take-home?train_source=synthetic&epochs=3")
    shown = boxes(page)
    path = take(page, "Report (HTML)", tmp_path)
    asked: list[str] = []
    alone = page.context.new_page()
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(path.as_uri())
    expect(alone.get_by_role("heading", level=1)).to_have_text("Predicting y from 2 features")
    for value in shown.values():
        expect(alone.get_by_text(value, exact=True).first).to_be_visible()
    expect(alone.locator("figure svg")).to_have_count(5)
    link = next(line for line in alone.locator("pre").inner_text().splitlines() if line.startswith("http"))
    wide = alone.evaluate("document.documentElement.scrollWidth")
    alone.set_viewport_size({"width": 420, "height": 900})
    assert alone.evaluate("document.documentElement.scrollWidth") <= 420 < wide
    alone.emulate_media(color_scheme="dark")
    assert alone.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 22, 29)"
    alone.close()
    assert asked == [path.as_uri()]
    page.goto(link)
    settle(page)
    go_to(page, "Take home")
    assert boxes(page) == shown


def test_a_session_shows_somebody_else_the_same_numbers(page, context, tmp_path):
    visit(page, "/take-home?sample=cars&target=Horsepower&epochs=6&train_penalty=0.1&train_degree=2&seed=5")
    shown = boxes(page)
    path = take(page, "Session (JSON)", tmp_path)
    other = context.new_page()
    visit(other, "/take-home")
    assert boxes(other) != shown
    load_session(other, path)
    expect(other.get_by_text("Everything is as it was when")).to_be_visible()
    assert boxes(other) == shown
    expect(other).to_have_url(re.compile("epochs=6"))
    go_to(other, "Train")
    expect(other.locator(".st-key-epochs").get_by_role("slider")).to_have_value("6")
    go_to(other, "Take home")
    assert boxes(other) == shown
    other.close()


def test_a_session_of_an_own_table_waits_until_the_table_is_brought(page, context, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(OWN)
    visit(page, "/data")
    page.locator("input[type=file]").first.set_input_files(own)
    settle(page)
    go_to(page, "Train")
    press(page, "epochs", "ArrowRight", times=3)
    go_to(page, "Take home")
    shown = boxes(page)
    path = take(page, "Session (JSON)", tmp_path)
    other = context.new_page()
    visit(other, "/take-home")
    load_session(other, path)
    expect(other.get_by_text("is for your own table")).to_be_visible()
    go_to(other, "Data")
    other.locator("input[type=file]").first.set_input_files(own)
    settle(other)
    go_to(other, "Take home")
    expect(other.get_by_text("Everything is as it was when")).to_be_visible()
    assert boxes(other) == shown
    other.close()
