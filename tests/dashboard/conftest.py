from collections.abc import Callable
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

SECONDS = 60
TEXTS = ("title", "header", "markdown", "caption", "text", "error", "warning", "info")


# Without a server, Streamlit reads about every installed package at each run that shows a moving drawing: once will do.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def bare(text: object) -> str:
    """Return what is read of a text that is kept from being Markdown."""
    return str(text).replace("\\", "").replace("\u2060", "")


class Screen:
    """One screen as a visitor meets it."""

    def __init__(self, name: str, memory: dict[str, object]) -> None:
        self.app = AppTest.from_string(
            f"from dashboard.screens.{name} import render\nrender()", default_timeout=SECONDS
        )
        for key, value in memory.items():
            self.app.session_state[key] = value
        self.run()

    def run(self) -> "Screen":
        """Draw the screen again; whatever was done to it, it never breaks."""
        self.app.run()
        assert not self.app.exception, self.app.exception[0].message
        return self

    def upload(self, name: str, content: bytes) -> "Screen":
        """Bring a file to the Data screen."""
        self.app.file_uploader(key="upload").set_value((name, content, "text/csv"))
        return self.run()

    def turn(self, kind: str, key: str, value: object) -> "Screen":
        """Set a widget."""
        getattr(self.app, kind)(key=key).set_value(value)
        return self.run()

    def press(self, label: str) -> "Screen":
        """Press the button of this name, or choose it where it is one of several."""
        wanted = bare(label)
        named = [button for button in self.app.button if bare(button.label) == wanted]
        if named:
            named[0].click()
        else:
            choices = ((group, list(map(bare, group.options))) for group in self.app.button_group)
            next(group for group, options in choices if wanted in options).set_value(wanted)
        return self.run()

    @property
    def words(self) -> str:
        """Every sentence on the screen, without the marks that keep names from being Markdown."""
        said = "\n".join(str(element.value) for kind in TEXTS for element in getattr(self.app, kind))
        return bare(said)

    @property
    def errors(self) -> list[str]:
        """What the screen complains of."""
        return [bare(error.value) for error in self.app.error]

    @property
    def facts(self) -> str:
        """How the file was read, as the Data screen says it in one line."""
        return next(line for line in self.words.splitlines() if line.startswith("Format: ")).replace("**", "")

    @property
    def boxes(self) -> dict[str, str]:
        """The figures in boxes, by their labels."""
        return {metric.label: metric.value for metric in self.app.metric}

    def table(self, column: str):
        """The table on the screen that has this column."""
        return next(element.value for element in self.app.dataframe if column in element.value.columns)


@pytest.fixture
def open_screen() -> Callable[..., Screen]:
    """Open a screen, with some of the visit's memory already set."""
    return lambda name, **memory: Screen(name, memory)
