"""A linear model of causes between X, Y and Z with a known graph: what is seen, what is done, what may be adjusted for.

Each variable is the sum of its causes times their coefficients, plus noise of variance 1. A coefficient of 0 is no
arrow. Pearl, *Causality* (2009), chapters 3 and 5.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from core.problems.rows import Array

NODES = ("X", "Y", "Z")
Arrow = tuple[str, str]  # from a cause to what it acts on
SHAPES: dict[str, tuple[Arrow, Arrow]] = {
    "fork": (("Z", "X"), ("Z", "Y")),
    "chain": (("X", "Z"), ("Z", "Y")),
    "collider": (("X", "Z"), ("Y", "Z")),
}


@dataclass(frozen=True, eq=False)
class Structure:
    """The equations of X, Y and Z.

    Attributes:
        weights: (3, 3), the coefficient of each column's variable in the equation of each row's, in the order of NODES.
            No variable may act on itself, even in a circle.
    """

    weights: Array

    @cached_property
    def arrows(self) -> tuple[Arrow, ...]:
        """The arrows of the graph: those whose coefficient is not 0."""
        return tuple((NODES[int(j)], NODES[int(i)]) for i, j in np.argwhere(self.weights != 0))

    @cached_property
    def covariance(self) -> Array:
        """The exact covariance (3, 3) of what is seen: (I − B)⁻¹ (I − B)⁻ᵀ."""
        reach = self.reach
        return np.asarray(reach @ reach.T, dtype=np.float64)

    @cached_property
    def reach(self) -> Array:
        """How much a unit of noise in each column's variable adds to each row's: I + B + B², the sum over all paths."""
        return np.asarray(np.eye(3) + self.weights + self.weights @ self.weights, dtype=np.float64)

    @cached_property
    def total_effect(self) -> float:
        """How much Y changes for each unit by which X is set higher: the sum over all directed paths from X to Y."""
        return float(self.reach[1, 0])

    def slope(self, adjusted: bool) -> float:
        """Return the exact slope of Y on X in endlessly many rows: with Z in the regression, or without."""
        seen = [0, 2] if adjusted else [0]
        covariance = self.covariance
        return float(np.linalg.solve(covariance[np.ix_(seen, seen)], covariance[seen, 1])[0])

    def coefficient(self, cause: str, effect: str) -> float:
        """Return the coefficient of an arrow, 0 where there is none."""
        return float(self.weights[NODES.index(effect), NODES.index(cause)])

    def cut(self) -> "Structure":
        """Return what is left under do(X): no arrow leads into X any more."""
        weights = self.weights.copy()
        weights[0] = 0.0
        return Structure(weights)


def build_structure(shape: str, effect: float, strength: float) -> Structure:
    """Return a graph of SHAPES with an arrow X → Y beside it.

    The first arrow of the shape has the coefficient 1, the second one `strength`, and X → Y has `effect`.

    >>> build_structure("chain", 0.5, 2.0).total_effect
    2.5
    """
    weights = np.zeros((3, 3))
    for (cause, acted_on), coefficient in zip((*SHAPES[shape], ("X", "Y")), (1.0, strength, effect), strict=True):
        weights[NODES.index(acted_on), NODES.index(cause)] = coefficient
    return Structure(weights)


def simulate(structure: Structure, noise: Array, set_to: Array | None = None) -> Array:
    """Return rows (n, 3) of X, Y and Z for their noise (n, 3), drawn from a standard normal distribution.

    With `set_to` (n,) the experiment do(X = value) is carried out: the arrows into X are cut, and X is set.
    """
    if set_to is None:
        return np.asarray(noise @ structure.reach.T, dtype=np.float64)
    return simulate(structure.cut(), np.column_stack((set_to, noise[:, 1:])))


def is_back_door_set(arrows: Iterable[Arrow], adjusted: Collection[str]) -> bool:
    """Return whether the effect of X on Y is right once these variables are adjusted for (Pearl 1993).

    None of them may be a consequence of X, and they have to block every path between X and Y that enters X. That is:
    they d-separate X from Y in the graph without the arrows out of X. The criterion is sufficient, not necessary.

    >>> fork = [("Z", "X"), ("Z", "Y"), ("X", "Y")]
    >>> is_back_door_set(fork, {"Z"}), is_back_door_set(fork, set())
    (True, False)
    """
    import networkx as nx

    graph = nx.DiGraph(list(arrows))
    graph.add_nodes_from(NODES)
    if nx.descendants(graph, "X") & set(adjusted):
        return False
    graph.remove_edges_from(list(graph.out_edges("X")))
    return bool(nx.is_d_separator(graph, {"X"}, {"Y"}, set(adjusted)))


def directed_paths(arrows: Iterable[Arrow]) -> list[tuple[Arrow, ...]]:
    """Return the directed paths from X to Y, each as its arrows, the shortest first.

    >>> directed_paths([("X", "Z"), ("Z", "Y"), ("X", "Y")])
    [(('X', 'Y'),), (('X', 'Z'), ('Z', 'Y'))]
    """
    arrows = set(arrows)
    paths = [tuple(pairwise(nodes)) for nodes in (("X", "Y"), ("X", "Z", "Y"))]
    return [path for path in paths if arrows.issuperset(path)]
