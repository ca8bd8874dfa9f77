"""Permanently loaded objects are excluded from garbage collection."""

import gc

from streamlit.testing.v1 import AppTest

from dashboard.visit import freeze_gc


def app() -> None:
    import torch  # noqa: F401

    from dashboard.visit import freeze_gc

    freeze_gc.freeze_gc()


def test_what_is_loaded_is_spared_once():
    gc.unfreeze()
    freeze_gc._spare.clear()
    AppTest.from_function(app, default_timeout=60).run()
    spared = gc.get_freeze_count()
    assert spared > 100_000
    later = [{} for _more in range(1000)]
    AppTest.from_function(app, default_timeout=60).run()
    assert gc.get_freeze_count() <= spared
    assert len(later) == 1000
