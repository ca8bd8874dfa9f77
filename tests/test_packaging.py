"""What `pip install .` installs: everything that the lab opens or imports, and a script that starts it."""

import ast
import email
import re
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from core import __version__
from tests.wheel import ROOT, build_wheel

PLACES = {"core": "core", "dashboard": "dashboard", "data": "dashboard/data", ".streamlit": "dashboard/.streamlit"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory):
    with zipfile.ZipFile(build_wheel(tmp_path_factory.mktemp("wheel"))) as archive:
        yield archive


@pytest.mark.parametrize("folder", PLACES)
def test_the_wheel_holds_every_file_of_these_folders_as_it_is(wheel, folder):
    files = tracked(folder)
    assert files
    for path in files:
        assert wheel.read(f"{PLACES[folder]}/{path.relative_to(ROOT / folder).as_posix()}") == path.read_bytes()


def tracked(folder: str) -> list[Path]:
    """The files of a folder that belong to the project, new ones too."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_the_wheel_holds_nothing_else(wheel):
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert tops == {"core", "dashboard", f"descent_lab-{__version__}.dist-info"}
    assert not [name for name in wheel.namelist() if re.search(r"__pycache__|\.(pyc|nbi|nbc)$", name)]


def required_by(wheel: zipfile.ZipFile) -> list[str]:
    """The lab's requirements, as the wheel states them; without those of the checks."""
    metadata = email.message_from_bytes(wheel.read(f"descent_lab-{__version__}.dist-info/METADATA"))
    return [line for line in metadata.get_all("Requires-Dist") if "extra ==" not in line]


def test_what_the_lab_imports_is_what_the_wheel_requires(wheel):
    of_module = packages_distributions()
    files = [path for folder in ("core", "dashboard") for path in (ROOT / folder).rglob("*.py")]
    imported = {name for path in files for name in top_names(path)}
    others = imported - sys.stdlib_module_names - {"core", "dashboard"}
    assert {"streamlit", "torch"} <= others
    required = {re.split(r"[^\w-]", line)[0].replace("_", "-").lower() for line in required_by(wheel)}
    undeclared = {name for name in others if not {plain(found) for found in of_module.get(name, [name])} & required}
    assert undeclared == set()


def top_names(path: Path) -> set[str]:
    """The first names of all modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found


def plain(distribution: str) -> str:
    return distribution.replace("_", "-").lower()


def test_every_requirement_has_a_lower_and_an_upper_bound(wheel):
    assert [line for line in required_by(wheel) if not (">=" in line and re.search(r"<\d", line))] == []


def test_the_version_is_printed_without_importing_what_is_slow_to_import():
    script = "import sys; from dashboard.__main__ import main; print(main(), *sys.modules)"
    version, modules = printed_by(script, "--version").splitlines()
    assert version == f"Descent Lab {__version__}"
    code, *loaded = modules.split()
    assert code == "0"
    tops = {name.partition(".")[0] for name in loaded}
    assert tops - sys.stdlib_module_names <= {"__main__", "core", "dashboard", *at_start()}


def at_start() -> set[str]:
    """What this interpreter loads by itself: hooks of packages that are installed beside the lab."""
    return {name.partition(".")[0] for name in printed_by("import sys; print(*sys.modules)").split()}


def printed_by(script: str, *options: str) -> str:
    command = [sys.executable, "-c", script, *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
