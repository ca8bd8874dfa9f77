"""Links and session files keep working, whatever becomes of the modules that wrote them.

`saved/` was written by version 0.1.0: links to every screen, each with what its fields held once it was open; a session
on a sample and one on an own table, with the file it is for. They are opened here as a visitor does, through the whole
program and by addresses, keys and file names alone. Nothing in `saved/` is ever rewritten.
"""

import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[3] / "dashboard" / "app.py"
SAVED = Path(__file__).parent / "saved"
LINKS = json.loads((SAVED / "links_0.1.0.json").read_text(encoding="utf-8"))
FIELDS = ("slider", "select_slider", "number_input", "toggle", "selectbox", "button_group", "text_input", "text_area")
SECONDS = 120
MOVED = {"paths_count": "paths"}  # fields that now stand on another screen: the link sets them there


def visit(path: str = "home", query: str = "") -> AppTest:
    """Open an address."""
    app = AppTest.from_file(APP, default_timeout=SECONDS)
    for key, value in parse_qsl(query, keep_blank_values=True):
        app.query_params[key] = value
    return go(app, path)


def go(app: AppTest, path: str) -> AppTest:
    """Go to another screen of the same visit."""
    app._page_hash = calc_hash(path)  # `switch_page` works for pages in files only
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def shown(app: AppTest) -> dict[str, str]:
    """Return the values of the keyed fields on the screen, whatever their labels."""
    fields = [field for kind in FIELDS for field in app.get(kind) if field.key]
    return {field.key: str(app.session_state[field.key]) for field in fields if field.key in app.session_state}


def address(app: AppTest) -> dict[str, str]:
    """Return the address after the screen was drawn."""
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


@pytest.mark.parametrize("link", LINKS, ids=[link["name"] for link in LINKS])
def test_it_opens_links_saved_by_version_0_1_0(link):
    app = visit(link["path"], link["query"])
    assert not app.error
    assert address(app) == link["address"]
    held = shown(app)
    for key in link["shown"].keys() & MOVED.keys():
        held |= shown(go(app, MOVED[key]))
    assert {key: held.get(key) for key in link["shown"]} == link["shown"]


@pytest.fixture
def offered(monkeypatch):
    offers = {}
    monkeypatch.setattr(
        DeltaGenerator,
        "download_button",
        lambda _self, _label, data, file_name=None, **_how: offers.update({file_name: data}),
    )
    return offers


def load(app: AppTest, file: Path) -> AppTest:
    app.file_uploader(key="take_home_session").set_value((file.name, file.read_bytes(), "application/json"))
    app.run()
    assert not app.exception
    return app


def check_as_saved(file: Path, written: bytes) -> None:
    """The settings after loading a session are those saved; a later version may have more settings."""
    saved, now = json.loads(file.read_text(encoding="utf-8")), json.loads(written)
    assert {key: now["settings"].get(key) for key in saved["settings"]} == saved["settings"]
    assert {**now, "settings": None} == {**saved, "settings": None}


def test_it_opens_a_session_file_saved_by_version_0_1_0(offered):
    app = load(visit("take-home"), SAVED / "cars_session_0.1.0.json")
    assert len(app.success) == 1
    assert not app.warning
    assert not app.error
    check_as_saved(SAVED / "cars_session_0.1.0.json", offered["cars_session.json"]())
    app.session_state["experiments_view"] = "pins"
    go(app, "experiments")
    can_be_loaded = {button.key: not button.disabled for button in app.button if str(button.key).startswith("load_")}
    assert can_be_loaded == dict.fromkeys(["load_A", "load_B", "load_C", "load_D"], True)


def test_it_opens_a_session_file_of_an_own_table_saved_by_version_0_1_0(offered):
    app = load(visit("take-home"), SAVED / "houses_session_0.1.0.json")
    assert len(app.warning) == 1  # its table is not loaded yet
    go(app, "data").file_uploader(key="upload").set_value(
        ("houses.csv", (SAVED / "houses.csv").read_bytes(), "text/csv")
    )
    app.run()
    go(app, "take-home")
    assert not app.error
    check_as_saved(SAVED / "houses_session_0.1.0.json", offered["houses_session.json"]())


def test_what_the_lines_run_on_is_in_the_link_whichever_of_both_it_is():
    app = visit("then-and-now")
    assert address(app) == {"then_and_now_view": "file"}
    app.button_group(key="then_and_now_view").set_value("table")
    app.run()
    assert address(app) == {"then_and_now_view": "table"}
    again = visit("then-and-now", "then_and_now_view=table")
    assert not again.text_area
    brought = visit("then-and-now", "sample=cars")
    assert address(brought) == {"sample": "cars"}
    assert not brought.text_area
