"""Every path and every module that a document names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [
    path.relative_to(ROOT)
    for pattern in ("README.md", ".github/*.md", "data/README.md", "core/**/README.md")
    for path in sorted(ROOT.glob(pattern))
]

_CODE = re.compile(r"`([^`\n]+)`")
_BLOCK = re.compile(r"^    .*$", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
_FILE = re.compile(r"(?<![\w/.<>*-])[\w./-]+(?:\.(?:py|js|css|jinja|json|yaml|yml|toml|md|txt|csv|png)\b|/(?=\s|$))")
_MODULE = re.compile(r"(?<![\w./-])(?:core|dashboard|tests)(?:\.[a-z]\w*)+")
_NOT_OURS = {"chart.html", "cars.json"}  # what a command makes, and what a sample was made from
_NAMES = {path.name for folder in ("core", "dashboard") for path in (ROOT / folder).rglob("*.*")}


def named_paths(text: str) -> set[str]:
    """Return what looks like a file or a folder in the code, the commands and the links of a document."""
    code = [*_CODE.findall(text), *_BLOCK.findall(text)]
    found = {path for piece in code for path in _FILE.findall(piece)} | set(_LINK.findall(text))
    return found - _NOT_OURS


def missing_paths(document: Path) -> list[str]:
    """Return the paths that lie neither at the root nor beside the document, and names that no file of the lab has."""
    text = (ROOT / document).read_text(encoding="utf-8")
    beside = (ROOT, (ROOT / document).parent)
    return sorted(path for path in named_paths(text) - _NAMES if not any((folder / path).exists() for folder in beside))


def missing_modules(document: Path) -> list[str]:
    """Return the dotted names that are neither a module nor a folder with one, nor a name in one."""
    text = (ROOT / document).read_text(encoding="utf-8")
    missing = []
    for name in sorted(set(_MODULE.findall(text)) - named_paths(text)):
        path = ROOT / name.replace(".", "/")
        if not (path.is_dir() or path.with_suffix(".py").exists() or path.parent.with_suffix(".py").exists()):
            missing.append(name)
    return missing


def test_there_are_documents_and_they_name_paths():
    assert len(DOCUMENTS) >= 7
    named = named_paths((ROOT / "README.md").read_text(encoding="utf-8"))
    assert {"core/regression/", "dashboard/visit/", "tests/test_arrows.py", ".github/train.png"} <= named


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_path_that_a_document_names_exists(document):
    assert missing_paths(document) == []
    assert missing_modules(document) == []


_PATH = re.compile(r"(?<![\w/.-])(?:core|dashboard|data|tests)/[\w./<>*-]+\w")


def test_every_path_that_code_and_its_comments_name_exists():
    found = [
        (file.relative_to(ROOT).as_posix(), path)
        for folder in ("core", "dashboard")
        for file in sorted((ROOT / folder).rglob("*"))
        if file.suffix in (".py", ".js", ".css")
        for path in _PATH.findall(file.read_text(encoding="utf-8"))
        if not set("<>*") & set(path)
    ]
    assert len(found) >= 3
    assert [(file, path) for file, path in found if not (ROOT / path).exists()] == []
