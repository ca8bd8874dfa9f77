"""The lines of Python that give the numbers of a run of softmax regression."""

from core.problems.softmax_run import SoftmaxRun

TWO_CLASSES = "best = np.vstack([-best, best]) / 2  # scikit-learn has one set of weights for two classes\n"


def class_code(run: SoftmaxRun, penalty: float, rate: float, batch: int, epochs: int, seed: int) -> str:
    """Return lines that print the loss of SGD, the rows predicted right, and the smallest loss where there is one."""
    lines = f"""import numpy as np

{run.rows.code}{run.drawn.code}
Z = (Z - Z.mean(axis=0)) / np.where(Z.std(axis=0) > 1e-12, Z.std(axis=0), 1)
Z1 = np.column_stack([Z, np.ones(len(Z))])
T = np.eye(y.max() + 1)[y]
decay = {penalty} * np.append(np.ones(Z.shape[1]), 0)


def softmax(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def loss(W):
    return -np.log(softmax(Z1 @ W.T)[T == 1]).mean() + (W**2 @ decay).sum() / 2


W = np.zeros((T.shape[1], Z1.shape[1]))
rng = np.random.default_rng({seed})
for epoch in range({epochs}):
    order = rng.permutation(len(Z))
    for start in range(0, len(Z), {batch}):
        part = order[start : start + {batch}]
        errors = softmax(Z1[part] @ W.T) - T[part]
        W = W - {rate} * (errors.T @ Z1[part] / len(part) + decay * W)
print(loss(W), ((Z1 @ W.T).argmax(axis=1) == y).sum())
"""
    if not run.best.exists:
        return lines + "# No weights have the smallest loss: with more epochs it falls for ever.\n"
    two = len(run.rows.classes) == 2
    strength = f"{2 if two else 1} / (len(Z) * {penalty})" if penalty else "np.inf"  # two classes share one weight
    return f"""{lines}
from sklearn.linear_model import LogisticRegression

model = LogisticRegression(C={strength}, tol=1e-10, max_iter=10_000).fit(Z, y)
best = np.column_stack([model.coef_, model.intercept_])
{TWO_CLASSES if two else ""}print(loss(best))
"""
