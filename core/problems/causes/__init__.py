"""Causes and graphs: the slope of rows with classes, or of a twin simulated from a known graph."""

from core.problems.causes.rows import rows_miniature
from core.problems.causes.twin import twin_miniature
from core.problems.miniature import Miniature
from core.problems.rows import Rows, load_rows


def miniature(
    *,
    seed: int = 0,
    rows: Rows | None = None,
    x: int = 0,
    y: int = 1,
    label: str = "",
    graph: str = "",
    effect: float = 0.5,
    strength: float = -1.5,
    size: int = 300,
) -> Miniature:
    """Return the miniature of causes.

    Without a `graph`, the slope of column y on column x of the rows (iris if none are given) without and with their
    class, which is called `label`. With a graph, "fork", "chain" or "collider" (`causal_graph.SHAPES`), rows of X, Y
    and Z simulated from it: `effect` is the coefficient of X → Y, `strength` that of the second arrow of Z, and `size`
    the number of rows. Raises InputError for settings out of range, one class, or an x that does not vary.
    """
    if graph:
        return twin_miniature(shape=graph, effect=effect, strength=strength, size=size, seed=seed)
    return rows_miniature(load_rows("iris") if rows is None else rows, x=x, y=y, label=label, seed=seed)
