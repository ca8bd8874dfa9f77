"""A linear autoencoder trained by minibatch SGD: k numbers of each row, and the row rebuilt from them.

Encoder and decoder are two matrices with weights of their own (untied). Every minimum of its loss is global, and there
its decoder spans the plane of the first k principal components (Baldi and Hornik, 1989); the axes in it stay free.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.problems.components.principal_components import Array

Schedule = Literal["falling", "constant"]
BATCH = 16
BEYOND = 1e6  # times the variance: a minibatch with a larger error has diverged
RECORDED = 40  # states after the first one


@dataclass(frozen=True, eq=False)
class Autoencoder:
    """What is trained.

    Attributes:
        encoder: (d, k), makes k numbers of a centred row.
        decoder: (k, d), makes a row of them.
    """

    encoder: Array
    decoder: Array

    def rebuilt(self, Z: Array) -> Array:
        """Return centred rows (n, d) as they are rebuilt."""
        return np.asarray(Z @ self.encoder @ self.decoder)

    def gradients(self, Z: Array) -> tuple[Array, Array, float]:
        """Return the gradients of encoder and decoder, and the mean squared error of the rows Z (b, d).

        The loss is half the mean squared error, a sum over the columns and a mean over the rows.
        """
        codes = Z @ self.encoder
        errors = codes @ self.decoder - Z
        scale = 1 / len(Z)
        of_encoder = Z.T @ (errors @ self.decoder.T) * scale
        of_decoder = codes.T @ errors * scale
        return of_encoder, of_decoder, float((errors**2).sum() * scale)


@dataclass(frozen=True, eq=False)
class Training:
    """A run of minibatch SGD.

    Attributes:
        steps: of the recorded states, the first is 0.
        states: the autoencoder after each of these steps.
        diverged: the number of steps after which a minibatch had an error beyond all bounds; None if none had.
    """

    steps: list[int]
    states: list[Autoencoder]
    diverged: int | None


def initial_state(d: int, k: int, rng: np.random.Generator) -> Autoencoder:
    """Return small random weights, of variance 1 / d."""
    return Autoencoder(rng.normal(size=(d, k)) / np.sqrt(d), rng.normal(size=(k, d)) / np.sqrt(d))


def recorded_steps(steps: int) -> list[int]:
    """Return the steps after which the state is kept: closer together at first, with the first and the last.

    >>> recorded_steps(5)
    [0, 1, 2, 3, 4, 5]
    """
    shares = np.arange(RECORDED + 1) / RECORDED
    return [int(step) for step in np.unique(np.round(steps * shares**2))]


def train(Z: Array, k: int, *, rate: float, steps: int, schedule: Schedule = "falling", seed: int = 0) -> Training:
    """Train on centred rows Z (n, d) whose variance is 1; each epoch goes through all rows in a new order.

    A "falling" learning rate goes in a straight line to 0. Training stops when it diverges; then states are kept up to
    there.
    """

    def run(kept: list[int]) -> Training:
        rng = np.random.default_rng(seed)
        state, order = initial_state(Z.shape[1], k, rng), np.zeros(0, dtype=np.int64)
        states, wanted = [state], set(kept)
        for step in range(steps):
            order = order if len(order) else rng.permutation(len(Z))
            batch, order = order[:BATCH], order[BATCH:]
            of_encoder, of_decoder, error = state.gradients(Z[batch])
            if not error < BEYOND:
                return Training(kept, states, step)
            now = rate * (1 - step / steps) if schedule == "falling" else rate
            state = Autoencoder(state.encoder - now * of_encoder, state.decoder - now * of_decoder)
            if step + 1 in wanted:
                states.append(state)
        return Training(kept, states, None)

    made = run(recorded_steps(steps))
    return made if made.diverged is None else run(recorded_steps(made.diverged))
