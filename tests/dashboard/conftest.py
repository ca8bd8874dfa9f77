from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

SECONDS = 60


@pytest.fixture
def open_screen() -> Callable[..., AppTest]:
    """Open one screen as a visitor would, with some of the visit's memory already set."""

    def open_it(name: str, **memory: object) -> AppTest:
        app = AppTest.from_string(f"from dashboard.screens.{name} import render\nrender()", default_timeout=SECONDS)
        for key, value in memory.items():
            app.session_state[key] = value
        app.run()
        assert not app.exception, app.exception[0].message
        return app

    return open_it


def spoken(app: AppTest) -> str:
    """Return every sentence that the screen says, without the marks that keep names from being Markdown."""
    kinds = ("title", "subheader", "markdown", "caption", "text", "error", "warning", "info")
    text = "\n".join(str(element.value) for kind in kinds for element in getattr(app, kind))
    return text.replace("\\", "").replace("\u2060", "")


def metrics(app: AppTest) -> dict[str, str]:
    """Return the figures that the screen shows in boxes."""
    return {metric.label: metric.value for metric in app.metric}
