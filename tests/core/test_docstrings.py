"""What a public class of plain fields holds is listed in its docstring, one field a line."""

import ast
import re
from pathlib import Path

CORE = Path(__file__).resolve().parent.parent.parent / "core"


def test_every_field_of_a_public_dataclass_has_a_line_of_its_own():
    classes = [(path, node) for path in sorted(CORE.rglob("*.py")) for node in _public_dataclasses(path)]
    assert len(classes) > 150
    missing = [
        f"{path.relative_to(CORE)}: {node.name}.{name}" for path, node in classes for name in _fields_without_line(node)
    ]
    assert missing == []


def _public_dataclasses(path: Path) -> list[ast.ClassDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)
    ]


def _fields_without_line(node: ast.ClassDef) -> list[str]:
    """Return the fields with no line "name: ..." or "name (shape): ..." in the docstring."""
    docstring = ast.get_docstring(node) or ""
    return [
        field.target.id
        for field in node.body
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and not re.search(rf"^ *{field.target.id}(?: \([^()]*\))?: \S", docstring, re.MULTILINE)
    ]
