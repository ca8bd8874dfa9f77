"""The lines of Python that give the numbers of a run of tagging."""

from core.problems.tagging.run import TaggingRun


def tagging_code(run: TaggingRun, rate: float, batch: int, epochs: int, seed: int) -> str:
    """Return lines that print the loss, whole sets right, Hamming loss, micro and macro F1, and the smallest loss."""
    lines = f"""import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, hamming_loss

{run.rows.code}order = np.random.default_rng({seed}).permutation(len(X))
learned, held = np.sort(order[: len(X) // 2]), np.sort(order[len(X) // 2 :])
spread = X[learned].std(axis=0)
Z = np.column_stack([(X - X[learned].mean(axis=0)) / np.where(spread > 1e-12, spread, 1), np.ones(len(X))])
Z_learned, Y_learned = Z[learned], Y[learned]


def loss(W):
    z = Z_learned @ W.T
    return (np.logaddexp(0, z) - Y_learned * z).sum(axis=1).mean()


W = np.zeros((Y.shape[1], Z.shape[1]))
rng = np.random.default_rng({seed})
for epoch in range({epochs}):
    order = rng.permutation(len(learned))
    for start in range(0, len(learned), {batch}):
        part = order[start : start + {batch}]
        errors = 1 / (1 + np.exp(-Z_learned[part] @ W.T)) - Y_learned[part]
        W = W - {rate} * errors.T @ Z_learned[part] / len(part)
tags = 1 / (1 + np.exp(-Z[held] @ W.T)) >= {run.threshold}
print(loss(W), accuracy_score(Y[held], tags), hamming_loss(Y[held], tags))
print(*(f1_score(Y[held], tags, average=each, zero_division=0) for each in ("micro", "macro")))
"""
    if not run.best.exists.all():
        return lines + "# Some tag has no best weights: with more epochs its loss falls for ever.\n"
    return f"""{lines}
best = [LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000).fit(Z_learned[:, :-1], tag) for tag in Y_learned.T]
print(loss(np.array([[*model.coef_[0], model.intercept_[0]] for model in best])))
"""
