"""The format of a file, detected from its first bytes and never from its name."""

import io
import json
import re
import zipfile

from core.errors import InputError
from core.language import _
from core.preprocessing.reading.archives import DAMAGE
from core.preprocessing.schema import FileFormat

PREFIX = 1 << 12
LARGEST_JSON = 1 << 20  # of a larger text only the beginning is checked

# Beginnings of files that hold no table, or one that is not read here. The second group is plain text, with which a
# table may begin by chance (a column named PAR1 or ID3), and counts only before bytes that no text has.
SIGNATURES = (
    (b"\x89PNG\r\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"),
    (b"%PDF-", "PDF"), (b"{\\rtf", "RTF"), (b"%!PS-", "PostScript"),
    (b"SQLite format 3\x00", "SQLite"), (b"\x89HDF\r\n\x1a\n", "HDF5"), (b"CDF\x01", "NetCDF"), (b"CDF\x02", "NetCDF"),
    (b"\x93NUMPY", "NumPy"), (b"Obj\x01", "Avro"), (b"<stata_dta>", "Stata"), (b"HEADER RECORD*******LIB", "SAS"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"), (b"Rar!\x1a\x07", "RAR"), (b"\x04\x22\x4d\x18", "LZ4"), (b"\x1f\x9d", "compress"),
    (b"\x1f\x8b", "GZIP"), (b"\xfd7zXZ\x00", "XZ"), (b"\x28\xb5\x2f\xfd", "Zstandard"), (b"\x5d\x00\x00", "LZMA"),
    (b"\x7fELF", "ELF"), (b"PK\x05\x06", "ZIP"),
)  # fmt: skip
WORDS = (
    (b"GIF87a", "GIF"), (b"GIF89a", "GIF"), (b"RIFF", "RIFF"), (b"ID3", "MP3"), (b"BM", "BMP"), (b"MZ", "EXE"),
    (b"ARROW1", "Arrow"), (b"FEA1", "Feather"), (b"ORC", "ORC"), (b"$FL2", "SPSS"), (b"MATLAB 5.0", "MATLAB"),
    (b"BZh", "BZIP2"), (b"PARE", "Parquet"),
)  # fmt: skip
# The member by which a ZIP file is a document of some kind; OpenDocument files have a member named mimetype.
DOCUMENTS = (
    ("word/document.xml", "DOCX"), ("ppt/presentation.xml", "PPTX"), ("Index/Document.iwa", "Apple Numbers or Pages"),
    ("META-INF/MANIFEST.MF", "JAR"), ("META-INF/container.xml", "EPUB"),
)  # fmt: skip
POINTERS = (b"version https://git-lfs.github.com/spec/", b"/annex/objects/", b"../.git/annex/objects/")
SHEETS = "application/vnd.oasis.opendocument.spreadsheet"

_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_XML = re.compile(r"\s*<(?:\?xml|!doctype|html|head|body|table|rss|svg)\b", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table)\b", re.IGNORECASE)
_JSON = re.compile(r'\s*(?:\{\s*"(?:[^"\\]|\\.)*"\s*:|\[\s*(?:\{\s*"|\[))')


def detect_format(data: bytes) -> FileFormat:
    """Return whether these bytes are a text table, a workbook (XLSX, XLSM, XLSB, XLS, ODS) or a Parquet file.

    Text is only distinguished from clear HTML, JSON and XML; whether the rest is a table is found out in parsing.
    Compressed bytes have to be decompressed first.
    Raises InputError, with the kind, for every other known kind of file.
    """
    if data.startswith(b"PK\x03\x04"):
        kind = archive_kind(data)
        if kind == "excel":
            return "excel"
        raise _other(kind)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _judge_compound(data)
    is_binary = _BINARY.search(data, 0, PREFIX) is not None
    if data.startswith(b"PAR1") and (is_binary or data.endswith(b"PAR1")):
        return "parquet"
    for signature, kind in (*SIGNATURES, *(WORDS if is_binary else ())):
        if data.startswith(signature):
            raise _other(kind)
    _refuse_oddities(data)
    _refuse_markup(data)
    return "csv"


def archive_kind(data: bytes) -> str:
    """Return "excel" for a workbook, the name of another document in a ZIP file, or else "ZIP".

    A file whose directory cannot be read is "ZIP" too: decompressing it raises the error.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                kind = archive.open("mimetype").read(100).decode("latin-1").strip()
                return "excel" if kind.startswith(SHEETS) else _open_document(kind)
    except DAMAGE:
        return "ZIP"
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return "excel"
    if names and all(name.endswith(".npy") for name in names):
        return "NumPy"
    if any(name.endswith("/data.pkl") for name in names):
        return "PyTorch"
    return next((kind for member, kind in DOCUMENTS if member in names), "ZIP")


def _open_document(kind: str) -> str:
    return "EPUB" if "epub" in kind else "ODT, ODP or ODG" if "opendocument" in kind else "ZIP"


def _judge_compound(data: bytes) -> FileFormat:
    """Distinguish a workbook from other old Office files by the names in its directory.

    A newer workbook with a password is such a file too; reading it raises the error.
    """
    for stream, kind in (("WordDocument", "DOC"), ("PowerPoint Document", "PPT"), ("__properties_version1.0", "MSG")):
        if stream.encode("utf-16-le") in data:
            raise _other(kind)
    return "excel"


def _refuse_oddities(data: bytes) -> None:
    """Raise InputError for kinds with a signature elsewhere: TAR and MP4 further on, a pickle in a point at its end."""
    if data.startswith(POINTERS) and len(data) < PREFIX:
        raise InputError(
            _("A table is needed; this is a pointer of Git LFS or git-annex to a file; download the file itself.")
        )
    if data[257:262] == b"ustar":
        raise _other("TAR")
    if data[4:8] == b"ftyp":
        raise _other("MP4")
    if data[:1] == b"\x80" and data[1:2] in (b"\x02", b"\x03", b"\x04", b"\x05") and data.endswith(b"."):
        raise _other("pickle")


def _refuse_markup(data: bytes) -> None:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    beginning = data[:PREFIX].decode(encoding, errors="replace")
    if _XML.match(beginning):
        if _HTML.search(beginning):
            raise InputError(
                _(
                    "A table is needed; this is an HTML page, perhaps saved instead of the file; download the file "
                    "again."
                )
            )
        raise InputError(_("A table is needed; this is XML; save it as CSV, Excel or Parquet."))
    if beginning.lstrip()[:1] in ("{", "[") and _is_json(data, encoding, beginning):
        raise InputError(_("A table is needed; this is JSON; save it as CSV, Excel or Parquet."))


def _is_json(data: bytes, encoding: str, beginning: str) -> bool:
    """Return whether the whole text is JSON, or its first line is an object, or the beginning of a long text is."""
    if len(data) > LARGEST_JSON:
        return _JSON.match(beginning) is not None
    text = data.decode(encoding, errors="replace").strip()
    return _loads(text) or (text.startswith("{") and _loads(text.partition("\n")[0]))


def _loads(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _other(kind: str) -> InputError:
    return InputError(
        _("A table as CSV, TSV, Excel or Parquet is needed; this looks like a file of kind {kind}.").format(kind=kind)
    )
