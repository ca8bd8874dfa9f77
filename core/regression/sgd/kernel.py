"""The inner loop of training, compiled to machine code by Numba."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import njit, types
from numba.extending import intrinsic

from core.regression.data.minibatches import Rows
from core.regression.data.validation import Array

_BYTE_POINTER, _WORD = ir.IntType(8).as_pointer(), ir.IntType(32)
_PREFETCH = ir.FunctionType(ir.VoidType(), [_BYTE_POINTER, _WORD, _WORD, _WORD])
_TO_READ, _KEEP, _DATA = _WORD(0), _WORD(3), _WORD(1)  # the arguments that LLVM gives its instruction


@intrinsic
def _prefetch(_typing: Any, array: Any, index: Any) -> Any:  # noqa: ANN401 - Numba's own types pass here
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        address = builder.bitcast(builder.gep(data, [arguments[1]]), _BYTE_POINTER)
        instruction = builder.module.declare_intrinsic("llvm.prefetch", [_BYTE_POINTER], _PREFETCH)
        builder.call(instruction, [address, _TO_READ, _KEEP, _DATA])
        return context.get_dummy_value()

    return types.void(array, index), generate


prefetch = cast(Callable[[Array, int], None], _prefetch)
"""Fetch number `index` of a C-contiguous array, counted row by row, into the cache. For compiled functions only."""


Function = TypeVar("Function", bound=Callable[..., object])

SGD, MOMENTUM, ADAM = 0, 1, 2  # the rules of the optimizers

_ADAM_MEAN, _ADAM_SQUARE, _ADAM_TINY = 0.9, 0.999, 1e-8
_AHEAD, _LINE = 8, 8  # rows between asking for one and using it; numbers in a line of the cache


def compiled(function: Function) -> Function:
    """Compile for speed, keeping the result on disk where there is a place for it.

    Sums may be reassociated, so that they run on vector units; NaN and infinity keep their meaning. Plain loops over
    single numbers compile several times faster than assignments to slices.
    """
    sums = {"reassoc", "contract"}
    try:
        result: Function = njit(function, nogil=True, fastmath=sums, error_model="numpy", cache=True)
    except RuntimeError:  # no folder that can be written
        result = njit(function, nogil=True, fastmath=sums, error_model="numpy")
    return result


@compiled
def descend(
    X: Array,
    y: Array,
    orders: Rows,
    batch_size: int,
    first: int,
    last: int,
    done: int,
    rule: int,
    learning_rate: float,
    own: Array,
    penalty: float,
    parameters: Array,
    memory: Array,
    ceiling: float,
    record_at: Rows,
    recorded: Array,
    next_record: int,
) -> tuple[int, int, bool]:
    """Make updates `first` to `last` - 1 of the epochs in `orders` (k, n), changing `parameters` (d + 1,) in place.

    X is (n, d) and C-contiguous. `done` updates came before those of this block of epochs. `rule` is that of the
    optimizer, `own` (k,) its parameters, and `memory` (m, d + 1) what it remembers, zeros at first. `penalty` times the
    weights is added to the mean gradient, the bias left out. When the mean squared error of a minibatch passes
    `ceiling` the loop stops before the update.
    `recorded` (3, k, d + 1) gets, from row `next_record` on, for each update numbered in `record_at`: the parameters
    after it; then the mean gradient that the update following it sees, and the parameters after that one.
    Returns the number of updates made in all, the next row to record, and whether the ceiling was passed.
    """
    n, d = X.shape
    per_epoch = (n + batch_size - 1) // batch_size
    gradient = np.empty(d + 1)
    whole_step, record_next = learning_rate / batch_size, record_at[next_record] - done - 1
    follows = record_at[next_record - 1] - done
    epoch = first // per_epoch
    order, end = orders[epoch], (first - epoch * per_epoch) * batch_size
    for update in range(first, last):
        if end == n:  # counting on: a division at every update would cost more than a row of one feature
            epoch += 1
            order, end = orders[epoch], 0
        start, end = end, min(end + batch_size, n)
        for j in range(d + 1):
            gradient[j] = 0.0
        squares = 0.0
        for position in range(start, end):
            soon = order[min(position + _AHEAD, n - 1)]
            for j in range(0, d, _LINE):
                prefetch(X, soon * d + j)
            prefetch(y, soon)
            row = order[position]
            features = X[row]
            error = parameters[d] - y[row]
            for j in range(d):
                error += features[j] * parameters[j]
            for j in range(d):
                gradient[j] += error * features[j]
            gradient[d] += error
            squares += error * error
        size = end - start
        if not squares <= ceiling * size:
            return done + update, next_record, True
        if penalty > 0.0:
            for j in range(d):
                gradient[j] += penalty * size * parameters[j]
        if update == follows:
            for j in range(d + 1):
                recorded[1, next_record - 1, j] = gradient[j] / size
        if rule == SGD:
            step = whole_step if size == batch_size else learning_rate / size
            for j in range(d + 1):
                parameters[j] -= step * gradient[j]
        elif rule == MOMENTUM:
            momentum = own[0]
            for j in range(d + 1):
                memory[0, j] = momentum * memory[0, j] + gradient[j] / size
                parameters[j] -= learning_rate * memory[0, j]
        elif rule == ADAM:
            age = float(done + update + 1)
            for j in range(d + 1):
                slope = gradient[j] / size
                memory[0, j] += (1.0 - _ADAM_MEAN) * (slope - memory[0, j])
                memory[1, j] = _ADAM_SQUARE * memory[1, j] + (1.0 - _ADAM_SQUARE) * slope * slope
                mean = memory[0, j] / (1.0 - _ADAM_MEAN**age)
                square = memory[1, j] / (1.0 - _ADAM_SQUARE**age)
                parameters[j] -= learning_rate * mean / (np.sqrt(square) + _ADAM_TINY)
        if update == follows:
            for j in range(d + 1):
                recorded[2, next_record - 1, j] = parameters[j]
        if update == record_next:
            for j in range(d + 1):
                recorded[0, next_record, j] = parameters[j]
            next_record += 1
            follows = update + 1
            record_next = record_at[next_record] - done - 1
    return done + last, next_record, False
