"""A real server and a real headless Chromium for the journeys of a visitor.

By default only the journeys marked `smoke` run; all of them do with BROWSER_TESTS=all, and those of a file that is
named on the command line. Without a browser they are skipped and say so; with BROWSER_TESTS=required all run, and fail
without one. Each worker has a server and a browser of its own. A failing test leaves a screenshot in
tests/browser/failures/.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.steps import LISTEN

ROOT = Path(__file__).resolve().parents[2]
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-color-profile=srgb", "--process-per-site",
]  # fmt: skip


HERE = Path(__file__).parent
expect.set_options(timeout=30_000)  # how long to wait for what has to come, on a machine that is slow or busy
FAILURES = HERE / "failures"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    journeys = [item for item in items if item.path.parent == HERE]
    for item in journeys:
        item.add_marker(pytest.mark.browser)
    named = [HERE in (path := Path(argument.partition("::")[0]).resolve()).parents or path == HERE
             for argument in config.args]  # fmt: skip
    if os.environ.get("BROWSER_TESTS") in ("all", "required") or any(named):
        return
    left_out = {item for item in journeys if item.get_closest_marker("smoke") is None}
    config.hook.pytest_deselected(items=[item for item in items if item in left_out])
    items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    outcome = yield
    if outcome.get_result().when == "call":
        item.stash[FAILED] = outcome.get_result().failed


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found:
        return found
    reason = "no Chromium on this machine; install Debian's package chromium to run the browser tests"
    if os.environ.get("BROWSER_TESTS") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The lab, started as the README says, on a free port."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    command = [sys.executable, "-m", "dashboard", "--server.port", str(port), "--server.headless", "true"]
    with log.open("w") as out:
        server = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, start_new_session=True)
    try:
        _wait_until_up(f"http://localhost:{port}/_stcore/health", server, log)
        yield f"http://localhost:{port}"
    finally:
        os.killpg(server.pid, 15)
        server.wait(timeout=20)


def _wait_until_up(url: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"the server did not come up: {log.read_text()}")


@pytest.fixture(scope="session")
def context(chromium: str, address: str):
    """One browser for all tests, so that the program's scripts are fetched once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        context = browser.new_context(accept_downloads=True, base_url=address)
        context.add_init_script(LISTEN)
        context.new_page().goto("/_stcore/health")  # keeps the process, and what it has compiled, from test to test
        yield context
        browser.close()


@pytest.fixture
def telephone(context, address: str, request: pytest.FixtureRequest):
    """A page on a telephone: 420 wide, touched by fingers."""
    size = {"width": 420, "height": 900}
    held = context.browser.new_context(viewport=size, has_touch=True, is_mobile=True, base_url=address)
    held.add_init_script(LISTEN)
    page = held.new_page()
    page.set_default_timeout(30_000)
    yield page
    keep_picture_of_failure(page, request)
    held.close()


@pytest.fixture
def page(context, request: pytest.FixtureRequest):
    """A visit of its own, in a window 1,400 wide; its picture is kept if the test fails."""
    page = context.new_page()
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.set_default_timeout(30_000)
    yield page
    keep_picture_of_failure(page, request)
    page.close()


def keep_picture_of_failure(page: Page, request: pytest.FixtureRequest) -> None:
    if request.node.stash.get(FAILED, False):
        FAILURES.mkdir(exist_ok=True)
        page.screenshot(path=FAILURES / f"{re.sub(r'[^a-z0-9]+', '_', request.node.name.lower())}.png", full_page=True)
