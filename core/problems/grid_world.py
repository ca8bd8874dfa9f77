"""A world of cells as a Markov decision process: a typed map becomes states, chances of the next state, and rewards.

An agent moves up, right, down or left until it enters a goal or a trap. With the chance `slip` it is carried to one of
the two sides of the chosen direction instead (Russell and Norvig, Artificial Intelligence, section 17.1).
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_count, format_number
from core.language import _

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Cell = tuple[int, int]
FLOOR, WALL, TRAP, GOAL, START = ".", "#", "T", "G", "S"
KINDS = FLOOR + WALL + TRAP + GOAL + START  # in the order in which clicks change a cell
MOVES: tuple[Cell, ...] = ((-1, 0), (0, 1), (1, 0), (0, -1))  # up, right, down, left; rows count from the top
MOST_ROWS, MOST_COLUMNS = 8, 12
GRID = "...G/.#.T/S..."  # the map at the beginning
MOST_SLIP = 0.6  # of the moves; beyond, most moves go where nobody wanted


@dataclass(frozen=True, eq=False)
class GridWorld:
    """A map with its rewards. States are the open cells that can be reached from a start, row by row; then the end.

    Attributes:
        rows: the map, a character for each cell.
        slip: the chance that a move goes to one of the two sides, half of it to each.
        step: the reward of every move, not above 0.
        goal: the reward for entering a goal, added to that of the move.
        trap: the reward for entering a trap, added to that of the move.
    """

    rows: tuple[str, ...]
    slip: float = 0.0
    step: float = -1.0
    goal: float = 10.0
    trap: float = -10.0

    @property
    def shape(self) -> Cell:
        """The number of rows and of columns."""
        return len(self.rows), len(self.rows[0])

    def kind(self, cell: Cell) -> str:
        """Return the character of a cell; outside the map there are walls."""
        row, column = cell
        inside = 0 <= row < len(self.rows) and 0 <= column < len(self.rows[0])
        return self.rows[row][column] if inside else WALL

    def target(self, cell: Cell, move: int) -> Cell:
        """Return where a move ends that is carried out: a wall keeps the agent where it is."""
        to = (cell[0] + MOVES[move][0], cell[1] + MOVES[move][1])
        return cell if self.kind(to) == WALL else to

    def reward(self, to: Cell) -> float:
        """Return the reward of a move that ends in `to`."""
        return self.step + {GOAL: self.goal, TRAP: self.trap}.get(self.kind(to), 0.0)

    def is_end(self, cell: Cell) -> bool:
        """Return whether an episode ends in a cell."""
        return self.kind(cell) in GOAL + TRAP

    @cached_property
    def starts(self) -> list[Cell]:
        """The cells of which one is drawn as the first of an episode."""
        return [(i, j) for i, row in enumerate(self.rows) for j, kind in enumerate(row) if kind == START]

    @cached_property
    def cells(self) -> list[Cell]:
        """The cell of each state, without the end."""
        return sorted(cell for cell in reached(self, self.starts) if not self.is_end(cell))

    @cached_property
    def number(self) -> dict[Cell, int]:
        """The state of each cell that has one."""
        return {cell: state for state, cell in enumerate(self.cells)}

    @cached_property
    def first(self) -> Array:
        """(states,), the chance of each state to be the first of an episode."""
        chances = np.zeros(len(self.cells))
        chances[[self.number[cell] for cell in self.starts]] = 1 / len(self.starts)
        return chances

    def outcomes(self, action: int) -> tuple[tuple[int, float], ...]:
        """Return the moves that an action can become, each with its chance."""
        aside = self.slip / 2
        return ((action, 1 - self.slip), ((action + 1) % 4, aside), ((action + 3) % 4, aside))

    @cached_property
    def transitions(self) -> tuple[Array, Array]:
        """P (states + 1, 4, states + 1), whose last state is the end, and the mean rewards R (states + 1, 4)."""
        count = len(self.cells)
        P, R = np.zeros((count + 1, 4, count + 1)), np.zeros((count + 1, 4))
        for state, cell in enumerate(self.cells):
            for action in range(4):
                for move, chance in self.outcomes(action):
                    to = self.target(cell, move)
                    P[state, action, self.number.get(to, count)] += chance
                    R[state, action] += chance * self.reward(to)
        P[count, :, count] = 1.0
        return P, R

    def spread(self, values: Array) -> Array:
        """Return numbers of states (..., states) as cells (..., rows, columns); NaN where there is no state."""
        cells = np.full((*values.shape[:-1], *self.shape), np.nan)
        for state, (row, column) in enumerate(self.cells):
            cells[..., row, column] = values[..., state]
        return cells


def reached(world: GridWorld, starts: Sequence[Cell]) -> set[Cell]:
    """Return the cells that moves can reach from others, those included; nothing goes on from a goal or a trap."""
    seen, waiting = set(starts), deque(starts)
    while waiting:
        cell = waiting.popleft()
        if world.is_end(cell):
            continue
        for move in range(4):
            to = world.target(cell, move)
            if to not in seen:
                seen.add(to)
                waiting.append(to)
    return seen


def parse_grid(text: str) -> tuple[str, ...]:
    """Return the rows of a map: one on each line, or between strokes "/".

    `.` is floor, `#` a wall, `S` a start, `G` a goal, `T` a trap. Raises InputError for other characters, rows of
    different lengths, a map that is too large, one without a start, and a start from which no goal can be reached.

    >>> parse_grid("S.# / ..G")
    ('S.#', '..G')
    """
    rows = tuple(row.strip().upper() for row in text.replace("/", "\n").splitlines() if row.strip())
    if not rows or len({len(row) for row in rows}) > 1:
        lengths = ", ".join(str(len(row)) for row in rows) or "0"
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
