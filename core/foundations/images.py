"""A picture as a feature vector: its numbers, entry by entry, in one of two orders.

A picture is an array of shape (height, width, channels): at each row and column one number for each channel. A model
takes one long list. By channel it holds all numbers of the first channel, row by row, then those of the second: the
order of torch's (channels, height, width). By pixel it holds the numbers of the first pixel, then those of the next:
how files and NumPy store a picture.
"""

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np

from core.errors import InputError
from core.foundations.picture_files import Picture
from core.language import _

if TYPE_CHECKING:
    import torch

Order: TypeAlias = Literal["channel", "pixel"]
ORDERS: tuple[Order, ...] = ("channel", "pixel")
CHANNELS = 3


class Place(NamedTuple):
    """Where a number of a picture stands: row, column and channel, counted from 0."""

    row: int
    column: int
    channel: int


class Shape(NamedTuple):
    """The size of a picture: rows, columns and channels."""

    height: int
    width: int
    channels: int


def to_feature_vector(
    image: Any,  # noqa: ANN401 - whatever holds a picture
    order: Order = "channel",
    scaled: bool = False,
) -> "torch.Tensor":
    """Return the numbers of a picture as one vector: a float64 tensor of shape (height x width x channels,).

    `image` is an array or a tensor of shape (height, width, 3), or (height, width) with one channel; or a `Picture`, a
    picture of Pillow's, or the bytes of a file, which become three channels of 0 to 255. `order` is "channel" or
    "pixel". `scaled` divides by 255, so that 0 to 255 becomes 0 to 1. Nothing mutates the image.
    Raises InputError for another shape, an empty picture, and for entries that are no finite numbers.

    >>> picture = np.arange(12).reshape(2, 2, 3)
    >>> to_feature_vector(picture).int().tolist()
    [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]
    >>> to_feature_vector(picture, "pixel").int().tolist()
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    """
    import torch

    pixels = _as_pixels(image)
    check_order(order)
    ordered = np.moveaxis(pixels, 2, 0) if order == "channel" else pixels
    vector = torch.tensor(np.ascontiguousarray(ordered, dtype=np.float64).ravel(), dtype=torch.float64)
    return vector / 255 if scaled else vector


def entry_of(place: tuple[int, int, int], shape: tuple[int, int, int], order: Order = "channel") -> int:
    """Return at which entry k of the vector, counted from 0, the number at (row, column, channel) stands.

    `shape` is (height, width, channels). Raises InputError for a place outside of the picture.

    >>> entry_of((1, 0, 2), (2, 2, 3), "channel"), entry_of((1, 0, 2), (2, 2, 3), "pixel")
    (10, 8)
    """
    (row, column, channel), (height, width, channels) = place, shape
    check_order(order)
    if not (0 <= row < height and 0 <= column < width and 0 <= channel < channels):
        raise InputError(
            _("The picture has shape {shape}, so it has no place {place}.").format(
                shape=tuple(shape), place=tuple(place)
            )
        )
    if order == "channel":
        return (channel * height + row) * width + column
    return (row * width + column) * channels + channel


def place_of(entry: int, shape: tuple[int, int, int], order: Order = "channel") -> Place:
    """Return where the number at entry k of the vector, counted from 0, stands in the picture.

    `shape` is (height, width, channels). Raises InputError for an entry outside of the vector.

    >>> place_of(10, (2, 2, 3), "channel"), place_of(8, (2, 2, 3), "pixel")
    (Place(row=1, column=0, channel=2), Place(row=1, column=0, channel=2))
    """
    height, width, channels = shape
    check_order(order)
    length = height * width * channels
    if not 0 <= entry < length:
        raise InputError(_("The vector has {length} entries, counted from 0, so none has the number {entry}.").format(
            length=length, entry=entry
        ))  # fmt: skip
    if order == "channel":
        channel, rest = divmod(entry, height * width)
        return Place(*divmod(rest, width), channel)
    pixel, channel = divmod(entry, channels)
    return Place(*divmod(pixel, width), channel)


def check_order(order: str) -> None:
    """Raise InputError unless this is one of the two orders."""
    if order not in ORDERS:
        raise InputError(_("The order is “channel” or “pixel”, not “{order}”.").format(order=order))


def _as_pixels(image: Any) -> np.ndarray[Any, np.dtype[Any]]:  # noqa: ANN401
    """Return the picture as an array of shape (height, width, channels), of finite numbers."""
    if isinstance(image, Picture):
        return image.pixels
    if isinstance(image, bytes | bytearray) or hasattr(image, "getbands"):
        from core.foundations.picture_files import read_picture

        return read_picture(image).pixels
    if hasattr(image, "detach"):
        image = image.detach().cpu().numpy()
    try:
        pixels = np.asarray(image)
    except ValueError as problem:
        raise InputError(_("Every row of a picture needs as many pixels as the others.")) from problem
    if pixels.ndim == 2:
        pixels = pixels[:, :, None]
    if pixels.ndim != 3 or pixels.shape[2] not in (1, CHANNELS):
        raise InputError(_shape_needed(pixels.shape))
    if pixels.size == 0:
        raise InputError(_("The picture is empty: its shape is {shape}.").format(shape=pixels.shape))
    if pixels.dtype.kind not in "buif":
        raise InputError(_("A picture holds numbers, not values of type {dtype}.").format(dtype=pixels.dtype))
    if not np.isfinite(pixels).all():
        raise InputError(_("Every number of a picture has to be finite; this one has NaN or infinity in it."))
    return pixels


def _shape_needed(shape: tuple[int, ...]) -> str:
    if len(shape) == 3 and shape[0] in (1, CHANNELS):
        return _(
            "A picture needs the shape (height, width, 3); got {shape}, with the channels first. Use "
            "permute(1, 2, 0) before."
        ).format(shape=shape)
    if len(shape) == 3 and shape[2] == 4:
        return _(
            "A picture needs three channels; got four, {shape}. The fourth is how opaque a pixel is: leave it out "
            "with image[:, :, :3]."
        ).format(shape=shape)
    return _("A picture needs the shape (height, width, 3), or (height, width) for grey; got {shape}.").format(
        shape=shape
    )
