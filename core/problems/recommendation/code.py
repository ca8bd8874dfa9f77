"""The lines of Python that give the numbers of the miniature of recommendation."""

from core.problems.recommendation.run import ALS_EPOCHS, SGD_EPOCHS, Recommendation

HEAD = "import numpy as np\n\nnan = np.nan\n"
START = """
seen, (n, m), k = np.where(train, R, nan), R.shape, {rank}
rng, given = np.random.default_rng({seed}), seen[train]
spread = 0.1 * np.mean(given**2) ** 0.25 or 0.1
P, Q = rng.normal(0, spread, (n, k)), rng.normal(0, spread, (m, k))
P[:, 0] += np.sqrt(abs(given.mean()))
Q[:, 0] += np.copysign(np.sqrt(abs(given.mean())), given.mean())
"""
ALS = """

def solve(seen, Q):
    P = np.zeros((len(seen), k))
    for p, row in zip(P, seen):
        rated = np.isfinite(row)
        if rated.any():
            A, b = Q[rated], row[rated]
            p[:] = {solve}
    return P


for epoch in range({epochs}):
    P = solve(seen, Q)
    Q = solve(seen.T, P)
"""
SGD = """
rng, cells = np.random.default_rng({seed}), np.argwhere(train)
for epoch in range({epochs}):
    for i, j in rng.permutation(cells):
        p, q = P[i], Q[j]
        error = seen[i, j] - p @ q
        P[i], Q[j] = p + {rate} * (error * q - {penalty} * p), q + {rate} * (error * p - {penalty} * q)
"""
MEASURE = """
predicted = P @ Q.T
rows, columns = train.any(axis=1), train.any(axis=0)
zeros = np.where(train, R, 0)
column_means = np.where(columns, zeros.sum(axis=0) / np.maximum(train.sum(axis=0), 1), given.mean())
row_means = np.where(rows, zeros.sum(axis=1) / np.maximum(train.sum(axis=1), 1), given.mean())
predicted[~rows] = column_means
predicted[:, ~columns] = row_means[:, None]

point = np.random.default_rng(0)
A, B = point.normal(size=(n, k)), point.normal(size=(m, k))
J = np.zeros((n, m, k * (n + m)))
for i in range(n):
    for j in range(m):
        J[i, j, i * k : i * k + k], J[i, j, (n + j) * k : (n + j) * k + k] = B[j], A[i]
_, sizes, V = np.linalg.svd(J[train])
null = V[np.sum(sizes > 1e-9 * sizes[0]) :]
determined = np.abs(J @ null.T).max(axis=2, initial=0) < 1e-7


def rmse(cells):
    return np.sqrt(np.mean((predicted - R)[cells] ** 2)) if cells.any() else nan


print(rmse(train), *([rmse(test)] if test.any() else []), (determined & ~train).sum())
"""


def code_of(run: Recommendation, *, seed: int, made: dict[str, float] | None, learner: str, penalty: float,
            rate: float) -> str:  # fmt: skip
    """Return the lines: they print the RMSE on the ratings seen and on those hidden, and how many cells are determined.

    `made` has the rank, noise and share of a table that was made, or is none where the ratings are a visitor's.
    """
    epochs = len(run.filled) - 1
    assert epochs <= max(ALS_EPOCHS, SGD_EPOCHS)
    solve = (
        f"np.linalg.solve(A.T @ A + {penalty} * np.eye(k), A.T @ b)"
        if penalty > 0
        else "np.linalg.lstsq(A, b, rcond=1e-10)[0]"
    )
    learn = (
        ALS.format(solve=solve, epochs=epochs)
        if learner == "als"
        else SGD.format(seed=seed, epochs=epochs, rate=rate, penalty=penalty)
    )
    table = _made(run, seed, made) if made else _brought(run)
    return HEAD + table + START.format(rank=run.rank, seed=seed) + learn + MEASURE


def _made(run: Recommendation, seed: int, made: dict[str, float]) -> str:
    n, m = run.ratings.values.shape
    return f"""rng, rank = np.random.default_rng({seed}), {made["true_rank"]}
taste, trait = rng.normal(0, 0.7, ({n}, rank)), rng.normal(0, 0.7, ({m}, rank))
taste[:, 0], trait[:, 0] = rng.uniform(0.8, 1.2, {n}), rng.uniform(1.8, 4.2, {m})
R = taste @ trait.T
R = R + {made["noise"]} * rng.normal(size=R.shape)
train = np.zeros(R.size, dtype=bool)
train[rng.permutation(R.size)[: round({made["share"]} * R.size)]] = True
train = train.reshape(R.shape)
test = ~train
"""


def _brought(run: Recommendation) -> str:
    values = (run.ratings.values * run.scales).tolist()
    cells = [[int(train) - int(test) for train, test in zip(*rows, strict=True)]
             for rows in zip(run.ratings.train.tolist(), run.ratings.test.tolist(), strict=True)]  # fmt: skip
    rows = "".join(f"    [{', '.join(map(repr, row))}],\n" for row in values)
    kept = "".join(f"    {row},\n" for row in cells)
    scale = "R = R / np.sqrt(np.nanmean(np.where(train, R, nan) ** 2, axis=0))\n" if (run.scales != 1).any() else ""
    return f"R = np.array([\n{rows}])\nlearned = np.array([  # 1: learned from, -1: hidden as the test\n{kept}])\n" \
           f"train, test = learned == 1, learned == -1\n{scale}"  # fmt: skip
