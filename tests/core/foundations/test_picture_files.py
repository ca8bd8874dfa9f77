"""Pictures of every kind that Pillow writes, and files that are none: each is read with a note, or refused."""

import io
import struct
import time
import zlib

import numpy as np
import pytest
from PIL import Image

from core.errors import InputError, LimitError
from core.foundations import read_picture, shrink
from core.foundations.picture_files import picture_bytes

COLOURS = np.random.default_rng(0).integers(0, 256, (6, 9, 3)).astype(np.uint8)


def written(image: Image.Image, format: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colour: int, rows: bytes, *more: bytes) -> bytes:
    """A PNG written by hand: its size may promise more than it holds."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + data + chunk(b"IEND", b"")


@pytest.mark.parametrize("format", ["PNG", "BMP", "TIFF", "PPM"])
def test_files_without_loss_hold_the_same_numbers(format):
    picture = read_picture(written(Image.fromarray(COLOURS), format))
    assert (picture.pixels == COLOURS).all()
    assert picture.pixels.dtype == np.uint8
    assert (picture.height, picture.width, picture.format, picture.notes) == (6, 9, format, ())


@pytest.mark.parametrize("format", ["JPEG", "WEBP"])
def test_files_with_loss_are_near(format):
    smooth = np.asarray(Image.fromarray(COLOURS).resize((90, 60), Image.Resampling.BICUBIC))
    read = read_picture(written(Image.fromarray(smooth), format, quality=95)).pixels
    assert np.abs(read.astype(int) - smooth).mean() < 12


def test_the_pixels_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        read_picture(picture_bytes(COLOURS)).pixels[0, 0, 0] = 1


def test_grey_is_the_same_in_three_channels():
    grey = COLOURS[:, :, 0]
    picture = read_picture(written(Image.fromarray(grey)))
    assert all((picture.pixels[:, :, channel] == grey).all() for channel in range(3))
    assert "grey" in picture.notes[0]


def test_one_bit_is_0_and_255():
    picture = read_picture(written(Image.fromarray(COLOURS[:, :, 0] > 127)))
    assert set(np.unique(picture.pixels)) == {0, 255}


def test_a_palette_becomes_its_colours():
    image = Image.new("P", (2, 1))
    image.putpalette([10, 20, 30, 200, 100, 50])
    image.putpixel((1, 0), 1)
    picture = read_picture(written(image))
    assert picture.pixels.tolist() == [[[10, 20, 30], [200, 100, 50]]]
    assert "palette" in picture.notes[0]
    clear = read_picture(written(image, transparency=1))
    assert clear.pixels[0, 1].tolist() == [255, 255, 255]
    assert any("laid on white" in note for note in clear.notes)


def test_transparent_pixels_are_laid_on_white():
    image = Image.new("RGBA", (2, 1), (0, 0, 0, 255))
    image.putpixel((1, 0), (0, 0, 0, 51))
    picture = read_picture(written(image))
    assert picture.pixels[:, :, 0].tolist() == [[0, 204]]
    assert "50%" in picture.notes[0]
    opaque = read_picture(written(Image.new("RGBA", (2, 1), (9, 8, 7, 255))))
    assert opaque.pixels[0, 0].tolist() == [9, 8, 7]
    assert "no pixel transparent" in opaque.notes[0]


def test_grey_with_alpha_has_both_notes():
    picture = read_picture(written(Image.new("LA", (1, 1), (0, 0))))
    assert picture.pixels.tolist() == [[[255, 255, 255]]]
    assert len(picture.notes) == 2


def test_inks_become_colours():
    image = Image.new("CMYK", (4, 4), (0, 255, 255, 0))
    for format in ("JPEG", "TIFF"):
        picture = read_picture(written(image, format))
        assert np.abs(picture.pixels[0, 0].astype(int) - [255, 0, 0]).max() <= 3
        assert "CMYK" in picture.notes[0]


def test_16_bits_of_grey_and_of_colour_become_8():
    grey = np.array([[0, 257, 65535, 32896]], dtype=np.uint16)
    picture = read_picture(written(Image.fromarray(grey)))
    assert picture.pixels[0, :, 0].tolist() == [0, 1, 255, 128]
    assert "16 bits" in picture.notes[0]
    rows = b"\0" + struct.pack(">6H", 65535, 0, 257 * 7, 0, 257, 65535)
    colour = read_picture(png(2, 1, 16, 2, rows))
    assert colour.pixels.tolist() == [[[255, 0, 7], [0, 1, 255]]]
    assert any("16 bits" in note for note in colour.notes)


def test_numbers_of_any_range_are_stretched():
    values = np.array([[-1.0, 0.0, 1.0, np.nan]], dtype=np.float32)
    picture = read_picture(written(Image.fromarray(values), "TIFF"))
    assert picture.pixels[0, :, 0].tolist() == [0, 128, 255, 0]
    assert "−1 to 1" in picture.notes[0]
    same = read_picture(written(Image.fromarray(np.full((1, 2), 7.5, dtype=np.float32)), "TIFF"))
    assert same.pixels.max() == 0
    assert same.notes[0] == "Every pixel is 7.5; they are shown as 0."
    with pytest.raises(InputError, match="finite"):
        read_picture(written(Image.fromarray(np.full((1, 2), np.nan, dtype=np.float32)), "TIFF"))


def test_the_first_picture_of_an_animation_is_used():
    frames = [Image.new("RGB", (2, 2), colour) for colour in ("red", "lime", "blue")]
    for format in ("GIF", "PNG"):
        picture = read_picture(written(frames[0], format, save_all=True, append_images=frames[1:]))
        assert picture.pixels[0, 0].tolist() == [255, 0, 0]
        assert any("3 pictures" in note for note in picture.notes)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_camera_is_turned_back(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = Image.fromarray(COLOURS)
    picture = read_picture(written(stored, "PNG", exif=exif))
    turned = {
        1: COLOURS, 2: COLOURS[:, ::-1], 3: COLOURS[::-1, ::-1], 4: COLOURS[::-1], 5: COLOURS.swapaxes(0, 1),
        6: np.rot90(COLOURS, -1), 7: np.rot90(COLOURS, 2).swapaxes(0, 1), 8: np.rot90(COLOURS),
    }  # fmt: skip
    assert (picture.pixels == turned[orientation]).all()
    assert bool(picture.notes) == (orientation > 1)
    assert (picture.height, picture.width) == turned[orientation].shape[:2]


def test_100_megapixels_are_refused_before_anything_is_decoded():
    start = time.process_time()
    with pytest.raises(LimitError) as problem:
        read_picture(png(10_000, 10_000, 8, 2, b"\0"))  # its data would end at once: so it was not decoded
    assert time.process_time() - start < 0.5
    assert "10,000 x 10,000" in str(problem.value)
    assert (problem.value.most, problem.value.came) == (50_000_000, 100_000_000)


def test_a_decompression_bomb_is_refused():
    with pytest.raises(LimitError, match="far larger"):
        read_picture(png(60_000, 60_000, 8, 2, b"\0"))
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 80_000_000))
    with pytest.raises(InputError, match="decompression bomb"):
        read_picture(png(1, 1, 8, 2, b"\0\1\2\3", text))


@pytest.mark.parametrize("format", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_file_cut_off_anywhere_is_refused(format):
    content = written(Image.fromarray(np.tile(COLOURS, (20, 20, 1))), format)
    for share in (0.02, 0.3, 0.6, 0.9):
        with pytest.raises(InputError):
            read_picture(content[: int(len(content) * share)])


def test_a_cut_off_file_is_called_that():
    content = written(Image.fromarray(np.tile(COLOURS, (20, 20, 1))), "JPEG")
    with pytest.raises(InputError, match="cut off"):
        read_picture(content[: len(content) // 2])


@pytest.mark.parametrize("format", ["PNG", "JPEG", "GIF", "WEBP", "TIFF"])
def test_damaged_files_are_read_or_refused_and_nothing_else(format):
    content = bytearray(written(Image.fromarray(np.tile(COLOURS, (3, 3, 1))), format))
    random = np.random.default_rng(1)
    for _attempt in range(150):
        damaged = content.copy()
        for place in random.integers(8, len(content), 6):
            damaged[place] = random.integers(256)
        try:
            assert read_picture(bytes(damaged)).pixels.ndim == 3
        except InputError as problem:
            assert str(problem).endswith(".")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no bytes"),
        (b"a,b\n1,2\n", "no picture"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"%PDF-1.7", "PDF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(content, words):
    with pytest.raises(InputError) as problem:
        read_picture(content)
    assert words in str(problem.value)


def test_shrinking_takes_means_and_keeps_the_proportions():
    pixels = np.repeat(np.repeat(np.array([[0, 200], [100, 40]], dtype=np.uint8), 4, 0), 4, 1)
    picture = read_picture(picture_bytes(np.repeat(pixels[:, :, None], 3, axis=2)))
    assert shrink(picture, 2).pixels[:, :, 0].tolist() == [[0, 200], [100, 40]]
    assert shrink(picture, 1).pixels.tolist() == [[[85, 85, 85]]]
    wide = read_picture(picture_bytes(np.zeros((30, 90, 3), dtype=np.uint8)))
    assert shrink(wide, 30).shape == (10, 30, 3)
    small = shrink(wide, 30, square=True)
    assert (small.shape, small.height, small.width) == ((30, 30, 3), 30, 90)


def test_a_small_picture_is_not_enlarged():
    picture = read_picture(picture_bytes(COLOURS))
    assert (shrink(picture, 128).pixels == COLOURS).all()
    with pytest.raises(InputError):
        shrink(picture, 0)
