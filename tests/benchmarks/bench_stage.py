"""How smoothly the stage moves: 1,000 rows, about 500 recorded steps, in a real browser without a graphics card.

`python -m tests.benchmarks.bench_stage` prints what a scene costs to make and to send, the time of a frame through all
four panels (with the pixels read back, so that the drawing has really happened), and frames a second while playing.
"""

import json
import shutil
import sys
from functools import partial

import numpy as np
import pandas as pd
from playwright.sync_api import Page, sync_playwright
from streamlit.dataframe_util import convert_anything_to_arrow_bytes

from core.regression import fit_scaling, loss_surface, make_synthetic, solve_closed_form, train_sgd
from dashboard.scenes.stage.scene import Scene, Table, stage_scene
from tests.benchmarks.bench_redraw import opened, served
from tests.benchmarks.measure import best_ms

PATH = "train?train_source=synthetic&train_rows=1250&noise=1.0&batch_size=50&epochs=24"
STAGE = "document.querySelector('.st-key-stage [data-testid^=stBidiComponent]').shadowRoot.stage"
DRAW_ALL = f"""
() => {{
    const stage = {STAGE};
    const times = [];
    for (let frame = 0; frame < stage.run.count; frame++) {{
        const start = performance.now();
        stage.draw(frame);
        stage.root.getBoundingClientRect();
        for (const panel of stage.panels) panel.canvas.getContext("2d").getImageData(0, 0, 1, 1);
        times.push(performance.now() - start);
    }}
    return times;
}}
"""
PLAY = f"""
async (speed) => {{
    const stage = {STAGE};
    const drawn = [];
    const draw = stage.draw.bind(stage);
    stage.draw = (frame) => {{ draw(frame); drawn.push(performance.now()); }};
    stage.player.speed.value = String(speed);
    stage.player.stopAt(0);
    stage.player.play();
    await new Promise((done) => setTimeout(done, 4000));
    stage.player.pause();
    delete stage.draw;
    return drawn.slice(2);
}}
"""


def scene_lines() -> list[dict[str, object]]:
    """Return what scenes of several shapes take: milliseconds to make, kilobytes to send."""
    lines: list[dict[str, object]] = []
    for n, d, batch, epochs in ((1000, 2, 50, 24), (274, 13, 10, 20), (1000, 20, 50, 24), (1000, 2, 1000, 200)):
        X, y = make_synthetic(n, np.linspace(-3, 3, d), 4.2, 1.0, 0)
        fit, scaling = solve_closed_form(X, y), fit_scaling(X)
        run = train_sgd(X, y, 0.03, batch, epochs, standardise=True, fit=fit)
        table = Table(X.numpy(), y.numpy(), [f"x{j + 1}" for j in range(d)], "y")
        bowl = loss_surface(X, y, standardise=True, fit=fit)
        works = [
            partial(stage_scene, run, table, scaling, bowl),
            partial(loss_surface, X, y, standardise=True, fit=fit),
        ]
        made, bent = best_ms(works)
        kilobytes = size(stage_scene(run, table, scaling, bowl)) / 1e3
        shape = {"rows": n, "features": d, "batch": batch, "frames": len(run.history)}
        lines.append({**shape, "scene_ms": made, "landscape_ms": bent, "send_kB": kilobytes})
    return lines


def size(scene: Scene) -> int:
    """Return how many bytes a scene has on its way to the browser."""
    tables = {name: value for name, value in scene.items() if isinstance(value, pd.DataFrame)}
    rest = {name: value for name, value in scene.items() if name not in tables}
    return sum(len(convert_anything_to_arrow_bytes(table)) for table in tables.values()) + len(json.dumps(rest))


def browser_lines(page: Page) -> list[dict[str, object]]:
    """Return the time of a frame, and frames a second while playing at two speeds."""
    times = np.array(page.evaluate(DRAW_ALL))
    lines: list[dict[str, object]] = [
        {"what": f"a frame of {len(times)}, median (ms)", "value": float(np.median(times))},
        {"what": "a frame, 95th percentile (ms)", "value": float(np.quantile(times, 0.95))},
    ]
    for speed in (30, 60):
        drawn = np.array(page.evaluate(PLAY, speed))
        rate = 1e3 * (len(drawn) - 1) / (drawn[-1] - drawn[0])
        lines.append({"what": f"frames a second, playing {speed} a second", "value": float(rate)})
    return lines


def run() -> list[dict[str, object]]:
    """Return the figures of the browser, for predictions against truth and for a slice along a feature."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    lines: list[dict[str, object]] = []
    with sync_playwright() as playwright, served([sys.executable, "-m", "dashboard"]) as lab:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = opened(browser, f"{lab}/{PATH}")
        page.locator(".st-key-stage canvas.landscape").scroll_into_view_if_needed()
        for view, option in (("truth", ""), ("slice", "0")):
            page.locator("select.slice").select_option(option)
            lines += [{"fit": view, **line} for line in browser_lines(page)]
        browser.close()
    return lines


if __name__ == "__main__":
    for lines in (scene_lines(), run()):
        print(pd.DataFrame(lines).to_string(index=False, float_format=lambda value: f"{value:.2f}"), end="\n\n")
