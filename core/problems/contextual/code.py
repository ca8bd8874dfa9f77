"""The miniature of a contextual bandit as a program of its own."""

from core.problems.rows import Rows


def code_of(rows: Rows, *, alpha: float, ridge: float, passes: int, seed: int) -> str:
    """Return Python that prints the mistakes of LinUCB, of the learner with all answers and of the fixed rule."""
    settings = _SETTINGS.format(alpha=alpha, ridge=ridge, passes=passes, seed=seed)
    return f"import numpy as np\n{rows.code}\n{settings}{_LEARN}"


_SETTINGS = "alpha, ridge, passes, seed = {alpha}, {ridge}, {passes}, {seed}\n"
_LEARN = """
y = np.unique(y, return_inverse=True)[1]
spread = X.std(axis=0)
Z = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
Z = np.column_stack([np.ones(len(Z)), Z])  # the first weight is the intercept
k, d = y.max() + 1, Z.shape[1]
rng = np.random.default_rng(seed)
order = np.concatenate([rng.permutation(len(y)) for _ in range(passes)])


def mistakes(told):
    rng = np.random.default_rng([seed, 1])  # breaks ties
    inverse, answered, wrong = np.tile(np.eye(d) / ridge, (k, 1, 1)), np.zeros((k, d)), 0
    for i in order:
        x = Z[i]
        seen = inverse @ x
        index = (answered * seen).sum(axis=1) + (0 if told else alpha) * np.sqrt(seen @ x)
        index, draws = index.round(9), rng.random(k)
        arm = np.argmax(np.where(index == index.max(), draws, -1))
        wrong += int(arm != y[i])
        for a in range(k) if told else [arm]:  # Sherman and Morrison
            seen = inverse[a] @ x
            inverse[a] -= np.outer(seen, seen) / (1 + x @ seen)
            answered[a] += (a == y[i]) * x
    return wrong


print("LinUCB", mistakes(told=False))
print("told", mistakes(told=True))
weights = np.linalg.lstsq(Z, np.eye(k)[y], rcond=None)[0]
fixed = np.argmax((Z @ weights).round(9), axis=1)
print("hindsight", passes * np.sum(fixed != y))
"""
