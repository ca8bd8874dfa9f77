"""Decompress a file: the bytes of the table, and how it was compressed."""

from dataclasses import dataclass, replace

from core.errors import InputError
from core.language import _, ngettext
from core.preprocessing.naming import quote_names
from core.preprocessing.reading.archives import decompress, find_compression, take_member
from core.preprocessing.reading.file_format import archive_kind
from core.preprocessing.schema import Compression


@dataclass(frozen=True)
class Unpacked:
    """The bytes of the table, and how they were compressed.

    Attributes:
        data: the bytes.
        compression: None if the file was not compressed at all.
        member: the name of the file inside a ZIP archive.
        notes: what there is to say about it.
        inner: the compression of that file itself, mostly None.
        members: the names of all files in the archive.
    """

    data: bytes
    compression: Compression | None = None
    member: str | None = None
    notes: tuple[str, ...] = ()
    inner: Compression | None = None
    members: tuple[str, ...] = ()


def unpack(data: bytes, member: str | None = None) -> Unpacked:
    """Decompress a file of gzip, bzip2, xz, Zstandard or ZIP; return any other file, a workbook too, as it is.

    A ZIP file has to hold one file that looks like a table by its name, or `member` chooses one. A file that is
    compressed twice is decompressed twice, and no further.
    Raises InputError for a file that is damaged, has a password, or holds no table, SeveralTablesError for one with
    more than one table, and LimitError for one that decompresses to more than 500 MB.

    >>> import gzip
    >>> unpack(gzip.compress(b"a,b\\n1,2\\n")).data
    b'a,b\\n1,2\\n'
    """
    outer = _unpack_once(data, member)
    if outer.compression is not None:
        inner = _unpack_once(outer.data, member if outer.member is None else None)
        if inner.compression is not None:
            outer = replace(
                outer,
                data=inner.data,
                member=outer.member or inner.member,
                notes=(*outer.notes, *inner.notes),
                inner=inner.compression,
                members=outer.members or inner.members,
            )
    if member is not None and outer.member is None:
        raise InputError(_("“{member}” cannot be extracted: this file is not a ZIP archive.").format(member=member))
    return outer


def _unpack_once(data: bytes, member: str | None) -> Unpacked:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")) and archive_kind(data) == "ZIP":
        table, chosen, others = take_member(data, member)
        return Unpacked(table, "zip", chosen, _note_others(chosen, len(others)), members=(chosen, *others))
    compression = find_compression(data)
    if compression is None:
        return Unpacked(data)
    return Unpacked(decompress(data, compression), compression)


def _note_others(chosen: str, others: int) -> tuple[str, ...]:
    if not others:
        return ()
    return (
        ngettext(
            "{name} was read from the ZIP file; {count} other file in it was not.",
            "{name} was read from the ZIP file; {count} other files in it were not.",
            others,
        ).format(name=quote_names([chosen]), count=others),
    )
