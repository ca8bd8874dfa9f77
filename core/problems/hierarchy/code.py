"""The lines of Python that give the costs of flat and two-level classification."""

from core.problems.class_rows import Features
from core.problems.hierarchy.run import HierarchyRun

AXES = """
known = X[learned]
Z = (X - known.mean(axis=0)) / np.where(known.std(axis=0) > 1e-12, known.std(axis=0), 1)
X = Z @ np.linalg.svd(Z[learned], full_matrices=False)[2][:2].T  # the first two principal axes
"""


def hierarchy_code(run: HierarchyRun, features: Features, near: float, penalty: float, seed: int) -> str:
    """Return lines that print the mean cost on rows held out: most probable class, group first, least expected cost."""
    axes = AXES if features == "two" else ""
    return f"""import numpy as np
from sklearn.linear_model import LogisticRegression

{run.rows.code}groups = np.array({run.groups.tolist()})
rng = np.random.default_rng({seed})
learned = np.zeros(len(y), dtype=bool)
for place in np.unique(y):
    members = rng.permutation(np.flatnonzero(y == place))
    learned[members[: -(-len(members) // 2)]] = True
{axes}

def shares(X, y, new):
    count = len(np.unique(y))
    if count == 1:
        return np.ones((len(new), 1))
    spread = np.where(X.std(axis=0) > 1e-12, X.std(axis=0), 1)
    Z, new = (X - X.mean(axis=0)) / spread, (new - X.mean(axis=0)) / spread
    C = (2 if count == 2 else 1) / (len(Z) * {penalty})  # two classes share one set of weights
    return LogisticRegression(C=C, tol=1e-10, max_iter=10_000).fit(Z, y).predict_proba(new)


known, new, true = X[learned], X[~learned], y[~learned]
flat = shares(known, y[learned], new)
outer = shares(known, groups[y[learned]], new)
tree = outer[:, groups]
for group in range(groups.max() + 1):
    members = np.flatnonzero(groups == group)
    inside = np.isin(y[learned], members)
    tree[:, members] *= shares(known[inside], y[learned][inside], new)
costs = np.where(groups[:, None] == groups, {near}, 1.0)
np.fill_diagonal(costs, 0)
first = np.where(groups == outer.argmax(axis=1)[:, None], tree, -1).argmax(axis=1)
for decision in (flat.argmax(axis=1), first, (flat @ costs).argmin(axis=1)):
    print(costs[true, decision].mean())
"""
