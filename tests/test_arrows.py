"""Who may import whom: every import of the tree, lazy and type-only ones too, against one table."""

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A folder, and the folders it may import from. `name/` is the face of a package: its __init__, which gathers what
# others use. All of core is one room to the dashboard. Each screen knows no other, and each kind of problem none.
ARROWS = {
    "core": "",
    "core/preprocessing": "core",
    "core/preprocessing/column_types": "core core/preprocessing",
    "core/preprocessing/reading/csv_parser": "core core/preprocessing core/preprocessing/column_types",
    "core/preprocessing/reading": (
        "core core/preprocessing core/preprocessing/column_types core/preprocessing/reading/csv_parser"
    ),
    "core/preprocessing/recipes": "core core/preprocessing core/preprocessing/column_types",
    "core/preprocessing/analysis": (
        "core core/preprocessing core/preprocessing/column_types core/preprocessing/recipes"
    ),
    "core/preprocessing/analysis/leakage": (
        "core core/preprocessing/column_types core/preprocessing/recipes core/regression/ core/regression/least_squares"
    ),
    "core/preprocessing/analysis/provenance": (
        "core core/preprocessing core/preprocessing/column_types core/preprocessing/recipes"
    ),
    "core/preprocessing/": (
        "core/preprocessing/analysis core/preprocessing/analysis/leakage core/preprocessing/analysis/provenance "
        "core/preprocessing/column_types core/preprocessing/reading core/preprocessing/recipes"
    ),
    "core/regression/data": "core",
    "core/regression/linalg": "core core/regression/data",
    "core/regression/least_squares": "core core/regression/data core/regression/linalg",
    "core/regression/sgd": "core core/regression/data core/regression/linalg core/regression/least_squares",
    "core/regression/convergence": (
        "core core/regression/data core/regression/linalg core/regression/least_squares core/regression/sgd"
    ),
    "core/regression/diagnostics": (
        "core core/regression/data core/regression/linalg core/regression/least_squares core/regression/sgd"
    ),
    "core/regression/experiments": (
        "core core/regression/data core/regression/least_squares core/regression/sgd core/regression/diagnostics"
    ),
    "core/regression": (
        "core core/regression/data core/regression/least_squares core/regression/sgd core/regression/convergence "
        "core/regression/diagnostics"
    ),
    "core/regression/": (
        "core/regression core/regression/data core/regression/least_squares core/regression/sgd "
        "core/regression/convergence core/regression/diagnostics core/regression/experiments"
    ),
    "core/tensors/parsing": "core",
    "core/tensors/error_messages": "core",
    "core/tensors": "core core/tensors/parsing core/tensors/error_messages",
    "core/tensors/": "core/tensors core/tensors/parsing",
    "core/calculus/expression": "core",
    "core/calculus": "core core/calculus/expression",
    "core/calculus/": "core/calculus core/calculus/expression",
    "core/autograd": "core core/calculus core/calculus/expression core/tensors/",
    "core/autograd/": "core/autograd",
    "core/foundations": (
        "core core/preprocessing/ core/preprocessing/column_types core/regression/data core/regression/least_squares "
        "core/regression/sgd core/tensors"
    ),
    "core/foundations/": "core/foundations",
    "core/problems": "core core/foundations core/preprocessing/column_types",
    "core/problems/*": "core core/foundations core/problems core/regression/",
    "core/problems/": "",
    "core/export/preprocessing_script": (
        "core core/preprocessing core/preprocessing/column_types core/preprocessing/reading core/preprocessing/recipes"
    ),
    "core/export/training_script": (
        "core core/preprocessing/ core/regression/data core/regression/sgd core/export/preprocessing_script"
    ),
    "core/export": (
        "core core/preprocessing core/preprocessing/ core/preprocessing/recipes core/export/preprocessing_script "
        "core/export/training_script"
    ),
    "core/environment": "core core/autograd core/regression/ core/preprocessing/",
    "core/export/": "core/export core/export/training_script",
    "dashboard": "",
    "dashboard/visit": "core dashboard",
    "dashboard/charts": "core",
    "dashboard/scenes": "core dashboard/charts",
    "dashboard/ui": "core dashboard/scenes dashboard/visit",
    "dashboard/pipeline": "core dashboard/charts dashboard/scenes dashboard/ui dashboard/visit",
    "dashboard/screens/*": ("core dashboard/charts dashboard/scenes dashboard/pipeline dashboard/ui dashboard/visit"),
    "dashboard/screens": "core dashboard/visit dashboard/screens/*",
    "dashboard/app.py": "dashboard/pipeline dashboard/screens dashboard/ui dashboard/visit",
    "dashboard/__main__.py": "core dashboard",
}

# The wanted exception: a recipe fits, and what was fitted writes its script, so that a person finds both on the object.
EXCEPTIONS = {
    ("core.preprocessing.recipes.recipe", "core.preprocessing.recipes.fit"),  # Recipe.fit
    ("core.preprocessing.recipes.recipe", "core.preprocessing.recipes.fitted"),  # the type that it returns
    ("core.preprocessing.recipes.fitted", "core.export.preprocessing_script.writer"),  # FittedRecipe.to_script
}


def _modules() -> dict[str, Path]:
    """Return each module of the tree with its file."""
    files = [path.relative_to(ROOT) for folder in ("core", "dashboard") for path in ROOT.glob(f"{folder}/**/*.py")]
    return {".".join(path.with_suffix("").parts).removesuffix(".__init__"): path for path in files}


MODULES = _modules()


def imports_of(path: Path) -> set[str]:
    """Return the modules of the tree that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else str(node.module) for name in names}
    return found & MODULES.keys()


def room_of(module: str) -> str:
    """Return the row of the table that a module belongs to."""
    path = MODULES[module]
    folder = path.parent.as_posix()
    top, *below = folder.split("/")
    if top == "core" and below[:1] == ["problems"] and below[1:]:
        return "core/problems/*"
    if top == "core":
        return f"{folder}/" if path.name == "__init__.py" and below else folder
    if not below:
        return "dashboard" if path.name == "__init__.py" else path.as_posix()
    return f"dashboard/{below[0]}/*" if below[0] == "screens" and below[1:] else f"dashboard/{below[0]}"


def arrows() -> dict[tuple[str, str], list[str]]:
    """Return each arrow from room to room, with the imports that it is made of."""
    found = defaultdict(list)
    for module, path in MODULES.items():
        for imported in imports_of(path):
            if (module, imported) in EXCEPTIONS:
                continue
            start, end = room_of(module), room_of(imported)
            end = "core" if start.startswith("dashboard") and end.startswith("core") else end
            if start != end:
                found[start, end].append(f"{module} imports {imported}")
    return found


def test_every_import_is_in_the_table():
    found = arrows()
    assert len(MODULES) > 300
    assert {arrow: why for arrow, why in found.items() if arrow[1] not in ARROWS.get(arrow[0], "").split()} == {}


def test_the_table_lists_no_arrow_that_is_not_there():
    listed = {(start, end) for start, ends in ARROWS.items() for end in ends.split()}
    assert listed - arrows().keys() == set()
    assert {room_of(module) for module in MODULES} - {"core/preprocessing/analysis/"} >= ARROWS.keys()


def test_the_table_has_no_circle():
    order = list(TopologicalSorter({start: ends.split() for start, ends in ARROWS.items()}).static_order())
    assert order.index("core/preprocessing/recipes") < order.index("core/export/preprocessing_script")


def test_no_screen_imports_another():
    across = [
        f"{module} imports {imported}"
        for module, path in MODULES.items()
        for imported in imports_of(path)
        if module.startswith("dashboard.screens.") and imported.startswith("dashboard.screens")
        if module.split(".")[2] != imported.split(".")[2:3].pop()
    ]
    assert across == []


def test_no_kind_of_problem_imports_another():
    across = [
        f"{module} imports {imported}"
        for module, path in MODULES.items()
        for imported in imports_of(path)
        if room_of(module) == room_of(imported) == "core/problems/*"
        if module.split(".")[2] != imported.split(".")[2]
    ]
    assert across == []


def test_no_modules_import_each_other_but_for_the_exception():
    graph = {module: imports_of(path) - {module} for module, path in MODULES.items()}
    with pytest.raises(CycleError):
        list(TopologicalSorter(graph).static_order())
    left = {module: {one for one in imported if (module, one) not in EXCEPTIONS} for module, imported in graph.items()}
    assert set(TopologicalSorter(left).static_order()) == MODULES.keys()


def test_every_exception_is_needed():
    assert {
        (module, imported) for module, imported in EXCEPTIONS if imported in imports_of(MODULES[module])
    } == EXCEPTIONS
