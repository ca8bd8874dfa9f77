"""Rows with tags that do not exclude one another, and made articles whose true probabilities are known.

An article has a set of four tags, drawn from a table of all 16 sets, and counts of twelve words, Poisson with a rate
that its tags raise. So Bayes' theorem gives the exact probability of each set of tags for given words.
"""

from dataclasses import dataclass, field
from itertools import product

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_count
from core.language import N_, _
from core.problems.rows import Rows

Array = npt.NDArray[np.float64]
TAGS = (N_("sport"), N_("health"), N_("money"), N_("travel"))
WORDS = (N_("team"), N_("goal"), N_("muscle"), N_("doctor"), N_("sleep"), N_("diet"), N_("bank"), N_("price"),
         N_("market"), N_("flight"), N_("hotel"), N_("beach"))  # fmt: skip
BASE = 0.4  # occurrences of a word that no tag raises
RISE = 2.5  # a tag multiplies the rate of its three words by this
OTHERS = 1.3  # and that of the first word of the next tag by this
PULL = 1.5  # log-odds that two tags which go together, sport and health, money and travel, share
PUSH = -1.2  # of two other tags
LEAST_ROWS, MOST_ROWS = 20, 600
MOST_TAGS = 8


@dataclass(frozen=True, eq=False)
class TagRows(Rows):
    """Rows with several yes/no columns to predict, in place of classes.

    Attributes:
        Y: (n, L), 1 where a row has a tag, else 0.
        tags: their names.
        joint: (n, 2^L), the true probability of each set of tags (see `tag_sets`), where it is known.
    """

    Y: Array = field(default_factory=lambda: np.zeros((0, 0)))
    tags: tuple[str, ...] = ()
    joint: Array | None = None


def tag_sets(tags: int) -> Array:
    """Return all sets of so many tags, (2^L, L), the first one empty.

    >>> tag_sets(2).tolist()
    [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    """
    return np.array(list(product((0.0, 1.0), repeat=tags)))


def set_shares() -> Array:
    """Return how probable each of the 16 sets of tags is before any word is seen, (16,)."""
    sets = tag_sets(len(TAGS))
    odds = -0.4 * sets.sum(axis=1)
    for first in range(len(TAGS)):
        for second in range(first + 1, len(TAGS)):
            together = PULL if (first, second) in ((0, 1), (2, 3)) else PUSH
            odds = odds + together * sets[:, first] * sets[:, second]
    shares: Array = np.exp(odds) / np.exp(odds).sum()
    return shares


def word_rates() -> Array:
    """Return how often each word is expected in an article with each set of tags, (16, 12)."""
    own = np.repeat(np.eye(len(TAGS)), len(WORDS) // len(TAGS), axis=1)
    next_first = np.zeros_like(own)
    for tag in range(len(TAGS)):
        next_first[tag, (3 * tag + 3) % len(WORDS)] = 1.0
    rates: Array = BASE * np.exp(tag_sets(len(TAGS)) @ (np.log(RISE) * own + np.log(OTHERS) * next_first))
    return rates


def article_posterior(X: Array) -> Array:
    """Return the exact probability of each set of tags for counts of words X (n, 12), (n, 16): Bayes' theorem.

    >>> bool(abs(article_posterior(np.zeros((1, 12))).sum() - 1) < 1e-12)
    True
    """
    rates = word_rates()
    logs = np.log(set_shares()) + X @ np.log(rates).T - rates.sum(axis=1)
    powers = np.exp(logs - logs.max(axis=1, keepdims=True))
    posterior: Array = powers / powers.sum(axis=1, keepdims=True)
    return posterior


def article_rows(rows: int = 300, seed: int = 0) -> TagRows:
    """Return made articles: counts of twelve words and four tags.

    Raises InputError for fewer than 20 or more than 600 articles.
    """
    if not LEAST_ROWS <= rows <= MOST_ROWS:
        raise InputError(
            _("Between {least} and {most} articles can be made; got {rows}.").format(
                least=LEAST_ROWS, most=MOST_ROWS, rows=format_count(rows))
        )  # fmt: skip
    rng = np.random.default_rng(seed)
    drawn = rng.choice(2 ** len(TAGS), rows, p=set_shares())
    X = rng.poisson(word_rates()[drawn]).astype(np.float64)
    Y = tag_sets(len(TAGS))[drawn]
    names, tags = tuple(str(word) for word in WORDS), tuple(str(tag) for tag in TAGS)
    joint = article_posterior(X)
    return TagRows(f"articles {rows} {seed}", X, names, code=_code(rows, seed), Y=Y, tags=tags, joint=joint)


def _code(rows: int, seed: int) -> str:
    return f"""from itertools import product

sets = np.array(list(product((0.0, 1.0), repeat=4)))
odds = -0.4 * sets.sum(axis=1)
for i in range(4):
    for j in range(i + 1, 4):
        odds = odds + ({PULL} if (i, j) in ((0, 1), (2, 3)) else {PUSH}) * sets[:, i] * sets[:, j]
logs = np.log({RISE}) * np.repeat(np.eye(4), 3, axis=1)
for tag in range(4):
    logs[tag, (3 * tag + 3) % 12] = np.log({OTHERS})
rng = np.random.default_rng({seed})
drawn = rng.choice(16, {rows}, p=np.exp(odds) / np.exp(odds).sum())
X, Y = rng.poisson({BASE} * np.exp(sets @ logs)[drawn]).astype(float), sets[drawn]
"""


def check_tags(rows: TagRows) -> None:
    """Raise InputError for fewer than 2 or more than 8 tags, no features, or fewer than four rows."""
    if not 2 <= len(rows.tags) <= MOST_TAGS:
        raise InputError(
            _("Between 2 and {most} columns of yes or no are needed as tags; got {count}. Choose another table."
            ).format(
                most=MOST_TAGS, count=format_count(len(rows.tags)))
        )  # fmt: skip
    if len(rows.X) < 4 or not rows.X.shape[1]:
        raise InputError(
            _("At least four rows with one feature are needed; got {rows} rows and {columns} features.").format(
                rows=format_count(len(rows.X)), columns=format_count(rows.X.shape[1]))
        )  # fmt: skip
