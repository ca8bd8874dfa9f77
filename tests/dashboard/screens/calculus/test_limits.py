"""The views Limit and How small an h: the notes' table, kinks and jumps in words, and the code that gives the same."""

import contextlib
import io
from fractions import Fraction

import pytest

from dashboard.screens.calculus.function import EXAMPLES

NOTES = ["2.30000", "2.03000", "2.00300", "2.00030", "2.00003"]


def code(screen) -> str:
    return next(block.value for block in screen.app.code if "import torch" in block.value)


def ran(lines: str) -> tuple[dict[str, object], str]:
    """Run the lines as a person would; return their variables and what they print."""
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(lines, names)
    return names, printed.getvalue()


def picked(screen, name: str):
    screen.app.button_group(key="calculus_example").set_value(name)
    return screen.run()


def test_it_opens_with_the_table_of_the_notes(open_screen):
    screen = open_screen("calculus")
    table = screen.table("forward")
    assert table["forward"].tolist() == [*NOTES, "2"]
    assert table["h"].tolist() == ["0.1", "0.01", "0.001", "0.0001", "0.00001", "→ 0"]
    assert "derivative 2." in screen.words
    assert r"\frac{-0.77 - \left(-1\right)}{0.1}" in screen.app.latex[0].value


def test_no_row_is_printed_as_a_step_of_zero_however_many_rows_there_are(open_screen):
    screen = open_screen("calculus", calculus_rows=12, calculus_row=12)
    table = screen.table("forward")
    assert len(table) == 13
    assert all(float(h) > 0 for h in table["h"][:-1])
    assert table["forward"][5] == "2.000003"


def test_the_ten_rows_of_the_notes_get_worse_at_the_end_and_say_why_h_is_printed_as_0(open_screen):
    """Against exact fractions: what each quotient differs by is that of the floats on the screen."""
    screen = open_screen("calculus")
    assert "is the nearest" not in screen.words and "0.00000`" not in screen.words
    screen.press("Show 10 rows: do they all come nearer?")
    table = screen.table("forward")
    assert len(table) == 11
    errors = [abs(Fraction(float(text)) - 2) for text in table["forward"][:-1]]
    best = min(range(10), key=lambda row: errors[row])
    assert best == 7 and all(error > errors[best] for error in errors[best + 1 :])
    words = screen.words.replace("*", "")
    assert "Row 8, h = 1e-08, is the nearest: its forward quotient differs from the derivative by 1.2e-08." in words
    assert "From row 9 on every quotient is worse: row 9 differs by 1.7e-07" in words
    assert "from row 6 on it prints h=0.00000" in words.replace("`", "") and "in row 6 h is 1e-06" in words

    def f(x):
        return 3 * x**2 - 4 * x

    printed = [
        f"h={10.0**-row:.5f}, numerical limit={(f(1 + 10.0**-row) - f(1)) / 10.0**-row:.5f}" for row in range(1, 11)
    ]
    assert "\n".join(printed) in [block.value for block in screen.app.code]
    screen.press("How small an h is best?")
    assert screen.table("best h found") is not None


@pytest.mark.parametrize(("text", "x"), [("5", "1"), ("abs(x)", "0"), ("1/x", "0"), ("x", "1e12"), ("exp(x)", "700")])
def test_twelve_rows_of_any_function_end_in_words(open_screen, text, x):
    screen = open_screen("calculus", calculus_rows=12, calculus_f=text, calculus_x=x)
    assert not screen.errors
    assert ("worse" in screen.words) == (text in ("x", "exp(x)"))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("view", ["limit", "valley"])
def test_every_example_loads_with_one_click_and_ends_in_words(open_screen, name, view):
    screen = picked(open_screen("calculus", calculus_view=view), name)
    assert screen.app.text_input(key="calculus_f").value == EXAMPLES[name][0]
    assert screen.app.text_input(key="calculus_x").value == EXAMPLES[name][1]
    assert not [word for word in screen.words.replace("∞", "").split() if word in ("nan", "inf", "-inf")]


@pytest.mark.parametrize(
    ("text", "x", "said"),
    [
        ("abs(x)", "0", "kink at x = 0: the slope is −1 from the left and 1 from the right"),
        ("sqrt(x)", "0", "begins at x = 0"),
        ("1/x", "0", "no finite value at x = 0"),
        ("step(x)", "0", "jump at x = 0"),
        ("sqrt(abs(x))", "0", "without bound"),
        ("asin(x)", "1", "ends at x = 1"),
        ("exp(x)*0*log(x)", "-1", "no finite value"),
    ],
)
def test_a_place_without_a_derivative_gets_a_sentence(open_screen, text, x, said):
    screen = open_screen("calculus", calculus_f=text, calculus_x=x)
    assert said in screen.words
    assert not screen.errors


def test_the_central_quotient_of_a_kink_is_not_sold_as_a_derivative(open_screen):
    table = open_screen("calculus", calculus_f="abs(x)", calculus_x="0").table("central")
    assert table.iloc[-1][["forward", "backward", "central"]].tolist() == ["1", "−1", "0"]


@pytest.mark.parametrize(
    ("f", "x", "said"),
    [
        ("3*x**", "1", "missing at the end"),
        ("", "1", "expression"),
        ("3*y", "1", "y"),
        ("x.real", "1", ""),
        ("__import__('os')", "1", ""),
        ("x**99999", "1", ""),
        ("x" * 2000, "1", "500"),
        ("(" * 400 + "x" + ")" * 400, "1", ""),
        ("x", "", "type a number"),
        ("x", "1/0", "finite"),
        ("x", "exp(1000)", "finite"),
        ("x", "x", ""),
        ("x", "1e300", "between"),
        ("x", "nan", ""),
    ],
)
@pytest.mark.parametrize("view", ["limit", "valley"])
def test_what_cannot_be_used_is_told_and_the_last_answer_stays(open_screen, f, x, said, view):
    screen = open_screen("calculus", calculus_view=view)
    before = code(screen)
    screen.app.text_input(key="calculus_f").set_value(f)
    screen.turn("text_input", "calculus_x", x)
    assert len(screen.errors) == 1
    assert said in screen.errors[0]
    assert code(screen) == before


@pytest.mark.parametrize("text", ["3*x**2 - 4*x", "sin(x)", "5", "softplus(x) + step(x)", "exp(2)*x + pi", "e**x"])
def test_the_lines_of_torch_give_the_table_on_the_screen(open_screen, text):
    screen = open_screen("calculus", calculus_f=text, calculus_x="0.7")
    names, _printed = ran(code(screen))
    table = screen.table("forward")
    for method in ("forward", "backward", "central"):
        shown = [value.replace("−", "-") for value in table[method][:-1]]
        assert [float(value) for value in shown] == pytest.approx(names[method].tolist(), abs=2e-5)
    assert float(table["forward"].iloc[-1].replace("−", "-")) == pytest.approx(names["x"].grad.item(), rel=1e-8)


def test_the_lines_of_torch_find_the_errors_of_the_valley(open_screen):
    screen = open_screen("calculus", calculus_view="valley", calculus_f="sin(x)")
    _names, printed = ran(code(screen))
    least = min(
        (float(forward), float(h))
        for dtype, h, forward, _central in (line.split() for line in printed.splitlines())
        if dtype == "torch.float64"
    )
    assert least[1] == 1e-8
    best = screen.table("best h found")
    found = float(best.iloc[1]["best h found"])
    assert (best.iloc[1]["difference"], best.iloc[1]["computed in"]) == ("forward", "float64")
    assert 1e-9 < found < 1e-7


def test_a_link_of_any_text_ends_in_a_good_screen(open_screen):
    screen = open_screen(
        "calculus", calculus_f="]" * 900, calculus_x="\x00", calculus_rows="many", calculus_view="valley"
    )
    assert len(screen.errors) == 1
    assert screen.table("best h found") is not None


def test_the_traps_show_what_really_came_of_their_lines(open_screen):
    shown = [block.value for block in open_screen("calculus", traps=True).app.code]
    assert "ZeroDivisionError: float division by zero" in shown or "ZeroDivisionError: division by zero" in shown
    assert "'h=0.00000, or h=1e-06'" in shown
    assert any(text.startswith("RuntimeError: Only Tensors of floating point") for text in shown)
