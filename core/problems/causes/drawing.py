"""Graphs of causes as panels: nodes with their names, and arrows that end short of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.language import _
from core.problems.panels import Axis, Plane, Points, Role, Segments
from core.problems.rows import Array

SHORT = 0.16  # of an arrow's length that is left free at either end
BESIDE = 0.05  # how far an arrow is moved to its left where one leads back
MARGIN = 0.3


@dataclass(frozen=True)
class Arrows:
    """Arrows of one meaning.

    Attributes:
        name: for the legend.
        role: what they are.
        between: a cause and what it acts on, for each.
        beside: whether they are moved to their left, so that one that leads back has its own line.
    """

    name: str
    role: Role
    between: Sequence[tuple[str, str]]
    beside: bool = False


@dataclass(frozen=True)
class Graph:
    """A graph of causes, drawn in a plane without axes.

    Attributes:
        places: x and y of each node, by its name in `arrows`.
        labels: what stands beside each node.
        arrows: those of each meaning.
        set_nodes: those that do() sets: the arrows into them are cut.
    """

    places: Mapping[str, tuple[float, float]]
    labels: Mapping[str, str]
    arrows: Sequence[Arrows]
    set_nodes: Collection[str]


def graph_panel(title: str, graph: Graph, cut: Sequence[bool], alt: str) -> Plane:
    """Return the panel of a graph; `cut` says for each frame whether do() is carried out there."""
    layers: list[Segments | Points] = []
    severed = []
    for arrows in graph.arrows:
        ends = _ends(graph, arrows)
        into = np.array([effect in graph.set_nodes for _cause, effect in arrows.between], dtype=bool)
        gone = (np.asarray(cut, dtype=bool)[:, None] & into)[..., None]  # frames × arrows
        layers.append(Segments(np.where(gone, np.nan, ends), arrows.name, arrows.role, arrow=True))
        severed.append(np.where(gone, ends, np.nan))
    layers.insert(0, Segments(np.concatenate(severed, axis=1), _("cut by do()"), "bad", arrow=True, dashed=True))
    nodes = np.array([graph.places[node] for node in graph.places])
    layers.append(Points(nodes, labels=[graph.labels[node] for node in graph.places], size=6))
    low, high = nodes.min(axis=0) - MARGIN, nodes.max(axis=0) + MARGIN
    x, y = (Axis("", float(low[axis]), float(high[axis])) for axis in (0, 1))
    return Plane(title, x, y, layers, alt, bare=True)


def _ends(graph: Graph, arrows: Arrows) -> Array:
    """Return both ends of each arrow, (arrows, 4)."""
    ends = np.empty((len(arrows.between), 4))
    for row, (cause, effect) in enumerate(arrows.between):
        first, last = np.array(graph.places[cause]), np.array(graph.places[effect])
        along = last - first
        left = BESIDE * np.array([-along[1], along[0]]) if arrows.beside else 0.0
        ends[row] = np.concatenate((first + SHORT * along + left, last - SHORT * along + left))
    return ends
