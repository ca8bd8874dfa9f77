"""Letters become frames and come back, and the learned durations have the smallest squared error."""

import numpy as np
import pytest

from core.errors import InputError
from core.problems.sequences.durations import (
    TYPICAL,
    WORDS,
    Take,
    best_whole,
    expand,
    lengths_of,
    mean_duration,
    overall_mean,
    record,
    run_lengths,
    whole,
)
from core.problems.sequences.durations_result import miniature_of_durations
from core.problems.sequences.text_to_speech import read_letters, run_durations


def test_the_rounded_mean_is_the_best_whole_number():
    for seed in range(50):
        takes = record(seed)
        for letter in [*TYPICAL, "q"]:
            for smoothing in (0.0, 0.1, 1.0, 10.0):
                assert whole(mean_duration(takes, letter, smoothing)) == best_whole(takes, letter, smoothing)


def test_halves_go_to_the_lower_number():
    takes = [Take("aabb", (2, 3, 1, 4))]
    assert mean_duration(takes, "a", 0.0) == 2.5
    assert whole(2.5) == best_whole(takes, "a", 0.0) == 2


def test_smoothing_draws_a_mean_to_that_of_all():
    takes = [Take("abb", (2, 5, 5))]
    assert [mean_duration(takes, "a", smoothing) for smoothing in (0.0, 1.0, 1e12)] == pytest.approx([2.0, 3.0, 4.0])
    assert np.isnan(mean_duration([], "a", 1.0)) and np.isnan(overall_mean([]))


def test_takes_are_a_frame_about_the_typical_duration():
    for seed in range(20):
        takes = record(seed)
        assert sorted(take.letters for take in takes) == sorted(WORDS)
        for letter, typical in TYPICAL.items():
            assert all(abs(frames - typical) <= 1 and frames >= 1 for frames in lengths_of(takes, letter))
    assert record(1) == record(1) != record(2)


def test_run_lengths_are_the_inverse_where_no_letter_stands_beside_itself():
    draw = np.random.default_rng(0)
    for _time in range(50):
        frames = draw.integers(1, 5, size=6).tolist()
        assert run_lengths(expand("abcaba", frames)) == tuple(zip("abcaba", frames, strict=True))
    assert run_lengths(expand("ll", [2, 3])) == (("l", 5),)
    assert run_lengths("") == ()


def test_letters_are_read_whatever_is_around_them():
    assert [read_letters(text) for text in ("HELLO!", "ｈｉ 🎉", "<b>", "a 1")] == ["hello", "hi", "b", "a1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "At least one letter"),
        ("🎉_*", "At least one letter"),
        ("a" * 13, "At most 12"),
        ("x " * 9999, "At most 12"),
    ],
)
def test_what_cannot_be_spoken_is_refused(text, said):
    with pytest.raises(InputError, match=said):
        read_letters(text)


@pytest.mark.parametrize("smoothing", [-0.1, 10.1, float("nan")])
def test_a_smoothing_out_of_range_is_refused(smoothing):
    with pytest.raises(InputError, match="smoothing α has to be from 0 to 10"):
        run_durations("a", smoothing, 0)


def test_one_frame_is_said_in_the_singular():
    made = next(
        each for seed in range(300)
        if sum((each := run_durations("t", 0.1, seed)).frames) == 1
    )  # fmt: skip
    text = miniature_of_durations(made)
    assert text.sentence.startswith("1 letter became 1 frame.")
    assert "so it gets 1 frame: number 1." in text.frames[-2]
