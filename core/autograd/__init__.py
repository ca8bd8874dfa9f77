"""Autograd: a computational graph, its passes forward and backward."""

from core.autograd.graph import Edge, Graph, GraphNode, trace

__all__ = ["Edge", "Graph", "GraphNode", "trace"]
