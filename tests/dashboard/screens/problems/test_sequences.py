"""Sequences on the screen: every example runs, a typed sentence is tagged, and bad texts leave the last result."""

import pytest

from core.problems.sequences import TEXTS, miniature
from dashboard.screens.problems.sequences import KIND
from dashboard.visit import settings

ARGUMENTS = {"none": "with_none"}
PLACE = {"problems_view": "kind", "problems_kind": "sequences"}


def arguments_of(values):
    """The arguments of the miniature that an example stands for."""
    task = values["problems_sequences_data"]
    given = {name.removeprefix("problems_sequences_"): value for name, value in values.items()}
    named = {
        ARGUMENTS.get(name, name): value
        for name, value in given.items()
        if name in ("smoothing", "counted", "doubt", "rounds", "start", "none")
    }
    return {"task": task, "text": given[task], "seed": values["problems_seed"], **named}


def test_each_example_does_what_its_name_says():
    said = {name: miniature(**arguments_of(values)).sentence for name, values in KIND.examples().items()}
    marks = {
        "fish": "This is as we tagged it by hand.",
        "研究生研究生命": "This is as we tagged it by hand.",
        "南京市": "By hand it is 南京市 / 长江 / 大桥",
        "unknown": "“time”, “an” and “arrow” were not",
        "speech of hello": "“hello” has probability",
        "best output": "does not give the best output",
        "and back": "give the letters and durations back",
        "ll becomes": "“helo” back",
        "cross": "6 of 6 links",
        "from no word": "3 of 4 links",
    }
    assert len(said) == len(marks)
    for part, mark in marks.items():
        assert mark in next(sentence for name, sentence in said.items() if part in name), part


def test_examples_are_of_settings_that_exist():
    for values in KIND.examples().values():
        for key, value in values.items():
            assert key in settings.TEXTS or settings.KNOBS[key].clamp(value) == value, key


@pytest.mark.parametrize("task", TEXTS)
def test_a_typed_text_is_run_and_a_bad_one_leaves_the_last_result(open_screen, task):
    screen = open_screen("problems", **PLACE, problems_sequences_data=task, problems_sequences_guess="0")
    key = f"problems_sequences_{task}"
    assert not screen.errors
    before = screen.words
    assert miniature(task=task).sentence.split(".")[0] in before
    screen.turn("text_input", key, {"english": "The dog barks", "translation": "das buch = the book"}.get(task, "研ab"))
    assert not screen.errors
    good = screen.words
    assert good != before
    screen.turn("text_input", key, "🎉 <b> **" if task == "translation" else "🎉 ** _")
    assert len(screen.errors) == 1
    assert screen.errors[0].endswith(".")
    assert "Showing the last valid result." in screen.words
    result = next(line for line in good.splitlines() if miniature_start(task) in line)
    assert result in screen.words


def miniature_start(task):
    """A piece of the sentence that follows the good text of a task."""
    return {
        "english": "Viterbi found", "chinese": "Viterbi found", "speech": "has probability",
        "durations": "letters became", "translation": "rounds of EM",
    }[task]  # fmt: skip
