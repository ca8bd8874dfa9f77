"""The same run of a GAN as lines of PyTorch, with the gradients left to autograd."""

from core.problems.generating.gan_data import RADIUS
from core.problems.generating.run import Run

DRAWS = {
    "clumps": """\
angles = np.arange(8) * np.pi / 4
centres = {radius} * np.c_[np.cos(angles), np.sin(angles)]
spread = {spread}


def draw(n, rng):
    return centres[rng.integers(8, size=n)] + spread * rng.standard_normal((n, 2))
""",
    "ring": """\
angles = np.arange(8) * np.pi / 4
centres = {radius} * np.c_[np.cos(angles), np.sin(angles)]
spread = {spread}


def draw(n, rng):
    angle = rng.uniform(0, 2 * np.pi, n)
    return ({radius} + spread * rng.standard_normal(n))[:, None] * np.c_[np.cos(angle), np.sin(angle)]
""",
    "line": """\
centres = np.array({centres})
spread = {spread}


def draw(n, rng):
    return centres[rng.integers(len(centres), size=n)] + spread * rng.standard_normal((n, 1))
""",
}
LOSS = {
    "non_saturating": "bce(discriminator(made), torch.ones({batch}, 1).double())",
    "minimax": "-bce(discriminator(made), torch.zeros({batch}, 1).double())",
}
NEAR = {
    "ring": "abs(np.linalg.norm(made, axis=1) - {radius}) <= 3 * spread",
    "other": "away.min(axis=1) <= 3 * spread",
}
RUN = """\
import numpy as np
import torch
from sklearn.neighbors import KNeighborsClassifier

{draw}

rng = np.random.default_rng({seed})
bce = torch.nn.functional.binary_cross_entropy_with_logits


def network(inputs, outputs):
    sizes = [(inputs, 32), (32, 32), (32, outputs)]
    first, second, third = (torch.nn.Linear(*size).double() for size in sizes)
    for layer, size in zip((first, second, third), sizes):
        layer.weight.data = torch.tensor(rng.normal(0, size[0] ** -0.5, size).T.copy())
        torch.nn.init.zeros_(layer.bias)
    return torch.nn.Sequential(first, torch.nn.Tanh(), second, torch.nn.Tanh(), third)


generator, discriminator = network({noise}, {dimension}), network({dimension}, 1)
learn_g = torch.optim.Adam(generator.parameters(), {generator_rate}, betas=(0.5, 0.999))
learn_d = torch.optim.Adam(discriminator.parameters(), {discriminator_rate}, betas=(0.5, 0.999))


def make(n, rng):
    return generator(torch.from_numpy(rng.standard_normal((n, {noise}))))


for update in range({updates}):
    for step in range({discriminator_steps}):
        real = torch.from_numpy(draw({batch}, rng))
        made = make({batch}, rng).detach()
        loss = bce(discriminator(real), torch.ones({batch}, 1).double())
        loss = loss + bce(discriminator(made), torch.zeros({batch}, 1).double())
        learn_d.zero_grad()
        loss.backward()
        learn_d.step()
    for step in range({generator_steps}):
        made = make({batch}, rng)
        loss = {loss}
        learn_g.zero_grad()
        loss.backward()
        learn_g.step()

with torch.no_grad():
    rng = np.random.default_rng([{seed}, 1])
    made = make(2000, rng)
    real = torch.from_numpy(draw(1000, rng))
    loss = bce(discriminator(real), torch.ones(1000, 1).double())
    loss = loss + bce(discriminator(made[:1000]), torch.zeros(1000, 1).double())
    made = made.numpy()
    away = np.linalg.norm(made[:, None] - centres, axis=2)
    near = {near}
    shares = np.bincount(away.argmin(axis=1)[near], minlength=len(centres)) / 2000
    print("covered:", (shares >= 0.25 / len(centres)).sum())
    print("within three standard deviations:", shares.sum())
    print("loss of the discriminator:", loss.item())

    rng = np.random.default_rng([{seed}, 2])
    is_real = rng.integers(2, size=2000) == 1
    real, made = draw(2000, rng), make(2000, rng).numpy()
    x = np.where(is_real[:, None], real, made)
    fresh = KNeighborsClassifier(31).fit(x[:1000], is_real[:1000])
    print("held-out points told right:", fresh.score(x[1000:], is_real[1000:]))
"""


def build_code(run: Run) -> str:
    """Return the lines for the rules of this run."""
    goal, game = run.goal, run.game
    draw = DRAWS[goal.name if goal.dimension == 2 else "line"].format(
        radius=RADIUS, spread=goal.spread, centres=goal.centres.tolist()
    )
    return RUN.format(
        draw=draw.rstrip(),
        seed=run.seed,
        noise=game.noise,
        dimension=game.dimension,
        updates=run.stops[-1],
        batch=64,
        discriminator_steps=game.discriminator_steps,
        generator_steps=game.generator_steps,
        discriminator_rate=game.discriminator_rate,
        generator_rate=game.generator_rate,
        loss=LOSS[game.loss].format(batch=64),
        near=NEAR["ring" if goal.name == "ring" else "other"].format(radius=RADIUS),
    )
