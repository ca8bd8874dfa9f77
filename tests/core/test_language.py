"""The language is that of whoever asks: of a context, a thread, a visitor; and nothing is translated at import."""

import ast
import gettext
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from string import Formatter
from threading import Thread

from babel.messages.pofile import read_po

from core import language
from core.language import N_, Language, _, in_language, match_language, ngettext, set_language, with_context

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*ROOT.glob("core/**/*.py"), *ROOT.glob("dashboard/**/*.py")])


class Marked(gettext.NullTranslations):
    """A language whose every text is marked."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


MARKED = Language("xx", Marked())


def test_a_text_is_looked_up_when_it_is_asked_for():
    deferred = N_("Reading the table")
    assert (_("rows"), str(deferred), f"{deferred}") == ("rows", "Reading the table", "Reading the table")
    with in_language(MARKED):
        assert (_("rows"), ngettext("row", "rows", 2)) == ("⟦rows⟧", "⟦rows⟧")
        assert (str(deferred), f"{deferred}") == ("⟦Reading the table⟧",) * 2
    assert _("rows") == "rows"


def test_threads_of_two_visitors_do_not_hear_each_other():
    heard = {}

    def visit(name: str, spoken: Language) -> None:
        set_language(spoken)
        heard[name] = _("rows")

    for name, spoken in (("first", MARKED), ("second", language.get_language("en"))):
        thread = Thread(target=visit, args=(name, spoken))
        thread.start()
        thread.join()
    assert heard == {"first": "⟦rows⟧", "second": "rows"}
    assert _("rows") == "rows"


def test_a_pool_speaks_the_language_of_whoever_asked_it():
    with in_language(MARKED), ThreadPoolExecutor(3) as pool:
        assert set(pool.map(lambda _at: _("rows"), range(20))) == {"rows"}
        assert set(pool.map(with_context(lambda _at: _("rows")), range(20))) == {"⟦rows⟧"}


def test_a_visitor_is_asked_where_no_language_is_set(monkeypatch):
    monkeypatch.setattr(language, "_askers", [lambda: MARKED])
    heard = []
    thread = Thread(target=lambda: heard.append(_("rows")))
    thread.start()
    thread.join()
    assert heard == ["⟦rows⟧"]


def test_a_browser_gets_the_nearest_language_that_is_there(monkeypatch):
    monkeypatch.setattr(language, "available_languages", lambda: ("en", "de", "pt_BR"))
    asked = [["de-AT"], ["pt-BR"], ["fr", "de"], [None, "zz"], ["de_DE.UTF-8"]]
    assert [match_language(wanted) for wanted in asked] == ["de", "pt_BR", "de", "en", "de"]


def test_a_catalogue_is_found_by_its_folder(tmp_path, monkeypatch):
    from babel.messages import Catalog, mofile

    catalogue = Catalog(locale="de")
    catalogue.add("rows", "Zeilen")
    path = tmp_path / "de" / "LC_MESSAGES" / "descent_lab.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        mofile.write_mo(file, catalogue)
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    assert language.available_languages.__wrapped__() == ("en", "de")
    with in_language(language.get_language.__wrapped__("de")):
        assert _("rows") == "Zeilen"
        assert _("columns") == "columns"


def _at_import(node: ast.AST) -> list[int]:
    """Return the lines where a text is translated while the module is imported: outside of every function."""
    found = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and getattr(child.func, "id", "") in ("_", "ngettext"):
            found.append(child.lineno)
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for early in (*child.decorator_list, *child.args.defaults, *filter(None, child.args.kw_defaults)):
                found += _at_import(ast.Expr(early))
        elif not isinstance(child, ast.Lambda):
            found += _at_import(child)
    return found


def test_the_search_for_early_texts_finds_them():
    early = 'A = _("x")\n@f(t=_("y"))\ndef g(z=_("v")):\n    return _("w")\nclass C:\n    b = [ngettext("p", "q", 1)]\n'
    assert sorted(_at_import(ast.parse(early))) == [1, 2, 3, 6]


def test_nothing_that_a_person_reads_is_built_at_import():
    early = {
        str(path.relative_to(ROOT)): lines
        for path in SOURCES
        if (lines := _at_import(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert early == {}


def test_threads_of_ours_take_the_language_with_them():
    """Whatever is started beside the caller runs in a copy of its context."""
    alone = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (started := _started(node)) is not None and "with_context" not in started
    ]
    assert alone == []


def _started(call: ast.Call) -> str | None:
    """Return the source of what a call runs in another thread, or None."""
    if getattr(call.func, "id", "") == "Thread":
        return ast.unparse(call)
    receiver = getattr(getattr(call.func, "value", None), "id", "")
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("map", "submit") and receiver in ("pool", "threads"):
        return ast.unparse(call.args[0])
    return None


def test_pybabel_makes_a_template_of_all_texts(tmp_path):
    template = tmp_path / "descent_lab.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "extract", "-o", str(template), "."]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with template.open("rb") as file:
        catalogue = read_po(file)
    messages = [message for message in catalogue if message.id]
    texts = {text for message in messages for text in _forms(message)}
    assert texts >= _called_with_text()
    for message in messages:
        for text in _forms(message):
            fields = [field for _text, field, _spec, _how in Formatter().parse(text) if field is not None]
            assert all(field.partition(".")[0].isidentifier() for field in fields), text


def _forms(message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def _called_with_text() -> set[str]:
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "N_", "ngettext"):
                found |= {
                    arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                }
    return found


def test_what_is_translated_is_a_text_that_the_template_can_hold():
    """A literal, or one that `N_` has marked: no f-string, no sum of pieces."""
    built = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in SOURCES
        if path.name != "language.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in ("_", "N_")
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert built == []
