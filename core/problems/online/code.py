"""The lines of Python behind the miniature of online learning."""

import math

from core.problems.online.learning import best_fixed
from core.problems.online.run import StreamRun
from core.problems.online.stream import MOST_ROWS, REACH
from core.problems.rows import Rows

MADE = """\
import numpy as np

n, first = {length}, {first}
t = np.arange(n)
slope = {slope}
rng = np.random.default_rng({seed})
x = rng.uniform(-{reach}, {reach}, n)
y = slope * x + (1 - slope) / 2 + {noise} * rng.standard_normal(n)
"""

TABLE = """\
import numpy as np

{data}
first = {first}
x, y = X[:{most}, {x}], X[:{most}, {y}]
# what is known by then: the mean and the standard deviation of the first rows
x, y = ((each - each[:first].mean()) / (each[:first].std() or 1.0) for each in (x, y))
n = len(x)
"""

LEARN = """\
A = np.column_stack((x, np.ones(n)))

# offline: least squares on the first rows, then frozen; until then it predicts 0
fitted = np.linalg.lstsq(A[:first], y[:first], rcond=None)[0]
offline = (np.where(np.arange(n) < first, 0.0, A @ fitted) - y) ** 2 / 2

# online: predict, then learn
w, online = np.zeros(2), np.full(n, np.nan)
for i in range(n):
    error = A[i] @ w - y[i]
    online[i] = error**2 / 2
    w -= {rate} * error * A[i]
{keep}
print("row by row, mean loss after the first rows:", online[first:].mean())
print("fitted once, mean loss after the first rows:", offline[first:].mean())

best = np.linalg.lstsq(A, y, rcond=None)[0]
{shorten}hindsight = ((A @ best - y) ** 2).sum() / 2
print("row by row, regret:", online.sum() - hindsight)
print("fitted once, regret:", offline.sum() - hindsight)
"""

SHORTEN = """\
# it lies outside the ball: a ridge penalty that shortens it until it lies on the surface
low, high = 0.0, np.linalg.norm(A.T @ y) / {radius}
for _ in range(200):
    ridge = (low + high) / 2
    best = np.linalg.solve(A.T @ A + ridge * np.eye(2), A.T @ y)
    low, high = (ridge, high) if np.linalg.norm(best) > {radius} else (low, ridge)
"""

SLOPES = {
    "none": "np.ones(n)",
    "turn": "np.maximum(1 - t * {speed} / 100, -1)",
    "jump": "np.where((t * {speed} // 200) % 2 == 0, 1.0, -1.0)",
    "season": "np.cos(2 * np.pi * t * {speed} / 400)",
}


def stream_code(
    run: StreamRun, rows: Rows | None, *, x: int, y: int, drift: str, speed: float, schedule: str, seed: int
) -> str:
    """Return lines that make the stream, run both learners, and print their mean losses and regrets."""
    if rows is None:
        made = MADE.format(
            length=len(run.stream.x), first=run.first, slope=SLOPES[drift].format(speed=speed), seed=seed,
            reach=REACH, noise=run.stream.noise,
        )  # fmt: skip
    else:
        made = TABLE.format(data=rows.code.strip(), first=run.first, x=x, y=y, most=MOST_ROWS)
    rate = f"{run.rate} / np.sqrt(i + 1)" if schedule == "root" else str(run.rate)
    keep = f"    w *= min(1.0, {run.radius} / max(np.linalg.norm(w), 1e-300))  # back into the ball\n"
    grown = "    if np.linalg.norm(w) > 1e9:\n        break  # it has diverged\n"
    outside = math.hypot(*best_fixed(run.stream.x, run.stream.y)[0]) > run.radius
    shorten = SHORTEN.format(radius=run.radius) if outside else ""
    return made + "\n" + LEARN.format(rate=rate, keep=grown if math.isinf(run.radius) else keep, shorten=shorten)
