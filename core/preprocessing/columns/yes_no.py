"""Pairs of words that answer yes or no."""

from collections.abc import Iterable

PAIRS = (
    ("yes", "no"), ("true", "false"), ("y", "n"), ("t", "f"), ("on", "off"), ("ja", "nein"), ("j", "n"),
    ("oui", "non"), ("o", "n"), ("vrai", "faux"), ("wahr", "falsch"), ("an", "aus"), ("si", "no"), ("sí", "no"),
    ("s", "n"), ("sì", "no"), ("vero", "falso"), ("verdadero", "falso"), ("sim", "não"), ("sim", "nao"),
    ("verdadeiro", "falso"), ("ja", "nee"), ("waar", "onwaar"), ("ja", "nej"), ("sand", "falsk"), ("sant", "falskt"),
    ("ja", "nei"), ("kyllä", "ei"), ("tak", "nie"), ("prawda", "fałsz"), ("ano", "ne"), ("áno", "nie"), ("da", "ne"),
    ("da", "nu"), ("igen", "nem"), ("evet", "hayır"), ("evet", "hayir"), ("да", "нет"), ("так", "ні"), ("да", "не"),
    ("ναι", "όχι"), ("是", "否"), ("有", "无"), ("真", "假"), ("はい", "いいえ"), ("예", "아니요"),
    ("네", "아니요"), ("نعم", "لا"), ("כן", "לא"), ("हाँ", "नहीं"), ("có", "không"), ("ya", "tidak"),
)  # fmt: skip


def answers_yes_no(distinct: Iterable[str]) -> bool:
    """Say whether the values that differ are one of the known pairs, or one half of it, letter case aside.

    >>> answers_yes_no(["Yes", "no"]), answers_yes_no(["N"]), answers_yes_no(["yes", "off"])
    (True, True, False)
    """
    words = {value.casefold() for value in distinct}
    return 0 < len(words) <= 2 and any(words <= set(pair) for pair in PAIRS)


def yes_values(distinct: Iterable[str]) -> tuple[str, ...]:
    """Return those of the values that mean yes, in their order; () unless the values answer yes or no.

    >>> yes_values(["no", "Yes", "YES"])
    ('Yes', 'YES')
    """
    values = list(distinct)
    words = {value.casefold() for value in values}
    for yes, no in PAIRS:
        if words and words <= {yes, no}:
            return tuple(value for value in values if value.casefold() == yes)
    return ()
