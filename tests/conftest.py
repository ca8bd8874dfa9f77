"""How the tests run: on all cores, a file on one of them, in any order, and alike every time.

Random tests try the same examples every time, so that a check says the same of the same tree. With SEARCH=yes they try
many times as many, new ones at every run, and remember what failed: how new faults are looked for.

Of the journeys in a browser only those marked `smoke` run, unless BROWSER_TESTS is `all` or `required`, or their file
is named on the command line. A page costs a second or two to open and a file of journeys runs on one core, so a
journey is cheap if it

- opens a screen once and walks through its views there (`steps.go_to`, a click on the view, `settle`); it opens the
  page anew only where it is the link, the reload or the width that is tried;
- waits with `settle` or `expect` for what the page does, never for a while;
- asks only what a browser alone can tell. A sentence, a figure or a refusal is told by AppTest in a tenth of the time.
"""

import gc
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.examples import SEARCHES, load_profile

load_profile()


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return one worker for each core that this process may use; none for a single file, which begins sooner alone."""
    named = [Path(argument.partition("::")[0]) for argument in config.args]
    if len(named) == 1 and named[0].is_file():
        return 0
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shuffle-files", type=int, metavar="SEED", help="run the files in an order drawn from this seed")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle the files, and leave the tests of each in their order."""
    seed = config.getoption("--shuffle-files")
    if seed is not None:
        files = sorted({item.path for item in items})
        random.Random(seed).shuffle(files)
        place = {path: number for number, path in enumerate(files)}
        items.sort(key=lambda item: place[item.path])


def pytest_report_header(config: pytest.Config) -> list[str]:
    journeys = os.environ.get("BROWSER_TESTS", "smoke")
    seed = config.getoption("--shuffle-files")
    order = "as they stand" if seed is None else f"shuffled by {seed}"
    examples = "a search" if SEARCHES else "the same examples"
    return [f"files: {order}", f"journeys in the browser: {journeys}", f"random tests: {examples}"]


@pytest.fixture(autouse=True)
def usual_dtype() -> Iterator[None]:
    """Let lines that a test ran, and that set torch's default dtype, not reach the next test."""
    yield
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_default_dtype(torch.float32)


def pytest_collection_finish() -> None:
    """Take what is loaded out of the search for garbage, which Streamlit starts after every run of a screen."""
    gc.collect()
    gc.freeze()
