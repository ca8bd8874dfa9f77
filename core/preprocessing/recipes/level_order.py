"""The order of categories: as the file declares it, of a known scale, or of the numbers within their names."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pandas as pd

from core.preprocessing.column_types.calendar_names import LOCALES, calendar_names
from core.preprocessing.column_types.infer import Kind
from core.preprocessing.recipes.plan import MOST_CATEGORIES, ColumnPlan
from core.preprocessing.schema import Reading

OrderSource: TypeAlias = Literal["file", "scale", "numbers", "grades"]

# Lowest first; words for the same place of a scale stand between bars.
SCALES: tuple[str, ...] = (
    "none|no|zero, very low|lowest, low|lo, medium low, medium|med|mid|middle|moderate|average|normal, medium high, "
    "high|hi, very high|highest, extreme|extremely high",
    "none, minimal, mild|slight|minor|light, moderate|medium, severe|serious|major|heavy, very severe|critical|fatal",
    "xxxs|3xs, xxs|2xs, xs|extra small|x small, s|small, m|medium, l|large, xl|extra large|x large, xxl|2xl, xxxl|3xl, "
    "4xl, 5xl",
    "tiny, small|little, medium|mid|middle|normal, large|big, very large|very big|huge, enormous|giant",
    "very short, short, medium|average, long|tall, very long|very tall",
    "very slow, slow, medium|moderate|normal, fast, very fast",
    "freezing, very cold, cold, cool, mild|moderate, warm, hot, very hot",
    "very light, light, medium, dark, very dark",
    "january|jan, february|feb, march|mar, april|apr, may, june|jun, july|jul, august|aug, september|sept|sep, "
    "october|oct, november|nov, december|dec",
    "monday|mon|mo, tuesday|tues|tue|tu, wednesday|wed|we, thursday|thurs|thur|thu|th, friday|fri|fr, "
    "saturday|sat|sa, sunday|sun|su",
    "spring, summer, autumn|fall, winter",
    "morning, noon|midday, afternoon, evening, night",
    "strongly disagree|completely disagree|totally disagree, disagree, somewhat disagree|slightly disagree, "
    "neutral|undecided|neither|neither agree nor disagree, somewhat agree|slightly agree, agree, "
    "strongly agree|completely agree|totally agree",
    "very dissatisfied, dissatisfied|unsatisfied, somewhat dissatisfied, neutral|neither|"
    "neither satisfied nor dissatisfied, somewhat satisfied, satisfied, very satisfied",
    "very unlikely, unlikely, somewhat unlikely, neutral|undecided, somewhat likely, likely, very likely",
    "not at all important|unimportant, slightly important, moderately important|important, very important, "
    "extremely important",
    "not at all, slightly|a little, somewhat|moderately, very|quite a bit|very much, extremely",
    "never, almost never|hardly ever, rarely|seldom, occasionally, sometimes, often|frequently, usually, "
    "almost always|very often, always",
    "terrible|awful, very bad|very poor, bad|poor|insufficient, fair|average|ok|okay|typical|sufficient|satisfactory, "
    "good, very good, excellent|ideal, outstanding",
    "fail|failed|failing, pass|passed|passing, merit|credit, distinction|honours|honors",
    "poor, fair, good, very good, premium, ideal",
    "na|none, po, fa, ta, gd, ex",
    "beginner|novice|basic, intermediate, advanced, expert|master",
    "trainee|intern, junior, mid|mid level|middle|intermediate, senior, lead|principal",
    "bronze, silver, gold, platinum, diamond",
    "baby|infant, toddler, child, teen|teenager|adolescent, young adult, adult, middle aged, senior|elderly|old",
    "young, middle aged|middle, old",
    "new, recent, old, very old",
    "freshman, sophomore, junior, senior",
    "no schooling|none, primary|primary school|elementary|elementary school, "
    "lower secondary|middle school, secondary|secondary school|high school|hs grad, some college, "
    "associate|associates degree, bachelor|bachelors|bachelors degree|college|undergraduate, "
    "master|masters|masters degree|graduate, doctorate|phd|doctoral",
    "primary, secondary, tertiary",
    "first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth",
    "lowest, lower, low, middle, upper middle, upper, highest",
    "bottom, middle|centre|center, top",
    "one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve",
    "i, ii, iii, iv, v, vi, vii, viii, ix, x, xi, xii",
)
FEWEST = 2  # a single category has no order
FEWEST_OF_CALENDAR, MONTHS_OF_YEAR = 4, 12
MORE_LOCALES = ("zh", "ja", "ko")  # whose dates are read by their numbers

_GRADE = re.compile(r"([a-f])([+-]?)")
_NUMBER = re.compile(
    r"(?:(?P<sign>[-−–])(?=[.\d])|(?P<before>\D*?))"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*(?P<unit>[km](?![a-z]))?(?P<after>.*)",
    re.DOTALL,
)  # fmt: skip
_BELOW = frozenset({"<", "under", "below", "less than", "fewer than", "up to", "until", "before"})
_UP_TO = frozenset({"<=", "≤", "at most"})
_ABOVE = frozenset({">", "over", "above", "more than", "greater than", "after"})
_FROM = frozenset({">=", "≥", "at least", "from"})
_RANGES = _BELOW | _UP_TO | _ABOVE | _FROM
_AT_END = re.compile(r"\s*(\+|and|or|plus)(\s|$)")


@dataclass(frozen=True)
class KnownOrder:
    """An order of categories that need not be guessed from the alphabet.

    Attributes:
        levels: the categories, lowest first.
        source: the file, a known scale of words, the numbers within the names, or grades of school.
        is_sure: whether it hardly can mean anything else; single letters may be names as well.
    """

    levels: tuple[str, ...]
    source: OrderSource
    is_sure: bool


def known_order(levels: Sequence[str], declared: Sequence[str] = ()) -> KnownOrder | None:
    """Return the order of these categories, None if it is not known.

    `declared` is an order from the file, which need not be complete in either direction, but has to have every level.
    A scale is known if every category is a place of it, and no two the same place. Fewer than two categories, and more
    than can be encoded, have no known order.

    >>> known_order(["High", "low", "MEDIUM"]).levels
    ('low', 'MEDIUM', 'High')
    >>> known_order(["> 10", "1-5", "6-10", "< 1"]).levels
    ('< 1', '1-5', '6-10', '> 10')
    >>> known_order(["red", "green"]) is None
    True
    """
    if not FEWEST <= len(levels) <= MOST_CATEGORIES:
        return None
    if set(levels) <= set(declared):
        return KnownOrder(tuple(level for level in declared if level in set(levels)), "file", is_sure=True)
    words = [_as_words(level) for level in levels]
    for scale in SCALES:
        found = _ranked(levels, words, _places(scale).get)
        if found:
            is_sure = len(levels) > FEWEST or any(len(word) > 1 for word in words)  # S and M may be single and married
            return KnownOrder(found, "scale", is_sure)
    found = _by_calendar(levels, words)
    if found:
        return KnownOrder(found, "scale", is_sure=True)
    graded = _ranked(levels, [level.strip().casefold() for level in levels], _grade)
    if graded:
        return KnownOrder(graded, "grades", is_sure=any(level.strip()[-1] in "+-" for level in levels))
    numbered = _by_numbers(levels)
    return KnownOrder(numbered, "numbers", is_sure=True) if numbered else None


def declared_order(frame: pd.DataFrame, column: str) -> tuple[str, ...]:
    """Return the order that the file, or an ordered categorical dtype, declares for a column of texts, else ()."""
    dtype = frame[column].dtype
    if isinstance(dtype, pd.CategoricalDtype) and dtype.ordered:
        categories = dtype.categories.tolist()
        return tuple(categories) if all(isinstance(category, str) for category in categories) else ()
    reading = frame.attrs.get("reading")
    columns = reading.columns if isinstance(reading, Reading) else ()
    return next((each.order for each in columns if each.name == column), ())


def lacks_order(plan: ColumnPlan, kind: Kind) -> bool:
    """Return whether a plan ranks categories that are no numbers, without an order: the alphabet's is but a guess."""
    return plan.encode == "ordinal" and plan.order is None and plan.is_kept and kind not in ("number", "empty")


def _places(scale: str) -> dict[str, float]:
    places = enumerate(scale.split(", "))
    return {word: float(place) for place, words in places for word in words.split("|")}


def _ranked(
    levels: Sequence[str], words: Sequence[str], rank: Callable[[str], float | tuple[float, float] | None]
) -> tuple[str, ...] | None:
    """Return the levels by their ranks; None if one has no rank, or two the same."""
    ranks = {level: rank(word) for level, word in zip(levels, words, strict=True)}
    known = {level: place for level, place in ranks.items() if place is not None}
    if len(known) < len(ranks) or len(set(known.values())) < len(known):
        return None
    return tuple(sorted(known, key=lambda level: known[level]))


def _by_calendar(levels: Sequence[str], words: Sequence[str]) -> tuple[str, ...] | None:
    """Return the levels in the order of the year or the week, if they are months or days in one language."""
    if not FEWEST_OF_CALENDAR <= len(levels) <= MONTHS_OF_YEAR or not all(word[:1].isalpha() for word in words):
        return None  # without loading names
    for locale in (*LOCALES, *MORE_LOCALES):
        names = calendar_names(locale)
        for places in (names.months, names.days):
            ranks = {_as_words(name): float(place) for name, place in places.items()}
            found = _ranked(levels, words, ranks.get)
            if found:
                return found
    return None


def _as_words(level: str) -> str:
    """Return a category as words of a scale are written: small letters, single blanks, no apostrophe or point."""
    text = unicodedata.normalize("NFKC", level).casefold()
    return " ".join(re.sub(r"[\s_-]+", " ", re.sub(r"['’.]", "", text)).split())


def _grade(word: str) -> tuple[float, float] | None:
    """Return the place of a grade of school, F the lowest: its letter, and then its sign."""
    found = _GRADE.fullmatch(word)
    return None if found is None else (-float(ord(found[1])), {"+": 1.0, "": 0.0, "-": -1.0}[found[2]])


def _by_numbers(levels: Sequence[str]) -> tuple[str, ...] | None:
    """Return the levels by the first number in each; the texts before it have to be alike, or say below or above."""
    texts = [re.sub(r"[$€£¥]\s*", "", unicodedata.normalize("NFKC", level)).casefold().strip() for level in levels]
    matches = [match for match in map(_NUMBER.fullmatch, texts) if match is not None]
    before = {_before(match) for match in matches} - _RANGES
    if len(matches) < len(levels) or len(before) > 1:
        return None
    ranks = {level: _rank(match) for level, match in zip(levels, matches, strict=True)}
    return _ranked(levels, levels, ranks.get)


def _rank(match: re.Match[str]) -> tuple[float, float]:
    """Return the number and, of the same number, that below it is first and above it last."""
    number = float(match["number"].replace(",", "")) * {"k": 1e3, "m": 1e6}.get(match["unit"] or "", 1.0)
    before = _before(match)
    place = -2.0 if before in _BELOW else -1.0 if before in _UP_TO else 2.0 if before in _ABOVE else 0.0
    if before in _FROM or _AT_END.match(match["after"]):
        place = 1.0
    return (-number if match["sign"] else number, place)


def _before(match: re.Match[str]) -> str:
    return (match["before"] or "").strip()
