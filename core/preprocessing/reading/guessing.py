"""Which encoding a text is in that no mark tells and that is not UTF-8.

Of 175 short tables in older encodings chardet 7 reads 152 and charset-normalizer 94, as the tests count. What chardet
overlooks is a few letters of Western Europe among figures: with one rule for them beside it, 167 are read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

MOST_LINES = 500  # a guess looks at so many lines, from all over the file,
LONGEST_HALF = 400  # and in each at so many bytes before and behind one that is not ASCII
_END = re.compile(rb"[\r\n]")
_SAFE = re.compile(rb"[ \t\",;]")

# The encodings a table may come in, of two that are as likely the first: those of East Asia, of Windows, and older
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
CLEARLY = 1.4  # another encoding has to be so many times as likely as cp1252 where the text looks Western
FAINT = 0.01  # a confidence of chardet that says nothing


def guess_wide_encoding(prefix: bytes) -> str:
    """Tell UTF-32 and UTF-16 and their byte orders by which of them makes the most characters ASCII.

    Every table has line breaks; where there is none in either, it is no text, and "utf-32" is returned, in which it
    cannot be decoded. Two characters of UTF-16 taken for one of UTF-32 lie beyond the last character there is.
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
    """Return encodings of one or more bytes a character, the likeliest for these lines first."""
    import chardet

    guesses = chardet.detect_all(sample, ignore_threshold=True, include_encodings=ENCODINGS, compat_names=False)
    likely = {guess["encoding"]: guess["confidence"] for guess in guesses if guess["encoding"]}
    ranked = sorted(likely, key=lambda name: (-round(likely[name], 3), ENCODINGS.index(name)))
    if _is_western(sample, likely, ranked):
        yield "cp1252"
    yield from ranked
    yield "cp1252"


def _is_western(sample: bytes, likely: Mapping[str, float], ranked: Sequence[str]) -> bool:
    """Say whether the text looks Western, and nothing else is clearly likelier or reads the same letters."""
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
    """Return different lines that are not all ASCII, from all over the file; figures and repetitions tell nothing."""
    beyond = np.flatnonzero(np.frombuffer(data, np.uint8) >= 0x80)
    spread = np.linspace(0, len(beyond) - 1, min(len(beyond), MOST_LINES)).astype(np.intp)
    return b"\n".join(dict.fromkeys(_line_around(data, place) for place in beyond[spread].tolist()))


def _line_around(data: bytes, place: int) -> bytes:
    """Return the line around this byte; a long one is cut at blanks or delimiters, no halves of characters."""
    before, after = data[max(0, place - LONGEST_HALF) : place], data[place : place + LONGEST_HALF]
    start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
    if not start and place > LONGEST_HALF:
        found = _SAFE.search(before)
        start = found.end() if found else len(before)
    end = _END.search(after)
    if end is None and len(after) == LONGEST_HALF:
        end = next(reversed(list(_SAFE.finditer(after))), None)
        return before[start:] + (after[: end.start()] if end else b"")
    return before[start:] + (after[: end.start()] if end else after)
