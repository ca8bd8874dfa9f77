"""Every screen in a language whose every text is marked: whatever is not marked passed by the catalogue."""

import ast
import gettext
import re
from codecs import lookup
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
import torch
from streamlit.testing.v1 import AppTest

from core.calculus.expression.functions import FUNCTIONS
from core.language import Language
from core.problems.kinds import KINDS
from core.problems.recommendation.ratings import PEOPLE
from core.problems.regression.rows import diabetes
from core.problems.rows import load_rows
from core.problems.sequences import TEXTS
from core.problems.sequences.corpus_english import TAGS
from tests.dashboard.page_texts import Text, texts_of

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 120
SCREENS = [
    "welcome", "path", "data", "prepare", "train", "compare", "experiments", "take_home", "gaps", "leakage", "trace",
    "then_and_now", "paths", "recipe", "tensors", "products", "reductions", "norms", "calculus", "autograd",
    "environment", "glossary", "images", "neuron", "normal", "network", "components",
    "problems",
]  # fmt: skip

# What a text holds that is nobody's language: code, formulas, icons, colours, links, entities.
UNSPOKEN = re.compile(
    r"```.*?```|(?<=- )'[^']*'(?=:)|``[^`]*``|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|:\w+\[|:material/\w+:|<[^>]*>"
    r"|\]\([^)]*\)|&\w+;",
    re.DOTALL,
)
WORDS_OF_FORMULA = re.compile(r"\\text(?:rm)?\{((?:[^{}])*)\}")
SYMBOLS = {"mean", "std", "median", "test", "start", "end", "nan", "RMSE"}  # of formulas, as sin is
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]\w{2,}")

# Names that are the same in every language, and spellings in which a file can say "missing".
NAMES = {
    "SGD", "CSV", "SVG", "PNG", "ZIP", "Excel", "Parquet", "PyTorch", "safetensors", "NaN", "Descent", "Lab", "dtype",
    "shape", "list", "ndarray", "Tensor", "float", "int", "True", "False", "None", "inf", "nan", "NAN", "null", "Null",
    "NULL", "none", "gels", "gelsd", "str",
    "cpu", "CPU", "MPS", "ReLU", "tanh",
}  # fmt: skip
# What a scene or a table holds for the program that draws it: keys, marks of cells, the steps of a computation.
KEYS = re.compile(
    r"\.(marks|program|key|problem|version|__streamlit_arrow_ref__|column_order|raw_values?|theme|kind|phase|png|role|made|shape)\b"
    r"|problem_map\.groups\.#(\.kinds\.#)?\.(name|online)$|problem_map\.chosen$"
    r"|^dataframe\.cells\.(package|installed|bounds)$"  # distributions, and their versions
    r"|descent_lab_picture(\.pictures\.#)?\.(pixels|weights|order|on)$"
    r"|norms\.p$|\.torch\.boxes\.|\.words\.legend\.#$|^dataframe\.shown\.(top_)?share"
)
# What a chart's marks stand for, and what a visitor or a file has written.
WRITTEN = re.compile(
    r"^vega_lite_chart\.cells|_lengths\.(texts|columns)\.|^text_(input|area)\.value|\.(posix|windows)$"
)

POINT = re.compile(r"(?<=\d)\.(?=\d)|\d,\d{3},\d{3}")
VERSION = re.compile(r"\d+\.\d+\.\d+\S*")


class Marked(gettext.NullTranslations):
    """Marks every text; its placeholders stay, and numbers in it have commas, as a translator writes them."""

    def gettext(self, message: str) -> str:
        return f"⟦{re.sub(r'(?<=[0-9])[.](?=[0-9])', ',', message)}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


PSEUDO = Language("fr", Marked())  # with decimal commas, and no point anywhere in a number


@cache
def words_of_files() -> frozenset[str]:
    """Return what stands in the samples: names of columns, texts in cells, and all words of both."""
    words = set()
    for path in sorted(ROOT.glob("data/**/*.csv")):
        table = pd.read_csv(path, dtype=str, nrows=2000)
        cells = [cell for name in table for cell in table[name].dropna().unique()[:50]]
        words |= {word for text in [*table.columns, *cells] for word in [text, *re.findall(r"[^\W_]+", text)]}
    return frozenset(words | words_of_problems())


def words_of_problems() -> set[str]:
    """Return what is data on the map of learning: people, tags, a sentence to be tagged, columns and classes."""
    named = [*PEOPLE, *TAGS, *TEXTS["english"].split(), *load_rows("iris").classes, *diabetes().names]
    return {word for name in named for word in re.findall(r"\w+", name)}


def spoken(text: str) -> str:
    """Return a text without what is nobody's language."""
    return UNSPOKEN.sub(" ", text.replace("\\", "").replace("\u2060", ""))


def unmarked(text: str) -> str:
    """Return what is left of a spoken text without what is marked."""
    text = spoken(text)
    while MARKED.search(text):  # a sentence can stand in the gap of another
        text = MARKED.sub(" ", text)
    return text


def is_excepted(word: str) -> bool:
    """Say whether a word is a name: of the lab, of a type of numbers, of an encoding, of something in a file."""
    files = words_of_files()
    if word in NAMES or word in files or any(word.startswith(f"{name}_") for name in files):
        return True
    return isinstance(getattr(torch, word, None), torch.dtype)


def is_code(text: str) -> bool:
    """Say whether a text is Python, or a formula of the functions that the lab knows."""
    text = re.sub("[²³⁴·]", "", text.strip().replace("−", "-")).replace("ᵀ", " ")
    if all(word in FUNCTIONS for word in WORD.findall(text)) and re.search(r"\bx\d?\b", text):
        return True
    if not re.search(r"[^\W\d_]{3,} [^\W\d_]{3,}", text) and re.fullmatch(r"\w+ = .+\(.*\).*", text):
        return True  # a line that assigns, or a formula with its value
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return any(isinstance(node, ast.Call | ast.Attribute | ast.Subscript) for node in ast.walk(tree))


def is_encoding(text: str) -> bool:
    try:
        return bool(lookup(text))
    except (LookupError, ValueError):
        return False


def untranslated(texts: list[Text]) -> list[Text]:
    """Return the texts in which a word stands outside of every mark."""
    found = []
    for each in dict.fromkeys(texts):
        left = unmarked(each.text)
        if KEYS.search(each.place) or WRITTEN.search(each.place) or is_code(left) or is_encoding(left):
            continue
        formulas = " ".join(WORDS_OF_FORMULA.findall(each.text))
        symbols = [word for word in WORD.findall(MARKED.sub(" ", formulas)) if word not in SYMBOLS]
        if not all(map(is_excepted, WORD.findall(left) + symbols)):
            found.append(each)
    return found


def with_points(texts: list[Text]) -> list[Text]:
    """Return the texts in which a number is written as English writes it."""
    return [
        each
        for each in dict.fromkeys(texts)
        if not KEYS.search(each.place)
        and not WRITTEN.search(each.place)
        and not is_code(each.text)
        and " | " not in each.text  # a row of a file
        and each.text not in words_of_files()  # a cell of one
        and POINT.search(VERSION.sub("", spoken(each.text)))
    ]


MORE_VIEWS: dict[str, list[dict[str, object]]] = {
    "train": [{"train_closer": "nudge"}],
    "network": [
        {"network_stage_source": "curve", "network_stage_layers": 3, "network_stage_outputs": 2,
         "network_stage_activation_1": "relu", "network_stage_activation_2": "sigmoid"},
        {"network_stage_rate": 10.0},
        {"network_view": "units", "network_units_of": "digits"},
        *({"network_view": "lessons", "network_lesson": name} for name in ("equal", "dead", "deep", "regression")),
    ],
    "components": [
        *({"components_view": "data", "components_bad": fault} for fault in ("imbalance", "leak", "few")),
        {"components_view": "generalisation", "components_fit_what": "descent"},
        {"components_view": "surfaces", "components_surface_model": "unit"},
        *({"components_view": "supervised", "components_lesson": name} for name in ("lengths", "assumptions")),
        *(
            {"components_view": "levels", "components_level": name}
            for name in ("layers", "kernels", "edges", "keypoints")
        ),
    ],
    "problems": [
        {"problems_view": "kind", "problems_kind": name, "problems_exact": True, f"problems_{name}_guess": "skip"}
        for name in KINDS
    ],
}  # fmt: skip


def run(screen: str, memory: dict[str, object]) -> AppTest:
    def script(name: str) -> None:
        from importlib import import_module

        from core.language import set_language
        from tests.dashboard.test_pseudo_language import PSEUDO

        set_language(PSEUDO)
        import_module(f"dashboard.screens.{name}").render()

    app = AppTest.from_function(script, default_timeout=SECONDS, args=(screen,))
    for key, value in memory.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def views(screen: str) -> list[dict[str, object]]:
    """Return what is remembered for each view of a screen."""
    from dashboard.visit import settings

    key = f"{screen}_view"
    options = settings.KNOBS[key].options if key in settings.KNOBS else ()
    return ([{key: option} for option in options] or [{}]) + MORE_VIEWS.get(screen, [])


CASES = [
    pytest.param(screen, memory, id="-".join(map(str, (screen, *memory.values()))))
    for screen in SCREENS
    for memory in views(screen)
]


@pytest.fixture(autouse=True)
def nothing_kept_by_another_test() -> None:
    """Keep what is computed for the next view: what has words is kept by language, and here there is one."""


@pytest.mark.parametrize(("screen", "memory"), CASES)
def test_every_word_on_the_screen_is_in_the_language_and_so_is_every_number(screen, memory):
    texts = list(texts_of(run(screen, memory)))
    assert sum("⟦" in each.text for each in texts) > 3
    assert untranslated(texts) == []
    assert with_points(texts) == []


def test_the_foot_of_every_page_is_in_the_language():
    def script() -> None:
        from core.language import set_language
        from dashboard.screens import pages
        from dashboard.ui.guide import draw_foot
        from tests.dashboard.test_pseudo_language import PSEUDO

        set_language(PSEUDO)
        for path in pages():
            draw_foot(path, pages())

    app = AppTest.from_function(script, default_timeout=SECONDS).run()
    assert not app.exception, app.exception[0].message
    texts = list(texts_of(app))
    assert len(texts) > 60
    assert untranslated(texts) == []
    assert with_points(texts) == []


def test_what_is_not_in_the_language_is_found():
    bare = Text("caption.body", "⟦3 rows⟧ drawn")
    cells = Text("dataframe.heading", "Loss")
    formula = Text("markdown.body", r"$$\text{digits} + \text{⟦held⟧} + \text{mean}$$")
    whole = Text("markdown.body", "⟦The rows ⟦of “a b”⟧ are drawn.⟧ `x of y` X.shape float64 SGD")
    assert untranslated([bare, cells, formula, whole, Text("metric.label", "A.sum(axis=0)")]) == [bare, cells, formula]
    english, french = Text("caption.body", "⟦loss 1,234.5⟧"), Text("caption.body", "⟦loss 1\u202f234,5⟧ `0.5`")
    assert with_points([english, french]) == [english]
