"""One turn of the loop as lines for torch, and what goes wrong in such lines."""

import math

from core.foundations.learning_loop import Turn
from core.language import _
from core.regression.sgd.config import SgdConfig
from dashboard.ui import lesson
from dashboard.ui.traps import trap


def loop_code(turn: Turn, config: SgdConfig) -> str:
    """Return the lines of one turn, on its rows and from its parameters; they print the loss and the new parameters."""
    name, options = config.rule.torch
    own = "".join(f", {option.replace('=momentum', f'={config.momentum!r}')}" for option in options)
    penalty = f" + {config.penalty!r} / 2 * (w @ w)" if config.penalty else ""
    return "\n".join([
        "import torch",
        "",
        "torch.set_default_dtype(torch.float64)",
        "# data: a minibatch",
        f"X = torch.tensor({_rows(turn.X.tolist())})",
        f"y = torch.tensor({_row(turn.y.tolist())})",
        "# model",
        f"w = torch.tensor({_row(turn.before[:-1].tolist())}, requires_grad=True)",
        f"b = torch.tensor({_number(turn.before[-1])}, requires_grad=True)",
        "predictions = X @ w + b",
        "# objective",
        "loss = ((predictions - y) ** 2).mean() / 2",
        f"objective = loss{penalty}",
        "# optimiser",
        f"optimizer = torch.optim.{name}([w, b], lr={config.learning_rate!r}{own})",
        "objective.backward()",
        "optimizer.step()",
        "print(loss.item())",
        "print(w.tolist(), b.item())",
    ])  # fmt: skip


def _row(values: list[float]) -> str:
    return f"[{', '.join(_number(value) for value in values)}]"


def _rows(rows: list[list[float]]) -> str:
    return "[\n" + "".join(f"    {_row(row)},\n" for row in rows) + "]"


def _number(value: float) -> str:
    """Return a number with eight digits, as Python writes a float."""
    if not value or not math.isfinite(value):
        return repr(float(value))
    return repr(round(float(value), 7 - math.floor(math.log10(abs(value)))))


def loop_traps() -> list[lesson.Trap]:
    """Return the traps of the loop."""
    return [
        trap(
            _("Gradients add up."),
            _("`backward` adds to `grad`. Without `optimizer.zero_grad()` the second turn walks along the sum of both "
              "gradients."),
            "w = torch.tensor(1.0, requires_grad=True)\nfor turn in range(2):\n    (3 * w).backward()",
            ["w.grad"],
        ),
        trap(
            _("(n, 1) minus (n,) is (n, n)."),
            _("A model that returns a column makes the loss the mean over all pairs of rows. Nothing fails, and the "
              "model learns the mean of the labels."),
            "predictions = torch.tensor([[1.0], [2.0], [3.0]])\ny = torch.tensor([1.0, 2.0, 3.0])\n"
            "loss = ((predictions - y) ** 2).mean() / 2",
            ["loss"],
        ),
        trap(
            _("The optimiser knows only the tensors that it was given."),
            _("If `w` is made anew after the optimiser, the gradient goes to the new tensor, and the optimiser still "
              "holds the old one: neither moves."),
            "old = w = torch.tensor(1.0, requires_grad=True)\noptimizer = torch.optim.SGD([w], lr=0.1)\n"
            "w = torch.tensor(1.0, requires_grad=True)\n(w ** 2).backward()\noptimizer.step()",
            ["old", "w"],
        ),
    ]  # fmt: skip
