"""The lab as `pip install` lays it down, started by its script from an empty folder."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from core import __version__
from tests.browser.steps import LISTEN, drawn, expect_box, go_to, visit
from tests.wheel import build_wheel, install_wheel

# Of .streamlit/config.toml: the text of the light theme, and how large a file may be.
TEXT, LIMIT = "rgb(11, 19, 28)", "200MB"


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script `descent-lab` of a folder that holds the lab alone."""
    return install_wheel(build_wheel(tmp_path_factory.mktemp("wheel")), tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def elsewhere(script: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict]:
    """Where a process starts that finds the installed lab and not the checkout: in an empty folder."""
    folder = tmp_path_factory.mktemp("elsewhere")
    yield {"cwd": folder, "env": {**os.environ, "PYTHONPATH": str(script.parents[1]), "PYTHONUNBUFFERED": "1"}}
    assert list(folder.iterdir()) == []


@pytest.fixture(scope="module")
def installed(script: Path, elsewhere: dict) -> Iterator[str]:
    """Where the installed lab is served."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [script, "--server.port", str(port), "--server.headless", "true"]
    server = subprocess.Popen(
        command, **elsewhere, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        warm_up = [sys.executable, "-c", "from core.regression import warm_up; warm_up()"]
        subprocess.run(warm_up, **elsewhere, check=True)  # compiles what is compiled once on a machine
        said = []
        for line in server.stdout:  # ends with the process
            said.append(line)
            if "URL:" in line:
                break
        assert f"http://localhost:{port}" in said[-1], "".join(said)
        yield f"http://localhost:{port}"
    finally:
        os.killpg(server.pid, 15)
        server.communicate(timeout=20)


@pytest.fixture
def visitor(context, installed: str):
    with context.browser.new_context(base_url=installed, color_scheme="light") as visitor:
        visitor.add_init_script(LISTEN)
        page = visitor.new_page()
        page.set_default_timeout(30_000)
        yield page


def test_the_script_prints_the_version(script, elsewhere):
    done = subprocess.run([script, "--version"], **elsewhere, capture_output=True, text=True, check=True)
    assert done.stdout == f"Descent Lab {__version__}\n"


def test_a_sample_opens_the_stage_moves_and_both_look_as_set(visitor):
    visit(visitor, "/data?sample=longley")
    expect_box(visitor, "Rows", "16")
    expect(visitor.get_by_test_id("stFileUploader")).to_contain_text(LIMIT)

    go_to(visitor, "Train")
    stage = visitor.locator(".st-key-stage .stage")
    expect(stage).to_have_attribute("data-frame", re.compile(r"\d+"), timeout=90_000)
    drawn(visitor)
    shown = stage.get_attribute("data-frame")
    stage.get_by_role("slider").focus()
    visitor.keyboard.press("ArrowLeft")
    expect(stage).not_to_have_attribute("data-frame", shown)
    assert stage.locator(".panels").evaluate("it => getComputedStyle(it).display") == "grid"
    assert visitor.get_by_role("heading", level=1).evaluate("it => getComputedStyle(it).color") == TEXT
