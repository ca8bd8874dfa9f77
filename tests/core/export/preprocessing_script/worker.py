"""A Python process that never saw this project: it runs scripts and hands back what they leave.

It holds pandas, numpy and torch and what they need; every other package that the lab has is shut away, unless a script
may use it.
"""

import subprocess
import sys
from pathlib import Path

import torch

SHUT = (
    "pyarrow", "polars", "sklearn", "scipy", "numba", "streamlit", "core", "dashboard", "python_calamine", "zstandard",
)  # fmt: skip

LOOP = """
import runpy, sys, warnings
class Shut:
    names = set(sys.argv[1].split(","))
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"{name} is shut away", name=name)
sys.meta_path.insert(0, Shut())
warnings.simplefilter("error")
import pandas, numpy, torch
for line in sys.stdin:
    script, result = line.rstrip("\\n").split("\\t")
    sys.argv = [script]
    try:
        left = runpy.run_path(script)
        torch.save({key: left[key] for key in ("X", "y", "feature_names")}, result)
        print("\\0done", flush=True)
    except BaseException as problem:
        print("\\0failed", type(problem).__name__, *str(problem).split(), flush=True)
"""


class Worker:
    """A process of its own, started once and asked many times."""

    def __init__(self, folder: Path, allowed: tuple[str, ...] = ()) -> None:
        shut = [name for name in SHUT if name not in allowed]
        self.folder, self.count = folder, 0
        self.process = subprocess.Popen(
            [sys.executable, "-c", LOOP, ",".join(shut)],
            cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def run(self, script: str) -> dict[str, object]:
        """Run a script; fail with its own words if it fails."""
        self.count += 1
        path, result = self.folder / f"script_{self.count}.py", self.folder / f"result_{self.count}.pt"
        path.write_text(script, encoding="utf-8")
        self.process.stdin.write(f"{path}\t{result}\n")
        self.process.stdin.flush()
        while not (line := self.process.stdout.readline()).startswith("\0"):
            assert line, "the process ended"
        assert line == "\0done\n", f"{line}\n{script}"
        return torch.load(result)

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=60)
