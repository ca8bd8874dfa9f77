"""How long a table takes from its bytes, and to tensors, beside others in the same run; and how much memory.

By itself: `python -m tests.benchmarks.bench_reading`.
"""

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
import polars as pl
import torch
from pyarrow import csv

from core.preprocessing import read_table, suggest_recipe
from tests.benchmarks.measure import Line, best_ms, line

ROWS = 1_000_000
TARGET = "y"
PIPELINES = ("ours", "the notes")


def make_table(rows: int, seed: int = 0) -> bytes:
    """Return a CSV file of twelve columns: six decimals with gaps, two whole numbers, three categories, a target."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({f"x{place}": rng.standard_normal(rows).round(4) for place in range(6)})
    frame = frame.mask(rng.random(frame.shape) < 0.05)
    frame["k1"], frame["k2"] = rng.integers(1, 1000, rows), rng.integers(1900, 2020, rows)
    for name, choices in (("c0", 3), ("c1", 8), ("c2", 20)):
        labels = np.array([f"{name}level{place}" for place in range(choices)], dtype=object)
        frame[name] = np.where(rng.random(rows) < 0.05, None, labels[rng.integers(0, choices, rows)])
    frame[TARGET] = rng.standard_normal(rows).round(6)
    return frame.to_csv(index=False).encode()


def to_tensors(data: bytes) -> tuple[torch.Tensor, torch.Tensor]:
    """Go from bytes to tensors: read, suggest, fit on all rows, transform."""
    frame = read_table(data).frame
    prepared = suggest_recipe(frame, TARGET).fit(frame).transform(frame)
    return prepared.X, prepared.y


def notes_to_tensors(data: bytes) -> tuple[torch.Tensor, torch.Tensor]:
    """Go from bytes to tensors by the notes' lines, repaired for today's pandas."""
    table = pd.read_csv(io.BytesIO(data))
    inputs, outputs = table.drop(columns=TARGET), table[TARGET]
    inputs = inputs.fillna(inputs.mean(numeric_only=True))
    inputs = pd.get_dummies(inputs, dummy_na=True, dtype=float)
    return torch.tensor(inputs.to_numpy(dtype="float64")), torch.tensor(outputs.to_numpy(dtype="float64"))


def against_readers(data: bytes) -> Iterator[Line]:
    """Compare reading alone; only ours looks for titles, kinds, leading zeros and odd numbers, and tells of them."""
    peers = {
        "pandas, C engine": lambda: pd.read_csv(io.BytesIO(data)),
        "polars": lambda: pl.read_csv(data),
        "pyarrow": lambda: csv.read_csv(io.BytesIO(data)),
    }
    ours, *others = best_ms([partial(read_table, data), *peers.values()])
    for peer, theirs in zip(peers, others, strict=True):
        yield line("read 1,000,000 x 12", ROWS, 12, ours, peer, theirs)


def against_the_notes(data: bytes) -> Iterator[Line]:
    """Compare the whole way to tensors, in this process and in a fresh one, imports aside."""
    ours, theirs = best_ms([partial(to_tensors, data), partial(notes_to_tensors, data)], 3)
    yield line("bytes to tensors", ROWS, 12, ours, "read_csv, fillna, get_dummies", theirs)
    fresh = {who: measure_fresh(who, data) for who in PIPELINES}
    (ours, ours_memory, tensors), (theirs, memory, _size) = fresh["ours"], fresh["the notes"]
    yield line("bytes to tensors, fresh process", ROWS, 12, ours, "read_csv, fillna, get_dummies", theirs)
    yield line("peak memory in MB", ROWS, 12, ours_memory, "read_csv, fillna, get_dummies", memory)
    yield line("peak memory in MB", ROWS, 12, ours_memory, "4 times the tensors", 4 * tensors)


def measure_fresh(who: str, data: bytes) -> tuple[float, float, float]:
    """Return milliseconds, the growth of peak memory over the imports in MB, and the tensors in MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(data)
        command = [sys.executable, "-m", "tests.benchmarks.bench_reading", who, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    milliseconds, memory, tensors = map(float, done.stdout.split())
    return milliseconds, memory, tensors


def run_once(who: str, path: str) -> None:
    """Print what `measure_fresh` returns, for one run in this process."""
    before = peak_memory()
    start = perf_counter()
    X, y = (to_tensors if who == "ours" else notes_to_tensors)(Path(path).read_bytes())
    milliseconds = 1e3 * (perf_counter() - start)
    print(milliseconds, peak_memory() - before, (X.nbytes + y.nbytes) / 1e6)


def peak_memory() -> float:
    """Return the peak memory of this process in MB, as Linux counts it; `getrusage` gives that of the parent too."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


def run() -> list[Line]:
    """Measure everything; one line per work and peer."""
    data = make_table(ROWS)
    return [*against_readers(data), *against_the_notes(data)]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_once(*sys.argv[1:])
    else:
        print(pd.DataFrame(run()).to_string(index=False, float_format=lambda value: f"{value:.2f}"))
