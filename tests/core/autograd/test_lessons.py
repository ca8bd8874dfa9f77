"""The lessons on gradients: against closed forms, central differences and torch's own errors."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.autograd.lessons import (
    FLOW,
    LARGEST,
    attempt,
    flow_pieces,
    flow_table,
    gradient,
    moments,
    read_vector,
    saved,
    walk,
)
from core.errors import InputError

vectors = st.lists(st.integers(-1000, 1000).map(lambda n: n / 8), min_size=1, max_size=12).map(np.array)


@given(vectors)
def test_closed_forms_are_what_torch_finds(x):
    np.testing.assert_allclose(gradient(x, "y = 2 * torch.dot(x, x)\ny.backward()"), 4 * x)
    np.testing.assert_allclose(gradient(x, "y = x * x\ny.sum().backward()"), 2 * x)
    np.testing.assert_allclose(gradient(x, "y = x * x\ny.backward(torch.ones(len(x)))"), 2 * x)
    np.testing.assert_allclose(gradient(x, "u = (x * x).detach()\n(u * x).sum().backward()"), x * x)
    np.testing.assert_allclose(gradient(x, "y = x * x\n(y * x).sum().backward()"), 3 * x * x)


def test_before_backward_there_is_none_and_afterwards_a_sum():
    found = moments(np.array([1.0, 2.0]), ["y = 2 * torch.dot(x, x)", "y.backward()", "x.sum().backward()",
                                           "x.grad.zero_()", "x.grad = None"])  # fmt: skip
    assert found[0].grad is None
    assert [None if moment.grad is None else moment.grad.tolist() for moment in found[1:]] == [
        [4, 8], [5, 9], [0, 0], None,
    ]  # fmt: skip


@pytest.mark.parametrize("retain", [False, True])
def test_the_second_way_back_is_refused_unless_the_graph_is_kept(retain):
    states, second = saved(np.array([1.0, -2.0]), retain=retain)
    assert states[0].kept.tolist() == [1, -2]
    assert (states[1].kept is not None) == second.worked == retain
    assert states[2].grad.tolist() == ([4, -8] if retain else [2, -4])
    if not retain:
        y = torch.dot(*[torch.ones(2, requires_grad=True)] * 2)
        y.backward()
        with pytest.raises(RuntimeError) as raised:
            y.backward()
        assert str(raised.value).startswith((second.message or "").rstrip("…"))


def test_a_refused_line_leaves_no_gradient():
    assert gradient(np.ones(2), "y = x * x\ny.backward()") is None
    assert attempt(np.ones(2), "y = x * x\ny.backward()", []).error == "RuntimeError"
    assert gradient(np.ones(2), "(x * x).backward(v)", np.ones(3)) is None


@given(st.floats(-1e6, 1e6).filter(lambda a: abs(a) >= 1e-100))
def test_the_loop_is_walked_as_torch_runs_it(a):
    names: dict[str, object] = {"torch": torch, "a": torch.tensor(a, dtype=torch.float64, requires_grad=True)}
    exec(f"{FLOW}\nd = f(a)\nd.backward()", names)
    table = flow_table(np.array([a])).iloc[0]
    assert table["d"] == names["d"].item()
    assert table["grad"] == names["a"].grad.item()
    assert table["grad"] == pytest.approx(table["ratio"], rel=1e-12)


@pytest.mark.parametrize("a", [0.7, -1.3, 3.0, -40.0, 600.0])
def test_the_slope_is_a_central_difference(a):
    step = 1e-6 * abs(a)
    above, below = walk(a + step), walk(a - step)
    assert flow_table(np.array([a]))["grad"][0] == pytest.approx((above[2] - below[2]) / (2 * step), rel=1e-6)


def test_zero_never_ends_and_the_rest_does():
    table = flow_table(np.array([0.0, 1.0, 1e-100, -1e100]))
    assert table["d"].isna().tolist() == [True, False, False, False]
    assert table["doublings"].isna().tolist() == [True, False, False, False]


@pytest.mark.parametrize("x", [[3.0, 0.7], [-1.3, -40.0], [1e100], [1e-100], [-1e100, -1e-100]])
def test_the_pieces_are_those_of_the_function(x):
    pieces = flow_pieces(np.array(x))
    assert len(pieces) <= 32
    assert np.isfinite(pieces.to_numpy(float)).all()
    for _number, ends in pieces.groupby("piece"):
        for share in (0.1, 0.9):
            a = ends["a"].iloc[0] + share * (ends["a"].iloc[1] - ends["a"].iloc[0])
            doublings, _positive, d = walk(a)
            assert doublings == ends["piece"].iloc[0]
            assert d == pytest.approx(ends["slope"].iloc[0] * a)


@pytest.mark.parametrize(
    "text", ["", "[]", "[[1, 2]]", "nan", "[1, inf]", "1e101", "1e-101", "ones(13)", "ones(3, 3)", "x", "[" * 99]
)
def test_what_has_no_gradient_to_look_at_is_told_in_a_sentence(text):
    with pytest.raises(InputError) as raised:
        read_vector(text)
    assert "\n" not in str(raised.value)


def test_one_number_is_a_vector_and_whole_numbers_become_decimals():
    assert read_vector("3").tolist() == [3.0]
    assert read_vector("arange(4)").dtype == np.float64
    assert read_vector(str(LARGEST)).tolist() == [LARGEST]
