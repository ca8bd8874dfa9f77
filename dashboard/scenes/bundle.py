"""One script and one style sheet for a scene, bundled from its modules.

A scene's JavaScript is written as ES modules, which import its style sheets too. Streamlit takes a component as one
module, so the modules that an entry imports are placed before it, each once and after its own imports, in one scope.
The requirements on the modules are checked: relative paths, named imports without `as`, no name defined twice.
"""

import re
from dataclasses import dataclass
from pathlib import Path

_IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"(?P<path>\.[^"]+)";\n', re.MULTILINE)
_ANY_IMPORT = re.compile(r"^import\b.*$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
_TOP_LEVEL = re.compile(r"^(?:async )?(?:function\*?|class|const|let) +(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Bundle:
    """A scene as the browser gets it."""

    js: str  # one ES module, whose default export mounts the scene
    css: str  # its style sheets, shared ones first


def bundle(entry: Path) -> Bundle:
    """Bundle the modules and style sheets that an entry imports, itself last.

    Raises ValueError for an import that is not understood, and for a name that two of the modules define.
    """
    paths = _in_order(entry.resolve())
    scripts = [_as_part(path) for path in paths if path.suffix == ".js"]
    names = [name for script in scripts for name in _TOP_LEVEL.findall(script)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{entry.name}: two modules define {', '.join(twice)}")
    styles = [path.read_text(encoding="utf-8") for path in paths if path.suffix == ".css"]
    return Bundle(js="\n".join(scripts), css="\n".join(styles))


def _in_order(path: Path, seen: tuple[Path, ...] = ()) -> list[Path]:
    """Return a file after its imports, each file once."""
    if path.suffix == ".css":
        return [path]
    text = path.read_text(encoding="utf-8")
    ordered: list[Path] = []
    for found in _IMPORT.finditer(text):
        imported = (path.parent / found["path"]).resolve()
        if imported in seen:
            raise ValueError(f"{path.name} and {imported.name} import each other")
        ordered += [file for file in _in_order(imported, (*seen, path)) if file not in ordered]
    return [*ordered, path]


def _as_part(path: Path) -> str:
    """Return a module without its imports and exports, which are not needed in one scope."""
    text = _IMPORT.sub("", path.read_text(encoding="utf-8"))
    left = _ANY_IMPORT.search(text)
    if left:
        raise ValueError(f'{path.name}: {left.group()} is not understood; write import {{ name }} from "./file.js";')
    return _EXPORT.sub("", text)
