"""Compressed bytes of one file, unpacked piece by piece up to a limit, whatever their headers promise."""

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator

from core.errors import InputError
from core.language import _
from core.preprocessing.reading.limits import check_unpacked
from core.preprocessing.reading.table import Compression

PIECE = 1 << 20
LARGEST_WINDOW = 1 << 27  # bytes that an unpacker may keep of what it wrote: enough for all presets of the programs

BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")  # the digits of π before each block, those of its root at the end


def find_compression(data: bytes) -> Compression | None:
    """Tell by its first bytes how a file is compressed; None if it is not, or by a ZIP archive."""
    if data.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if data.startswith(b"BZh") and data[4:10] in BZIP2_BLOCKS:
        return "bz2"
    if data.startswith(b"\xfd7zXZ\x00"):
        return "xz"
    return "zstd" if data.startswith(b"\x28\xb5\x2f\xfd") else None


def decompress(data: bytes, compression: Compression) -> bytes:
    """Unpack what `find_compression` named. Raises InputError for damaged bytes, LimitError beyond 500 MB."""
    return collect(_PIECES[compression](data), compression)


def collect(pieces: Iterator[bytes], compression: Compression) -> bytes:
    """Join the pieces. Raises InputError if they break off, LimitError as soon as they are more than 500 MB."""
    whole = io.BytesIO()
    try:
        for piece in pieces:
            check_unpacked(whole.tell() + len(piece))
            whole.write(piece)
    except (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile):
        raise damaged(compression) from None
    return whole.getvalue()


def damaged(compression: Compression) -> InputError:
    """Return the error for compressed bytes that cannot be unpacked."""
    return InputError(
        _("The file is damaged or cut off and cannot be unpacked ({compression}); get it again.").format(
            compression=compression
        )
    )


def read_on(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """Walk an open file in pieces of 1 MiB."""
    while piece := read(PIECE):
        yield piece


def _gunzip(data: bytes) -> Iterator[bytes]:
    """Unpack all members: several that were joined are one file, as for gzip itself."""
    with gzip.open(io.BytesIO(data)) as stream:
        yield from read_on(stream.read)


def _bunzip(data: bytes) -> Iterator[bytes]:
    with bz2.open(io.BytesIO(data)) as stream:
        yield from read_on(stream.read)


def _unxz(data: bytes) -> Iterator[bytes]:
    """Unpack stream after stream; `lzma.open` would set no bound to the memory that a header may ask for."""
    rest = data
    while rest:
        stream = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=LARGEST_WINDOW)
        yield stream.decompress(rest, PIECE)
        while not stream.eof:
            if stream.needs_input:
                raise EOFError
            yield stream.decompress(b"", PIECE)
        rest = stream.unused_data.lstrip(b"\x00")  # streams may be padded with zeros


def _unzstd(data: bytes) -> Iterator[bytes]:
    """Unpack frame after frame. Few bytes go in at a time, for there is no bound on what comes out of them at once."""
    from zstandard import ZstdDecompressor, ZstdError

    place, frame = 0, None
    try:
        while place < len(data):
            frame = frame or ZstdDecompressor(max_window_size=LARGEST_WINDOW).decompressobj()
            step = data[place : place + 256]
            yield frame.decompress(step)
            place += len(step)
            if frame.eof:
                place -= len(frame.unused_data)
                frame = None
    except ZstdError:
        raise EOFError from None
    if frame is not None:
        raise EOFError


_PIECES: dict[Compression, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "bz2": _bunzip,
    "xz": _unxz,
    "zstd": _unzstd,
}
