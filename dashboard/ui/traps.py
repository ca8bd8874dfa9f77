"""Traps whose lines are really run."""

from collections.abc import Sequence

from core.code_runner import TensorResult, TextResult, run
from core.tensors.error_messages.decode import decode
from dashboard.ui.code_runs import written
from dashboard.ui.lesson import Trap


def trap(title: str, why: str, code: str, show: Sequence[str] = ()) -> Trap:
    """Return a trap with what came of its lines: the error that torch really raised, with what it means, or what
    `show` then holds.
    """
    attempt, _variables = run(f"import torch\n{code}", {}, show)
    if not attempt.worked:
        said = f"{attempt.error}: {attempt.message}"
        return Trap(title, why, code, said, decode(attempt.message or "") or "")
    results = [result for result in attempt.results if isinstance(result, TensorResult | TextResult)]
    return Trap(title, why, code, written(results))
