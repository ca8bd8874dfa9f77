"""The lines of Python that give the numbers of the miniature of search."""

from core.problems.search.digit_pictures import HIDDEN, INK, LEARNED, LEVELS, PICTURES


def code_of(
    *,
    seed: int,
    data: str,
    query: int,
    picture: str,
    label: int,
    p: float | str,
    epochs: int,
    results: int,
    queries: int,
) -> str:
    """Return the lines: they print precision at k of the query and its mean, by pixels and then by the network."""
    painted = "".join(picture.split()).lower()
    chosen = (
        f"order = np.random.default_rng({seed}).permutation({PICTURES})\n"
        f'query, digit = np.array(["{LEVELS}".index(c) for c in "{painted}"]) / {INK}, {label}'
        if painted
        else f"order = np.random.default_rng({seed}).permutation({PICTURES})\n"
        f"order = order[order != {query}]\n"
        f"query, digit = X[{query}], y[{query}]"
    )
    among = f"np.sort(order[{LEARNED}:])" if data == "unseen" else "np.sort(order)"
    return f"""import numpy as np
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

X, y = load_digits(return_X_y=True)
X = X / {INK}
{chosen}
learned, among = order[:{LEARNED}], {among}

{_network(seed, epochs)}

def network(pictures):
    return np.maximum(pictures @ weights + biases, 0)


def distance(A, b):
{_distance(p)}


def precision(space, query, digit, among):
    lengths = distance(space[among], query)
    nearest = among[np.argsort(np.round(lengths / lengths.max(), 9), kind="stable")]
    return (y[nearest[:{results}]] == digit).mean()


queries = np.random.default_rng([{seed}, 1]).choice(among, {queries}, replace=False)
for see in (lambda pictures: pictures, network):
    space = see(X)
    mean = np.mean([precision(space, space[q], y[q], among[among != q]) for q in queries])
    print(precision(space, see(query[None])[0], digit, among), mean)
"""


def _network(seed: int, epochs: int) -> str:
    if not epochs:
        return (
            f"rng, bound = np.random.default_rng({seed}), np.sqrt(6 / (64 + {HIDDEN}))\n"
            f"weights, biases = rng.uniform(-bound, bound, (64, {HIDDEN})), rng.uniform(-bound, bound, {HIDDEN})\n"
        )
    return (
        f"model = MLPClassifier(({HIDDEN},), batch_size=32, learning_rate_init=0.01, max_iter={epochs}, "
        f"random_state={seed})\n"
        "model.fit(X[learned], y[learned])\n"
        "weights, biases = model.coefs_[0], model.intercepts_[0]\n"
    )


def _distance(p: float | str) -> str:
    if isinstance(p, str):
        return (
            "    sizes = np.linalg.norm(A, axis=1) * np.linalg.norm(b)\n"
            "    return 1 - (A @ b) / np.where(sizes > 0, sizes, 1.0)"
        )
    norm = "np.inf" if p == float("inf") else repr(float(p))
    return f"    return np.linalg.norm(A - b, ord={norm}, axis=1)"
