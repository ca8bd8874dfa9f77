"""Reading a picture with Pillow: three channels of 0 to 255 from whatever a file holds, with a note for each change.

The size is read from the head of the file, and a picture that is too large is refused before any pixel is decoded.
"""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from core.errors import InputError, LimitError
from core.formatting import format_count, format_number, format_percent
from core.language import _, ngettext

if TYPE_CHECKING:
    from PIL.Image import Image

Pixels = npt.NDArray[np.uint8]
Conversion: TypeAlias = Literal["channels", "on white", "16 bits", "stretched"]

MOST_PIXELS = 50_000_000
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP", "TIFF", "PPM")  # none that runs another program
ORIENTATION = 0x0112  # of the camera, in EXIF
WHITE = (255, 255, 255, 255)
# what Pillow's decoders raise for files that are cut off or damaged
DAMAGED = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, AttributeError, ArithmeticError,
    struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture in three channels.

    Attributes:
        pixels: shape (height, width, 3), uint8: red, green, blue, 0 to 255; read-only.
        height: rows of the picture in its file, after it was turned upright.
        width: its columns.
        notes: a sentence for each thing that reading changed.
        format: how the file is encoded, such as "PNG"; empty if the picture is from no file.
        conversion: how three channels of 8 bits were made: "channels" as Pillow converts to RGB, "on white" with
            transparent pixels laid on white, "16 bits" of grey divided by 257, any other range "stretched" to 0 to 255.
    """

    pixels: Pixels
    height: int
    width: int
    notes: tuple[str, ...] = ()
    format: str = ""
    conversion: Conversion = "channels"

    @classmethod
    def of(
        cls, pixels: Pixels, notes: tuple[str, ...] = (), format: str = "", conversion: Conversion = "channels"
    ) -> "Picture":
        """Return the picture with these pixels, at its own size; they are copied."""
        kept = np.array(pixels, dtype=np.uint8)
        kept.flags.writeable = False
        return cls(kept, kept.shape[0], kept.shape[1], notes, format, conversion)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Return (height, width, 3) of its pixels."""
        return self.pixels.shape[0], self.pixels.shape[1], self.pixels.shape[2]


def read_picture(content: "bytes | bytearray | Image", most_pixels: int = MOST_PIXELS) -> Picture:
    """Return the picture in the bytes of a file, or of an opened picture of Pillow's, in three channels.

    Of an animation the first picture is taken; palettes, CMYK and 16 bits are converted, transparent pixels laid on
    white, and the picture is turned as the camera was held. Each of these is a note.
    Raises InputError for what is no picture, is empty, cut off or damaged; LimitError for more than `most_pixels`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of size, which is checked here, and of damaged metadata, which is not used
        image = _open(bytes(content)) if isinstance(content, bytes | bytearray) else content
        _check_size(*image.size, most_pixels)
        notes = _notes_on_frames(image)
        deep, name = _is_16_bit(image), str(image.format or "")
        try:
            image.load()
            upright = _turn(image, image.getexif().get(ORIENTATION, 1))
        except MemoryError:
            raise InputError(_("There is not enough memory for this picture; bring a smaller one.")) from None
        except DAMAGED as problem:
            raise InputError(_damaged(problem)) from problem
    if upright is not image:
        notes.append(_("The camera was turned when it took this picture, and so was the picture: now it is upright."))
    rgb, changes, conversion = _in_three_channels(upright, deep)
    return Picture.of(np.asarray(rgb), (*notes, *changes), name, conversion)


def shrink(picture: Picture, side: int, square: bool = False) -> Picture:
    """Return the picture with at most `side` rows and columns; each pixel is the mean of those it stands for.

    `square` cuts the middle out first, as high as it is wide. A smaller picture is not enlarged. The height and width
    of the file stay. Raises InputError for a side below 1.
    """
    if side < 1:
        raise InputError(_("A picture needs at least one pixel; got {side} on its longer side.").format(side=side))
    from PIL import Image

    pixels = picture.pixels
    if square:
        short = min(pixels.shape[:2])
        top, left = ((length - short) // 2 for length in pixels.shape[:2])
        pixels = pixels[top : top + short, left : left + short]
    height, width = pixels.shape[:2]
    share = side / max(height, width)
    if share < 1:
        size = max(round(width * share), 1), max(round(height * share), 1)
        pixels = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))
    kept = Picture.of(pixels, picture.notes, picture.format, picture.conversion)
    return replace(kept, height=picture.height, width=picture.width)


def _open(content: bytes) -> "Image":
    """Return the picture with only its head read."""
    from PIL import Image, UnidentifiedImageError

    if not content:
        raise InputError(_("The file is empty: it has no bytes."))
    try:
        Image.init()
        return Image.open(io.BytesIO(content), formats=[name for name in FORMATS if name in Image.OPEN])
    except Image.DecompressionBombError:
        raise _too_large(None, MOST_PIXELS) from None
    except UnidentifiedImageError:
        raise InputError(_no_picture(content)) from None
    except DAMAGED as problem:
        raise InputError(_damaged(problem)) from problem


def _check_size(width: int, height: int, most: int) -> None:
    if width * height > most:
        raise _too_large((width, height), most)
    if width * height < 1:
        raise InputError(_("The picture is empty: {width} pixels wide and {height} high.").format(
            width=width, height=height
        ))  # fmt: skip


def _too_large(size: tuple[int, int] | None, most: int) -> LimitError:
    limit = format_number(most / 1e6, 3)
    if size is None:
        sentence = _(
            "The picture is far larger than {most} million pixels, the most that are decoded, so it was not decoded. "
            "Make it smaller and bring it again."
        ).format(most=limit)
        return LimitError(sentence, limit="unpacked", most=most, came=most + 1)
    width, height = size
    sentence = _(
        "The picture has {width} x {height} pixels, {count} million. At most {most} million are decoded, so it was not "
        "decoded. Make it smaller and bring it again."
    ).format(
        width=format_count(width), height=format_count(height), count=format_number(width * height / 1e6, 4), most=limit
    )
    return LimitError(sentence, limit="unpacked", most=most, came=width * height)


def _no_picture(content: bytes) -> str:
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheim"):
        return _("This is a HEIC picture, which is not read here. Save it as JPEG or PNG, and bring that.")
    if b"<svg" in content[:2000].lower():
        return _("This is an SVG: it holds shapes, not pixels. Export it as PNG, and bring that.")
    if content.startswith(b"%PDF"):
        return _("This is a PDF document, not a picture. Save the picture in it as PNG or JPEG, and bring that.")
    return _("This file holds no picture that can be read. Bring a PNG, JPEG, GIF, WebP, BMP or TIFF file.")


def _damaged(problem: Exception) -> str:
    if "truncated" in str(problem).lower() or isinstance(problem, EOFError):
        return _("The file is cut off: it ends before the last pixel. Fetch it again, and bring the whole file.")
    if "too large" in str(problem).lower():
        return _("Unpacked, a part of the file is larger than allowed, as in a decompression bomb, so it was not used.")
    return _("The picture is damaged and cannot be decoded. Save it again with another program, and bring that.")


def _notes_on_frames(image: "Image") -> list[str]:
    try:
        count = int(getattr(image, "n_frames", 1))
    except DAMAGED as problem:
        raise InputError(_damaged(problem)) from problem
    if count == 1:
        return []
    return [
        ngettext(
            "The file holds {count} picture; it is used.",
            "The file holds {count} pictures, as an animation does; the first one is used.",
            count,
        ).format(count=format_count(count))
    ]


def _is_16_bit(image: "Image") -> bool:
    """Return whether the file has 16 bits a channel, which Pillow cuts to 8 while it decodes colours."""
    return any(";16" in str(part) for tile in getattr(image, "tile", ()) for part in tile) or ";16" in image.mode


def _turn(image: "Image", orientation: object) -> "Image":
    from PIL import ImageOps

    if orientation not in range(2, 9):
        return image
    return ImageOps.exif_transpose(image)


def _in_three_channels(image: "Image", deep: bool) -> tuple["Image", list[str], Conversion]:
    """Return the picture as RGB with 8 bits, a note for each change, and how it was made."""
    mode, notes = image.mode, []
    if mode.startswith("I;16") or mode in ("I", "F"):
        image, note, conversion = _in_8_bits(image, deep or mode.startswith("I;16"))
        return image.convert("RGB"), [note, _grey()], conversion
    if deep:
        notes.append(_sixteen())
    if mode in ("P", "PA"):
        notes.append(
            _("The file has a palette, a list of colours that pixels point to; now each pixel has its colour.")
        )
        transparent = mode == "PA" or "transparency" in image.info
        image = image.convert("RGBA" if transparent else "RGB")
    elif mode == "CMYK":
        notes.append(_(
            "The file has four channels of printing ink (CMYK); they are converted to red, green and blue without a "
            "colour profile, so colours may differ a little."
        ))  # fmt: skip
    elif mode in ("L", "LA", "La", "1"):
        notes.append(_grey())
    elif mode not in ("RGB", "RGBA", "RGBa", "RGBX"):
        notes.append(_("The file's channels are {mode}; they are converted to red, green and blue.").format(mode=mode))
    if image.mode in ("La", "RGBa") or "transparency" in image.info or image.mode in ("LA", "RGBA"):
        image, laid = _on_white(image)
        return image.convert("RGB"), notes + laid, "on white"
    return image.convert("RGB"), notes, "channels"


def _on_white(image: "Image") -> tuple["Image", list[str]]:
    """Return a picture laid on white, and a note if any of it is transparent."""
    from PIL import Image

    whole = {"La": "LA", "RGBa": "RGBA"}.get(image.mode)
    image = (image.convert(whole) if whole else image).convert("RGBA")
    share = float((np.asarray(image.getchannel("A")) < 255).mean())
    if share == 0:
        return image, [_("The file has a fourth channel (alpha) that makes no pixel transparent; it is left out.")]
    note = _(
        "The file has a fourth channel (alpha), and {share} of its pixels are transparent in part or whole; they are "
        "laid on white."
    ).format(share=format_percent(share, 2, significant=True))
    return Image.alpha_composite(Image.new("RGBA", image.size, WHITE), image), [note]


def _in_8_bits(image: "Image", deep: bool) -> tuple["Image", str, Conversion]:
    """Return a grey picture of larger numbers in 0 to 255, the note that says how, and its name."""
    from PIL import Image

    values = np.asarray(image).astype(np.float64)
    if deep and values.min() >= 0 and values.max() <= 65535:
        return Image.fromarray(np.rint(values / 257).astype(np.uint8)), _sixteen(), "16 bits"
    finite = values[np.isfinite(values)]
    if not finite.size:
        raise InputError(_("No pixel of this picture is a finite number, so there is nothing to show."))
    low, high = float(finite.min()), float(finite.max())
    spread = (high - low) or 1.0
    scaled = np.nan_to_num((np.clip(values, low, high) - low) / spread) * 255
    note = (
        _("The pixels are numbers from {low} to {high}; that range was stretched to 0 to 255.")
        if high > low
        else _("Every pixel is {low}; they are shown as 0.")
    ).format(low=format_number(low), high=format_number(high))
    return Image.fromarray(np.rint(scaled).astype(np.uint8)), note, "stretched"


def _sixteen() -> str:
    return _("The file has 16 bits a channel, 0 to 65,535; they are reduced to 8 bits, 0 to 255.")


def _grey() -> str:
    return _("The picture is grey: its one channel stands for red, green and blue alike.")


def picture_bytes(pixels: npt.NDArray[Any], format: str = "PNG") -> bytes:
    """Return an array of shape (height, width, 3), uint8, as the bytes of a file."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(pixels).save(file, format)
    return file.getvalue()
