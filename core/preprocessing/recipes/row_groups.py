"""Which rows are tested on, if some have to stay together. Scripts hold the source of these functions."""

import numpy as np
import pandas as pd


def number_rows(columns: list[pd.Series]) -> pd.Series:
    """Number the rows so that equal rows, and only they, get the same number; missing equals missing."""
    numbers = np.zeros(len(columns[0]), dtype=np.int64)
    for values in columns:
        codes, distinct = pd.factorize(values, use_na_sentinel=False)
        numbers = pd.factorize(numbers * len(distinct) + codes)[0]
    return pd.Series(numbers, index=columns[0].index)


def number_groups(values: pd.Series) -> pd.Series:
    """Number the rows by their value; a row without one gets a number of its own."""
    numbers, distinct = pd.factorize(values)
    alone = numbers < 0
    numbers[alone] = len(distinct) + np.arange(alone.sum())
    return pd.Series(numbers, index=values.index)


def join_groups(first: pd.Series, second: pd.Series) -> pd.Series:
    """Number the rows so that those with the same number in either, or linked by others that have, get the same."""
    groups, links = pd.factorize(first)[0], pd.factorize(second)[0]
    joined = np.arange(groups.max() + 1)
    while True:
        least = np.full(links.max() + 1, len(joined))
        np.minimum.at(least, links, joined[groups])
        found = joined.copy()
        np.minimum.at(found, groups, least[links])
        found = found[found]  # a group joins what the one it was joined to has joined
        if (found == joined).all():
            return pd.Series(joined[groups], index=first.index)
        joined = found


def draw_groups(numbers: pd.Series, count: int, seed: int) -> np.ndarray:
    """Mark the rows of whole groups in random order, each taken if it brings their number nearer to `count`."""
    groups = pd.factorize(numbers)[0]
    sizes = np.bincount(groups).tolist()
    order = np.random.default_rng(seed).permutation(len(sizes)).tolist()
    chosen, rows = [], 0
    for group in order:
        if rows >= count:
            break
        together = rows + sizes[group]
        if together < len(groups) and together - count < count - rows:
            chosen.append(group)
            rows = together
    if count and not chosen and len(sizes) > 1:  # each is too large
        chosen = [min(order, key=sizes.__getitem__)]
    return np.isin(groups, chosen)


def latest_rows(times: pd.Series, count: int) -> np.ndarray:
    """Mark the last rows by time, as near to `count` as rows of the same time allow; never those of the first time."""
    starts, rows = np.unique(times.dropna().to_numpy(), return_counts=True)
    since = rows[::-1].cumsum()[::-1]
    if not count or len(starts) < 2:
        return np.zeros(len(times), dtype=bool)
    start = starts[1:][np.abs(since[1:] - count).argmin()]
    later: np.ndarray = (times >= start).to_numpy()
    return later
