"""Typed expressions: parsed, evaluated, simplified and printed."""
