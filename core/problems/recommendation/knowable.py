"""What is knowable of a matrix of low rank from the cells seen: which of the others they determine.

All matrices of rank k that agree with the cells seen are P Qᵀ for factors that solve one equation for each of these
cells. A cell is determined, up to finitely many values, where its own equation adds nothing at a generic point: where
its row of the Jacobian lies in the span of the rows of the cells seen (Király, Theran and Tomioka 2015, "The algebraic
combinatorial approach for low-rank matrix completion"). At rank 1 that is a path in a graph.
"""

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_count
from core.language import _

Mask = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]
PRIME = 2**31 - 1  # numbers modulo it are exact, and the product of two fits into 64 bits


def degrees_of_freedom(people: int, things: int, rank: int) -> int:
    """Return how many numbers define a matrix (people, things) of a rank: k (n + m − k), k no more than both sides.

    >>> degrees_of_freedom(12, 8, 2), degrees_of_freedom(3, 2, 5)
    (36, 6)
    """
    k = min(rank, people, things)
    return k * (people + things - k)


def determined_by_paths(seen: Mask) -> Mask:
    """Return which cells (n, m) those seen determine in a matrix of rank 1 without zeros; those seen are among them.

    People and things are the nodes of a graph, each cell seen is an edge. A cell is determined where a path leads from
    its person to its thing: rating = product of the cells at odd places of the path over the product of the others.
    """
    import networkx

    people, things = seen.shape
    graph = networkx.Graph()
    graph.add_nodes_from(range(people + things))
    graph.add_edges_from((int(row), people + int(column)) for row, column in np.argwhere(seen))
    component = np.empty(people + things, dtype=np.int64)
    for number, nodes in enumerate(networkx.connected_components(graph)):
        component[list(nodes)] = number
    return np.asarray(component[:people, None] == component[None, people:])


def determined_cells(seen: Mask, rank: int, *, seed: int = 0) -> Mask:
    """Return which cells (n, m) those seen determine, up to finitely many values, in a generic matrix of a rank.

    Those seen are among them. The Jacobian is that at a random point with whole numbers modulo the prime 2³¹ − 1, where
    ranks are exact; a random point misleads with a probability of about one in ten million. At rank 1 the cells are
    those of `determined_by_paths`. Raises InputError for a rank below 1 or a mask without two axes.
    """
    if rank < 1 or seen.ndim != 2:
        raise InputError(_("A rank is 1 or more, of a table with rows and columns; got rank {rank} and {axes} axes.")
                         .format(rank=format_count(rank), axes=seen.ndim))  # fmt: skip
    cells = [*np.argwhere(seen), *np.argwhere(~seen)]
    rest = eliminate(jacobian(seen.shape, np.array(cells).reshape(-1, 2), rank, seed=seed), int(seen.sum()))
    determined = np.zeros(seen.shape, dtype=np.bool_)
    determined[tuple(np.array(cells).reshape(-1, 2).T)] = ~rest.any(axis=1)
    return determined


def jacobian(shape: tuple[int, ...], cells: Whole, rank: int, *, seed: int = 0) -> Whole:
    """Return the derivatives of cells of P Qᵀ with respect to P (n, k), then Q (m, k), (cells, k (n + m)).

    At random factors, modulo the prime. `cells` (c, 2) are rows and columns: d(p·q) is q at p's place and p at q's.
    """
    people, things = shape
    rng = np.random.default_rng(seed)
    P, Q = rng.integers(1, PRIME, (people, rank)), rng.integers(1, PRIME, (things, rank))
    matrix = np.zeros((len(cells), rank * (people + things)), dtype=np.int64)
    for line, (i, j) in zip(matrix, cells, strict=True):
        line[i * rank : (i + 1) * rank] = Q[j]
        line[(people + j) * rank : (people + j + 1) * rank] = P[i]
    return matrix


def eliminate(matrix: Whole, spanning: int) -> Whole:
    """Return what is left of each row of a matrix (r, c) modulo the prime when the first `spanning` rows are taken out.

    Gaussian elimination: each of these rows is reduced by those before it, and all rows by each of them. A row ends
    as zeros if, and only if, it lies in their span, as each of them does.
    """
    left = matrix % PRIME
    free = np.arange(len(left)) < spanning  # rows that can still be a pivot's
    for column in range(left.shape[1]):
        hit = np.flatnonzero(left[:, column])
        pivots = hit[free[hit]]
        if not len(pivots):
            continue
        pivot = left[pivots[0], column:] * pow(int(left[pivots[0], column]), -1, PRIME) % PRIME
        free[pivots[0]] = False
        left[hit, column:] = (left[hit, column:] - left[hit, column][:, None] * pivot % PRIME) % PRIME
    return left
