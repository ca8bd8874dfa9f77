"""The scenes of a picture: its numbers and its vector, pictures side by side, and a neuron on the vector."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.foundations.images import Order
from core.language import _

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Shown:
    """A picture in a row of pictures.

    Attributes:
        title: its name.
        about: what is to be seen, in a sentence.
        pixels: shape (height, width, 3), uint8.
        origins: row by row, the pixel of the original that each number here comes from; such places are twins.
    """

    title: str
    about: str
    pixels: Bytes
    origins: Sequence[int] = ()


def flattening_scene(pixels: Bytes, order: Order, place: tuple[int, int, int], on: str) -> dict[str, Any]:
    """Return the scene of a picture of shape (height, width, 3), the numbers of a patch, and its vector.

    `place` is the chosen (row, column, channel); `on` has a letter for each channel that is shown: "rgb".
    """
    row, column, channel = place
    return {
        "kind": "flattening",
        **_picture(pixels),
        "order": order,
        "row": row,
        "column": column,
        "channel": channel,
        "on": on,
        "words": _player_words() | _flattening_words(order),
    }


def gallery_scene(pictures: Sequence[Shown]) -> dict[str, Any]:
    """Return the scene of pictures side by side."""
    return {
        "kind": "gallery",
        "pictures": [
            {"title": each.title, "about": each.about, "origins": list(each.origins), **_picture(each.pixels)}
            for each in pictures
        ],
    }


def weighing_scene(
    pixels: Bytes,
    order: Order,
    weights: npt.NDArray[np.float64],
    bias: float,
    place: tuple[int, int, int],
    largest: int = 1,
) -> dict[str, Any]:
    """Return the scene of a neuron on the vector of a picture; the weights, shape (n,), are in the vector's order.

    `largest` is what 255 becomes in the vector: 1, or 255.
    """
    row, column, channel = place
    return {
        "kind": "weighing",
        **_picture(pixels),
        "order": order,
        "weights": base64.b64encode(np.ascontiguousarray(weights, dtype="<f8").tobytes()).decode(),
        "bias": bias,
        "largest": largest,
        "row": row,
        "column": column,
        "channel": channel,
        "words": _player_words() | _weighing_words(largest),
    }


def _picture(pixels: Bytes) -> dict[str, Any]:
    height, width = pixels.shape[:2]
    sent = base64.b64encode(np.ascontiguousarray(pixels, dtype=np.uint8).tobytes()).decode()
    return {"pixels": sent, "height": height, "width": width}


def channel_names() -> list[str]:
    """Return what the three channels are called, in order."""
    return [_("red"), _("green"), _("blue")]


def _player_words() -> dict[str, Any]:
    return {
        "channels": channel_names(),
        "scrubber": _("Step"),
        "position": _("row {step} of {last}"),
        "first": _("To the start"),
        "back": _("One row back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One row forward"),
        "last": _("To the end"),
        "speed": _("Speed"),
        "a_second": _("{count} rows a second"),
    }


def _flattening_words(order: Order) -> dict[str, Any]:
    return {
        "headings": {
            "picture": _("The picture"),
            "numbers": _("Its numbers: one patch, three channels"),
            "vector": _("Flattened: row after row of one channel, then the next")
            if order == "channel"
            else _("Flattened: pixel after pixel, three numbers each"),
        },
        "tables": [_("red: channel 0"), _("green: channel 1"), _("blue: channel 2")],
        "whole": _("red, green and blue together"),
        "pixel": _("Pixel (row {row}, column {column})"),
        "symbols": {
            "channel": _("k = (channel · height + row) · width + column, all counted from 0"),
            "pixel": _("k = (row · width + column) · 3 + channel, all counted from 0"),
        },
        "height": _("height"),
        "width": _("width"),
        "depth": _("channels"),
        "features": _("features"),
        "queued": _("The vector x: {count} of {length} entries"),
        "hints": {
            "photo": _("Drag the frame or press a pixel. By keyboard: arrows move the pixel, 1, 2 and 3 choose its "
                       "channel."),
            "vector": _("Point at a number anywhere: its twins light up in picture, tables, formula and vector. By "
                        "keyboard: focus the vector, left and right go from entry to entry."),
        },
        "described": {
            "photo": _("The picture, {height} x {width} pixels. The chosen pixel, row {row}, column {column}, is "
                       "{red} red, {green} green and {blue} blue."),
            "vector": _("The picture as a vector of {length} entries. Entry {entry} is {value}: {name} of the pixel in "
                        "row {row}, column {column}."),
            "chosen": _("Row {row}, column {column}: {red} red, {green} green, {blue} blue. Entry {entry} of the "
                        "vector is {value}, {name}."),
        },
    }  # fmt: skip


def _weighing_words(largest: int) -> dict[str, Any]:
    return {
        "columns": {"x": _("x: 0 to {largest}").format(largest=largest), "w": _("w: weights"), "product": _("x · w")},
        "tile": {
            "x": _("The entries of {name}. Arrow keys go from pixel to pixel."),
            "w": _("The weights of {name}. Arrow keys go from pixel to pixel."),
            "product": _("The products of {name}. Arrow keys go from pixel to pixel."),
        },
        "hint": _("Blue adds, orange takes away; the stronger, the more. Point at a pixel: its twins light up in all "
                  "three, and its term stands below."),
        "entries": _("entries added"),
        "running": _("sum of x · w so far"),
        "z": _("z"),
        "probability": _("sigmoid of z"),
        "summed": _("After {count} entries the sum is {sum}."),
        "answer": _("z = {sum} + bias {bias} = {z}, and the sigmoid makes {probability} of it."),
    }  # fmt: skip
