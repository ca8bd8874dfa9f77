"""Every example in a docstring of core/ and dashboard/ gives what it says, a test a module."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for folder in ("core", "dashboard")
    for path in ROOT.glob(f"{folder}/**/*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_docstrings_hold(module, capsys):
    failed, tried = doctest.testmod(import_module(module))
    assert tried > 0
    assert failed == 0, capsys.readouterr().out


def test_there_are_examples():
    assert len(MODULES) > 80
