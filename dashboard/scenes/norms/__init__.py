"""Norms to play with."""
