"""From the bytes of a file to its text, as UTF-8 for the engine or as a str."""

import codecs
import re
from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.language import _
from core.preprocessing.reading.guessing import guess_byte_encodings, guess_wide_encoding, telling_lines
from core.preprocessing.reading.mending import mend_utf8

PREFIX = 1 << 16  # what is looked at closely

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")


@dataclass(frozen=True)
class Utf8Text:
    """A text as UTF-8 without a byte order mark; `encoding` is the one it came in.

    `replaced` counts the broken characters that now are “�”; to read the file again, errors have to be replaced then.
    """

    data: bytes
    encoding: str
    notes: tuple[str, ...] = ()
    replaced: int = 0


def to_utf8(data: bytes, encoding: str | None = None) -> Utf8Text:
    """Return the text as UTF-8; what is UTF-8 already is only checked, and not copied unless it has a mark.

    A byte order mark decides; then zero bytes, which only UTF-16 and UTF-32 have, by their places; then whether the
    bytes are UTF-8, which those of other encodings hardly ever are by chance; then whether they are but for a few,
    which are replaced; then chardet, as `guessing` tells.
    Raises InputError for an unknown encoding, bytes that are not text in it, and files that are no text at all.
    """
    name = _check_name(encoding) if encoding is not None else _find_mark(data)
    may_be_utf8 = name is None or codecs.lookup(name).name in ("utf-8", "utf-8-sig")
    if may_be_utf8 and b"\x00" not in data and is_utf8(data):
        return _take_utf8(data)
    if encoding is None and may_be_utf8 and b"\x00" not in data:
        return _guess(data)
    if name is None:
        name = guess_wide_encoding(data[:PREFIX])
    text = _decode(data, name, chosen=encoding is not None)
    if text.startswith("\ufeff"):
        text, name = text[1:], _marked(name)
    if "\x00" in text or (encoding is None and CONTROLS.search(text[:PREFIX])):
        raise _not_text()
    return Utf8Text(_encode(text, name), name)


def is_utf8(data: bytes) -> bool:
    """Say whether these bytes are UTF-8, in a tenth of the time that decoding them takes."""
    import pyarrow as pa

    if data.isascii():
        return True
    ends = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    whole = pa.Array.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(data)])
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _take_utf8(data: bytes) -> Utf8Text:
    if b"\x1b$" in data[:PREFIX]:
        return Utf8Text(_decode(data, "iso2022_jp", chosen=False).encode(), "iso2022_jp")
    bare = data.removeprefix(codecs.BOM_UTF8)
    return Utf8Text(bare, "utf-8" if len(bare) == len(data) else "utf-8-sig")


def _guess(data: bytes) -> Utf8Text:
    sample = telling_lines(data)
    mended = mend_utf8(data) if mend_utf8(sample) is not None else None
    if mended is not None:
        if CONTROLS.search(mended.text[:PREFIX].decode(errors="ignore")):
            raise _not_text()
        return Utf8Text(mended.text, "utf-8", (mended.note,), mended.broken)
    name, text = "latin-1", ""
    for name in (*guess_byte_encodings(sample), "latin-1"):
        try:
            text = data.decode(name)
            break
        except UnicodeError:
            continue
    if CONTROLS.search(text[:PREFIX]):
        raise _not_text()
    return Utf8Text(_encode(text, name), name, (_("The text was read as {encoding}, a guess.").format(encoding=name),))


def _find_mark(data: bytes) -> str | None:
    return next((name for mark, name in MARKS if data.startswith(mark)), None)


def _marked(name: str) -> str:
    plain = codecs.lookup(name).name
    return next((full for full in ("utf-16", "utf-32") if plain.startswith(full)), name)


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


def _decode(data: bytes, name: str, *, chosen: bool) -> str:
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        raise (_not_in(name) if chosen else _not_text()) from None


def _encode(text: str, name: str) -> bytes:
    """Return the text as UTF-8; some encodings spell halves of characters, which are none."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise _not_in(name) from None


def _not_in(name: str) -> InputError:
    return InputError(
        _("The file is not text in the encoding {encoding}; choose another encoding.").format(encoding=name)
    )


def _not_text() -> InputError:
    return InputError(_("A CSV or TSV text file is needed; this file holds other bytes than text."))
