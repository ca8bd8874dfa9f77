"""Random tests try the same examples every time, so that a check says the same of the same tree.

With SEARCH=yes they try new ones at every run and remember what failed: how new faults are looked for.
"""

import gc
import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("search" if os.environ.get("SEARCH") == "yes" else "same")


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
