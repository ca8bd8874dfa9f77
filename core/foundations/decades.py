"""How data, memory and computing grew by decade, and where the machine at hand stands among them.

Source: A. Zhang, Z. C. Lipton, M. Li and A. J. Smola, Dive into Deep Learning, section 1.5, the table of datasets,
memory and computational power by decade. Its numbers are orders of magnitude.
"""

import os
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _

QUANTITIES = ("data", "memory", "computing")
YEARS = (1970, 1980, 1990, 2000, 2010, 2020)
ROWS = (1e2, 1e3, 1e4, 1e7, 1e10, 1e12)
BYTES = (1e3, 1e5, 1e7, 1e8, 1e9, 1e11)
FLOPS = (1e5, 1e6, 1e7, 1e9, 1e12, 1e15)
MACHINES = ("Intel 8080", "Intel 80186", "Intel 80486", "Intel Core", "Nvidia C2050", "Nvidia DGX-2")
SIDE = 512  # of the matrices whose product is timed
TRIALS = 5


@dataclass(frozen=True)
class MachineAtHand:
    """What the machine that runs the lab has.

    Attributes:
        memory: bytes of main memory; None where the system does not say.
        flops: floating-point operations per second in a product of two float32 matrices, the best of a few trials.
    """

    memory: int | None
    flops: float


def decades() -> pd.DataFrame:
    """Return the book's table, a row a decade: year, data (rows), memory (bytes), computing (operations per second),
    dataset and machine.
    """
    datasets = [
        _("iris flowers"), _("house prices in Boston"), _("optical character recognition"), _("web pages"),
        _("advertising"), _("a social network"),
    ]  # fmt: skip
    return pd.DataFrame(
        {
            "year": YEARS, "data": ROWS, "memory": BYTES, "computing": FLOPS, "dataset": datasets, "machine": MACHINES,
        }
    )  # fmt: skip


def growth(table: pd.DataFrame) -> pd.DataFrame:
    """Return by what each quantity of `decades` grew in each decade, and a last row with the whole growth.

    Columns: start and end (years), data, memory and computing (factors).
    """
    steps = [(at, at + 1) for at in range(len(table) - 1)] + [(0, len(table) - 1)]
    return pd.DataFrame(
        [
            {
                "start": table["year"].iloc[first],
                "end": table["year"].iloc[last],
                **{name: table[name].iloc[last] / table[name].iloc[first] for name in QUANTITIES},
            }
            for first, last in steps
        ]
    )


def reached_in(quantity: str, value: float) -> float:
    """Return the year in which a quantity of the table reached a value, on a straight line between logarithms.

    Below the first and above the last value it is the first and the last year.
    """
    table = decades()
    if not value > 0:
        return float(YEARS[0])
    return float(np.interp(np.log10(value), np.log10(table[quantity]), table["year"]))


def machine_at_hand() -> MachineAtHand:
    """Measure the machine: its memory, and the speed of a matrix product, which takes 2 n³ operations."""
    random = np.random.default_rng(0)
    A, B = (random.standard_normal((SIDE, SIDE)).astype(np.float32) for _matrix in range(2))
    best = float("inf")
    for _trial in range(TRIALS):
        start = time.perf_counter()
        A @ B
        best = min(best, time.perf_counter() - start)
    return MachineAtHand(_memory(), 2 * SIDE**3 / max(best, 1e-9))


def _memory() -> int | None:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None


@dataclass(frozen=True)
class TableThen:
    """What a table asks of the usual machine of a year.

    Attributes:
        size: bytes of the table with its column of ones, in float64.
        memory: bytes that the machine had.
        operations: those of X'X, the largest part of the closed form: a product and a sum for each row and each pair.
        seconds: how long these took, if the machine was busy with nothing else.
    """

    size: int
    memory: float
    operations: int
    seconds: float

    @property
    def fits(self) -> bool:
        """Whether the table fits into the memory as a whole."""
        return self.size <= self.memory


def table_then(rows: int, features: int, year: int) -> TableThen:
    """Return what a table of this many rows and features asked of the usual machine of a year of `YEARS`.

    Raises InputError for another year, and for a table without rows.
    """
    if year not in YEARS or rows < 1 or features < 0:
        template = _("A year of the table, from {first} to {last}, and at least one row were needed, but got {year} "
                     "and {rows}.")  # fmt: skip
        raise InputError(template.format(first=YEARS[0], last=YEARS[-1], year=year, rows=rows))
    at, wide = YEARS.index(year), features + 1
    operations = 2 * rows * wide**2
    return TableThen(8 * rows * wide, BYTES[at], operations, operations / FLOPS[at])
