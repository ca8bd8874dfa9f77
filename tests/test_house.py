"""The layout shows the architecture: who may import whom, and what every reader-facing string passes through."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def loaded_after(statement: str) -> set[str]:
    """Return the names of all modules that a fresh process holds after one import."""
    script = f"import sys; {statement}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_core_never_imports_the_screen_or_the_charts():
    packages = [path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in ROOT.glob("core/*/__init__.py")]
    assert len(packages) >= 2
    assert not loaded_after(f"import {', '.join(packages)}") & {"streamlit", "altair", "dashboard"}


def test_charts_never_import_streamlit():
    files = [path.relative_to(ROOT) for path in ROOT.glob("dashboard/charts/**/*.py") if path.stem != "__init__"]
    charts = [".".join(path.with_suffix("").parts) for path in files]
    assert charts
    loaded = loaded_after(f"import {', '.join(charts)}")
    assert "altair" in loaded
    assert "streamlit" not in loaded


def test_only_the_state_module_touches_session_state():
    users = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("dashboard/**/*.py")
        if any(isinstance(node, ast.Attribute) and node.attr == "session_state" for node in ast.walk(_tree(path)))
    }
    assert users == {"dashboard/visit/state.py"}


@pytest.mark.parametrize("modules", ["core.preprocessing, core.regression", "dashboard.screens, dashboard.visit.state"])
def test_importing_the_package_does_not_wait_for_what_is_slow_to_import(modules):
    assert not loaded_after(f"import {modules}") & {"torch", "sklearn"}


def test_what_is_kept_is_kept_for_each_language():
    """Streamlit's own caches hand one visitor's sentences to another; garbage has none."""
    users = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("dashboard/**/*.py")
        if any(
            isinstance(node, ast.Attribute)
            and node.attr in ("cache_data", "cache_resource")
            and isinstance(node.value, ast.Name)
            and node.value.id == "st"
            for node in ast.walk(_tree(path))
        )
    }
    assert users == {"dashboard/visit/cache.py", "dashboard/visit/freeze_gc.py"}


def test_no_screen_finds_its_views_by_a_string():
    by_string = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("dashboard/**/*.py")
        if any(isinstance(node, ast.ImportFrom) and node.module == "importlib" for node in ast.walk(_tree(path)))
    ]
    assert by_string == ["dashboard/ui/chart.py"]  # a chart's builder, named by its own module


DRAWS_TEXT = {
    "title", "header", "subheader", "markdown", "caption", "text", "write", "info", "warning", "error", "success",
    "metric", "button", "download_button", "selectbox", "multiselect", "slider", "select_slider", "number_input",
    "text_input", "toggle", "checkbox", "radio", "segmented_control", "expander", "form_submit_button", "heading",
    "link", "file_uploader", "titled",
}  # fmt: skip


def test_every_string_that_a_visitor_reads_is_translatable():
    """The first words of whatever draws text are never a bare literal."""
    bare = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in ROOT.glob("dashboard/**/*.py")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and _name(node.func) in DRAWS_TEXT and node.args and _is_words(node.args[0])
    ]
    assert bare == []


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_words(argument: ast.expr) -> bool:
    literal = isinstance(argument, ast.Constant) and isinstance(argument.value, str) and " " in argument.value.strip()
    return literal or (
        isinstance(argument, ast.JoinedStr)
        and any(isinstance(part, ast.Constant) and " " in str(part.value).strip() for part in argument.values)
    )
