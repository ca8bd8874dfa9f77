"""Random texts in every field of the mathematics at once: the screen stays whole, and the code that it shows runs."""

import contextlib
import io
import random

import pytest

from core.calculus.expression.functions import FUNCTIONS
from dashboard.visit import settings
from tests.core.calculus.texts import NUMBERS
from tests.examples import SEARCHES

SCREENS = ("tensors", "products", "reductions", "norms", "calculus", "autograd")
VIEWS = [(name, option) for name in SCREENS for option in settings.KNOBS[f"{name}_view"].options]
TRIES = 60 if SEARCHES else 3
KINDS = ("text_input", "text_area")
WHOLE = ("0", "-1", "1:3", "::2", "...", "None", "0, :", "[0, 1]", "A > 0", "9" * 30, "::0", "::-1", "1e3", "true",
         "2, 3", "", "99999999999999999999", "-1, -1", "0, 3", "1, 1, 1, 1", ":-" + "9" * 400)  # fmt: skip
TENSORS = ("eye(2)", "ones(2, 3)", "zeros(0)", "zeros(2, 0)", "[]", "[[]]", "[[[1]]]", "arange(0, 1, 1e-320)",
           "arange(1e308, -1e308, -1e-5)", "arange(6).reshape(2, -1)", "arange(6).reshape(99999999999999999999)",
           "tensor([1e30, inf], dtype=torch.int64)", "tensor([nan], dtype=torch.int64)", "9" * 309, "1e400 -2; nan 7",
           "true 5e-324", "1 2; 3", "1/3 1/0")  # fmt: skip


def function_of(draw, names, depth=3, vectors=False):
    """A random function of these names."""
    if not depth or draw.random() < 0.15:
        return draw.choice([*names, *names, *NUMBERS])
    inner = [function_of(draw, names, depth - 1, vectors) for _place in range(2)]
    if draw.random() < 0.5:
        return f"{draw.choice([*FUNCTIONS, *(['sum', 'mean', 'norm'] if vectors else [])])}({inner[0]})"
    return f"({inner[0]}) {draw.choice(['+', '-', '*', '/', '**', *(['@'] if vectors else [])])} ({inner[1]})"


def numbers_of(draw):
    if draw.random() < 0.4:
        return draw.choice(TENSORS)
    row = draw.randint(1, 3)
    return "; ".join(" ".join(draw.choice(NUMBERS) for _cell in range(row)) for _row in range(draw.randint(1, 3)))


def text_for(draw, key):
    """A text of the kind that a field is for, or of another."""
    if draw.random() < 0.1:
        key = draw.choice(["calculus_f", "index", "other"])
    if key == "calculus_f" or key.rstrip("1234") == "calculus_plot_f":
        return function_of(draw, ["x"])
    if key.startswith("calculus_plot_fmt"):
        return "".join(draw.sample(["C1", "r", "--", "-.", "o", "x", " ", "z"], draw.randint(0, 3)))
    if key == "calculus_xy":
        return function_of(draw, ["x", "y"])
    if key == "calculus_components":
        return "\n".join(function_of(draw, ["x1", "x2"], 2) for _line in range(draw.randint(1, 3)))
    if key == "calculus_y":
        return function_of(draw, ["x", "A"], 2, True)
    if key == "autograd_text":
        return f"u = {function_of(draw, ['x', 'a'], 2, True)}; {function_of(draw, ['x', 'u', 'a'], 2, True)}"
    if key.endswith("inputs"):
        return f"x = {numbers_of(draw)}\na = {numbers_of(draw)}"
    return draw.choice(WHOLE) if "index" in key or "shape" in key else numbers_of(draw)


@pytest.mark.parametrize(("name", "view"), VIEWS)
def test_random_texts_leave_a_whole_screen_and_code_that_runs(open_screen, name, view):
    draw = random.Random(f"{name} {view}") if not SEARCHES else random.Random()
    screen = open_screen(name, **{f"{name}_view": view})
    for _time in range(TRIES):
        typed = {}
        for field in [field for kind in KINDS for field in screen.app.get(kind) if field.key in settings.TEXTS]:
            typed[field.key] = text_for(draw, field.key)
            field.set_value(typed[field.key])
        screen.app.run()
        assert not screen.app.exception, (typed, screen.app.exception[0].message)
        assert all(error.endswith((".", "?", "!")) for error in screen.errors), (typed, screen.errors)
        if name in ("calculus", "autograd"):  # the lines of the others may raise, and the screen shows what they raise
            for shown in screen.app.code:
                if shown.language == "python" and "import torch" in shown.value:
                    with contextlib.redirect_stdout(io.StringIO()):
                        exec(compile(shown.value, str(typed), "exec"), {"__name__": "shown"})
