"""The JavaScript of each component, put together as the browser gets it."""

import json
import runpy
import subprocess

import streamlit as st

from dashboard.ui import scenes

# What stands alone is linted by `oxlint dashboard`; only put together can it be seen which name nobody brought along.
RULES = {"categories": {"correctness": "off"}, "env": {"browser": True, "es2024": True}, "rules": {"no-undef": "error"}}


def lint(folder) -> str:
    (folder / "rules.json").write_text(json.dumps(RULES))
    command = ["oxlint", "--config", folder / "rules.json", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_every_name_that_a_component_uses_is_brought_along(tmp_path, monkeypatch):
    scripts = {}
    monkeypatch.setattr(st.components.v2, "component", lambda name, css, js: scripts.setdefault(name, js))
    runpy.run_path(scenes.__file__)
    assert len(scripts) >= 7
    for name, script in scripts.items():
        (tmp_path / f"{name}.js").write_text(script, encoding="utf-8")
    assert "Found 0 warnings and 0 errors.\n" in lint(tmp_path)


def test_a_name_that_nobody_brought_along_is_found(tmp_path):
    (tmp_path / "component.js").write_text("export default function () { return linearScale(0, 1); }\n")
    assert "'linearScale' is not defined" in lint(tmp_path)
