"""From the bytes of a file to its text."""

import codecs
import re

from core.errors import InputError
from core.language import _

PREFIX = 1 << 16  # a guess looks at this many bytes; the decoding itself is strict on all of them

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SIGNATURES = (
    (b"PK\x03\x04", "XLSX, ODS or ZIP"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF-", "PDF"),
    (b"\x1f\x8b", "GZIP"),
    (b"PAR1", "Parquet"),
)
# Those of Windows and the web: among all it knows, the library takes short files for ones of old Macs and of DOS.
LIBRARY_ENCODINGS = ("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "big5", "cp932", "cp949", "gb18030")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")
# Letters and signs of Western Europe as cp1252 writes them. A superscript three or a pound sign at the start of a word
# is an ł or Ł of cp1250; four letters with accents in a row are Cyrillic or Greek.
WESTERN = re.compile(
    r"(?:[\x00-\x7f]|(?![×÷ÐÞðþ])[À-ÿŒœŠšŽžŸ]{1,3}(?![À-ÿ])|[°²µ€§–—‘’“”„…«»·©®±×¼½¾ºª¿¡™]|[£³¹](?![^\W\d_]))*"
)


def decode_text(data: bytes, encoding: str | None) -> tuple[str, str]:
    """Return the text and the name of its encoding, guessed if none is given.

    A byte order mark decides; then UTF-16 without one, by its zero bytes; then UTF-8, which other encodings hardly ever
    are by chance; then GB18030, cp1252 and what charset-normalizer says, in this order.
    Raises InputError for an unknown encoding, bytes that are not text in it, and files that are no text at all.
    """
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise InputError(_("A CSV or TSV text file is needed; this looks like {kind}.").format(kind=kind))
    name = _check_name(encoding) if encoding is not None else _guess(data)
    try:
        text = data.decode(name)
    except (UnicodeError, ValueError):
        if encoding is None:
            raise _not_text() from None
        raise InputError(
            _("The file is not text in the encoding {encoding}; choose another encoding.").format(encoding=name)
        ) from None
    if text.startswith("\ufeff"):
        text, name = text[1:], "utf-8-sig" if codecs.lookup(name).name == "utf-8" else "utf-16"
    if "\x00" in text or (name != "utf-8" and encoding is None and CONTROLS.search(text[:PREFIX])):
        raise _not_text()
    return text, name


def _not_text() -> InputError:
    return InputError(_("A CSV or TSV text file is needed; this file holds other bytes than text."))


def _check_name(encoding: str) -> str:
    try:
        if codecs.lookup(encoding)._is_text_encoding:  # the same question bytes.decode asks
            return encoding
    except (LookupError, ValueError, TypeError):
        pass
    raise InputError(
        _("“{encoding}” is not the name of a text encoding; try utf-8, gb18030, utf-16 or cp1252.").format(
            encoding=encoding
        )
    )


def _guess(data: bytes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    prefix = data[:PREFIX]
    if b"\x00" in prefix:
        return _guess_utf16(prefix)
    if _is(data, "utf-8"):
        return "utf-8"
    if _is(data, "gb18030") and _is_chinese(prefix):
        return "gb18030"
    if _is(data, "cp1252") and WESTERN.fullmatch(prefix.decode("cp1252")):
        return "cp1252"
    return _ask_library(data)


def _guess_utf16(prefix: bytes) -> str:
    """ASCII in UTF-16 has a zero in every second byte: the high one, whose place tells the byte order."""
    even, odd = prefix[::2].count(0), prefix[1::2].count(0)
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_chinese(prefix: bytes) -> bool:
    """Say whether most characters beyond ASCII are among the 3,755 common ones, rows 16 to 55 of GB 2312.

    charset-normalizer takes a short GBK file for Korean or Big5 (`姓名,年龄` for cp949), hence this rule before it.
    Western letters rarely come in such pairs, and Big5 and Shift-JIS use second bytes that these rows do not have.
    """
    common = beyond = 0
    for character in prefix.decode("gb18030", errors="ignore"):
        if character > "\x7f":
            code = character.encode("gb18030")
            common += len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1
            beyond += not (len(code) == 2 and 0xA1 <= code[0] <= 0xA9)  # punctuation and signs count for neither
    return common > 0 and common >= 0.7 * beyond


def _ask_library(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:PREFIX], cp_isolation=list(LIBRARY_ENCODINGS)).best()
    if best is not None and _is(data, best.encoding):
        return str(best.encoding)
    return "cp1252" if _is(data, "cp1252") else "latin-1"


def _is(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True
