"""Conversions to NumPy, back, and to Python numbers, against NumPy on shared memory and exceptions that are raised."""

import numpy as np
import pytest
import torch

from core.tensors.conversions import BRIDGES, CALLS, CHAIN, bridges, calls, change
from core.tensors.error_messages.decode import decode


@pytest.mark.parametrize("who", ["X", *CHAIN])
@pytest.mark.parametrize("dtype", [np.float64, np.int64, np.bool_])
def test_what_shares_memory_sees_the_entry_and_nobody_else_does(who, dtype):
    x = np.array([[1, 0], [0, 1]], dtype)
    changed = change(x, who, (0, 1), 1)
    expected = x.copy()
    expected[0, 1] = 1
    together = ("X", "A", "B") if who in "XAB" else (who,)
    assert changed.shares == together
    for name, values in changed.after.items():
        np.testing.assert_array_equal(values, expected if name in together else x)
    assert len({changed.addresses[name] for name in "XAB"}) == 1
    assert len(set(changed.addresses.values())) == 3
    np.testing.assert_array_equal(x, np.array([[1, 0], [0, 1]], dtype))


def test_a_tensor_without_an_axis_can_be_written_too():
    assert change(np.array(2.5), "A", (), 9).after["X"] == 9


@pytest.mark.parametrize("who", ["X", "A"])
@pytest.mark.parametrize("value", [1e30, float("nan")])
def test_what_whole_numbers_cannot_hold_is_refused_and_nothing_changes(who, value):
    changed = change(np.array([1, 2]), who, (0,), value)
    assert not changed.attempt.worked
    assert decode(changed.attempt.message or "") is not None
    assert all(values.tolist() == [1, 2] for values in changed.after.values())


@pytest.mark.parametrize("x", [np.array([1.0, 2.0]), np.array([[1, 2]]), np.array(True)])
def test_every_bridge_shares_or_copies_as_writing_shows(x):
    for bridge in bridges(x):
        X = torch.tensor(x)
        A = X.numpy()
        made = eval(bridge.code, {"torch": torch, "np": np, "X": X, "A": A})
        assert type(made).__name__ == bridge.kind
        if bridge.dtype:
            made[...] = 0
            assert ((X == 0).all().item() and not np.array_equal(x, np.zeros_like(x))) == bridge.shares
            assert str(made.dtype) == bridge.dtype
    assert [bridge.code for bridge in bridges(x)] == list(BRIDGES)


@pytest.mark.parametrize("x", [[3.5], 3.5, 7, [[True]], [1.5, 2.5], [], float("nan")])
@pytest.mark.parametrize("grad", [False, True])
def test_every_call_gives_or_raises_what_torch_does(x, grad):
    array = np.array(x)
    first, found = calls(array, grad=grad)
    tensor = torch.tensor(array)
    if grad and array.dtype.kind == "f":
        tensor.requires_grad_()
    assert first.worked == (not grad or array.dtype.kind == "f")
    assert [call.attempt.code for call in found] == list(CALLS)
    for call in found:
        try:
            gave = eval(call.attempt.code, {"x": tensor})
        except Exception as problem:
            assert (call.attempt.error, call.attempt.message) == (type(problem).__name__, str(problem))
            assert decode(str(problem)) is not None
        else:
            assert (call.text, call.kind) == (repr(gave), type(gave).__name__)
