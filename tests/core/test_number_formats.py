"""Numbers and lists that a person reads are written by `core/formatting.py` alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NUMERIC = re.compile(r"[-+ #0]*\d*[,_]?(\.(\d+|\{[^{}]*\}))?[eEfFgG%]|[-+ 0]*\d*[,_]d?|[-+ 0]*\d*\.(\d+|\{[^{}]*\})")

# What a machine reads (code, links, keys, JSON), or what only rounds a number. Scripts are written in `core/export`.
WRITERS = ("core/formatting.py", "core/export/")
SPECS = {
    "core/calculus/contours.py": {"quantile_levels"},  # rounded for comparison
    "core/calculus/expression/printing.py": {"_number"},  # Python
    "core/calculus/expression/simplify.py": {"_is_short"},  # compared
    "core/calculus/gradients.py": {"_limit_along_axes"},  # rounded
    "core/calculus/limits.py": {"book_lines"},  # what Python prints
    "core/foundations/network_code.py": {"network_code"},  # Python
    "core/language.py": {"_Deferred"},  # a text
    "core/calculus/plotting.py": {"_automatic"},  # rounded
    "core/regression/experiments/solver_trials.py": {"ways"},  # Python
    "core/regression/least_squares/linear_dependence.py": {"number"},  # compared
    "core/regression/sgd/divergence.py": {"_round_down"},  # rounded
    "dashboard/scenes/network/scene.py": {"_number"},  # rounded
    "dashboard/scenes/miniature/scene.py": {"_rounded"},
    "dashboard/charts/calculus/plot_marks.py": {"_closed", "_strokes"},  # paths of SVG
    "dashboard/screens/calculus/limit.py": {"torch_lines"},  # Python
    "dashboard/screens/calculus/plot_words.py": {"_parts_of"},  # a colour in Python's spelling
    "dashboard/screens/calculus/tangent.py": {"_take"},  # the text of a field, in Python's spelling
    "dashboard/screens/trace/step_formula.py": {"_written"},  # no decimals, no groups
    "dashboard/visit/knob.py": {"option_label"},  # a link
}


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Return every node with the name of the outermost function or class around it."""
    for top in tree.body:
        for node in ast.walk(top):
            yield getattr(top, "name", ""), node


def specs_in(tree: ast.Module) -> Iterator[tuple[str, int, str]]:
    """Return the formats of numbers: in f-strings, in texts to be filled, in calls of `format`."""
    for name, node in _functions(tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = ast.unparse(node.format_spec).removeprefix("f").strip("'\"")
            if NUMERIC.fullmatch(spec):
                yield name, node.lineno, spec
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "N_", "ngettext"):
            for text in (arg.value for arg in node.args if isinstance(arg, ast.Constant)):
                for spec in re.findall(r"\{\w+:([^{}]*)\}", str(text)):
                    if NUMERIC.fullmatch(spec):
                        yield name, node.lineno, spec
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "format" and len(node.args) == 2:
            yield name, node.lineno, "format()"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and _is_printf(node.left):
            yield name, node.lineno, "%"


def _is_printf(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def joins_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Return where a list is joined by hand to be filled into a sentence: `_("…").format(names=", ".join(names))`."""
    for name, node in _functions(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            for keyword in node.keywords:
                yield from ((name, part.lineno) for part in ast.walk(keyword.value) if _is_list_join(part))


def _is_list_join(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "join"
        and isinstance(node.func.value, ast.Constant)
        and node.func.value.value in (", ", " and ", " or ")
    )


def _files() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted([*ROOT.glob("core/**/*.py"), *ROOT.glob("dashboard/**/*.py")]):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(WRITERS):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def test_the_search_finds_what_writes_numbers():
    odd = 'f"{x:,.4g}", f"{n:,}", f"{v:.{d}f}", f"{s:>8}", f"{day:%Y-%m}", _("{y:.2f} of {z}"), "%g" % v'
    found = list(specs_in(ast.parse(odd)))
    assert sorted(spec for _name, _line, spec in found) == ["%", ",", ",.4g", ".2f", ".{d}f"]
    assert list(joins_in(ast.parse('told = _("{a}").format(a=", ".join(names))'))) == [("", 1)]


def test_numbers_are_written_by_one_module():
    found: dict[str, set[str]] = {}
    lines = []
    for path, tree in _files():
        for name, line, spec in specs_in(tree):
            found.setdefault(path, set()).add(name)
            if name not in SPECS.get(path, ()):
                lines.append(f"{path}:{line} {name} {spec}")
    assert lines == []
    assert found == SPECS  # no exception outlives what it excepts


# Places of a tensor, as Python writes them: `X[1, 2]`.
PLACES = {
    "dashboard/scenes/cells/broadcasting.py",
    "dashboard/scenes/cells/clone.py",
    "dashboard/screens/tensors/joining.py",
}


def test_lists_in_sentences_are_written_by_one_module():
    assert [
        f"{path}:{line} {name}" for path, tree in _files() if path not in PLACES for name, line in joins_in(tree)
    ] == []
