"""The layout of a graph: nodes in layers, each one after its inputs, with few crossings.

The method of Sugiyama, Tagawa and Toda (1981): assign every node a layer, bend edges that skip layers at points in
between, order every layer by its neighbours' means, and then place each node as near to its neighbours as the spacing
allows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

SWEEPS = 6
ROOM = 1.0  # between two nodes of a layer
ROOM_OF_BEND = 0.6
LIGHT = 0.02  # weight of an input against computed nodes
APART = 0.42  # how far two edges between the same nodes bulge apart

Point = tuple[float, float]


@dataclass(frozen=True)
class Layout:
    """Positions as (layer, position in the layer), from 0: of every node, and along every edge from start to end."""

    nodes: tuple[Point, ...]
    edges: tuple[tuple[Point, ...], ...]
    layers: int
    width: float


def layered(parents: Sequence[Sequence[int]]) -> Layout:
    """Place nodes, each given by the numbers of its parents, which precede it.

    There is one edge for each parent, in this order; a parent named twice has two edges that bulge apart.

    >>> layered([[], [0, 0]]).nodes
    ((0.0, 0.0), (1.0, 0.0))
    """
    layer = _layers(parents)
    links = [(start, end) for end, group in enumerate(parents) for start in group]
    chains, rank = _bent(links, layer)
    rows = _ordered(chains, rank)
    place = _placed(chains, rows, len(parents))
    points = {item: (float(rank[item]), place[item]) for item in rank}
    edges = tuple(tuple(points[item] for item in chain) for chain in chains)
    width = max(place.values(), default=0.0)
    return Layout(tuple(points[node] for node in range(len(parents))), _apart(links, edges), max(layer) + 1, width)


def _layers(parents: Sequence[Sequence[int]]) -> list[int]:
    """Return the layer of each node: one after its last parent; a node without parents is just before its first use."""
    layer = [0] * len(parents)
    for node, group in enumerate(parents):
        layer[node] = max((layer[parent] + 1 for parent in group), default=0)
    first_use: dict[int, int] = {}
    for node, group in enumerate(parents):
        for parent in group:
            first_use[parent] = min(first_use.get(parent, layer[node]), layer[node])
    return [layer[node] if group else first_use.get(node, 1) - 1 for node, group in enumerate(parents)]


def _bent(links: Sequence[tuple[int, int]], layer: Sequence[int]) -> tuple[list[list[int]], dict[int, int]]:
    """Return each edge as a chain of items, one for each layer it goes through, and the layer of every item."""
    rank = dict(enumerate(layer))
    chains = []
    for start, end in links:
        bends = []
        for between in range(layer[start] + 1, layer[end]):
            bends.append(len(rank))
            rank[len(rank)] = between
        chains.append([start, *bends, end])
    return chains, rank


def _neighbours(chains: Sequence[Sequence[int]]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for chain in chains:
        for one, other in pairwise(chain):
            after.setdefault(one, []).append(other)
            before.setdefault(other, []).append(one)
    return before, after


def _ordered(chains: Sequence[Sequence[int]], rank: Mapping[int, int]) -> list[list[int]]:
    """Return the items of every layer in an order with few crossings."""
    rows: list[list[int]] = [[] for _layer in range(max(rank.values(), default=0) + 1)]
    for item, layer in rank.items():
        rows[layer].append(item)
    before, after = _neighbours(chains)
    for sweep in range(SWEEPS):
        ways = rows if sweep % 2 == 0 else rows[::-1]
        toward = before if sweep % 2 == 0 else after
        at = {item: index for row in rows for index, item in enumerate(row)}
        for row in ways:
            means = {item: _mean([at[other] for other in toward[item]]) if item in toward else at[item] for item in row}
            row.sort(key=means.__getitem__)
            at.update({item: index for index, item in enumerate(row)})
    return rows


def _placed(chains: Sequence[Sequence[int]], rows: Sequence[Sequence[int]], nodes: int) -> dict[int, float]:
    """Return the position of every item in its layer: near its neighbours, in order, with spacing."""
    before, after = _neighbours(chains)
    place = {item: float(index) for row in rows for index, item in enumerate(row)}
    near = {item: [*before.get(item, ()), *after.get(item, ())] for item in place}
    for item, others in near.items():  # what came a way follows that way: an input stands beside it
        on_the_way = [other for other in others if other in before]
        near[item] = on_the_way if item in before and on_the_way else others
    for sweep in range(2 * SWEEPS):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            wanted = [_mean([place[other] for other in near[item]]) if near[item] else place[item] for item in row]
            room = [ROOM if item < nodes else ROOM_OF_BEND for item in row]
            weights = [1.0 if item in before or item >= nodes else LIGHT for item in row]
            place.update(zip(row, _spread(wanted, room, weights), strict=True))
    lowest = min(place.values(), default=0.0)
    return {item: round(at - lowest, 4) for item, at in place.items()}


def _spread(wanted: Sequence[float], room: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return positions in this order, as near to the wanted ones as the spacing allows (weighted least squares)."""
    shift = list(accumulate(((one + other) / 2 for one, other in pairwise(room)), initial=0.0))
    blocks: list[tuple[float, float, int]] = []  # adjacent runs: sum of wanted positions, weight, count
    for target, moved, weight in zip(wanted, shift, weights, strict=True):
        blocks.append((weight * (target - moved), weight, 1))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            one, other = blocks.pop(), blocks.pop()
            blocks.append((one[0] + other[0], one[1] + other[1], one[2] + other[2]))
    flat = [total / weight for total, weight, count in blocks for _item in range(count)]
    return [at + moved for at, moved in zip(flat, shift, strict=True)]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _apart(links: Sequence[tuple[int, int]], edges: Sequence[tuple[Point, ...]]) -> tuple[tuple[Point, ...], ...]:
    """Let edges between the same two nodes, next to each other, bulge apart so that both can be seen."""
    bulging = []
    for number, (link, edge) in enumerate(zip(links, edges, strict=True)):
        twins = [other for other, same in enumerate(links) if same == link]
        if len(twins) == 1 or len(edge) > 2:
            bulging.append(edge)
            continue
        (above, left), (below, right) = edge
        aside = APART * (twins.index(number) - (len(twins) - 1) / 2)
        bulging.append((edge[0], ((above + below) / 2, (left + right) / 2 + aside), edge[1]))
    return tuple(bulging)
