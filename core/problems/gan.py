"""A small generative adversarial network, written out: two networks, their gradients by hand, and Adam for both.

The discriminator D sees points of the data and points that the generator made, and lowers
−mean log D(x) − mean log(1 − D(G(z))); the generator lowers −mean log D(G(z)), or in the minimax game the mean of
log(1 − D(G(z))) (Goodfellow et al. 2014, "Generative adversarial nets"). A state has all that is needed to go on, the
random numbers too: a run that was stopped and resumed is the run that was not.

The same seed gives the same run but for rounding, which differs between processors. Two such runs agree closely in the
first updates; later the game can enlarge the difference, so that hundreds of updates agree in kind and not in digits.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Sampler = Callable[[int, np.random.Generator], Array]
LOSSES = ("non_saturating", "minimax")
HIDDEN = 32  # units of each of the two hidden layers
BATCH = 64  # points of the data, and as many made, in each update
MOMENTUM, DECAY, TINY = 0.5, 0.999, 1e-8  # of Adam; 0.5 is what Radford et al. 2016 recommend for such games


@dataclass(frozen=True)
class Network:
    """The shape of a network with two hidden layers of tanh; its parameters are one vector.

    Attributes:
        inputs: numbers that it takes.
        outputs: numbers that it returns.
    """

    inputs: int
    outputs: int

    @cached_property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """Shapes of weights and biases in the order in which the vector holds them."""
        layers = ((self.inputs, HIDDEN), (HIDDEN, HIDDEN), (HIDDEN, self.outputs))
        return tuple(shape for layer in layers for shape in (layer, (layer[1],)))

    @cached_property
    def places(self) -> tuple[slice, ...]:
        """Where each of them is in the vector."""
        sizes = [math.prod(shape) for shape in self.shapes]
        return tuple(slice(end - size, end) for size, end in zip(sizes, accumulate(sizes), strict=True))

    def start(self, rng: np.random.Generator) -> Array:
        """Draw weights from N(0, 1/inputs of the layer); biases are 0."""
        parts = (rng.normal(0.0, s[0] ** -0.5, s) if len(s) == 2 else np.zeros(s) for s in self.shapes)
        return np.concatenate([part.ravel() for part in parts])

    def parts(self, vector: Array) -> list[Array]:
        """Return weights and biases as views of their vector."""
        return [vector[place].reshape(shape) for place, shape in zip(self.places, self.shapes, strict=True)]

    def layers(self, vector: Array, x: Array) -> tuple[Array, Array, Array]:
        """Return both hidden layers (n, 32) and the output (n, outputs) for rows x (n, inputs)."""
        w1, b1, w2, b2, w3, b3 = self.parts(vector)
        first = np.tanh(x @ w1 + b1)
        second = np.tanh(first @ w2 + b2)
        return first, second, second @ w3 + b3

    def forward(self, vector: Array, x: Array) -> Array:
        """Return the output (n, outputs) for rows x (n, inputs)."""
        return self.layers(vector, x)[2]

    def backward(self, vector: Array, x: Array, hidden: tuple[Array, Array], gradient: Array) -> tuple[Array, Array]:
        """Return the gradients by parameters and by x, given that of the loss by the output (n, outputs)."""
        w1, _b1, w2, _b2, w3, _b3 = self.parts(vector)
        first, second = hidden
        by_second = (gradient @ w3.T) * (1.0 - second * second)
        by_first = (by_second @ w2.T) * (1.0 - first * first)
        pairs = ((x, by_first), (first, by_second), (second, gradient))
        flat = [part.ravel() for given, by in pairs for part in (given.T @ by, by.sum(axis=0))]
        return np.concatenate(flat), by_first @ w1.T


@dataclass(frozen=True)
class Adam:
    """Parameters with what Adam remembers of their gradients (Kingma and Ba 2015).

    Attributes:
        values: (p,), the parameters.
        mean: (p,), of the gradients.
        square: (p,), mean of their squares.
        steps: made so far.
    """

    values: Array
    mean: Array
    square: Array
    steps: int = 0

    def step(self, gradient: Array, rate: float) -> "Adam":
        """Return the parameters one step later."""
        steps = self.steps + 1
        mean = MOMENTUM * self.mean + (1.0 - MOMENTUM) * gradient
        square = DECAY * self.square + (1.0 - DECAY) * gradient * gradient
        size = np.sqrt(square / (1.0 - DECAY**steps)) + TINY
        return Adam(self.values - rate / (1.0 - MOMENTUM**steps) * mean / size, mean, square, steps)


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


def sigmoid(z: Array) -> Array:
    """Return 1/(1 + e^−z), without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * z)))


def losses(game: Game, real: Array, made: Array) -> tuple[float, float]:
    """Return the losses of discriminator and generator, given D's output on data (n,) and on made points (m,).

    >>> game = Game(lambda n, rng: rng.standard_normal((n, 1)), 1, 1)
    >>> [round(loss, 4) for loss in losses(game, np.zeros(3), np.zeros(3))]  # D = 1/2: ln 4 and ln 2
    [1.3863, 0.6931]
    """
    missed, caught = np.logaddexp(0.0, -real).mean(), np.logaddexp(0.0, made).mean()
    generator = -caught if game.loss == "minimax" else np.logaddexp(0.0, -made).mean()
    return float(missed + caught), float(generator)
