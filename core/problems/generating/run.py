"""A run of a GAN with what it is judged by, frame by frame.

A clump counts as covered if at least a quarter of its fair share of the made points lies within three standard
deviations of it; the other generators of such rings are judged by single points (Srivastava et al. 2017, "VEEGAN").
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.problems.generating.densities import SAMPLED, Grid, cell_middles, made_in_plane, made_on_line, real_cells
from core.problems.generating.gan import Game, State, losses, play, start_game
from core.problems.generating.gan_data import Target
from core.problems.generating.small_network import sigmoid
from core.problems.generating.two_sample import TwoSampleTest, two_sample_test

Array = npt.NDArray[np.float64]
FRAMES = 41
JUDGED, REAL = 2000, 1000  # made points that are judged, and real ones


@dataclass(frozen=True, eq=False)
class Run:
    """A finished run with what it is judged by; all frames are judged on the same noise and the same real points.

    Attributes:
        goal: what the data are drawn from.
        game: the rules.
        seed: of the run.
        states: one a frame.
        real: (1000, d), points of the data.
        noise: (2000, k), what the judged points are made from.
        made: (frames, 2000, d), the judged points.
        grids: of each frame, with D*.
        losses: (frames, 2), of discriminator and generator.
        shares: (frames, parts), of the made points within three deviations of each clump or arc.
        test: by a fresh classifier, at the end.
    """

    goal: Target
    game: Game
    seed: int
    states: list[State]
    real: Array
    noise: Array
    made: Array
    grids: list[Grid]
    losses: Array
    shares: Array
    test: TwoSampleTest

    @property
    def stops(self) -> list[int]:
        """How many updates were made before each frame."""
        return [state.updates for state in self.states]

    @cached_property
    def covered(self) -> npt.NDArray[np.int64]:
        """How many clumps or arcs are covered in each frame."""
        return np.asarray((self.shares >= 0.25 / self.shares.shape[1]).sum(axis=1))

    @cached_property
    def within(self) -> Array:
        """The share of made points within three deviations of the data in each frame."""
        return np.asarray(self.shares.sum(axis=1))

    @cached_property
    def extent(self) -> float:
        """The root of the mean squared distance of the made points from their mean at the end."""
        return float(np.sqrt(self.made[-1].var(axis=0).sum()))

    @cached_property
    def distance(self) -> float:
        """The mean of |D − D*| at the end over the middles of the cells, weighted by (p + q)/2."""
        grid = self.grids[-1]
        learned = sigmoid(self.logits(-1, cell_middles(self.goal.dimension))).reshape(grid.real.shape)
        return float((np.abs(learned - grid.best) * (grid.real + grid.made)).sum() / 2.0)

    def logits(self, frame: int, x: Array) -> Array:
        """Return the discriminator's output (n,) for points x (n, d) in a frame."""
        return self.game.discriminator.forward(self.states[frame].discriminator.values, x)[:, 0]


def frame_stops(updates: int) -> list[int]:
    """Return after how many updates a frame is drawn: 0, 1, 2 and 3, then evenly to the last.

    >>> frame_stops(800)[:7], frame_stops(10)
    ([0, 1, 2, 3, 4, 26, 48], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    """
    even = np.linspace(4, updates, FRAMES - 4).round().astype(int)
    return [int(stop) for stop in np.unique(np.concatenate([np.arange(4), even]))]


def train(goal: Target, game: Game, updates: int, seed: int) -> Run:
    """Play the game and judge every frame."""
    states = play(game, start_game(game, seed), frame_stops(updates))
    rng = np.random.default_rng([seed, 1])
    noise, real = rng.standard_normal((JUDGED, game.noise)), goal.draw(REAL, rng)
    sampled = np.random.default_rng([seed, 3]).standard_normal((SAMPLED, game.noise))
    cells = real_cells(goal)
    made, grids, lost, shares = [], [], [], []
    for state in states:
        points = game.generator.forward(state.generator.values, noise)
        judged = (game.discriminator.forward(state.discriminator.values, x)[:, 0] for x in (real, points[:REAL]))
        made.append(points)
        grids.append(Grid(cells, _made_cells(game, state, sampled)))
        lost.append(losses(game, *judged))
        nearest, near = goal.nearest(points)
        shares.append(np.bincount(nearest[near], minlength=len(goal.centres)) / JUDGED)

    def make(n: int, random: np.random.Generator) -> Array:
        return game.generator.forward(states[-1].generator.values, random.standard_normal((n, game.noise)))

    test = two_sample_test(goal.draw, make, [seed, 2])
    return Run(goal, game, seed, states, real, noise, np.array(made), grids, np.array(lost), np.array(shares), test)


def _made_cells(game: Game, state: State, sampled: Array) -> Array:
    values = state.generator.values
    if game.dimension == 1:
        return made_on_line(lambda z: game.generator.forward(values, z))
    return made_in_plane(game.generator.forward(values, sampled))
