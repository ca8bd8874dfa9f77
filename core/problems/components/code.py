"""The lines of Python that give the numbers of the miniature of principal components."""

from core.problems.components.linear_autoencoder import BATCH, BEYOND, Schedule
from core.problems.components.run import Run

_SCALE = "spread = X.std(axis=0)\nX = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)\n"
_TRAIN = """
pca = PCA().fit(X)
Z = X - X.mean(axis=0)
Z = Z / np.sqrt((Z**2).sum(axis=1).mean())  # one number for all columns: no direction changes

k, rate, steps, seed = {k}, {rate}, {steps}, {seed}
rng = np.random.default_rng(seed)
d = Z.shape[1]
encoder, decoder = rng.normal(size=(d, k)) / np.sqrt(d), rng.normal(size=(k, d)) / np.sqrt(d)
order = []
for step in range(steps):
    if not len(order):
        order = rng.permutation(len(Z))
    batch, order = Z[order[:{batch}]], order[{batch}:]
    codes = batch @ encoder
    errors = codes @ decoder - batch
    if not (errors**2).sum() / len(batch) < {beyond}:
        print("diverged", step)
        break
    now = {now}
    of_encoder = batch.T @ (errors @ decoder.T) / len(batch)
    of_decoder = codes.T @ errors / len(batch)
    encoder, decoder = encoder - now * of_encoder, decoder - now * of_decoder
else:
    lost = ((Z - Z @ encoder @ decoder) ** 2).sum(axis=1).mean()
    least = pca.explained_variance_ratio_[k:].sum()
    angle = np.degrees(subspace_angles(decoder.T, pca.components_[:k].T).max())
    print(lost, least, angle)
"""


def code_for(run: Run, *, steps: int, schedule: Schedule, seed: int) -> str:
    """Return lines that print the share lost, the least possible one and the angle, or when training diverged."""
    imports = "import numpy as np\nfrom scipy.linalg import subspace_angles\nfrom sklearn.decomposition import PCA\n"
    now = "rate * (1 - step / steps)" if schedule == "falling" else "rate"
    rest = _TRAIN.format(k=run.k, rate=run.rate, steps=steps, seed=seed, batch=BATCH, beyond=BEYOND, now=now)
    return f"{run.rows.code}\n{imports}\nX = np.asarray(X, dtype=float)\n{_SCALE if run.scaled else ''}{rest}"
