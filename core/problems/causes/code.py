"""The lines of Python behind the miniature of causes."""

from core.problems.causes.graph import Structure
from core.problems.rows import Rows

ROWS = """\
import numpy as np

{data}
x, target, classes = X[:, {x}], X[:, {y}], y
intercept = np.ones(len(x))

# without the class: one intercept for all rows
slope, _ = np.linalg.lstsq(np.column_stack((x, intercept)), target, rcond=None)[0]
print("without the class:", slope)

# with it: an intercept for each class
dummies = classes[:, None] == np.unique(classes)
held = np.linalg.lstsq(np.column_stack((x, dummies)), target, rcond=None)[0][0]
print("with the class:", held)

for each in np.unique(classes):
    rows = classes == each
    if np.ptp(x[rows]) > 0:
        print("within class", each, np.polyfit(x[rows], target[rows], 1)[0])
"""

TWIN = """\
import numpy as np

# the coefficient of each column's variable in the equation of each row's: X, Y, Z
B = np.array({weights})
rng = np.random.default_rng({seed})
through = np.linalg.inv(np.eye(3) - B)
noise = rng.standard_normal(({size}, 3))
x, y, z = (noise @ through.T).T
one = np.ones_like(x)
print("without Z:", np.linalg.lstsq(np.column_stack((x, one)), y, rcond=None)[0][0])
print("with Z:", np.linalg.lstsq(np.column_stack((x, z, one)), y, rcond=None)[0][0])

# do(X): cut the arrows into X, and set it; with noise of mean 0 the mean of Y is a line through 0
cut = B.copy()
cut[0] = 0.0
print("exactly, under do():", np.linalg.inv(np.eye(3) - cut)[1, 0])

S = through @ through.T
print("exactly, without Z:", S[0, 1] / S[0, 0])
print("exactly, with Z:", np.linalg.solve(S[np.ix_([0, 2], [0, 2])], S[[0, 2], 1])[0])
"""


def rows_code(rows: Rows, x: int, y: int) -> str:
    """Return lines that print the slopes without and with the class, and within each class."""
    return ROWS.format(data=rows.code.strip(), x=x, y=y)


def twin_code(structure: Structure, size: int, seed: int) -> str:
    """Return lines that simulate the structure and print its slopes and the exact ones."""
    return TWIN.format(weights=structure.weights.tolist(), size=size, seed=seed)
