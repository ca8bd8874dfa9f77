import contextlib
import importlib
import io
import re

import numpy as np
import pytest

from core.problems.kinds import KINDS
from core.problems.miniature import MOST_FRAMES, Guess, Miniature
from core.problems.panels import Axis, Bars, BarSet, Cells, Curve, Heat, Pictures, Plane, Points, Segments, frames_of

QUICK = {"generating": {"updates": 30}}  # whose lines of Python would take seconds
MOST_NUMBERS = 200_000
WRONG = re.compile(r"[{}]|\b(nan|inf)\b")
LINE = Plane("Line", Axis("x"), Axis("y"), [Curve(np.zeros((3, 2, 2)))], "Flat.")
GUESS = Guess("Which?", ["This", "That"], 0, "It is this.")


@pytest.fixture(scope="module", params=KINDS)
def kind(request):
    """The name of a kind and its miniature at the usual settings."""
    return request.param, importlib.import_module(f"core.problems.{request.param}").miniature()


def numbers_of(panel):
    """How many numbers of a panel are sent to the browser."""
    if isinstance(panel, Plane):
        return sum(numbers_of(layer) for layer in panel.layers)
    if isinstance(panel, Bars):
        return sum(np.size(bars.values) for bars in panel.sets)
    named = {Points: ("xy", "groups"), Curve: ("xy", "until", "band"), Segments: ("ends",), Heat: ("values",),
             Cells: ("values", "marks", "arrows"), Pictures: ("images", "tones")}[type(panel)]  # fmt: skip
    return sum(0 if getattr(panel, name) is None else np.size(getattr(panel, name)) for name in named)


def texts_of(panel):
    """Every text of a panel that a person reads."""
    found = [panel.title, panel.alt]
    if isinstance(panel, Plane):
        found += [panel.x.title, panel.y.title]
        for layer in panel.layers:
            found += [layer.name, *getattr(layer, "group_names", ()), *getattr(layer, "labels", ())]
    elif isinstance(panel, Bars):
        found += [panel.y.title, *panel.labels, *(bars.name for bars in panel.sets)]
    elif isinstance(panel, Cells):
        found += [*panel.row_names, *panel.column_names]
        found += np.ravel(panel.texts).tolist() if panel.texts is not None else []
    else:
        found += np.ravel(panel.captions).tolist()
    return found


def test_frames_are_few_and_each_has_a_sentence(kind):
    _name, made = kind
    assert 2 <= len(made.frames) <= MOST_FRAMES
    assert all(frame.strip() and not WRONG.search(frame) for frame in made.frames)
    assert any(count == len(made.frames) for panel in made.panels for count in frames_of(panel))


def test_what_is_sent_is_small(kind):
    _name, made = kind
    assert sum(map(numbers_of, made.panels)) < MOST_NUMBERS


def test_panels_say_what_they_show_and_what_was_found(kind):
    _name, made = kind
    assert made.panels
    for panel in made.panels:
        assert panel.title.strip() and panel.alt.strip()[-1] in ".。"
        assert not [text for text in texts_of(panel) if WRONG.search(str(text))]


def test_the_sentences_are_whole(kind):
    _name, made = kind
    assert made.question.strip()[-1] in "?." and made.sentence.strip()[-1] in "." and made.oracle.strip()[-1] in "."
    texts = [made.question, made.sentence, made.oracle, made.guess.question, made.guess.why, *made.guess.options]
    texts += [text for figure in made.figures for text in (figure.name, figure.learned, figure.exact)]
    assert not [text for text in texts if WRONG.search(text)]


def test_the_guess_has_different_answers_one_of_which_is_right(kind):
    _name, made = kind
    assert len(set(made.guess.options)) == len(made.guess.options) >= 2
    assert 0 <= made.guess.answer < len(made.guess.options)
    assert made.guess.question.strip().endswith("?") and made.guess.why.strip()


def test_learned_results_stand_beside_exact_ones(kind):
    _name, made = kind
    assert made.figures
    assert all(figure.name.strip() and (figure.learned + figure.exact).strip() for figure in made.figures)
    assert any(figure.exact.strip() for figure in made.figures)


def test_the_code_runs_and_prints(kind):
    name, made = kind
    if name in QUICK:
        made = importlib.import_module(f"core.problems.{name}").miniature(**QUICK[name])
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(made.code, f"<code of {name}>", "exec"), {"__name__": "__main__"})
    assert out.getvalue().strip()


def of(frames, *panels):
    return Miniature("What?", frames, panels, GUESS, [], "Done.", "By hand.", "print(1)")


def test_panels_that_stand_still_go_with_any_number_of_frames():
    still = Cells("Cells", np.zeros((2, 2)), "Zeros.")
    assert len(of(["One.", "Two."], still).frames) == 2
    assert len(of(["One.", "Two.", "Three."], LINE, still).frames) == 3


@pytest.mark.parametrize(
    "panel",
    [
        LINE,
        Plane("Points", Axis("x"), Axis("y"), [Points(np.zeros((3, 4, 2)))], "Zeros."),
        Plane("Groups", Axis("x"), Axis("y"), [Points(np.zeros((4, 2)), groups=np.zeros((3, 4), np.int64))], "Zeros."),
        Plane("Until", Axis("x"), Axis("y"), [Curve(np.zeros((4, 2)), until=np.arange(3))], "Zeros."),
        Plane("Ends", Axis("x"), Axis("y"), [Segments(np.zeros((3, 1, 4)))], "Zeros."),
        Plane("Heat", Axis("x"), Axis("y"), [Heat(np.zeros((3, 2, 2)), (0, 1), (0, 1))], "Zeros."),
        Bars("Bars", Axis("y"), ["a"], [BarSet(np.zeros((3, 1)), "a")], "Zeros."),
        Cells("Marks", np.zeros((1, 1)), "Zero.", marks=np.zeros((3, 1, 1), np.int64)),
        Cells("Texts", np.zeros((1, 1)), "Zero.", texts=[[["a"]], [["b"]], [["c"]]]),
        Pictures("Pictures", np.zeros((3, 1, 2, 2)), ["a"], "Blank."),
        Pictures("Captions", np.zeros((1, 2, 2)), [["a"], ["b"], ["c"]], "Blank."),
    ],
    ids=lambda panel: panel.title,
)
def test_a_panel_that_moves_needs_as_many_frames_as_there_are_sentences(panel):
    assert of(["One.", "Two.", "Three."], panel).panels == (panel,)
    for frames in (["One."], ["One.", "Two."], ["One."] * 4):
        with pytest.raises(AssertionError, match="frames"):
            of(frames, panel)


def test_a_miniature_has_at_least_one_frame_and_not_too_many():
    for frames in ([], ["More."] * (MOST_FRAMES + 1)):
        with pytest.raises(AssertionError, match="frames"):
            of(frames)


@pytest.mark.parametrize(("options", "answer"), [(["One"], 0), (["A", "B"], 2), (["A", "B"], -1), (list("ABCDE"), 0)])
def test_a_guess_has_two_to_four_answers_and_the_right_one_is_among_them(options, answer):
    with pytest.raises(AssertionError):
        Guess("Which?", options, answer, "It is this.")
