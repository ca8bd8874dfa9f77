"""Ask the processor for a number before it is needed.

Shuffled rows lie anywhere in memory, and waiting for each of them is most of the time that training takes once a table
has outgrown the caches. The instruction changes no value, so nothing but speed depends on it.
"""

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic

from core.regression.inputs import Array

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
