"""How long each kind of the map of learning takes to open, beside a bare Streamlit page with as many charts.

`python -m tests.benchmarks.bench_problems` opens each kind several times in a real browser, once its libraries are
loaded, and prints the median and its ratio to the bare page in the same run, and what computing the kind alone takes,
in milliseconds of processor time. Words after it choose kinds by how their names begin.
"""

import shutil
import sys
import time
from collections.abc import Sequence
from importlib import import_module

import numpy as np
import pandas as pd
from playwright.sync_api import Browser, sync_playwright

from core.problems.kinds import KINDS
from tests.benchmarks.bench_redraw import SETTLED, served

VISITS = 7
SCENE = ".moving.miniature[data-frame] canvas, .moving.miniature[data-frame] table"


def computed_ms(kind: str) -> float:
    """Return the processor time of a kind at its usual settings, the least of three runs."""
    miniature = import_module(f"core.problems.{kind}").miniature
    times = []
    for _run in range(3):
        start = time.process_time()
        miniature()
        times.append(1000 * (time.process_time() - start))
    return min(times)


def opened_ms(browser: Browser, address: str, drawn: str, count: int) -> float:
    """Return the milliseconds from asking for a page until so many of its charts are drawn and it is settled."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    start = time.perf_counter()
    page.goto(address)
    page.locator(drawn).nth(count - 1).wait_for(timeout=90_000)
    page.wait_for_selector(SETTLED, timeout=90_000)
    taken = 1000 * (time.perf_counter() - start)
    page.close()
    return taken


def run(among: Sequence[str] = ()) -> list[dict[str, object]]:
    """Return a line for each kind: its charts, the medians of both pages, their ratio, and what computing it takes."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    lines: list[dict[str, object]] = []
    with sync_playwright() as playwright, served([sys.executable, "-m", "dashboard"]) as lab:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for kind in KINDS:
            if among and not kind.startswith(tuple(among)):
                continue
            address = f"{lab}/problems?problems_view=kind&problems_kind={kind}&problems_{kind}_guess=skip"
            opened_ms(browser, address, SCENE, 1)
            page = browser.new_page()
            page.goto(address)
            page.locator(SCENE).first.wait_for(timeout=90_000)
            charts = page.locator(SCENE).count()
            page.close()
            bare = [sys.executable, "-m", "streamlit", "run", "tests/benchmarks/bare_page.py"]
            with served(bare, CHARTS=str(charts)) as peer:
                opened_ms(browser, peer, "svg.marks", charts)
                pairs = [
                    (opened_ms(browser, address, SCENE, charts), opened_ms(browser, peer, "svg.marks", charts))
                    for _visit in range(VISITS)
                ]
            ours, others = np.median(pairs, axis=0)
            lines.append(
                {"kind": kind, "charts": charts, "ours_ms": ours, "bare_ms": others, "ratio": ours / others,
                 "computed_ms": computed_ms(kind)}
            )  # fmt: skip
        browser.close()
    return lines


if __name__ == "__main__":
    print(pd.DataFrame(run(sys.argv[1:])).to_string(index=False, float_format=lambda value: f"{value:.2f}"))
