"""The JavaScript of each scene, put together as the browser gets it."""

import json
import runpy
import subprocess
from pathlib import Path

import pytest
import streamlit as st

import dashboard.scenes
from dashboard.scenes.bundle import bundle
from dashboard.ui import scenes

# Each module is linted by itself; here it is seen that nothing got lost, or is there twice, once they share one scope.
RULES = {
    "categories": {"correctness": "off"},
    "env": {"browser": True, "es2024": True},
    "rules": {"no-undef": "error", "no-redeclare": "error"},
}


def lint(folder: Path) -> str:
    (folder / "rules.json").write_text(json.dumps(RULES))
    command = ["oxlint", "--config", folder / "rules.json", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder / "entry.js"


def test_every_scene_is_mounted_whole(tmp_path, monkeypatch):
    mounted = {}
    monkeypatch.setattr(st.components.v2, "component", lambda name, css, js: mounted.setdefault(name, (css, js)))
    runpy.run_path(scenes.__file__)
    folder = Path(dashboard.scenes.__file__).parent
    entries = {path.parent.name for path in folder.glob("*/*.js") if path.stem == path.parent.name}
    assert {f"descent_lab_{name}" for name in entries} == mounted.keys()
    assert len(mounted) == 27
    for name, (css, script) in mounted.items():
        assert script.count("export default") == 1
        assert ".moving" in css
        (tmp_path / f"{name}.js").write_text(script, encoding="utf-8")
    assert "Found 0 warnings and 0 errors.\n" in lint(tmp_path)


def test_a_name_that_nobody_brought_along_is_found(tmp_path):
    (tmp_path / "component.js").write_text("export default function () { return linearScale(0, 1); }\n")
    assert "'linearScale' is not defined" in lint(tmp_path)


def test_each_module_stands_once_and_after_what_it_imports(tmp_path):
    entry = write(
        tmp_path,
        entry_js='import "./base.css";\nimport { b } from "./b.js";\nimport { c } from "./c.js";\n'
        "export default () => b() + c();\n",
        b_js='import { c } from "./c.js";\nexport const b = () => c() + 1;\n',
        c_js='import "./base.css";\nexport function c() { return 1; }\n',
        base_css="p { margin: 0 }\n",
    )
    whole = bundle(entry)
    assert whole.css == "p { margin: 0 }\n"
    assert whole.js.split("\n") == [
        "function c() { return 1; }", "", "const b = () => c() + 1;", "", "export default () => b() + c();", ""
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"entry_js": 'import { x } from "./b.js";\nconst x = 1;\n', "b_js": "export const x = 2;\n"}, "define x"),
        ({"entry_js": 'import { b } from "./b.js";\n', "b_js": 'import { a } from "./entry.js";\n'}, "each other"),
        ({"entry_js": 'import plot from "plotly";\n'}, "not understood"),
        ({"entry_js": 'import * as b from "./b.js";\n', "b_js": ""}, "not understood"),
    ],
)
def test_what_one_scope_cannot_hold_is_refused(tmp_path, files, words):
    with pytest.raises(ValueError, match=words):
        bundle(write(tmp_path, **files))
