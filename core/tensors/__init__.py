"""Tensors: parsing, shapes, products, reductions and norms."""

from core.tensors.norms import frobenius_norm, nuclear_norm, spectral_norm, vector_norm
from core.tensors.parsing.pasted_lines import plain_lines, without_shown
from core.tensors.parsing.tensors import parse_tensor, tensor_code, tensor_text
from core.tensors.reductions import cumsum, reduce, shares

__all__ = [
    "cumsum",
    "frobenius_norm",
    "nuclear_norm",
    "parse_tensor",
    "plain_lines",
    "reduce",
    "shares",
    "spectral_norm",
    "tensor_code",
    "tensor_text",
    "vector_norm",
    "without_shown",
]
