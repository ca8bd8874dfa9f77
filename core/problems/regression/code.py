"""The same run of regression as lines of NumPy."""

from core.problems.regression.run import Run

SCALE = """\
spread = X.std(axis=0)
Z = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
"""
RUN = """\
rng = np.random.default_rng(np.random.SeedSequence({seed}, spawn_key=(0,)))
w, b = 0.01 * rng.standard_normal(Z.shape[1]), 0.0
rng = np.random.default_rng(np.random.SeedSequence({seed}, spawn_key=(1,)))
for epoch in range({epochs}):
    order = {order}
    for start in range(0, len(Z), {batch}):
{stop}        batch = order[start : start + {batch}]
        error = Z[batch] @ w + b - y[batch]
        w, b = w - {rate!r} * error @ Z[batch] / len(batch), b - {rate!r} * error.mean()

best = np.linalg.lstsq(np.c_[Z, np.ones(len(Z))], y, rcond=None)[0]
H = np.c_[Z, np.ones(len(Z))].T @ np.c_[Z, np.ones(len(Z))] / len(Z)
away = np.append(w, b) - best
print("loss:", np.mean((Z @ w + b - y) ** 2) / 2)
print("least possible:", np.mean((Z @ best[:-1] + best[-1] - y) ** 2) / 2)
print("gap:", away @ H @ away / 2)
print("limit of the rate on all rows:", 2 / np.linalg.eigvalsh(H).max())
"""
STOP = """\
        if epoch * {batches} + start // {batch} == {updates}:
            break  # it has diverged
"""


def build_code(run: Run) -> str:
    """Return the lines for the settings of this run; one that diverged is stopped after as many updates."""
    config = run.sgd.config
    chosen = f"X = X[:, {list(run.used)}]\n" if len(run.used) < len(run.rows.names) - 1 else ""
    scale = SCALE if config.standardise else "Z = X\n"
    n = len(run.y)
    shuffled = config.batch_size < n
    batches = -(-n // config.batch_size)
    stop = STOP.format(batches=batches, batch=config.batch_size, updates=int(run.updates[-1]))
    return f"import numpy as np\n{run.rows.code}{chosen}\n{scale}" + RUN.format(
        seed=config.seed,
        epochs=min(config.epochs, -(-int(run.updates[-1]) // batches)),
        order="rng.permuted(np.arange(len(Z))[None], axis=1)[0]" if shuffled else "np.arange(len(Z))",
        batch=config.batch_size,
        stop=stop if run.sgd.diverged and int(run.updates[-1]) % batches else "",
        rate=config.learning_rate,
    )
