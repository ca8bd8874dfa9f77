"""From the bytes of a file to its text as UTF-8."""

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.errors import InputError
from core.language import _
from core.preprocessing.reading.broken_text import MOST_BROKEN, repair_letters, repair_utf8

MOST_LINES = 500  # lines used for a guess, from all over the file,
LONGEST_HALF = 400  # and bytes of each, before and after one that is not ASCII
_END = re.compile(rb"[\r\n]")
LONGEST_SEARCHED = 1 << 16  # bytes searched for a place where a long line can be cut
SAFE = (b" ", b"\t", b'"', b",", b";", b".", b"!", b"?", b"/", b"(", b")")  # no second byte of a letter anywhere
_SAFE = re.compile(b"[" + re.escape(b"".join(SAFE)) + b"]")

# The encodings of tables, of two that are as likely the first: those of East Asia, of Windows, and older
# ones of Unix, the Macintosh and DOS.
ENCODINGS = (
    "gb18030", "big5hkscs", "cp932", "shift_jis_2004", "euc_jis_2004", "cp949", "euc_kr",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874",
    "koi8-r", "koi8-u", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9", "mac-roman", "cp866", "cp850",
)  # fmt: skip
# Letters and signs of Western Europe as cp1252 writes them. A superscript three or a pound sign at the start of a word
# is an ł or Ł of cp1250; four letters with accents in a row are Cyrillic or Greek.
WESTERN = re.compile(
    r"(?:[\x00-\x7f]|(?![×÷])[À-ÿŒœŠšŽžŸ]{1,3}(?![À-ÿ])|[°²µ€–—‘’“”„…«»·®±×¼½¾ºª¿¡™]|(?<![^\W\d_])[§©®]"
    r"|[£³¹](?![^\W\d_]))*"
)
EAST_ASIAN = ENCODINGS[:7]  # those of two and more bytes a letter, in which a broken byte can be recognised
FEWEST_LINES = 3  # whole ones
CLEARLY = 1.4  # times as likely as cp1252 another encoding has to be where the text looks Western
FAINT = 0.01  # a confidence of chardet without meaning


def guess_wide_encoding(prefix: bytes) -> str:
    """Return the one of UTF-32 and UTF-16, in either byte order, that decodes to the most ASCII characters.

    Every table has line breaks; if there is none in either, it is no text, and "utf-32" is returned, which fails to
    decode. Two characters of UTF-16 read as one of UTF-32 are above the last code point.
    """
    whole = prefix[: len(prefix) // 4 * 4]
    for name, kind in (("utf-32-le", "<u4"), ("utf-32-be", ">u4")):
        if whole and (np.frombuffer(whole, kind) < 0x110000).all():
            return name
    pairs = prefix[: len(prefix) // 2 * 2]
    counts = {}
    for name, kind in (("utf-16-le", "<u2"), ("utf-16-be", ">u2")):
        units = np.frombuffer(pairs, kind)
        if np.isin(units, (0x0A, 0x0D)).any():
            counts[name] = np.count_nonzero(units < 0x80)
    return max(counts, key=lambda name: counts[name], default="utf-32")


def guess_byte_encodings(sample: bytes) -> Iterator[str]:
    """Return encodings of one or more bytes a character, the likeliest for these lines first.

    An encoding of East Asia is also tried without the lines in which a byte is broken, if they are few.
    """
    lines = sample.split(b"\n")
    for name in EAST_ASIAN:
        whole = [line for line in lines if _decodes(line, name)]
        if FEWEST_LINES <= len(whole) < len(lines) and len(lines) - len(whole) <= max(1, MOST_BROKEN * len(lines)):
            likeliest = next(_rank_encodings(b"\n".join(whole)))
            if likeliest == name:
                yield name
                break
    yield from _rank_encodings(sample)


def _decodes(line: bytes, name: str) -> bool:
    try:
        line.decode(name)
    except UnicodeError:
        return False
    return True


def _rank_encodings(sample: bytes) -> Iterator[str]:
    import chardet

    guesses = chardet.detect_all(sample, ignore_threshold=True, include_encodings=ENCODINGS, compat_names=False)
    likely = {guess["encoding"]: guess["confidence"] for guess in guesses if guess["encoding"]}
    ranked = sorted(likely, key=lambda name: (-round(likely[name], 3), ENCODINGS.index(name)))
    if _is_western(sample, likely, ranked):
        yield "cp1252"
    yield from ranked
    yield "cp1252"


def _is_western(sample: bytes, likely: Mapping[str, float], ranked: Sequence[str]) -> bool:
    """Return whether the text looks Western, and no other encoding is clearly likelier or gives the same letters."""
    try:
        text = sample.decode("cp1252")
    except UnicodeError:
        return False
    if WESTERN.fullmatch(text) is None:
        return False
    if not ranked or likely[ranked[0]] < max(FAINT, CLEARLY * likely.get("cp1252", 0.0)):
        return True
    return sample.decode(ranked[0], errors="replace") == text


def telling_lines(data: bytes) -> bytes:
    """Return distinct lines that are not all ASCII, from all over the file; digits and repetitions are left out."""
    beyond = np.flatnonzero(np.frombuffer(data, np.uint8) >= 0x80)
    spread = np.linspace(0, len(beyond) - 1, min(len(beyond), MOST_LINES)).astype(np.intp)
    return b"\n".join(dict.fromkeys(_line_around(data, place) for place in beyond[spread].tolist()))


def _line_around(data: bytes, place: int) -> bytes:
    """Return the line around this byte; a long one is truncated at blanks or delimiters, never within a character.

    Nothing is returned if there is none of these within 64 KiB.
    """
    start = _cut_before(data, place)
    end = _cut_after(data, place)
    return b"" if start is None or end is None else data[start:end]


def _cut_before(data: bytes, place: int) -> int | None:
    half = LONGEST_HALF
    while half <= LONGEST_SEARCHED:
        first = max(0, place - half)
        before = data[first:place]
        start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
        found = _SAFE.search(before)
        if start or not first:
            return first + start
        if found:
            return first + found.end()
        half *= 4
    return None


def _cut_after(data: bytes, place: int) -> int | None:
    half = LONGEST_HALF
    while half <= LONGEST_SEARCHED:
        after = data[place : place + half]
        end = _END.search(after)
        if end is not None or place + half >= len(data):
            return place + (end.start() if end else len(after))
        last = max(after.rfind(mark) for mark in SAFE)
        if last >= 0:
            return place + last
        half *= 4
    return None


PREFIX = 1 << 16  # bytes that are checked closely

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f]")


@dataclass(frozen=True)
class Utf8Text:
    """A text as UTF-8 without a byte order mark.

    Attributes:
        data: the text.
        encoding: the one it was in.
        notes: what there is to say about it.
        replaced: how many broken characters now are “�”; to read the file again, errors have to be replaced then.
        marked_again: whether a byte order mark is left where `encoding` decodes the file, which takes off one at most.
    """

    data: bytes
    encoding: str
    notes: tuple[str, ...] = ()
    replaced: int = 0
    marked_again: bool = False


def to_utf8(data: bytes, encoding: str | None = None) -> Utf8Text:
    """Return the text as UTF-8; UTF-8 is only validated, and not copied unless it has a byte order mark.

    A byte order mark decides; then the positions of zero bytes, which only UTF-16 and UTF-32 have; then whether the
    bytes are UTF-8, which those of other encodings hardly ever are by chance; then whether they are UTF-8 except for a
    few, which are replaced; then chardet.
    Raises InputError for an unknown encoding, bytes that are not text in it, and binary files.
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
    marks = len(text) - len(text.lstrip("\ufeff"))
    if marks and _marked(name) != name:
        name, marks, text = _marked(name), marks - 1, text[1:]  # whose decoder takes off the first
    text = text[marks:]
    if "\x00" in text or (encoding is None and CONTROLS.search(text[:PREFIX])):
        raise _not_text()
    return Utf8Text(_encode(text, name), name, marked_again=marks > 0)


def is_utf8(data: bytes) -> bool:
    """Return whether these bytes are UTF-8, in a tenth of the time that decoding them takes."""
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
    bare = _without_marks(data)
    name = "utf-8" if len(bare) == len(data) else "utf-8-sig"
    return Utf8Text(bare, name, marked_again=_is_marked_again(data))


def _without_marks(data: bytes) -> bytes:
    """Return UTF-8 without the byte order marks that begin it: programs that add one keep one that is there."""
    count = 0
    while data.startswith(codecs.BOM_UTF8, count):
        count += len(codecs.BOM_UTF8)
    return data[count:] if count else data


def _is_marked_again(data: bytes) -> bool:
    return data.startswith(codecs.BOM_UTF8 * 2)


def _guess(data: bytes) -> Utf8Text:
    sample = telling_lines(data)
    mended = repair_utf8(data) if repair_utf8(sample) is not None else None
    if mended is not None:
        mended = replace(mended, text=_without_marks(mended.text))
        if CONTROLS.search(mended.text[:PREFIX].decode(errors="ignore")):
            raise _not_text()
        return Utf8Text(mended.text, "utf-8", (mended.note,), mended.broken, _is_marked_again(data))
    name, text, repaired = "latin-1", "", None
    for name in (*guess_byte_encodings(sample), "latin-1"):
        try:
            text = data.decode(name)
            break
        except UnicodeError:
            repaired = repair_letters(data, name) if name in EAST_ASIAN else None
            if repaired is not None:
                text = repaired.text.decode()
                break
    if CONTROLS.search(text[:PREFIX]):
        raise _not_text()
    note = _("The text was read as {encoding}, a guess.").format(encoding=name)
    if repaired is not None:
        return Utf8Text(repaired.text, name, (note, repaired.note), repaired.broken)
    return Utf8Text(_encode(text, name), name, (note,))


def _find_mark(data: bytes) -> str | None:
    return next((name for mark, name in MARKS if data.startswith(mark)), None)


def _marked(name: str) -> str:
    plain = codecs.lookup(name).name
    return next((full for full in ("utf-16", "utf-32") if plain.startswith(full)), name)


def _check_name(encoding: str) -> str:
    try:
        if codecs.lookup(encoding)._is_text_encoding:  # the same check as in bytes.decode
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
    """Return the text as UTF-8; some encodings decode to lone surrogates, which are invalid."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise _not_in(name) from None


def _not_in(name: str) -> InputError:
    return InputError(
        _("The file is not text in the encoding {encoding}; choose another encoding.").format(encoding=name)
    )


def _not_text() -> InputError:
    return InputError(_("A CSV or TSV text file is needed; this file is binary."))
