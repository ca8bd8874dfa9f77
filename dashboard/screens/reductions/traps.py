"""Common mistakes with reductions: lines that are run, and torch's output."""

import warnings

from core.code_runner import TableResult, run
from core.language import _
from dashboard.ui.code_runs import written
from dashboard.ui.lesson import Trap
from dashboard.visit.cache import cache_resource


@cache_resource(show_spinner=False)
def collapse_traps() -> tuple[Trap, ...]:
    """Return the traps of sums, means and other reductions."""
    return (
        _trap(
            _("Whole numbers have no mean."),
            _("torch.arange and lists of whole numbers give int64, and a mean needs floats: convert first."),
            "A = torch.arange(6)\nA.mean()",
        ),
        _trap(
            _("max with an axis returns two things."),
            _("The largest values and their indices; amax returns the values alone."),
            "A = torch.tensor([[3, 1], [2, 5]])\nvalues, indices = A.max(axis=1)",
            "values", "indices", "A.amax(axis=1)",
        ),
        _trap(
            _("prod takes one axis at a time."),
            _("For several, chain the calls."),
            "A = torch.ones(2, 3, 4)\nA.prod(axis=(0, 1))",
        ),
        _trap(
            _("Variances differ by their divisor."),
            _("By default torch divides by n − 1, NumPy by n. For a single entry the first is 0/0."),
            "A = torch.tensor([1.0, 2.0, 6.0])",
            "A.var()", "A.var(correction=0)", "A.numpy().var()", "A[:1].var()",
        ),
        _trap(
            _("A product of whole numbers overflows."),
            _("int64 ends near 9.2 × 10¹⁸ and wraps around without an error; in float64 the product is only rounded."),
            "A = torch.arange(1, 26)",
            "A.prod()", "A.double().prod()",
        ),
        _trap(
            _("One missing entry spoils its line."),
            _("nan makes every result it enters nan; nansum and nanmean skip it."),
            "A = torch.tensor([[1.0, torch.nan], [3.0, 4.0]])",
            "A.sum(axis=1)", "A.nansum(axis=1)", "A.nanmean(axis=1)",
        ),
        _trap(
            _("An axis that does not exist."),
            _("Axes are counted from 0: a matrix has axes 0 and 1, or −2 and −1 from the end."),
            "A = torch.ones(3, 3)\nA.sum(axis=2)",
        ),
    )  # fmt: skip


@cache_resource(show_spinner=False)
def running_traps() -> tuple[Trap, ...]:
    """Return the traps of running sums."""
    return (
        _trap(
            _("cumsum needs an axis."),
            _("It keeps the shape, so an axis is required; flatten A to run through all entries."),
            "A = torch.ones(2, 3)\nA.cumsum()",
        ),
        _trap(
            _("nan persists."),
            _("From a missing entry on, every running sum is nan."),
            "A = torch.tensor([1.0, torch.nan, 2.0])",
            "A.cumsum(axis=0)", "A.nan_to_num(0).cumsum(axis=0)",
        ),
    )  # fmt: skip


@cache_resource(show_spinner=False)
def shares_traps() -> tuple[Trap, ...]:
    """Return the traps of dividing by sums."""
    return (
        _trap(
            _("A square matrix raises no error."),
            _("Without keepdims the row sums are broadcast along the columns: no error, but wrong numbers."),
            "A = torch.tensor([[1.0, 1.0], [3.0, 3.0]])",
            "A / A.sum(axis=1, keepdims=True)", "A / A.sum(axis=1)",
        ),
        _trap(
            _("A column that loses its axis grows into a square."),
            _("(3, 1) over (3,) is (3, 3)."),
            "A = torch.ones(3, 1)\nB = A / A.sum(axis=1)",
            "B.shape",
        ),
        _trap(
            _("Whole numbers divide into fractions."),
            _("A / A.sum() of int64 gives float32, torch's default; use A.double() for all digits."),
            "A = torch.tensor([1, 2])",
            "A / A.sum()", "A.double() / A.sum()",
        ),
    )  # fmt: skip


def _trap(title: str, why: str, code: str, *show: str) -> Trap:
    """Run the lines, and keep their output."""
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns of division by 0 too
        attempt, _variables = run(code, {"torch": torch}, show)
    results = [result for result in attempt.results if not isinstance(result, TableResult)]
    outcome = written(results) if attempt.worked else f"{attempt.error}: {attempt.message}"
    return Trap(title, why, code, outcome)
