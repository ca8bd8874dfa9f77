"""Fitting a line by hand."""
