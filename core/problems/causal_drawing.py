"""Graphs of causes as panels: nodes with their names, and arrows that end short of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.problems.panels import Axis, Plane, Points, Segments
from core.problems.rows import Array

SHORT = 0.16  # of an arrow's length that is left free at either end


@dataclass(frozen=True)
class Graph:
    """A graph of causes, drawn in a plane without axes.

    Attributes:
        places: x and y of each node, by its name in `arrows`.
        labels: what stands beside each node.
        arrows: from a cause to what it acts on.
        set_nodes: those that do() sets: the arrows into them are cut.
    """

    places: Mapping[str, tuple[float, float]]
    labels: Mapping[str, str]
    arrows: Sequence[tuple[str, str]]
    set_nodes: Collection[str] = ()


def graph_panel(title: str, graph: Graph, cut: Sequence[bool], alt: str, names: tuple[str, str]) -> Plane:
    """Return the panel of a graph; `cut` says for each frame whether do() is carried out there.

    `names` are those of the arrows that act and of the arrows that are cut, for the legend.
    """
    ends = np.array([_short(graph.places[cause], graph.places[effect]) for cause, effect in graph.arrows]).reshape(
        -1, 4
    )
    into = np.array([effect in graph.set_nodes for _cause, effect in graph.arrows], dtype=bool)
    gone = np.asarray(cut, dtype=bool)[:, None] & into[None, :]  # frames × arrows
    acting, severed = np.where(gone[..., None], np.nan, ends), np.where(gone[..., None], ends, np.nan)
    nodes = np.array([graph.places[node] for node in graph.places])
    margin = 0.35
    layers = [
        Segments(severed, names[1], "bad", arrow=True, dashed=True),
        Segments(acting, names[0], "learned", arrow=True),
        Points(nodes, labels=[graph.labels[node] for node in graph.places], size=8),
    ]
    x = Axis("", float(nodes[:, 0].min()) - margin, float(nodes[:, 0].max()) + 2 * margin)  # the names need room
    y = Axis("", float(nodes[:, 1].min()) - margin, float(nodes[:, 1].max()) + margin)
    return Plane(title, x, y, layers, alt, bare=True)


def _short(start: tuple[float, float], end: tuple[float, float]) -> Array:
    """Return the ends of an arrow between two nodes."""
    first, last = np.asarray(start, dtype=np.float64), np.asarray(end, dtype=np.float64)
    gap = SHORT * (last - first)
    return np.concatenate((first + gap, last - gap))
