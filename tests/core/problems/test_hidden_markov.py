"""Counts by hand, Viterbi and forward against all labellings, and sentences as they are read."""

from fractions import Fraction
from itertools import pairwise, product

import numpy as np
import pytest

from core.errors import InputError
from core.problems.sequences import miniature
from core.problems.sequences.corpus import (
    CUT_MOVES,
    MOST_CHARACTERS,
    MOST_WORDS,
    cut,
    joined,
    sentences,
    split_text,
    tagged,
    tags_by_hand,
    tags_of,
)
from core.problems.sequences.hidden_markov import Lattice, count_model
from core.problems.sequences.labellings import brute_force, exact_labelling, shortest_path
from core.problems.sequences.tagging import draw_corpus
from core.problems.sequences.viterbi import greedy, log_probability, log_total, viterbi

SEEDS = range(50)


def random_lattice(seed: int, impossible: float = 0.0) -> Lattice:
    """A lattice of 1 to 6 words and 2 to 4 tags; some steps are impossible, but never all."""
    draw = np.random.default_rng(seed)
    n, k = int(draw.integers(1, 7)), int(draw.integers(2, 5))

    def shares(*shape):
        table = draw.dirichlet(np.ones(shape[-1]), shape[:-1])
        table[draw.random(table.shape) < impossible] = 0.0
        table[..., 0] += 0.01
        return table / table.sum(axis=-1, keepdims=True)

    moves = shares(k, k + 1)
    with np.errstate(divide="ignore"):
        moves[:, -1] += 0.01
        return Lattice(
            np.log(shares(k)), np.log(moves[:, :-1]), np.log(np.minimum(moves[:, -1], 1)), np.log(shares(n, k))
        )


def enumerated(lattice: Lattice) -> list[tuple[float, tuple[int, ...]]]:
    """Every labelling with its log probability, in plain Python."""
    n, k = lattice.seen.shape
    found = []
    for tags in product(range(k), repeat=n):
        score = lattice.start[tags[0]] + lattice.end[tags[-1]]
        score += sum(lattice.moves[a, b] for a, b in pairwise(tags))
        found.append((float(score + sum(lattice.seen[t, tag] for t, tag in enumerate(tags))), tags))
    return found


@pytest.mark.parametrize("impossible", [0.0, 0.4])
def test_viterbi_and_both_oracles_find_the_best_of_all_labellings(impossible):
    for seed in SEEDS:
        lattice = random_lattice(seed, impossible)
        every = enumerated(lattice)
        best, tags = max(every)
        total = np.log(sum(np.exp(score) for score, _tags in every))
        found = viterbi(lattice)
        assert found.score == pytest.approx(best, abs=1e-9)
        assert tuple(found.tags) == tags
        for exact in (brute_force(lattice), shortest_path(lattice)):
            assert tuple(exact.tags) == tags
            assert (exact.score, exact.total) == pytest.approx((best, total), abs=1e-9)
        assert log_total(lattice) == pytest.approx(total, abs=1e-9)
        assert log_probability(lattice, found.tags) == pytest.approx(best, abs=1e-9)


def test_the_optimum_is_never_beaten_by_choosing_one_by_one():
    worse = 0
    for seed in SEEDS:
        lattice = random_lattice(seed)
        one_by_one = log_probability(lattice, greedy(lattice))
        best = viterbi(lattice).score
        assert one_by_one <= best + 1e-9
        worse += one_by_one < best - 1e-9
    assert worse > 5


def test_each_cell_of_the_trellis_is_the_best_of_all_ways_to_it():
    lattice = random_lattice(3)
    table = viterbi(lattice).best
    for t, tag in np.ndindex(*table.shape):
        part = Lattice(
            lattice.start,
            lattice.moves,
            np.where(np.arange(table.shape[1]) == tag, 0.0, -np.inf),
            lattice.seen[: t + 1],
        )
        assert table[t, tag] == pytest.approx(max(enumerated(part))[0], abs=1e-9)


def test_ties_are_broken_by_the_lowest_tag():
    even = Lattice(np.zeros(3), np.zeros((3, 3)), np.zeros(3), np.zeros((4, 3)))
    for tags in (viterbi(even).tags, greedy(even), brute_force(even).tags):
        assert tags.tolist() == [0, 0, 0, 0]


def test_a_shortest_path_breaks_ties_alike():
    model = count_model(sentences("chinese"), "chinese", 0.1)
    for text in ("鑫" * 30, "鑫骉" * 12 + "的", "的" + "犇" * 20):
        lattice = model.lattice(text)
        assert exact_labelling(lattice).tried == 0
        assert shortest_path(lattice).tags.tolist() == viterbi(lattice).tags.tolist()


def test_ties_within_rounding_do_not_hang_on_the_last_bit():
    for seed in range(20):
        noise = np.random.default_rng(seed).normal(size=(3, 4, 3)) * 1e-13
        shaken = Lattice(noise[0, 0], noise[1, :3], noise[2, 0], noise[0])
        assert viterbi(shaken).tags.tolist() == brute_force(shaken).tags.tolist() == [0, 0, 0, 0]


def test_counts_are_those_by_hand():
    model = count_model(
        [tagged("the/DET dog/NOUN barks/VERB"), tagged("dogs/NOUN see/VERB the/DET dog/NOUN")], "english", 0.5
    )
    k, V = 7, 5
    det, noun, verb = (model.tags.index(tag) for tag in ("DET", "NOUN", "VERB"))
    assert model.initial[det] == pytest.approx(float(Fraction(3, 2) / (2 + Fraction(k, 2))))
    assert model.transitions[det, noun] == pytest.approx(float(Fraction(5, 2) / (2 + Fraction(k + 1, 2))))
    assert model.transitions[noun, verb] == pytest.approx(float(Fraction(5, 2) / (3 + Fraction(k + 1, 2))))
    assert model.transitions[noun, -1] == pytest.approx(float(Fraction(3, 2) / (3 + Fraction(k + 1, 2))))
    assert model.emissions[noun, model.words["dog"]] == pytest.approx(float(Fraction(5, 2) / (3 + Fraction(V + 1, 2))))
    assert model.emissions[noun, -1] == pytest.approx(float(Fraction(1, 2) / (3 + Fraction(V + 1, 2))))
    assert model.emissions[model.tags.index("ADV")] == pytest.approx(np.full(V + 1, 1 / (V + 1)))


@pytest.mark.parametrize("language", ["english", "chinese"])
@pytest.mark.parametrize("smoothing", [0.001, 0.1, 10.0])
def test_rows_sum_to_one(language, smoothing):
    model = count_model(sentences(language), language, smoothing)
    for table in (model.initial[None], model.transitions, model.emissions):
        assert (table >= 0).all()
        assert table.sum(axis=1) == pytest.approx(np.ones(len(table)), abs=1e-12)


def test_places_in_words_that_cannot_follow_each_other_are_impossible_for_any_smoothing():
    model = count_model(sentences("chinese")[:1], "chinese", 10.0)
    lattice = model.lattice("山水人")
    tags = model.tags
    assert set(lattice.start > -np.inf) == {True, False}
    for (a, first), (b, second) in product(enumerate(tags), repeat=2):
        assert np.isfinite(lattice.moves[a, b]) == (second in CUT_MOVES[first])
    assert [tag for tag, end in zip(tags, lattice.end, strict=True) if np.isfinite(end)] == ["E", "S"]
    for seed in SEEDS:
        text = np.random.default_rng(seed).choice(list("研究生命南京市长江大桥鑫"), size=6)
        lattice = count_model(sentences("chinese"), "chinese", 0.1).lattice(text.tolist())
        for found in (viterbi(lattice).tags, greedy(lattice)):
            pairs = tuple(zip(text, (tags[each] for each in found), strict=True))
            assert cut(" ".join(joined(pairs))) == pairs


def test_long_sentences_have_the_same_answer_by_a_shortest_path():
    model = count_model(sentences("english"), "english", 0.1)
    words = [
        "the",
        "old",
        "man",
        "saw",
        "a",
        "light",
        "duck",
        "near",
        "the",
        "water",
        "and",
        "zorg",
        "can",
        "fish",
        "fast",
    ]
    lattice = model.lattice(words)
    exact, found = exact_labelling(lattice), viterbi(lattice)
    assert exact.tried == 0
    assert exact.tags.tolist() == found.tags.tolist()
    assert (exact.score, exact.total) == pytest.approx((found.score, log_total(lattice)), abs=1e-9)


def test_unknown_words_are_named_and_share_one_probability():
    model = count_model(sentences("english"), "english", 0.1)
    assert model.unknown(["the", "zorg", "blip", "zorg"]) == ("zorg", "blip")
    seen = model.lattice(["zorg", "blip"]).seen
    assert np.array_equal(seen[0], seen[1])
    assert np.isfinite(seen).all()


@pytest.mark.parametrize("smoothing", [0.0, -1.0, np.nan, np.inf])
def test_a_model_needs_sentences_and_smoothing(smoothing):
    with pytest.raises(InputError, match="At least one sentence and a smoothing above 0"):
        count_model(sentences("english"), "english", smoothing)
    with pytest.raises(InputError, match="At least one sentence"):
        count_model([], "english", 0.1)


@pytest.mark.parametrize("language", ["english", "chinese"])
def test_the_corpora_are_whole(language):
    counted, held_out = sentences(language), sentences(language, held_out=True)
    assert (len(counted), len(held_out)) == (60, 16)
    texts = [tuple(word for word, _tag in sentence) for sentence in counted + held_out]
    assert len(set(texts)) == len(texts)
    assert {tag for sentence in counted for _word, tag in sentence} == set(tags_of(language))
    for text, sentence in zip(texts, counted + held_out, strict=True):
        written = (" " if language == "english" else "").join(text)
        assert split_text(written, language) == text
        assert tags_by_hand(text, language) == tuple(tag for _word, tag in sentence)


def test_a_sentence_is_never_counted_itself():
    words = ("the", "dog", "barks")
    assert len(draw_corpus("english", 60, 0, words)) == 59
    assert all(tuple(word for word, _tag in each) != words for each in draw_corpus("english", 60, 0, words))
    assert len(set(draw_corpus("english", 30, 1, ()))) == 30
    assert draw_corpus("english", 30, 1, ()) != draw_corpus("english", 30, 2, ())


def test_text_is_read_whatever_is_around_the_words():
    assert split_text("  The **dog** barks\u3002 🎉", "english") == ("the", "dog", "barks")
    assert split_text("ＴＨＥ ｄｏｇ", "english") == ("the", "dog")
    assert split_text("<b>don’t</b>", "english") == ("b", "don't", "b")
    assert split_text("你 好，\n世界！", "chinese") == ("你", "好", "世", "界")
    assert split_text("１２a", "chinese") == ("1", "2", "a")


@pytest.mark.parametrize("language", ["english", "chinese"])
@pytest.mark.parametrize("text", ["", "   ", "。！？", "🎉🎉", "\ud800", "<>&*_`"])
def test_a_text_without_words_is_refused(language, text):
    with pytest.raises(InputError, match="at least one word is needed"):
        split_text(text, language)


def test_texts_that_are_too_long_are_refused():
    for language, text in (("english", "dog " * (MOST_WORDS + 1)), ("chinese", "好" * (MOST_CHARACTERS + 1))):
        with pytest.raises(InputError, match="at most"):
            split_text(text, language)
        assert split_text(text[: -len(text) // (MOST_WORDS + 1)] if language == "english" else text[:-1], language)
    with pytest.raises(InputError, match="at most 30 letters"):
        split_text("a" * 31, "english")
    with pytest.raises(InputError, match="at most 1,000 characters, but this one has 200,000"):
        split_text("ab" * 100_000, "english")


def test_a_log_probability_near_0_has_no_sign():
    for text, counted in (("的长卖大", 5), ("南京市长江大桥", 50)):
        made = miniature(task="chinese", text=text, smoothing=0.01, counted=counted, seed=746178)
        assert not any("−0.00" in frame for frame in made.frames)
