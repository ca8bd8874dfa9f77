"""Texts of different lengths as vectors of one length."""
