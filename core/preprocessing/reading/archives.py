"""A ZIP archive: which of the files in it is the table."""

import io
import struct
import zipfile
import zlib
from lzma import LZMAError
from pathlib import PurePosixPath

from core.errors import InputError
from core.language import _
from core.preprocessing.naming import quote_names
from core.preprocessing.reading.streams import collect, damaged, read_on

TABLES = frozenset({".csv", ".tsv", ".tab", ".psv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".pq"})
PERHAPS = frozenset({".txt", ".dat", ".data", ".asc", ".test", ""})  # tables too, if nothing else in it is likelier
PACKED = frozenset({".gz", ".bz2", ".xz", ".zst"})
# What the library raises for a damaged archive; ValueError comes where a place in it would be before its beginning.
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
        """Keep the names beside the sentence."""
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
