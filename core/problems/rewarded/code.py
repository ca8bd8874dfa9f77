"""The lines of Python that give the numbers of the miniature of a rewarded learner."""

from core.problems.rewarded.run import AVERAGED

_LINES = """import numpy as np
from scipy.optimize import minimize

{rows}
Z = X - X.mean(axis=0)
Z = np.column_stack([Z / np.where(X.std(axis=0) > 0, X.std(axis=0), 1.0), np.ones(len(X))])
y = np.unique(y, return_inverse=True)[1]
k, penalty = y.max() + 1, {penalty!r}


def chances(W, z):  # W (..., k, d), z (..., d)
    scores = (W @ z[..., None])[..., 0]
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def objective(W):
    return 1 - chances(W, Z)[np.arange(len(y)), y].mean() + penalty / 2 * (W**2).sum()


def gradient(W):
    p, told = chances(W, Z), np.eye(k)[y]
    right = (p * told).sum(axis=1, keepdims=True)
    return (right * (p - told)).T @ Z / len(y) + penalty * W


rng = np.random.default_rng({seed})
begins = [np.zeros((k, Z.shape[1])), *(rng.normal(scale=2.0, size=(k, Z.shape[1])) for _ in range(5))]
found = [
    minimize(lambda w: objective(w.reshape(k, -1)), begin.ravel(), jac=lambda w: gradient(w.reshape(k, -1)).ravel(),
             method="L-BFGS-B", options={{"maxiter": 300}}).fun
    for begin in begins
]

rng = np.random.default_rng({seed})
rows, draws = rng.integers(len(y), size=({samples}, {runs})), rng.random(({samples}, {runs}))


def learn(rate, rewarded):
    W, average = np.zeros(({runs}, k, Z.shape[1])), np.zeros({runs})
    for row, draw in zip(rows, draws):
        p, told = chances(W, Z[row]), np.eye(k)[y[row]]
        if rewarded:  # only the reward of the class drawn is known
            drawn = (draw[:, None] >= p.cumsum(axis=1)[:, :-1]).sum(axis=1)
            reward = -(drawn != y[row]).astype(float)
            slope = -(reward - average)[:, None] * (np.eye(k)[drawn] - p)
            average += {averaged} * (reward - average)
        else:  # the label is known, and with it the loss of every class
            slope = (p * told).sum(axis=1, keepdims=True) * (p - told)
        W = W - rate * (slope[:, :, None] * Z[row][:, None, :] + penalty * W)
    return np.mean([objective(each) for each in W])


print(min(found), learn({told!r}, False), learn({rewarded!r}, True))  # the best objective, label told, reward alone
"""


def code_of(
    rows: str, *, penalty: float, samples: int, runs: int, baseline: bool, seed: int, told: float, rewarded: float
) -> str:
    """Return lines that print the best objective, and those of both learners at their best rates."""
    return _LINES.format(
        rows=rows, penalty=penalty, samples=samples, runs=runs, averaged=AVERAGED if baseline else 0.0, seed=seed,
        told=told, rewarded=rewarded,
    )  # fmt: skip
