"""The view Plot: the book's four strings on arrival, which part did what, refusals that point, the book's cell."""

import re

import numpy as np
import pytest

from dashboard.screens.calculus.plot_book import meanings
from tests.core.calculus.matplotlib_recorder import recorded


def opened(open_screen, **memory):
    return open_screen("calculus", calculus_view="plot", **memory)


def lines_of(screen) -> str:
    return next(block.value for block in screen.app.code if "matplotlib.pyplot" in block.value)


def table_of(screen, column: str):
    return next(table.value for table in screen.app.table if column in table.value.columns)


def test_it_opens_with_the_books_function_its_tangent_and_the_four_strings(open_screen):
    screen = opened(open_screen)
    typed = [[screen.app.text_input(key=f"calculus_plot_{part}{row}").value for part in ("f", "fmt", "name")]
             for row in range(1, 5)]  # fmt: skip
    assert typed[:2] == [["3*x**2 - 4*x", "-", "f(x)"], ["2*x - 3", "m--", "Tangent line (x=1)"]]
    assert [fmt for _f, fmt, _name in typed] == ["-", "m--", "g-.", "r:"]
    parts = table_of(screen, "marker")
    assert parts["string"].tolist() == ["`'-'`", "`'m--'`", "`'g-.'`", "`'r:'`"]
    assert parts["colour"].tolist() == [
        "none given: next of the cycle, `C0`, `#1f77b4`", "`'m'` magenta, `(0.75, 0, 0.75)`",
        "`'g'` green, `(0, 0.5, 0)`", "`'r'` red, `(1, 0, 0)`",
    ]  # fmt: skip
    assert parts["line"].tolist() == ["`'-'` solid", "`'--'` dashed", "`'-.'` dash and dot", "`':'` dotted"]
    assert parts["marker"].tolist() == ["no marker"] * 4
    assert not screen.errors


def test_the_four_strings_stand_beside_how_they_are_misread(open_screen):
    table = table_of(opened(open_screen), "what one may think").set_index("string")
    assert table["what it draws"].to_dict() == {
        "`'-'`": "one line, solid, next colour of the cycle",
        "`'m--'`": "one line, dashed, magenta",
        "`'g-.'`": "one line, dash and dot, green",
        "`'r:'`": "one line, dotted, red",
    }
    assert "minus twice, or two solid lines" in table.loc["`'m--'`", "what one may think"]
    assert "`'g.-'`" in table.loc["`'g-.'`", "what one may think"]


@pytest.mark.parametrize(
    ("key", "value", "said", "pointing"),
    [
        ("calculus_plot_fmt2", "m--z", "character z means nothing", "m--z\n   ^"),
        ("calculus_plot_fmt2", "m---", "second line style", "m---\n   ^"),
        ("calculus_plot_fmt1", "red--", "stands alone", "red--\n ^"),
        ("calculus_plot_f1", "3*x**", "missing at the end", "3*x**\n     ^"),
        ("calculus_plot_xlim", "0, y", "has to be a number", "0, y\n   ^"),
        ("calculus_plot_xlim", "", "limits of x are empty", ""),
        ("calculus_plot_ylim", "1, 1", "the same", ""),
    ],
)
def test_what_cannot_be_read_is_pointed_at_and_the_last_picture_stays(open_screen, key, value, said, pointing):
    screen = opened(open_screen)
    before = lines_of(screen)
    screen.turn("text_input", key, value)
    assert len(screen.errors) == 1
    assert said in screen.errors[0]
    assert lines_of(screen) == before
    assert not pointing or pointing in [block.value for block in screen.app.code]


def test_four_empty_functions_and_hostile_texts_are_refused_in_a_sentence(open_screen):
    empty = opened(open_screen, **{f"calculus_plot_f{row}": "" for row in range(1, 5)})
    assert empty.errors == ["All functions are empty. Type at least one, such as 3*x**2 - 4*x."]
    hostile = {f"calculus_plot_{part}{row}": "]`$<b>\x00" * 90 for part in ("f", "fmt", "name") for row in range(1, 5)}
    assert len(opened(open_screen, **hostile).errors) == 1


def test_a_function_left_empty_is_left_out(open_screen):
    screen = opened(open_screen, calculus_plot_f3="", calculus_plot_f4="")
    assert len(table_of(screen, "marker")) == 2
    assert lines_of(screen).count("plt.plot(") == 2


def test_the_tangent_of_each_is_added_at_a_point(open_screen, monkeypatch):
    screen = opened(open_screen).turn("toggle", "calculus_plot_tangents", True)
    assert "3*x**2 - 4*x: At x = 1 the function has the value −1 and the derivative 2." in screen.words
    assert screen.words.count("The tangent of a straight line is the line itself.") == 3
    pyplot = recorded(lines_of(screen), monkeypatch)
    thin = next(values for values, options in pyplot.of("plot") if "linewidth" in options)
    np.testing.assert_allclose(thin[1], 2 * thin[0] - 3, atol=1e-12)  # the tangent that the book draws
    screen.turn("text_input", "calculus_x", "2")
    assert "the value 4 and the derivative 8" in screen.words
    kink = opened(open_screen, calculus_plot_tangents=True, calculus_x="0", calculus_plot_f1="abs(x)")
    assert "kink at x = 0" in kink.words


def test_a_log_axis_says_what_it_leaves_out(open_screen):
    screen = opened(open_screen, calculus_plot_yscale="log", calculus_plot_xscale="log")
    assert "x begins at 0.003 instead of 0" in screen.words
    assert "points of 3*x**2 - 4*x are left out" in screen.words
    assert 'plt.yscale("log", nonpositive="mask")' in lines_of(screen)


@pytest.mark.parametrize("name", ["The book's strings", "Markers", "Log axes", "Poles and gaps"])
def test_every_example_is_drawn_and_its_lines_run(open_screen, monkeypatch, name):
    screen = opened(open_screen, calculus_plot_f1="x + 77")
    screen.press(name)
    assert not screen.errors
    assert "77" not in lines_of(screen)
    assert len(recorded(lines_of(screen), monkeypatch).of("plot")) == 4


def test_a_changed_colour_is_said_beside_matplotlibs_own(open_screen):
    colours = table_of(opened(open_screen, calculus_plot_fmt1="y", calculus_plot_fmt2="rC0"), "marker")["colour"]
    assert re.fullmatch(r"`'y'` yellow, `\(0\.75, 0\.75, 0\)`, drawn as `#\w{6}`", colours[0])
    assert colours[1] == "`'C0'`, `#1f77b4`, instead of `'r'`"


def test_the_books_cell_is_explained_line_by_line_in_the_open(open_screen):
    words = opened(open_screen).words
    for line in (
        "%matplotlib inline", "from matplotlib_inline import backend_inline", "import numpy as np",
        "from d2l import torch as d2l", "use_svg_display", "set_figsize", "set_axes", "def plot(",
        "import matplotlib.pyplot as plt",
    ):  # fmt: skip
        assert line in words


def test_what_is_said_of_the_cell_holds():
    lines = list(meanings())
    with pytest.raises(SyntaxError):  # outside Jupyter
        compile(lines[0], "script", "exec")
    for line in lines[1:4]:
        compile(line, "script", "exec")
    assert len(np.arange(0, 3, 0.1)) == 30
    fmts = ("-", "m--", "g-.", "r:")
    assert len(list(zip(range(5), range(5), fmts, strict=False))) == 4  # the fifth curve is left out
