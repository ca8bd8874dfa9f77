"""Parsers of typed tensors and indices; nothing is ever run."""
