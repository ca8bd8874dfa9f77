"""A world as it is typed: rows of characters that are read, checked, and changed by clicks."""

from core.errors import InputError
from core.formatting import format_count, format_list, format_number
from core.language import _
from core.problems.decisions.grid_world import GOAL, KINDS, GridWorld, reached

MOST_ROWS, MOST_COLUMNS = 8, 12
MOST_SLIP = 0.6  # of the moves; beyond, most moves go where nobody wanted


def parse_grid(text: str) -> tuple[str, ...]:
    """Return the rows of a map: one on each line, or between strokes "/".

    `.` is floor, `#` a wall, `S` a start, `G` a goal, `T` a trap. Raises InputError for other characters, rows of
    different lengths, a map that is too large, one without a start, and a start from which no goal can be reached.

    >>> parse_grid("S.# / ..G")
    ('S.#', '..G')
    """
    rows = tuple(row.strip().upper() for row in text.replace("/", "\n").splitlines() if row.strip())
    if not rows or len({len(row) for row in rows}) > 1:
        lengths = format_list(format_count(len(row)) for row in rows) or format_count(0)
        raise InputError(
            _("A grid needs rows of one length, but these have {lengths} cells; write a character for each cell.")
            .format(lengths=lengths)
        )  # fmt: skip
    if len(rows) > MOST_ROWS or len(rows[0]) > MOST_COLUMNS:
        raise InputError(
            _("A grid has at most {rows} rows and {columns} columns, but this one has {r} and {c}; make it smaller.")
            .format(rows=MOST_ROWS, columns=MOST_COLUMNS, r=format_count(len(rows)), c=format_count(len(rows[0])))
        )  # fmt: skip
    wrong = sorted(set("".join(rows)) - set(KINDS))
    if wrong:
        raise InputError(
            _("Cells are . (floor), # (wall), S (start), G (goal) or T (trap), but one is “{got}”; change it.")
            .format(got=wrong[0])
        )  # fmt: skip
    _check_exits(rows)
    return rows


def _check_exits(rows: tuple[str, ...]) -> None:
    """Raise InputError where there is no start, or one without a way to a goal."""
    world = GridWorld(rows)
    if not world.starts:
        raise InputError(_("A grid needs a start S for the agent, but there is none; make a cell the start."))
    for row, column in world.starts:
        if not any(world.kind(cell) == GOAL for cell in reached(world, [(row, column)])):
            raise InputError(
                _("No goal G can be reached from the start in row {row}, column {column}: this grid has no exit. Add a "
                  "goal, or open a wall.").format(row=row + 1, column=column + 1)
            )  # fmt: skip


def changed_grid(text: str, row: int, column: int) -> str:
    """Return a map with one cell changed to the next kind: floor, wall, trap, goal, start, and floor again.

    A place outside the map changes nothing, and neither does an unknown character there.

    >>> changed_grid("S. / .G", 0, 1)
    'S#/.G'
    """
    rows = [list(line.strip().upper()) for line in text.replace("/", "\n").splitlines() if line.strip()]
    if 0 <= row < len(rows) and 0 <= column < len(rows[row]) and rows[row][column] in KINDS:
        rows[row][column] = KINDS[(KINDS.index(rows[row][column]) + 1) % len(KINDS)]
    return "/".join("".join(line) for line in rows)


def make_world(
    text: str, *, slip: float = 0.0, step: float = -1.0, goal: float = 10.0, trap: float = -10.0
) -> GridWorld:
    """Return a world from a typed map and its rewards.

    Raises InputError as `parse_grid`, for a slip outside 0 to 0.6, and for a reward above 0 for a move, since then an
    agent would rather walk for ever.
    """
    if not 0 <= slip <= MOST_SLIP:
        raise InputError(
            _("The chance to slip must be between 0 and {most}, but is {got}; change it.")
            .format(most=format_number(MOST_SLIP), got=format_number(slip))
        )  # fmt: skip
    if not step <= 0:
        raise InputError(
            _("The reward of a move must not be above 0, but is {got}: the agent would rather walk for ever. Lower it.")
            .format(got=format_number(step))
        )  # fmt: skip
    if not (abs(step) <= 100 and abs(goal) <= 1000 and abs(trap) <= 1000):
        raise InputError(
            _("Rewards must be between {low} and {high}, but one is not; choose a smaller one.")
            .format(low=format_number(-1000.0), high=format_number(1000.0))
        )  # fmt: skip
    return GridWorld(parse_grid(text), slip, step, goal, trap)
