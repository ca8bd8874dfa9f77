"""The scene of different lengths: what it shows are the vectors of core, and its sentences name what is lost."""

import json

from core.formatting import format_percent
from core.foundations.lengths import SENTENCES, fixed_vectors
from dashboard.scenes.lengths.scene import MOST_COLUMNS, MOST_PLACES, lengths_scene

TEXTS = [str(sentence) for sentence in SENTENCES]


def test_the_numbers_are_those_of_the_padded_vectors():
    found = fixed_vectors(TEXTS, 4)
    scene = lengths_scene(found, 4)
    for text, row in zip(scene["texts"], found.padded.tolist(), strict=True):
        numbers = [number for _token, number in text][:4]
        assert [*numbers, *[0] * (4 - len(numbers))] == row
    assert json.loads(json.dumps(scene, allow_nan=False)) == scene


def test_every_step_has_a_sentence_with_its_loss():
    found = fixed_vectors(TEXTS, 2)
    frames = {frame["kind"]: frame["text"] for frame in lengths_scene(found, 2)["frames"]}
    assert list(frames) == ["tokens", "numbers", "pad", "cut", "mean"]
    assert format_percent(found.share_cut) in frames["cut"]
    assert "one vector" in frames["cut"]
    assert "No two different texts" not in frames["mean"]
    whole = {frame["kind"]: frame["text"] for frame in lengths_scene(fixed_vectors(TEXTS, 12), 12)["frames"]}
    assert "No two different texts become one here." in whole["cut"]


def test_long_texts_and_large_vocabularies_are_drawn_in_part():
    found = fixed_vectors([" ".join(f"w{n}" for n in range(60)), "w1 w1 w1"], 5)
    scene = lengths_scene(found, 5)
    assert len(scene["texts"][0]) == MOST_PLACES
    assert scene["more"] == [40, 0]
    assert len(scene["columns"]) == MOST_COLUMNS
    assert ["w1", found.vocabulary.index("w1") + 1] in scene["columns"]
