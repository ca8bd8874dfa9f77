"""Elementary functions with their first three derivatives."""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from core.calculus.evaluate import NUMPY_OPERATIONS

Derivatives = tuple[np.float64, ...]  # the value, then the first, second and third derivative


def _tan(u: np.float64) -> Derivatives:
    t = np.tan(u)
    s = 1 + t * t
    return t, s, 2 * t * s, 2 * s * (1 + 3 * t * t)


def _tanh(u: np.float64) -> Derivatives:
    t = np.tanh(u)
    s = 1 / np.cosh(u) ** 2  # 1 - t² would lose its digits where t is near 1
    return t, s, -2 * t * s, s * (6 * t * t - 2)


def _asin(u: np.float64) -> Derivatives:
    s = (1 - u) * (1 + u)
    return np.arcsin(u), s**-0.5, u * s**-1.5, (1 + 2 * u * u) * s**-2.5


def _acos(u: np.float64) -> Derivatives:
    return np.arccos(u), *(-slope for slope in _asin(u)[1:])


def _atan(u: np.float64) -> Derivatives:
    s = 1 + u * u
    return np.arctan(u), 1 / s, -2 * u / s**2, (6 * u * u - 2) / s**3


def _log(base: float) -> Callable[[np.float64], Derivatives]:
    scale = 1 / math.log(base)
    exact = {2.0: np.log2, 10.0: np.log10}.get(base, np.log)
    return lambda u: (exact(u), scale / u, -scale / u**2, 2 * scale / u**3)


def _sigmoid(u: np.float64) -> Derivatives:
    s, left = NUMPY_OPERATIONS["sigmoid"](u), NUMPY_OPERATIONS["sigmoid"](-u)
    slope = s * left
    return s, slope, slope * (left - s), slope * (1 - 6 * slope)


def _softplus(u: np.float64) -> Derivatives:
    return NUMPY_OPERATIONS["softplus"](u), *_sigmoid(u)[:3]


DERIVATIVES: Mapping[str, Callable[[np.float64], Derivatives]] = MappingProxyType(
    {
        "sin": lambda u: (np.sin(u), np.cos(u), -np.sin(u), -np.cos(u)),
        "cos": lambda u: (np.cos(u), -np.sin(u), -np.cos(u), np.sin(u)),
        "tan": _tan,
        "asin": _asin,
        "acos": _acos,
        "atan": _atan,
        "sinh": lambda u: (np.sinh(u), np.cosh(u), np.sinh(u), np.cosh(u)),
        "cosh": lambda u: (np.cosh(u), np.sinh(u), np.cosh(u), np.sinh(u)),
        "tanh": _tanh,
        "exp": lambda u: (np.exp(u),) * 4,
        "log": _log(math.e),
        "log2": _log(2.0),
        "log10": _log(10.0),
        "sigmoid": _sigmoid,
        "softplus": _softplus,
    }
)
