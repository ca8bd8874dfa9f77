"""EM never falls, reaches the concave maximum from any start, and finds links by hand."""

import numpy as np
import pytest
from scipy.optimize import minimize

from core.errors import InputError
from core.problems.sequences.translation import corpus_right, parallel_corpus, read_pair, run_translation
from core.problems.sequences.word_alignment import (
    best_links,
    crossings,
    drawn_table,
    em_step,
    even_table,
    link_matrix,
    log_likelihood,
    most_above,
    number_pairs,
    posteriors,
)

SMALL = [(("das", "haus"), ("the", "house")), (("das", "buch"), ("the", "book"))]
OURS = [pair for pair, _links in parallel_corpus()]


@pytest.mark.parametrize("with_none", [False, True])
def test_the_likelihood_never_falls_and_rows_sum_to_one(with_none):
    pairs = number_pairs(OURS, with_none)
    for seed in range(10):
        table = drawn_table(pairs, seed)
        before = -np.inf
        for _round in range(30):
            now = log_likelihood(pairs, table)
            assert now >= before - 1e-9
            assert table.sum(axis=1) == pytest.approx(np.ones(len(table)))
            assert np.bincount(pairs.token, weights=posteriors(pairs, table)) == pytest.approx(
                np.ones(pairs.token[-1] + 1)
            )
            before, table = now, em_step(pairs, table)


def test_every_start_reaches_the_same_height_but_not_the_same_table():
    pairs = number_pairs(OURS)
    ends = []
    for seed in range(4):
        table = drawn_table(pairs, seed)
        for _round in range(1500):
            table = em_step(pairs, table)
        ends.append(table)
    heights = [log_likelihood(pairs, table) for table in ends]
    assert np.ptp(heights) < 1e-4
    assert max(np.abs(first - ends[0]).max() for first in ends[1:]) > 0.1


def test_no_table_is_above_the_bound():
    pairs = number_pairs(OURS, False)
    table = even_table(pairs)
    for rounds in range(6):
        bound = log_likelihood(pairs, table) + most_above(pairs, table)
        for seed in range(20):
            other = em_step(pairs, em_step(pairs, drawn_table(pairs, seed)))
            assert log_likelihood(pairs, other) <= bound + 1e-9
        table = em_step(pairs, table)
        assert most_above(pairs, table) >= -1e-9, rounds


def test_the_maximum_is_that_of_a_general_optimiser():
    pairs = number_pairs(SMALL)
    shape = len(pairs.german), len(pairs.english)

    def table_of(logits):
        raised = np.exp(logits.reshape(shape) - logits.reshape(shape).max(axis=1, keepdims=True))
        return raised / raised.sum(axis=1, keepdims=True)

    found = minimize(lambda logits: -log_likelihood(pairs, table_of(logits)), np.zeros(np.prod(shape)), method="BFGS")
    table = even_table(pairs)
    for _round in range(2000):
        table = em_step(pairs, table)
    assert log_likelihood(pairs, table) == pytest.approx(-found.fun, abs=1e-3)
    assert log_likelihood(pairs, table) >= -found.fun - 1e-6


def test_the_first_step_is_that_by_hand():
    pairs = number_pairs(SMALL, False)
    table = em_step(pairs, even_table(pairs))
    das, haus = pairs.german.index("das"), pairs.german.index("haus")
    english = {word: at for at, word in enumerate(pairs.english)}
    # each English word is shared by two German ones, half each: das has 1/2 + 1/2 of "the", 1/2 of "house" and "book"
    assert table[das, [english["the"], english["house"], english["book"]]] == pytest.approx([1 / 2, 1 / 4, 1 / 4])
    assert table[haus, [english["the"], english["house"]]] == pytest.approx([1 / 2, 1 / 2])
    assert log_likelihood(pairs, even_table(pairs)) == pytest.approx(4 * np.log(1 / 3))
    assert best_links(link_matrix(pairs, em_step(pairs, table), SMALL[0])).tolist() == [1, 2]


def test_the_corpus_is_linked_word_for_word():
    for (german, english), links in parallel_corpus():
        assert len(links) == len(english)
        assert links.min() >= 0 and links.max() <= len(german)
    assert len(parallel_corpus()) == 14
    assert sum(crossings(links.tolist()) > 0 for _pair, links in parallel_corpus()) >= 8


def test_crossings_are_pairs_in_the_other_order():
    assert [crossings(links) for links in ([1, 2, 3], [3, 2, 1], [2, 0, 1], [-1, 2, 1], [])] == [0, 3, 1, 1, 0]


def test_most_links_by_hand_are_found_without_none_and_fewer_with_it():
    without = run_translation("weil ich den film gesehen habe", 20, "even", False, 0)
    assert without.right(without.tables[-1]) == 6
    assert corpus_right(without, without.tables[-1]) == (67, 73)
    loose = run_translation("das haus ist alt", 20, "even", True, 0)
    assert corpus_right(loose, loose.tables[-1])[0] < 60
    assert loose.gap < 1e-4
    assert loose.right(loose.tables[-1]) == 3


def test_a_start_is_drawn_by_its_seed():
    text = "das haus ist alt"
    first, again, other = (run_translation(text, 3, "drawn", False, seed).tables for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_pair_is_read_whatever_is_around_the_words():
    assert read_pair("DAS *Haus*! = the <house>") == (("das", "haus"), ("the", "house"))
    assert read_pair("das haus\nthe house\n") == (("das", "haus"), ("the", "house"))
    assert read_pair("Das Haus ist alt") == (("das", "haus", "ist", "alt"), ("the", "house", "is", "old"))
    assert read_pair("ａ＝ｂ") == (("a",), ("b",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "but 0 were typed"),
        ("nur deutsch", "but 1 were typed"),
        ("a = b = c", "but 3 were typed"),
        ("🎉 = 🎉", "but 0 were typed"),
        ("a " * 11 + "= b", "at most 10 words"),
        ("a" * 31 + " = b", "at most 30 letters"),
        ("x" * 1001, "at most 1,000 characters"),
    ],
)
def test_what_is_not_a_pair_is_refused(text, said):
    with pytest.raises(InputError, match=said):
        read_pair(text)


@pytest.mark.parametrize(("rounds", "start"), [(0, "even"), (61, "even"), (5, "other")])
def test_rounds_and_starts_are_checked(rounds, start):
    with pytest.raises(InputError, match="EM needs from 1 to 60 rounds"):
        run_translation("a = b", rounds, start, False, 0)
