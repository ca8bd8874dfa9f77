"""From a key on a slider to redrawn charts, in a real browser, beside a bare Streamlit page with as many charts.

`python -m tests.benchmarks.bench_redraw` prints the median of 20 moves for each screen, and the ratio to the bare page
in the same run: 1.3 means that the screen takes 30 % longer. Words after it choose screens by how their names begin.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
MOVES = 20
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
SCREENS = {
    "Train": ("train", "epochs"),
    "Train, batch size": ("train", "batch_size"),
    "Train, learning rate": ("train", "learning_rate"),
    "Train, 5,000 rows": ("train?train_source=synthetic&train_rows=5000", "epochs"),
    "Norms, one vector": ("norms", "norms_p"),
    "Norms, rows of the table": ("norms?norms_view=distances", "norms_p"),
    "Calculus, limit": ("calculus", "calculus_rows"),
    "Calculus, two variables": ("calculus?calculus_view=two_variables", "calculus_px"),
    "Autograd, modes": ("autograd?autograd_view=modes", "autograd_depth"),
    "A picture is a vector": ("images", "images_side"),
    "A neuron, train": ("neuron?neuron_view=train", "neuron_rate"),
    "Noise, the curve": ("normal", "normal_draws"),
    "Networks, the stage": ("network", "network_stage_rate"),
    "Parts of a model, a higher degree": ("components?components_view=generalisation", "components_fit_rows"),
    "Tensors, loss bug": ("tensors?tensors_view=broadcasting&tensors_broadcast_part=bug", "tensors_bug_updates"),
}
# Every change of a chart, SVG or canvas, is noted with its time; `data-frame` is what the moving pictures count up. The
# grids of tables are canvases too, and no charts.
WATCH = """
() => {
    window.lastDrawn = 0;
    const note = () => { window.lastDrawn = performance.now(); };
    const charts = "[data-testid=stVegaLiteChart], [data-testid=stBidiComponentRegular], [data-testid^=stBidi]";
    new MutationObserver(changes => {
        if (changes.some(change => change.target.nodeType === 1 && change.target.closest(charts))) note();
    }).observe(document.body, {subtree: true, childList: true, attributes: true});
    const draw = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...area) {
        if (this.canvas.isConnected && !this.canvas.closest("[data-testid=stDataFrame]")) note();
        return draw.apply(this, area);
    };
}
"""


@contextmanager
def served(command: list[str], **environment: str) -> Iterator[str]:
    """Start a page on a free port; yield its address."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    options = ["--server.port", str(port), "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    server = subprocess.Popen(
        [*command, *options],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _attempt in range(240):
            try:
                urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.25)
        yield f"http://localhost:{port}"
    finally:
        os.killpg(server.pid, 15)
        server.wait(timeout=20)


def opened(browser: Browser, address: str) -> Page:
    """Open a page and wait until all of it is drawn."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(address)
    page.get_by_role("slider").first.wait_for(timeout=90_000)
    for _round in range(3):
        page.wait_for_selector(SETTLED, timeout=90_000)
        page.wait_for_timeout(1_000)
    page.evaluate(WATCH)
    return page


def pictures(page: Page) -> int:
    """Return how many charts a page has: every SVG of Vega's and every canvas that is a picture."""
    return page.locator("svg.marks, canvas[role=img]").count()


def moved(page: Page, knob: str, key: str) -> float:
    """Press a key on a slider; return the milliseconds until the last chart was redrawn."""
    page.locator(f".st-key-{knob}").get_by_role("slider").focus()
    start = page.evaluate("() => performance.now()")
    page.keyboard.press(key)
    page.wait_for_timeout(300)
    last = -1.0
    for _look in range(100):
        page.wait_for_selector(SETTLED, timeout=90_000)
        page.wait_for_timeout(250)
        now = page.evaluate("() => window.lastDrawn")
        if now == last and now > start:
            return float(now - start)
        last = now
    raise AssertionError(f"no chart was redrawn when {knob} moved")


def median_ms(pages: dict[str, tuple[Page, str]]) -> dict[str, float]:
    """Return the median time of each page; they take turns, so that a busy machine is busy for all."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    for move in range(MOVES + 2):
        for name, (page, knob) in pages.items():
            page.bring_to_front()
            times[name].append(moved(page, knob, "ArrowRight" if move % 2 else "ArrowLeft"))
    return {name: float(np.median(taken[2:])) for name, taken in times.items()}


def run(among: Sequence[str] = ()) -> list[dict[str, object]]:
    """Return one line a screen, of all or of those whose names begin so.

    A line says its charts, its median, that of the bare page with as many charts, and the ratio.
    """
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    lines: list[dict[str, object]] = []
    with sync_playwright() as playwright, served([sys.executable, "-m", "dashboard"]) as lab:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, (path, knob) in SCREENS.items():
            if among and not name.startswith(tuple(among)):
                continue
            page = opened(browser, f"{lab}/{path}")
            charts = pictures(page)
            bare = [sys.executable, "-m", "streamlit", "run", "tests/benchmarks/bare_page.py"]
            with served(bare, CHARTS=str(charts)) as peer:
                times = median_ms({"ours": (page, knob), "bare": (opened(browser, peer), "level")})
            ratio = times["ours"] / times["bare"]
            lines.append(
                {"screen": name, "charts": charts, "ours_ms": times["ours"], "bare_ms": times["bare"], "ratio": ratio}
            )
            page.close()
        browser.close()
    return lines


if __name__ == "__main__":
    print(pd.DataFrame(run(sys.argv[1:])).to_string(index=False, float_format=lambda value: f"{value:.2f}"))
