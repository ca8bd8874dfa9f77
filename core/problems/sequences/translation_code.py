"""The lines of Python that learn links between the words of pairs by EM."""

from core.problems.sequences.translation import Translation

_CODE = """
import numpy as np

pairs = [
{pairs}
]
asked = {asked!r}
rounds = {rounds!r}
none = {none!r}  # [""] lets an English word have no source

german = ["", *sorted({{f for g, e in pairs for f in g.split()}})]
english = sorted({{w for g, e in pairs for w in e.split()}})
{start}
for _ in range(rounds):
    counts = np.zeros_like(table)
    for g, e in pairs:
        rows = [german.index(f) for f in [*none, *g.split()]]
        for word in e.split():
            column = english.index(word)
            share = table[rows, column] / table[rows, column].sum()
            np.add.at(counts, (rows, column), share)
    totals = counts.sum(axis=1, keepdims=True)
    table = np.divide(counts, totals, out=table, where=totals > 0)

likelihood = 0.0
for g, e in pairs:
    rows = [german.index(f) for f in [*none, *g.split()]]
    likelihood += sum(np.log(table[rows, english.index(word)].mean()) for word in e.split())
print("log-likelihood", likelihood)

sources = [*none, *asked[0].split()]
for word in asked[1].split():
    chances = table[[german.index(f) for f in sources], english.index(word)]
    least = chances.max() - 1e-9 * chances.sum()
    print(word, *(f or "(none)" for f, chance in zip(sources, chances) if chance >= least))
"""
_EVEN = "table = np.full((len(german), len(english)), 1 / len(english))"
_DRAWN = """draws = np.random.default_rng({seed!r}).exponential(size=(len(german), len(english)))
table = draws / draws.sum(axis=1, keepdims=True)"""


def translation_code(run: Translation, start: str, seed: int) -> str:
    """Return lines that print the log-likelihood, and each English word of the pair with its most probable source."""
    lines = (f"    ({' '.join(german)!r}, {' '.join(english)!r})," for german, english in run.corpus)
    return _CODE.lstrip("\n").format(
        pairs="\n".join(lines),
        asked=(" ".join(run.pair[0]), " ".join(run.pair[1])),
        rounds=len(run.tables) - 1,
        none=[""] if run.pairs.with_none else [],
        start=_EVEN if start == "even" else _DRAWN.format(seed=seed),
    )
