"""Generating data: a small GAN that learns to make points like those of a ring, and the best discriminator beside it.

What the data are drawn from is known, so the best discriminator D* = p/(p + q) is known as far as q is. On a line q
is exact (`densities.made_on_line`); in the plane it is estimated from 6,000 made points, with p and q blurred alike.
"""

from core.errors import InputError
from core.formatting import format_general, format_list
from core.language import _
from core.problems.generating.code import build_code
from core.problems.generating.gan import LOSSES, Game
from core.problems.generating.gan_data import target
from core.problems.generating.panels import build_panels
from core.problems.generating.run import train
from core.problems.generating.texts import build_figures, build_guess, describe_frame, describe_run, oracle, question
from core.problems.miniature import Miniature

DATA = ("clumps", "ring", "two", "one")
UPDATES = (10, 800)
STEPS = (1, 3)
RATES = (0.0001, 0.02)
NOISE = (1, 8)


def miniature(
    *,
    seed: int = 0,
    data: str = "clumps",
    loss: str = "non_saturating",
    updates: int = 800,
    discriminator_steps: int = 1,
    generator_steps: int = 1,
    discriminator_rate: float = 0.007,
    generator_rate: float = 0.005,
    noise: int = 2,
) -> Miniature:
    """Return a run of a GAN on "clumps" (eight on a circle), a "ring", "two" clumps on a line, or "one".

    An update has `discriminator_steps` of the discriminator and `generator_steps` of the generator. The generator
    starts from `noise` numbers; on a line it is always one, so that the density of what is made is exact. A longer run
    goes through the states of a shorter one.
    Raises InputError for names that are not known and numbers that are out of range.
    """
    _check_name("data", data, DATA)
    _check_name("loss", loss, LOSSES)
    _check("updates", updates, UPDATES)
    _check("discriminator_steps", discriminator_steps, STEPS)
    _check("generator_steps", generator_steps, STEPS)
    _check("discriminator_rate", discriminator_rate, RATES)
    _check("generator_rate", generator_rate, RATES)
    _check("noise", noise, NOISE)
    goal = target(data)
    game = Game(
        goal.draw, goal.dimension, noise if goal.dimension == 2 else 1, loss, discriminator_steps, generator_steps,
        discriminator_rate, generator_rate,
    )  # fmt: skip
    run = train(goal, game, updates, seed)
    return Miniature(
        question=question(goal),
        frames=[describe_frame(run, frame) for frame in range(len(run.states))],
        panels=build_panels(run),
        guess=build_guess(run),
        figures=build_figures(run),
        sentence=describe_run(run),
        oracle=oracle(goal),
        code=build_code(run),
    )


def _check(name: str, value: float, bounds: tuple[float, float]) -> None:
    if not bounds[0] <= value <= bounds[1]:
        low, high, got = (format_general(number) for number in (*bounds, value))
        raise InputError(
            _("{name} has to be between {low} and {high}; got {got}.").format(name=name, low=low, high=high, got=got)
        )


def _check_name(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InputError(
            _("{name} has to be one of {known}; got {got}.").format(name=name, known=format_list(known), got=value)
        )
