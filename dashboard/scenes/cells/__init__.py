"""Tensors as tables of cells."""
