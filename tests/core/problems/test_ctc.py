"""Sums over paths against PyTorch's CTC loss, and against every path one by one."""

from itertools import product

import numpy as np
import pytest

from core.problems.sequences.ctc import (
    count_paths,
    every_output,
    extended,
    forward_table,
    merge,
    output_probability,
    probability_by_prefixes,
)
from core.problems.sequences.speech import hear


def drawn(seed: int):
    draw = np.random.default_rng(seed)
    frames, symbols = int(draw.integers(1, 7)), int(draw.integers(2, 5))
    target = draw.integers(1, symbols, size=int(draw.integers(0, frames + 1)))
    return draw.dirichlet(np.ones(symbols), frames), target


def summed(probabilities, target) -> float:
    """The same in plain Python."""
    wanted = "".join(map(str, target))
    total = 0.0
    for path in product(range(probabilities.shape[1]), repeat=len(probabilities)):
        if merge("".join("_" if each == 0 else str(each) for each in path)) == wanted:
            total += float(np.prod([row[each] for row, each in zip(probabilities, path, strict=True)]))
    return total


def test_three_ways_give_the_sum_over_all_paths():
    for seed in range(50):
        probabilities, target = drawn(seed)
        truth = summed(probabilities, target)
        every = every_output(probabilities)
        assert output_probability(probabilities, target) == pytest.approx(truth, abs=1e-12)
        assert probability_by_prefixes(probabilities, target) == pytest.approx(truth, abs=1e-12)
        assert every.get(tuple(target.tolist()), (0.0, 0))[0] == pytest.approx(truth, abs=1e-12)


def test_the_loss_is_that_of_pytorch():
    import torch

    compared = 0
    for seed in range(50):
        probabilities, target = drawn(seed)
        chance = output_probability(probabilities, target)
        if not chance:
            continue
        loss = torch.nn.CTCLoss(reduction="sum")(
            torch.tensor(probabilities).log()[:, None],
            torch.tensor(target)[None],
            torch.tensor([len(probabilities)]),
            torch.tensor([len(target)]),
        )
        assert -np.log(chance) == pytest.approx(loss.item(), abs=1e-9)
        compared += 1
    assert compared > 25


def test_the_probabilities_of_all_outputs_sum_to_one_and_their_paths_to_all():
    for seed in range(50):
        probabilities, _target = drawn(seed)
        frames, symbols = probabilities.shape
        every = every_output(probabilities)
        assert sum(chance for chance, _paths in every.values()) == pytest.approx(1.0, abs=1e-12)
        assert sum(paths for _chance, paths in every.values()) == symbols**frames
        for output, (_chance, paths) in every.items():
            assert count_paths(frames, symbols, np.array(output, dtype=np.int64)) == paths


def test_repeats_are_merged_before_blanks_are_left_out():
    assert [merge(path) for path in ("hhheel_lloo", "___", "", "a_a", "aa", "_a_")] == ["hello", "", "", "aa", "a", "a"]
    assert extended(np.array([2, 2])).tolist() == [0, 2, 0, 2, 0]


def test_an_output_that_does_not_fit_is_impossible():
    even = np.full((3, 2), 0.5)
    assert output_probability(even, np.array([1, 1])) == pytest.approx(1 / 8)  # a_a alone
    assert output_probability(even, np.array([1, 1, 1])) == 0.0
    assert forward_table(even, np.array([], dtype=np.int64))[-1].tolist() == [1 / 8]


def test_a_recogniser_gives_the_typed_frames_all_but_its_doubt():
    heard = hear("a_b", "_ab", 0.3, 5)
    assert heard.sum(axis=1) == pytest.approx(np.ones(3))
    assert heard[[0, 1, 2], [1, 0, 2]] == pytest.approx(np.full(3, 0.7))
    assert (heard >= 0).all()
    assert not np.array_equal(heard, hear("a_b", "_ab", 0.3, 6))
