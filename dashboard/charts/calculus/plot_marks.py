"""Matplotlib's lines, markers and colours as Vega draws them."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from core.calculus.plot_colours import Rgba, to_hex

WIDTH = 2  # pixels of a line; matplotlib's 1.5 points at 100 dots an inch
SIZE = 70  # of a marker: 8.4 pixels wide, matplotlib's 6 points
DASHES: Mapping[str, list[float]] = MappingProxyType(
    {
        "-": [1, 0],
        "--": [3.7 * WIDTH, 1.6 * WIDTH],
        "-.": [6.4 * WIDTH, 1.6 * WIDTH, 1 * WIDTH, 1.6 * WIDTH],
        ":": [1 * WIDTH, 1.65 * WIDTH],
    }
)  # matplotlib's own, in widths of the line
LIGHTEST, DARKEST = 0.30, 0.124  # luminance that stands out 3 : 1 on white, and on the dark theme's background


def _closed(*points: tuple[float, float]) -> str:
    """Return a closed path; y points up, as in matplotlib, and 1 is half of the marker's size."""
    return "M" + "L".join(f"{x:.4g},{-y:.4g}" for x, y in points) + "Z"


def _strokes(*ends: tuple[float, float], whole: bool = False) -> str:
    """Return strokes from the centre, or from the opposite point."""
    return "".join(f"M{-x * whole:.4g},{y * whole:.4g}L{x:.4g},{-y:.4g}" for x, y in ends)


def _ring(corners: int, start: float, inner: float = 1.0) -> str:
    """Return a regular polygon whose first corner is at `start` degrees; every second one is nearer by `inner`."""
    angles = [math.radians(start + 360 * place / corners) for place in range(corners)]
    radii = [1.0 if place % 2 == 0 else inner for place in range(corners)]
    return _closed(*((r * math.cos(angle), r * math.sin(angle)) for r, angle in zip(radii, angles, strict=True)))


def _disc(radius: float) -> str:
    return f"M{radius},0A{radius},{radius} 0 1 1 {-radius},0A{radius},{radius} 0 1 1 {radius},0Z"


_PLUS = [(-1, 3), (1, 3), (1, 1), (3, 1), (3, -1), (1, -1), (1, -3), (-1, -3), (-1, -1), (-3, -1), (-3, 1), (-1, 1)]
_CROSS = [(0, 1), (1, 2), (2, 1), (1, 0), (2, -1), (1, -2), (0, -1), (-1, -2), (-2, -1), (-1, 0), (-2, 1), (-1, 2)]
SHAPES: Mapping[str, str] = MappingProxyType(
    {
        ".": _disc(0.5),
        ",": _closed((-0.15, -0.15), (-0.15, 0.15), (0.15, 0.15), (0.15, -0.15)),
        "o": _disc(1),
        "v": _closed((0, -1), (1, 1), (-1, 1)),
        "^": _closed((0, 1), (-1, -1), (1, -1)),
        "<": _closed((-1, 0), (1, -1), (1, 1)),
        ">": _closed((1, 0), (-1, 1), (-1, -1)),
        "1": _strokes((0, -1), (0.8, 0.5), (-0.8, 0.5)),
        "2": _strokes((0, 1), (0.8, -0.5), (-0.8, -0.5)),
        "3": _strokes((-1, 0), (0.5, 0.8), (0.5, -0.8)),
        "4": _strokes((1, 0), (-0.5, 0.8), (-0.5, -0.8)),
        "8": _ring(8, 22.5),
        "s": _closed((-1, -1), (-1, 1), (1, 1), (1, -1)),
        "p": _ring(5, 90),
        "*": _ring(10, 90, 0.381966),
        "h": _ring(6, 90),
        "H": _ring(6, 0),
        "+": _strokes((1, 0), (0, 1), whole=True),
        "x": _strokes((1, 1), (1, -1), whole=True),
        "D": _closed((0, 1.4142), (1.4142, 0), (0, -1.4142), (-1.4142, 0)),
        "d": _closed((0, 1.4142), (0.8485, 0), (0, -1.4142), (-0.8485, 0)),
        "|": _strokes((0, 1), whole=True),
        "_": _strokes((1, 0), whole=True),
        "P": _closed(*((x / 3, y / 3) for x, y in _PLUS)),
        "X": _closed(*((x / 2, y / 2) for x, y in _CROSS)),
    }
)


def readable(colour: Rgba) -> Rgba:
    """Return a colour that stands out on white and on the dark theme: itself, or a darker or lighter one.

    The opacity stays, and a colour that cannot be seen stays as it is.
    """
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    if colour[3] == 0 or DARKEST <= luminance <= LIGHTEST:
        return colour
    if luminance > LIGHTEST:
        linear = [part * LIGHTEST / luminance for part in linear]
    else:
        share = (DARKEST - luminance) / (1 - luminance)
        linear = [part + share * (1 - part) for part in linear]
    red, green, blue = (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in linear)
    return (red, green, blue, colour[3])


def to_css(colour: Rgba) -> str:
    """Return a colour as the browser writes it, opacity included."""
    return f"{to_hex(colour)}{round(colour[3] * 255):02x}" if colour[3] < 1 else to_hex(colour)
