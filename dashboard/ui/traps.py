"""Traps whose lines are run."""

from collections.abc import Sequence

from core.code_runner import TensorResult, TextResult, run
from core.tensors.error_messages.decode import decode
from dashboard.ui.code_runs import written
from dashboard.ui.lesson import Trap


def trap(title: str, why: str, code: str, show: Sequence[str] = ()) -> Trap:
    """Return a trap with the result of its lines: the error that torch raised, with its meaning, or the value of
    `show`.
    """
    attempt, _variables = run(f"import torch\n{code}", {}, show)
    if not attempt.worked:
        text = f"{attempt.error}: {attempt.message}"
        return Trap(title, why, code, text, decode(attempt.message or "") or "")
    results = [result for result in attempt.results if isinstance(result, TensorResult | TextResult)]
    return Trap(title, why, code, written(results))
