"""The lines of torch that reduce a tensor."""

from core.tensors.reductions import How

_CALLS: dict[How, str] = {"sum": "sum", "mean": "mean", "var": "var", "max": "amax", "min": "amin", "prod": "prod"}


def reduction_call(
    name: str, how: How, axes: tuple[int, ...], count: int, keepdims: bool = False, correction: float = 1
) -> str:
    """Return the call that reduces the tensor `name`, which has `count` axes, along these.

    The product takes one axis at a time in torch, so that several need several calls.

    >>> reduction_call("A", "sum", (0,), 2), reduction_call("A", "max", (0, 1), 2)
    ('A.sum(axis=0)', 'A.amax()')
    >>> reduction_call("A", "prod", (0, 2), 3), reduction_call("A", "var", (1,), 2, True, 0)
    ('A.prod(axis=2).prod(axis=0)', 'A.var(axis=1, correction=0, keepdims=True)')
    """
    ending = ["keepdims=True"] * (keepdims and bool(axes))
    if how == "prod" and len(axes) > 1 and (keepdims or len(axes) < count):
        return name + "".join(f".prod({', '.join([f'axis={axis}', *ending])})" for axis in reversed(axes))
    return f"{name}.{_CALLS[how]}({', '.join([*_axis(axes, count, keepdims), *_correction(how, correction), *ending])})"


def _axis(axes: tuple[int, ...], count: int, keepdims: bool) -> list[str]:
    """Return the argument that names the axes; all of them need no name, unless they are to stay."""
    if len(axes) == 1 and count > 1:
        return [f"axis={axes[0]}"]
    if not axes or (len(axes) == count and not keepdims):
        return []
    return [f"axis={axes[0]}" if len(axes) == 1 else f"axis={axes}"]


def _correction(how: How, correction: float) -> list[str]:
    return [f"correction={correction}"] if how == "var" else []


def mean_by_hand(axes: tuple[int, ...], count: int, keepdims: bool = False) -> str:
    """Return the line that makes a mean out of a sum.

    >>> mean_by_hand((0,), 2), mean_by_hand((0, 1), 2)
    ('A.sum(axis=0) / A.shape[0]', 'A.sum() / A.numel()')
    """
    total = reduction_call("A", "sum", axes, count, keepdims)
    if len(axes) == count:
        return f"{total} / A.numel()"
    lengths = " * ".join(f"A.shape[{axis}]" for axis in axes)
    return f"{total} / {lengths}" if len(axes) == 1 else f"{total} / ({lengths})"
