"""The five miniatures of sequences: whole for every setting, and their code prints their numbers."""

import contextlib
import io
from dataclasses import asdict

import numpy as np
import pytest

from core.errors import InputError
from core.formatting import format_fixed, format_number
from core.problems.panels import Cells
from core.problems.sequences import TEXTS, miniature
from core.problems.sequences.tagging import run_tagging

HOSTILE = {
    "english": ["a", "<script>alert(1)</script>", "**the** `dog` $x$ {0} %s", "ＴＨＥ dog 🎉", "Füße über naïve \\ '\"",
                "dog " * 20],
    "chinese": ["我", "🎉鑫", "<b>研究</b>", "{0}生%s", "ＡＢ研究１２", "研究生命起源" * 5, "'\"\\命"],
    "speech": ["a", "_a", "a____", "<b>", "{x}", "ＡＡ１", "abcdefghabcdefgh", "aaaaaaaaaaaaaaaa", "研研_究"],
    "durations": ["a", "<b>", "{x}", "ｑｚ研1", "aaaaaaaaaaaa", "hello"],
    "translation": ["a = b", "<b> = {x}", "a a = b b", "das = das", "ich will ein haus kaufen", "研究 = 'research'"],
}  # fmt: skip
EXTREMES = [
    {"smoothing": 0.001, "counted": 5, "doubt": 0.0, "rounds": 1},
    {"smoothing": 10.0, "counted": 60, "doubt": 0.9, "rounds": 60, "start": "drawn", "with_none": True},
]


def printed(code: str) -> list[str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "shown", "exec"), {"__name__": "shown"})
    return said.getvalue().splitlines()


def learned(found, name: str) -> str:
    return next(figure.learned for figure in found.figures if figure.name.startswith(name))


@pytest.mark.parametrize("task", TEXTS)
def test_every_text_and_setting_gives_a_whole_miniature_with_its_exact_answer(task):
    for text in [TEXTS[task], *HOSTILE[task]]:
        for settings in EXTREMES:
            for seed in (0, 7):
                found = miniature(task=task, text=text, seed=seed, **settings)
                assert all(found.frames) and found.sentence and found.oracle and found.guess.why
                assert len(set(found.guess.options)) == len(found.guess.options)
                compile(found.code, "shown", "exec")
                numbers = sum(np.size(panel.values) for panel in found.panels if isinstance(panel, Cells))
                assert numbers < 150_000
                if task != "translation":  # its maximum may be above what few rounds reach
                    for figure in found.figures:
                        if (
                            figure.name.startswith(("Tags as", "Letters that", "Sums", "Most probable"))
                            or not figure.exact
                        ):
                            continue
                        assert figure.learned == figure.exact, (text, settings, figure)


@pytest.mark.parametrize("task", TEXTS)
def test_the_same_seed_gives_the_same_miniature_and_another_seed_another(task):
    first, again, other = (miniature(task=task, start="drawn", counted=30, seed=seed) for seed in (3, 3, 4))
    for one, two in zip(first.panels, again.panels, strict=True):
        assert repr(asdict(one)) == repr(asdict(two))
    assert (first.frames, first.sentence, first.code) == (again.frames, again.sentence, again.code)
    assert first.frames != other.frames


@pytest.mark.parametrize("task", ["english", "chinese"])
def test_the_code_of_tags_prints_what_is_shown(task):
    for text in (TEXTS[task], HOSTILE[task][2], "We saw a zorg 南京"):
        found = miniature(task=task, text=text, smoothing=0.3, counted=40, seed=2)
        run = run_tagging(task, text, 0.3, 40, 2)
        tags, score, share = printed(found.code)
        assert tuple(tags.split()) == run.names(run.trellis.tags)
        assert float(score.split()[-1]) == pytest.approx(run.trellis.score, abs=1e-9)
        assert float(share.split()[-1]) == pytest.approx(run.share, abs=1e-9)
        assert learned(found, "Log probability") == format_fixed(float(score.split()[-1]), 3)


def test_the_code_of_the_others_prints_what_is_shown():
    speech = miniature(task="speech", text="ab_ba", doubt=0.4, seed=3)
    output, loss, chance = printed(speech.code)
    assert output == learned(speech, "Output")
    assert format_number(float(loss.split()[-1]), 4) == learned(speech, "CTC loss")
    assert format_number(float(chance.split()[-1]), 4) == learned(speech, "Probability of this output")
    spoken = miniature(task="durations", text="hello q", smoothing=2.0, seed=3)
    frames, total, back = printed(spoken.code)
    assert learned(spoken, "Frames of each") == ", ".join(map(" ".join, zip("helloq", frames.split(), strict=True)))
    assert (total, back) == (learned(spoken, "Frames in all"), "heloq")
    for settings in ({}, {"start": "drawn", "with_none": True, "seed": 4, "rounds": 7}):
        pair = miniature(task="translation", **settings)
        likelihood, *links = printed(pair.code)
        assert format_fixed(float(likelihood.split()[-1]), 3) == learned(pair, "Log-likelihood")
        assert ", ".join(link.replace(" ", " ← ", 1) for link in links) == learned(pair, "Links")


def test_viterbi_is_right_where_choosing_one_by_one_is_wrong():
    for task in ("english", "chinese"):
        run = run_tagging(task, TEXTS[task], 0.1, 50, 0)
        assert run.by_hand is not None
        assert (run.trellis.tags == run.by_hand).all()
        assert (run.greedy != run.by_hand).any()
        assert run.accuracy.viterbi > run.accuracy.greedy


def test_the_exact_search_can_be_wrong_about_the_language():
    run = run_tagging("chinese", "南京市长江大桥", 0.1, 50, 0)
    assert run.cut(run.trellis.tags) == ("南京", "市长", "江", "大桥")
    assert "南京市 / 长江 / 大桥" in miniature(task="chinese", text="南京市长江大桥").sentence


def test_the_first_frame_shows_no_answer():
    for task in ("english", "chinese"):
        trellis, labels, exact, *_tables = miniature(task=task).panels
        assert np.isnan(trellis.values[0]).all() and not (trellis.marks[0] == 1).any()
        assert not any(text for row in labels.texts[0] for text in row)
        assert exact.exact


def test_the_way_back_ends_with_the_whole_labelling():
    found = miniature()
    trellis, labels, exact, *_tables = found.panels
    assert labels.texts[-1][0] == list(exact.texts[0])
    assert ((trellis.marks[-1] == 1).sum(axis=0) == 1).all()
    assert not (trellis.marks[-1] == 2).any()
    assert len(found.frames) == 2 * 6 + 1


def test_unknown_words_are_named():
    sentence = miniature(text="The zorg barks").sentence
    assert "“zorg” was not in the counted sentences" in sentence
    assert "“鑫” and “q” were not" in miniature(task="chinese", text="鑫q").sentence
    assert "“q” is in none of the words heard" in miniature(task="durations", text="q").sentence


def test_the_best_output_is_not_always_that_of_the_best_symbols():
    found = miniature(task="speech", text="aa_a", doubt=0.4)
    assert learned(found, "Output") == "aa"
    assert found.guess.options[found.guess.answer] == "a"
    assert "“a” is more probable" in found.sentence


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"task": "other"}, "no task of this name"),
        ({"text": ""}, "at least one word"),
        ({"text": "dog " * 21}, "at most 20 words, but this one has 21"),
        ({"task": "chinese", "text": "好" * 31}, "at most 30 characters, but this one has 31"),
        ({"smoothing": 0.0}, "smoothing α has to be from 0.001 to 10"),
        ({"smoothing": float("nan")}, "smoothing α has to be"),
        ({"counted": 4}, "From 5 to 60 sentences can be counted"),
        ({"counted": 61}, "but 61 were asked for"),
        ({"task": "speech", "text": "___"}, "at least one letter"),
        ({"task": "speech", "text": "ab" * 9}, "at most 16 frames, but 18"),
        ({"task": "speech", "text": "abcdefghi"}, "at most 8 different letters, but 9"),
        ({"task": "speech", "text": "*" * 1001}, "at most 16 frames"),
        ({"task": "speech", "doubt": 1.0}, "doubt has to be from 0 to 90%"),
        ({"task": "durations", "text": "!"}, "At least one letter"),
        ({"task": "translation", "text": "a"}, "A German and an English sentence"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(settings, said):
    with pytest.raises(InputError, match=said):
        miniature(**settings)
