"""Autograd, Lessons: the lines shown give what is shown, and torch's own refusals stand beside their meaning."""

import pytest
import torch

LESSONS = ("none", "dot", "accumulate", "vector", "detach", "twice", "flow")


def codes(screen) -> list[str]:
    return [element.value for element in screen.app.code]


def lesson(open_screen, name: str, **memory):
    return open_screen("autograd", autograd_view="lessons", autograd_lesson=name, **memory)


def lines_of(screen) -> str:
    return next(code for code in codes(screen) if "requires_grad=True)" in code and "dtype=torch.float64" in code)


@pytest.mark.parametrize("name", LESSONS)
@pytest.mark.parametrize("x", ["[0, 1, 2, 3]", "[-1.5, 0.5]", "7"])
def test_the_lines_shown_run_and_end_in_what_they_claim(open_screen, name, x):
    screen = lesson(open_screen, name, autograd_lessons_x=x, autograd_lessons_a=x)
    assert screen.errors == []
    names: dict[str, object] = {"torch": torch}
    *before, last = lines_of(screen).splitlines()
    if name == "twice":
        exec("\n".join(before), names)
        with pytest.raises(RuntimeError, match="a second time"):
            exec(last, names)
        return
    exec("\n".join(before), names)
    if name in ("dot", "vector", "detach", "flow"):
        assert eval(last, names).all()


def test_the_notes_answers_stand_on_the_screen(open_screen):
    shown = codes(lesson(open_screen, "dot"))
    results = next(code for code in shown if code.startswith("y  →"))
    assert "tensor(28., " in results
    assert "tensor([ 0.,  4.,  8., 12.], dtype=torch.float64)" in results
    assert "tensor([True, True, True, True])" in results


@pytest.mark.parametrize(
    ("name", "line", "meaning"),
    [
        ("vector", "y = x * x\ny.backward()", "backward() starts from one number"),
        ("twice", "y = torch.dot(x, x)\ny.backward()\ny.backward()", "retain_graph=True"),
        ("none", "x.grad.zero_()", "x.grad is None, not 0"),
    ],
)
def test_what_torch_refuses_is_torchs_own_word_and_is_decoded(open_screen, name, line, meaning):
    screen = lesson(open_screen, name)
    with pytest.raises(Exception) as raised:
        exec(line, {"torch": torch, "x": torch.arange(4.0, requires_grad=True)})
    assert f"{type(raised.value).__name__}: {raised.value}" in codes(screen)
    assert meaning in screen.words


def test_keeping_the_graph_lets_one_go_back_twice(open_screen):
    screen = lesson(open_screen, "twice").turn("toggle", "autograd_lessons_retain", True)
    assert "the gradients were added" in screen.words
    names: dict[str, object] = {"torch": torch}
    exec(lines_of(screen), names)
    assert names["x"].grad.tolist() == [0, 4, 8, 12]


@pytest.mark.parametrize("zeroed", [False, True])
def test_gradients_add_up_unless_zeroed(open_screen, zeroed):
    screen = lesson(open_screen, "accumulate", autograd_lessons_zero=zeroed)
    names: dict[str, object] = {"torch": torch}
    exec(lines_of(screen), names)
    assert names["x"].grad.tolist() == ([1, 1, 1, 1] if zeroed else [2, 6, 10, 14])
    assert ("**Zeroed in between**" if zeroed else "4x + 1 + 1") in screen.words


def test_weights_that_do_not_fit_are_refused_by_torch_and_explained(open_screen):
    screen = lesson(open_screen, "vector").press("one too many")
    assert "has shape (5), but y has shape (4)" in screen.words
    assert any(code.startswith("RuntimeError: Mismatch in shape") for code in codes(screen))
    screen.press("the last ten times")
    assert any("tensor([ 0.,  2.,  4., 60.]" in code for code in codes(screen))


def test_a_zero_in_the_loop_is_told_and_not_run(open_screen):
    screen = lesson(open_screen, "flow", autograd_lessons_a="[0, 1]")
    assert "the loop would never end" in screen.words
    assert screen.table("doublings")["doublings"].tolist() == ["never ends", "9"]
    assert lesson(open_screen, "flow", autograd_lessons_a="0").errors == []


@pytest.mark.parametrize("name", ["dot", "flow"])
@pytest.mark.parametrize("text", ["", "[[1, 2]]", "nan", "ones(99)", "1e300", "__import__('os')", "[" * 3000])
def test_what_cannot_be_used_is_one_sentence_and_the_last_answer_stays(open_screen, name, text):
    screen = lesson(open_screen, name)
    screen.turn("text_input", "autograd_lessons_a" if name == "flow" else "autograd_lessons_x", text)
    assert len(screen.errors) == 1
    assert "Showing the last valid result." in screen.words
    assert lines_of(screen)


def test_twelve_entries_of_any_size_are_shown_without_nan(open_screen):
    text = str([(-1) ** n * 10.0 ** (25 * n - 100) for n in range(9)] + [0.0, 1.0, -1.0])
    for name in LESSONS:
        screen = lesson(open_screen, name, autograd_lessons_x=text, autograd_lessons_a=text)
        assert screen.errors == []
        assert not any("nan" in code for code in codes(screen)[:6])
