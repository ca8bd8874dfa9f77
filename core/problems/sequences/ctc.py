"""More inputs than outputs: frames whose repeats are merged and whose blanks are left out, as in speech.

Connectionist temporal classification (Graves, Fernández, Gomez and Schmidhuber 2006): a path gives each of T frames one
of K letters or the blank. Its output is what remains when repeats are merged and blanks are left out, so that many
paths have the same output, and the probability of an output is the sum over them.
"""

from itertools import groupby

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
BLANK = "_"  # the symbol with place 0
MOST_PATHS = 500_000  # that are tried one by one


def merge(path: str) -> str:
    """Return the output of a path: repeats merged, then blanks left out.

    >>> merge("hhe_l_loo"), merge("hello")
    ('hello', 'helo')
    """
    return "".join(symbol for symbol, _run in groupby(path) if symbol != BLANK)


def extended(target: Places) -> Places:
    """Return U letters with blanks around each: (2U + 1,), the states of a path on its way through the target."""
    states = np.zeros(2 * len(target) + 1, dtype=np.int64)
    states[1::2] = target
    return states


def forward_table(probabilities: Array, target: Places) -> Array:
    """Return the probability (T, 2U + 1) of all ways that are in each state after each frame.

    `probabilities` (T, K + 1) are those of the symbols in each frame, the blank first; `target` (U,) are places of
    letters. A way stays in its state or goes on by one; it skips a blank between two different letters.

    >>> even = np.full((2, 2), 0.5)
    >>> forward_table(even, np.array([1]))  # "aa", "a_" and "_a" have the output "a"
    array([[0.5 , 0.5 , 0.  ],
           [0.25, 0.5 , 0.25]])
    """
    states = extended(target)
    skips = np.zeros(len(states), dtype=bool)
    skips[2:] = (states[2:] != 0) & (states[2:] != states[:-2])
    table = np.zeros((len(probabilities), len(states)))
    table[0, :2] = probabilities[0, states[:2]]
    for t in range(1, len(probabilities)):
        ways = table[t - 1].copy()
        ways[1:] += table[t - 1, :-1]
        ways[2:] += np.where(skips[2:], table[t - 1, :-2], 0.0)
        table[t] = ways * probabilities[t, states]
    return table


def output_probability(probabilities: Array, target: Places) -> float:
    """Return the probability of an output, summed over all paths: they end in the last letter or the blank after it."""
    return float(forward_table(probabilities, target)[-1, -2:].sum())


def count_paths(frames: int, symbols: int, target: Places) -> int:
    """Return how many of the paths over `symbols` symbols (with the blank) in so many frames have this output.

    >>> count_paths(2, 2, np.array([1])), count_paths(2, 2, np.array([1, 1]))
    (3, 0)
    """
    return round(output_probability(np.ones((frames, symbols)), target))


def every_output(probabilities: Array) -> dict[tuple[int, ...], tuple[float, int]]:
    """Return each output with its probability and its number of paths, from all (K + 1)^T paths one by one.

    There may be at most `MOST_PATHS` of them.
    """
    frames, symbols = probabilities.shape
    assert float(symbols) ** frames <= MOST_PATHS
    paths = np.indices((symbols,) * frames).reshape(frames, -1)
    chances, codes = np.ones(paths.shape[1]), np.zeros(paths.shape[1], dtype=np.int64)
    before = np.zeros_like(codes)
    for symbol, row in zip(paths, probabilities, strict=True):
        chances *= row[symbol]
        adds = (symbol != 0) & (symbol != before)
        codes = np.where(adds, codes * symbols + symbol, codes)  # a number whose digits are the output
        before = symbol
    found, place, counts = np.unique(codes, return_inverse=True, return_counts=True)
    sums = np.bincount(place, weights=chances)
    return {
        _digits(int(code), symbols): (float(sum_), int(count))
        for code, sum_, count in zip(found, sums, counts, strict=True)
    }


def _digits(code: int, base: int) -> tuple[int, ...]:
    digits: list[int] = []
    while code:
        code, digit = divmod(code, base)
        digits.insert(0, digit)
    return tuple(digits)


def probability_by_prefixes(probabilities: Array, target: Places) -> float:
    """Return the same as `output_probability`, with merging carried out symbol by symbol on sets of paths.

    A set holds all paths with the same output so far and the same last symbol; those whose output does not begin the
    target are dropped. It knows nothing of states between letters.
    """
    wanted = tuple(int(each) for each in target)
    sets = {((), 0): 1.0}
    for row in probabilities:
        longer: dict[tuple[tuple[int, ...], int], float] = {}
        for (output, last), chance in sets.items():
            for symbol, share in enumerate(row):
                now = output if symbol in (0, last) else (*output, symbol)
                if wanted[: len(now)] == now:
                    longer[now, symbol] = longer.get((now, symbol), 0.0) + chance * float(share)
        sets = longer  # type: ignore[assignment]
    return sum(chance for (output, _last), chance in sets.items() if output == wanted)
