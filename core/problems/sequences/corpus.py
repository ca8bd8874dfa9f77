"""Sentences as a hidden Markov model reads them: symbols, each with its tag."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal, TypeAlias

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.problems.sequences import corpus_chinese, corpus_english

Sentence: TypeAlias = tuple[tuple[str, str], ...]  # symbols, each with its tag
Language: TypeAlias = Literal["english", "chinese"]
CUT_TAGS = ("B", "M", "E", "S")  # a character begins a word, is inside, ends it, or is a word alone
CUT_MOVES = {"": "BS", "B": "ME", "M": "ME", "E": "BS", "S": "BS"}  # "" is before the sentence
CUT_ENDS = "ES"
MOST_WORDS, MOST_CHARACTERS = 20, 30  # of a sentence
LONGEST_WORD, LONGEST_TEXT = 30, 1000
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def tagged(line: str) -> Sentence:
    """Return the words of a line, each with the tag behind its last slash.

    >>> tagged("the/DET dog/NOUN")
    (('the', 'DET'), ('dog', 'NOUN'))
    """
    pairs = (token.rpartition("/") for token in line.split())
    return tuple((word, tag) for word, _slash, tag in pairs)


def cut(line: str) -> Sentence:
    """Return the characters of words between spaces, each with its place in its word.

    >>> cut("研究生 好")
    (('研', 'B'), ('究', 'M'), ('生', 'E'), ('好', 'S'))
    """
    return tuple(pair for word in line.split() for pair in zip(word, _places(len(word)), strict=True))


def _places(length: int) -> str:
    return "S" if length == 1 else "B" + "M" * (length - 2) + "E"


def joined(sentence: Sentence) -> tuple[str, ...]:
    """Return the words of characters with their places: the inverse of `cut`, where each word ends at E or S.

    >>> joined(cut("研究生 好"))
    ('研究生', '好')
    """
    words, word = [], ""
    for character, tag in sentence:
        word += character
        if tag in CUT_ENDS:
            words.append(word)
            word = ""
    return (*words, word) if word else tuple(words)


def sentences(language: Language, held_out: bool = False) -> tuple[Sentence, ...]:
    """Return the sentences of the corpus that models are counted from, or those that are never counted.

    >>> len(sentences("english")), len(sentences("chinese", held_out=True))
    (60, 16)
    """
    corpus, read = (corpus_english, tagged) if language == "english" else (corpus_chinese, cut)
    text = corpus.HELD_OUT if held_out else corpus.COUNTED
    return tuple(read(line) for line in text.strip().splitlines())


def tags_of(language: Language) -> tuple[str, ...]:
    """Return the tags of a language's sentences.

    >>> tags_of("chinese")
    ('B', 'M', 'E', 'S')
    """
    return corpus_english.TAGS if language == "english" else CUT_TAGS


def split_text(text: str, language: Language) -> tuple[str, ...]:
    """Return the symbols of a typed sentence: English words in small letters, or Chinese characters.

    Full-width letters become usual ones (NFKC). What is neither a letter nor a number, such as spaces between
    characters, full stops and emoji, is left out. Raises InputError if nothing is left, for more than `MOST_WORDS`
    words or `MOST_CHARACTERS` characters, and for a word above `LONGEST_WORD` letters.

    >>> split_text("The dog barks!", "english"), split_text("你好。", "chinese")
    (('the', 'dog', 'barks'), ('你', '好'))
    """
    if len(text) > LONGEST_TEXT:
        raise _too_long(text, language)
    plain = unicodedata.normalize("NFKC", text)
    if language == "english":
        symbols = [word.replace("’", "'") for word in _WORD.findall(plain.lower())]
    else:
        symbols = [character for character in plain if character.isalnum()]
    if not symbols:
        raise InputError(
            _("A sentence with at least one word is needed, but the text has no letters; type a sentence.")
        )
    if len(symbols) > (MOST_WORDS if language == "english" else MOST_CHARACTERS):
        raise _too_long(text, language, len(symbols))
    longest = max(symbols, key=len)
    if len(longest) > LONGEST_WORD:
        raise InputError(
            _("Words can have at most {most} letters, but one has {got}; put spaces between words.")
            .format(most=LONGEST_WORD, got=format_count(len(longest)))
        )  # fmt: skip
    return tuple(symbols)


def _too_long(text: str, language: Language, count: int | None = None) -> InputError:
    if count is None:
        sentence = _("A text can have at most {most} characters, but this one has {got}; type a shorter one.")
        most, count = LONGEST_TEXT, len(text)
    elif language == "english":
        sentence = _("A sentence can have at most {most} words, but this one has {got}; type a shorter one.")
        most = MOST_WORDS
    else:
        sentence = _("A sentence can have at most {most} characters, but this one has {got}; type a shorter one.")
        most = MOST_CHARACTERS
    return InputError(sentence.format(most=format_count(most), got=format_count(count)))


def tags_by_hand(symbols: Sequence[str], language: Language) -> tuple[str, ...] | None:
    """Return the tags that we gave a sentence of the corpus by hand; None for any other sentence.

    >>> tags_by_hand(("球", "拍", "卖", "了"), "chinese")
    ('B', 'E', 'S', 'S')
    """
    for sentence in (*sentences(language, held_out=True), *sentences(language)):
        if tuple(symbol for symbol, _tag in sentence) == tuple(symbols):
            return tuple(tag for _symbol, tag in sentence)
    return None
