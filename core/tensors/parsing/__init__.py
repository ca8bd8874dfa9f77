"""Tensors and indexes as they are typed, read character by character and never run."""
