"""The map of learning problems: one module a kind, each with `miniature(**settings) -> Miniature`.

>>> from core.problems.clustering import miniature
>>> len(miniature(seed=0).frames) > 2
True
"""
