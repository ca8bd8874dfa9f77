"""Ratings of films by people: a table of low rank with noise, made from a seed, and a table as a visitor writes it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_count
from core.language import N_, _

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
PEOPLE = ("Ada", "Ben", "Chen", "Dora", "Emil", "Fatima", "Goran", "Hana", "Ivo", "Jun", "Kofi", "Lena", "Marco",
          "Nadia", "Omar", "Priya", "Quentin", "Rosa", "Sami", "Tomas")  # fmt: skip
FILMS = (N_("The Last Tram"), N_("Salt and Slate"), N_("Midnight Orchard"), N_("A Dog Named Monday"), N_("Red Comet"),
         N_("The Quiet Engine"), N_("Paper Islands"), N_("Winter Without Snow"), N_("The Clockmaker"),
         N_("Seven Lighthouses"), N_("Green Static"), N_("Letters to Oslo"))  # fmt: skip
MOST_PEOPLE, MOST_THINGS = 60, 30  # of a table that is brought
LOWEST, HIGHEST = 1, 5
EMPTY = "."
CENTRE = 3.0  # of the ratings that are made


@dataclass(frozen=True, eq=False)
class Ratings:
    """A table of ratings, of which some are seen.

    Attributes:
        values (n, m): the ratings; NaN where there is none.
        train (n, m): which ones are learned from.
        test (n, m): which ones are hidden to test with; never those learned from.
        people: names of the n rows.
        things: names of the m columns.
        truth (n, m): the ratings without noise, or none where nobody knows them.
    """

    values: Array
    train: Mask
    test: Mask
    people: tuple[str, ...]
    things: tuple[str, ...]
    truth: Array | None = None

    @property
    def seen(self) -> Array:
        """The ratings that are learned from (n, m), NaN elsewhere."""
        return np.where(self.train, self.values, np.nan)


def make_ratings(
    *, seed: int = 0, people: int = 12, things: int = 8, rank: int = 2, noise: float = 0.2, share: float = 0.6
) -> Ratings:
    """Return made-up ratings: a matrix of this rank about 3, Gaussian noise with this spread, a share of it seen.

    The first factor is how generous a person is times how good a film is, both above 0; each further one is a taste.
    The number of cells seen is the share of n·m, rounded; which ones is drawn. All others are the test.
    """
    rng = np.random.default_rng(seed)
    taste, trait = rng.normal(0, 0.7, (people, rank)), rng.normal(0, 0.7, (things, rank))
    taste[:, 0], trait[:, 0] = rng.uniform(0.8, 1.2, people), rng.uniform(0.6 * CENTRE, 1.4 * CENTRE, things)
    truth = taste @ trait.T
    values = truth + noise * rng.normal(size=truth.shape)
    order = rng.permutation(truth.size)
    train = (np.argsort(order) < round(share * truth.size)).reshape(truth.shape)
    films = tuple(str(film) for film in FILMS[:things])
    return Ratings(values, train, ~train, PEOPLE[:people], films, truth)


def hold_out(
    rows: Sequence[Sequence[float | None]], *, people: Sequence[str], things: Sequence[str], seed: int = 0
) -> Ratings:
    """Return a table of a visitor, None or NaN where nothing is rated, with a fifth of its ratings hidden as the test.

    Hidden are only ratings of rows and columns that keep one, so that there may be fewer of them, or none.
    Raises InputError unless there are 1 to 60 rows of 2 to 30 columns each, two ratings or more, and a gap.
    """
    values = _as_matrix(rows)
    given = np.isfinite(values)
    if given.sum() < 2:
        template = _("At least two ratings are needed, but the table has {count}; add some.")
        raise InputError(template.format(count=int(given.sum())))
    if given.all():
        raise InputError(_("Every rating of the table is known, so that nothing is left to recommend; leave some cells "
                           "empty."))  # fmt: skip
    train, wanted = given.copy(), int(given.sum()) // 5
    for cell in np.random.default_rng(seed).permutation(values.size):  # the order stays when one rating changes
        row, column = divmod(int(cell), values.shape[1])
        if wanted and given[row, column] and train[row].sum() > 1 and train[:, column].sum() > 1:
            train[row, column] = False
            wanted -= 1
    return Ratings(values, train, given & ~train, tuple(people), tuple(things))


def _as_matrix(rows: Sequence[Sequence[float | None]]) -> Array:
    widths = {len(row) for row in rows}
    if not 1 <= len(rows) <= MOST_PEOPLE or len(widths) != 1 or not 2 <= max(widths) <= MOST_THINGS:
        template = _("A table of 1 to {people} rows and 2 to {things} columns was needed, but got {rows} rows and "
                     "{columns} columns; use fewer or more of them.")  # fmt: skip
        raise InputError(template.format(people=MOST_PEOPLE, things=MOST_THINGS, rows=format_count(len(rows)),
                                         columns=format_count(max(widths, default=0))))  # fmt: skip
    values = np.array([[np.nan if cell is None else cell for cell in row] for row in rows], dtype=np.float64)
    if np.isinf(values).any() or np.nanmax(np.abs(values), initial=0.0) > 1e12:
        raise InputError(_("Ratings are finite numbers of at most 12 digits; correct or remove the others."))
    return values


def read_ratings(text: str) -> list[list[float | None]]:
    """Return ratings written as rows of digits 1 to 5 and dots for none, with / between rows.

    Raises InputError for another character or rows of unequal length.

    >>> read_ratings("5.3/.1.")
    [[5.0, None, 3.0], [None, 1.0, None]]
    """
    lines = ["".join(line.split()) for line in text.strip().split("/")]
    marks = set("".join(lines)) - {EMPTY, *(str(each) for each in range(LOWEST, HIGHEST + 1))}
    if marks or len({len(line) for line in lines}) != 1 or not lines[0]:
        raise InputError(_("Ratings are written as rows of equal length of digits 1 to 5 and dots for none, with / "
                           "between rows; change the cells in the table instead."))  # fmt: skip
    return [[None if mark == EMPTY else float(mark) for mark in line] for line in lines]


def write_ratings(ratings: npt.ArrayLike) -> str:
    """Return ratings (n, m), NaN for none, as the text that `read_ratings` reads: rounded, and moved to 1 to 5.

    >>> write_ratings([[4.6, np.nan], [-2.0, 9.0]])
    '5./15'
    """
    whole = np.rint(np.clip(np.asarray(ratings, dtype=np.float64), LOWEST, HIGHEST))
    return "/".join("".join(EMPTY if np.isnan(cell) else str(int(cell)) for cell in row) for row in whole)


def cycle_rating(text: str, row: int, column: int) -> str:
    """Return the text with the next rating in a cell: none, 1, 2, 3, 4, 5, none. A cell outside changes nothing.

    >>> cycle_rating("5./.1", 0, 0), cycle_rating("5./.1", 1, 1), cycle_rating("5./.1", 0, 1)
    ('../.1', '5./.2', '51/.1')
    """
    rows = read_ratings(text)
    if 0 <= row < len(rows) and 0 <= column < len(rows[0]):
        now = rows[row][column]
        rows[row][column] = LOWEST if now is None else None if now >= HIGHEST else now + 1
    return write_ratings([[np.nan if cell is None else cell for cell in line] for line in rows])
