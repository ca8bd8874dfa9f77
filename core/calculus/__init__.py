"""Calculus: typed functions, limits, rules, gradients, shapes of derivatives."""

from core.calculus.expression.parser import Expression, parse_expression
from core.calculus.limits import difference_quotients

__all__ = ["Expression", "difference_quotients", "parse_expression"]
