"""A small generative adversarial network, written out: two networks, their gradients by hand, and Adam for both.

The discriminator D sees points of the data and points that the generator made, and lowers
−mean log D(x) − mean log(1 − D(G(z))); the generator lowers −mean log D(G(z)), or in the minimax game the mean of
log(1 − D(G(z))) (Goodfellow et al. 2014, "Generative adversarial nets"). A state has all that is needed to go on, the
random numbers too: a run that was stopped and resumed is the run that was not.

The same seed gives the same run but for rounding, which differs between processors. Two such runs agree closely in the
first updates; later the game can enlarge the difference, so that hundreds of updates agree in kind and not in digits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from core.problems.generating.small_network import Adam, Network, sigmoid

Array = npt.NDArray[np.float64]
Sampler = Callable[[int, np.random.Generator], Array]
LOSSES = ("non_saturating", "minimax")
BATCH = 64  # points of the data, and as many made, in each update


@dataclass(frozen=True)
class Game:
    """The rules of a run.

    Attributes:
        draw: returns n points of the data (n, d).
        dimension: d, numbers of a point.
        noise: numbers that the generator starts from.
        loss: of the generator, "non_saturating" or "minimax".
        discriminator_steps: in each update.
        generator_steps: in each update.
        discriminator_rate: learning rate of the discriminator.
        generator_rate: learning rate of the generator.
    """

    draw: Sampler
    dimension: int
    noise: int
    loss: str = "non_saturating"
    discriminator_steps: int = 1
    generator_steps: int = 1
    discriminator_rate: float = 0.007
    generator_rate: float = 0.005

    @cached_property
    def generator(self) -> Network:
        """From noise to points."""
        return Network(self.noise, self.dimension)

    @cached_property
    def discriminator(self) -> Network:
        """From points to the logarithm of the odds that they are data."""
        return Network(self.dimension, 1)


@dataclass(frozen=True)
class State:
    """A run that was stopped after some updates, with all that it needs to go on.

    Attributes:
        updates: made so far.
        generator: its parameters.
        discriminator: its parameters.
        random: the state of the random numbers.
    """

    updates: int
    generator: Adam
    discriminator: Adam
    random: dict[str, Any]


def start_game(game: Game, seed: int) -> State:
    """Return both networks before learning."""
    rng = np.random.default_rng(seed)
    players = [network.start(rng) for network in (game.generator, game.discriminator)]
    first, second = (Adam(values, np.zeros_like(values), np.zeros_like(values)) for values in players)
    return State(0, first, second, dict(rng.bit_generator.state))


def play(game: Game, state: State, stops: Sequence[int]) -> list[State]:
    """Go on from a state, and return the states after the numbers of updates in `stops`, which ascend.

    A stop at `state.updates` returns that state; the state itself is not changed.
    """
    rng = np.random.default_rng()
    rng.bit_generator.state = state.random
    generator, discriminator, kept = state.generator, state.discriminator, []
    update = state.updates
    for stop in stops:
        while update < stop:
            for _step in range(game.discriminator_steps):
                gradient = discriminator_gradient(game, generator.values, discriminator.values, rng)
                discriminator = discriminator.step(gradient, game.discriminator_rate)
            for _step in range(game.generator_steps):
                gradient = generator_gradient(game, generator.values, discriminator.values, rng)
                generator = generator.step(gradient, game.generator_rate)
            update += 1
        kept.append(State(update, generator, discriminator, dict(rng.bit_generator.state)))
    return kept


def discriminator_gradient(game: Game, generator: Array, discriminator: Array, rng: np.random.Generator) -> Array:
    """Return the gradient of the discriminator's loss on a fresh minibatch; by the output it is D − 1 or D, over n."""
    real = game.draw(BATCH, rng)
    made = game.generator.forward(generator, rng.standard_normal((BATCH, game.noise)))
    x = np.concatenate([real, made])
    first, second, output = game.discriminator.layers(discriminator, x)
    by_output = sigmoid(output)
    by_output[:BATCH] -= 1.0
    return game.discriminator.backward(discriminator, x, (first, second), by_output / BATCH)[0]


def generator_gradient(game: Game, generator: Array, discriminator: Array, rng: np.random.Generator) -> Array:
    """Return the gradient of the generator's loss on fresh noise, passed back through the discriminator."""
    noise = rng.standard_normal((BATCH, game.noise))
    first, second, made = game.generator.layers(generator, noise)
    seen_first, seen_second, output = game.discriminator.layers(discriminator, made)
    chance = sigmoid(output)
    by_output = (-chance if game.loss == "minimax" else chance - 1.0) / BATCH
    by_made = game.discriminator.backward(discriminator, made, (seen_first, seen_second), by_output)[1]
    return game.generator.backward(generator, noise, (first, second), by_made)[0]


def losses(game: Game, real: Array, made: Array) -> tuple[float, float]:
    """Return the losses of discriminator and generator, given D's output on data (n,) and on made points (m,).

    >>> game = Game(lambda n, rng: rng.standard_normal((n, 1)), 1, 1)
    >>> [round(loss, 4) for loss in losses(game, np.zeros(3), np.zeros(3))]  # D = 1/2: ln 4 and ln 2
    [1.3863, 0.6931]
    """
    missed, caught = np.logaddexp(0.0, -real).mean(), np.logaddexp(0.0, made).mean()
    generator = -caught if game.loss == "minimax" else np.logaddexp(0.0, -made).mean()
    return float(missed + caught), float(generator)
