"""Expressions as they are typed: parsed, evaluated, simplified and printed."""
