"""Compressed files, and the table in a ZIP archive."""

import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from lzma import LZMAError
from pathlib import PurePosixPath

from core.errors import InputError
from core.language import _
from core.preprocessing.limits import check_unpacked
from core.preprocessing.naming import quote_names
from core.preprocessing.schema import Compression

PIECE = 1 << 20
LARGEST_WINDOW = 1 << 27  # bytes of the window of a decompressor: enough for all presets

BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")  # the digits of π before each block, those of its root at the end


def find_compression(data: bytes) -> Compression | None:
    """Return the compression of a file by its first bytes; None if it is not compressed, or a ZIP archive."""
    if data.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if data.startswith(b"BZh") and data[4:10] in BZIP2_BLOCKS:
        return "bz2"
    if data.startswith(b"\xfd7zXZ\x00"):
        return "xz"
    return "zstd" if data.startswith(b"\x28\xb5\x2f\xfd") else None


def decompress(data: bytes, compression: Compression) -> bytes:
    """Decompress by the result of `find_compression`. Raises InputError for damaged bytes, LimitError above 500 MB."""
    return collect(_PIECES[compression](data), compression)


def collect(pieces: Iterator[bytes], compression: Compression) -> bytes:
    """Join the pieces. Raises InputError if they end too early, LimitError as soon as they exceed 500 MB."""
    whole = io.BytesIO()
    try:
        for piece in pieces:
            check_unpacked(whole.tell() + len(piece))
            whole.write(piece)
    except (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile):
        raise damaged(compression) from None
    return whole.getvalue()


def damaged(compression: Compression) -> InputError:
    """Return the error for compressed bytes that cannot be decompressed."""
    return InputError(
        _("The file is damaged or cut off and cannot be unpacked ({compression}); get it again.").format(
            compression=compression
        )
    )


def read_on(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """Yield an open file in pieces of 1 MiB."""
    while piece := read(PIECE):
        yield piece


def _gunzip(data: bytes) -> Iterator[bytes]:
    """Decompress all members: several joined ones are one file, as for gzip itself."""
    with gzip.open(io.BytesIO(data)) as stream:
        yield from read_on(stream.read)


def _bunzip(data: bytes) -> Iterator[bytes]:
    with bz2.open(io.BytesIO(data)) as stream:
        yield from read_on(stream.read)


def _unxz(data: bytes) -> Iterator[bytes]:
    """Decompress stream after stream; `lzma.open` does not bound the memory that a header can request."""
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
    """Decompress frame after frame, a few bytes at a time, since the size of the output of one call has no bound."""
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


TABLES = frozenset({".csv", ".tsv", ".tab", ".psv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".pq"})
PERHAPS = frozenset({".txt", ".dat", ".data", ".asc", ".test", ""})  # tables too, if no other file is likelier
PACKED = frozenset({".gz", ".bz2", ".xz", ".zst"})
# What zipfile raises for a damaged archive; ValueError is for an offset before its beginning.
DAMAGE = (
    zipfile.BadZipFile,
    OSError,
    RuntimeError,
    EOFError,
    ValueError,
    MemoryError,
    struct.error,
    zlib.error,
    LZMAError,
)
NO_TABLES = ("readme", "license", "licence", "copying", "changelog", "index", "metadata", "notes")


class SeveralTablesError(InputError):
    """A ZIP archive with more than one table; `members` are the names to choose from."""

    def __init__(self, sentence: str, members: tuple[str, ...]) -> None:
        """Store the names with the message."""
        super().__init__(sentence)
        self.members = members


def take_member(data: bytes, member: str | None) -> tuple[bytes, str, tuple[str, ...]]:
    """Return the bytes of the table in the archive, its name, and the names of the other files.

    Folders, hidden files and those that macOS adds do not count. Without `member`, the one file that looks like a
    table by its name is taken, or the only file.
    Raises InputError for a damaged archive, one with a password, without a table, without this member;
    SeveralTablesError if there is more than one table; LimitError for a table of more than 500 MB.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [entry.filename for entry in archive.infolist() if _is_file(entry)]
            chosen = _choose(files, member)
            if archive.getinfo(chosen).flag_bits & 1:
                raise InputError(_("The ZIP file has a password; unpack it yourself and bring the table in it."))
            with archive.open(chosen) as stream:
                table = collect(read_on(stream.read), "zip")
    except NotImplementedError:
        raise InputError(
            _("The ZIP file is packed in a way that is not known here; unpack it yourself and bring the table in it.")
        ) from None
    except InputError:
        raise
    except DAMAGE:
        raise damaged("zip") from None
    return table, chosen, tuple(name for name in files if name != chosen)


def _is_file(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    return not entry.is_dir() and not any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _choose(files: list[str], member: str | None) -> str:
    if member is not None:
        if member in files:
            return member
        raise InputError(
            _("The ZIP file holds no file “{member}”; it holds {names}.").format(
                member=member, names=quote_names(files) or _("no files")
            )
        )
    tables = [name for name in files if _suffix(name) in TABLES]
    tables = tables or [name for name in files if _suffix(name) in PERHAPS and not _describes(name)]
    tables = tables or (files if len(files) == 1 else [])
    if not tables:
        raise InputError(
            _(
                "The ZIP file holds no table; a CSV, TSV, Excel or Parquet file is needed in it; it holds {names}."
            ).format(names=quote_names(files) or _("no files"))
        )
    if len(tables) > 1:
        sentence = _("The ZIP file holds {count} tables; choose one of them: {names}.")
        raise SeveralTablesError(sentence.format(count=len(tables), names=quote_names(tables)), tuple(tables))
    return tables[0]


def _suffix(name: str) -> str:
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix in PACKED else path.suffix


def _describes(name: str) -> bool:
    return PurePosixPath(name.lower()).name.startswith(NO_TABLES)
