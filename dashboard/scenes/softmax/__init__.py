"""Softmax of one row: a score a class, its exponential and its share, and the plane divided among the classes."""
