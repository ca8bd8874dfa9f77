"""The screen Environment: results on arrival, a failure as a sentence, and a text that names nobody."""

import getpass
import platform
import re
import socket
from pathlib import Path

import torch

from core.environment import requirements, self_test
from core.environment.self_test import TRIALS, Trial


def code_with(screen, words):
    return next(code.value for code in screen.app.code if words in code.value)


def test_everything_is_there_on_arrival(open_screen):
    screen = open_screen("environment")
    boxes = screen.boxes
    assert boxes["Python"] == platform.python_version()
    assert boxes["torch"] == torch.__version__
    assert {"Build of torch", "Device", "Threads", "Processors"} <= boxes.keys()
    assert f"All {len(TRIALS)} checks passed, in " in screen.words
    checks = screen.table("expected")
    assert list(checks["expected"])[:4] == ["14, 38, 62, 86, 110", "0, 4, 8, 12", "0, 4, 8, 12", "2, -3.4, 4.2"]
    assert list(checks["got"]) == list(checks["expected"])
    assert set(checks["result"]) == {"passed"}
    assert "All packages are within the bounds that the lab states." in screen.words
    versions = screen.table("bounds").set_index("package")
    assert set(versions["within"]) == {"yes"}
    assert versions.loc["torch", "installed"] == torch.__version__
    assert not screen.app.expander


def test_installing_shows_the_commands_of_day_one_with_the_answers_of_this_machine(open_screen):
    screen = open_screen("environment")
    assert code_with(screen, ".venv").startswith("python3 -m venv .venv\n")
    readme = (Path(__file__).resolve().parents[4] / "README.md").read_text(encoding="utf-8")
    for command in code_with(screen, "python -m dashboard").splitlines():
        assert f"    {command}" in readme
    bounds = screen.table("bounds").set_index("package").loc["torch", "bounds"]
    assert f"any build of `torch{bounds}`" in "\n".join(text.value for text in screen.app.markdown)
    assert "](https://pytorch.org/get-started/locally/)" in "\n".join(text.value for text in screen.app.markdown)
    assert "<https://pytorch.org/get-started/locally/>" in readme
    answers = dict(re.findall(r"^(torch\S+) +# (.+)$", code_with(screen, "cuda.is_available"), re.MULTILINE))
    assert answers == {
        "torch.__version__": repr(str(torch.__version__)), "torch.cuda.is_available()": str(torch.cuda.is_available()),
    }  # fmt: skip


def test_the_text_for_a_bug_report_has_every_number_of_the_screen_and_names_nobody(open_screen, monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: "annaquux")
    monkeypatch.setattr(socket, "gethostname", lambda: "quuxbook")
    monkeypatch.setattr(platform, "node", lambda: "quuxbook")
    monkeypatch.setenv("HOME", "/home/annaquux")
    screen = open_screen("environment")
    report = code_with(screen, "Self-test")
    assert "quux" not in report
    assert "/" not in report
    for name, installed in screen.table("bounds")[["package", "installed"]].itertuples(index=False):
        assert f"{name} {installed}" in report
    assert all(check in report for check in screen.table("expected")["check"])


def test_a_failure_is_a_sentence_and_a_second_run_forgets_it(open_screen, monkeypatch):
    def trips():
        raise OSError("/home/annaquux/data.csv")

    with monkeypatch.context() as broken:
        broken.setattr(
            self_test, "TRIALS", (Trial("Adding", lambda: (2,), lambda: (3,)), Trial("A file", lambda: (1,), trips))
        )
        screen = open_screen("environment")
    assert screen.errors == [
        "“Adding” should give 2, and gave 3.", "“A file” stopped with OSError (outside the lab).",
    ]  # fmt: skip
    assert list(screen.table("expected")["result"]) == ["failed", "failed"]
    assert "Install the lab into a fresh virtual environment" in screen.words
    assert "FAILED" in code_with(screen, "Self-test")
    screen.press("Run the self-test again")
    assert screen.errors == []
    assert f"All {len(TRIALS)} checks passed" in screen.words


def test_versions_outside_their_bounds_are_named(open_screen, monkeypatch):
    stated = [requirements.StatedRequirement("numpy>=99"), requirements.StatedRequirement("not-there-at-all>=1")]
    monkeypatch.setattr(requirements, "stated_requirements", lambda: (">=3.11", stated))
    screen = open_screen("environment")
    assert "Outside the bounds, not installed or not comparable: numpy, not-there-at-all." in screen.words
    assert list(screen.table("bounds")["within"]) == ["yes", "no", "no"]


def test_without_stated_bounds_the_screen_says_so(open_screen, monkeypatch):
    monkeypatch.setattr(requirements, "stated_requirements", lambda: ("", []))
    screen = open_screen("environment")
    assert "there are no bounds to compare with" in screen.words
    assert "takes any build of `torch`." in screen.words
