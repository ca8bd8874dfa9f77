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

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Cell = tuple[int, int]
FLOOR, WALL, TRAP, GOAL, START = ".", "#", "T", "G", "S"
KINDS = FLOOR + WALL + TRAP + GOAL + START  # in the order in which clicks change a cell
MOVES: tuple[Cell, ...] = ((-1, 0), (0, 1), (1, 0), (0, -1))  # up, right, down, left; rows count from the top
GRID = "...G/.#.T/S..."  # the map at the beginning


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
