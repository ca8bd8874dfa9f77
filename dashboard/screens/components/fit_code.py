"""The fits of this view as lines for torch: by least squares of a degree, and by gradient descent."""

from core.foundations.descent_on_curve import CurveDescent
from core.language import _
from core.regression.data.validation import Array
from dashboard.screens.components.curve_rows import CurveRows
from dashboard.ui import lesson
from dashboard.ui.traps import trap


def _vector(values: Array) -> str:
    return f"torch.tensor([{', '.join(repr(float(value)) for value in values)}])"


def _rows(rows: CurveRows) -> list[str]:
    return [
        "import torch",
        "",
        "torch.set_default_dtype(torch.float64)",
        f"x = {_vector(rows.x)}",
        f"y = {_vector(rows.y)}",
    ]


def degree_code(rows: CurveRows, degree: int) -> str:
    """Return the lines that fit one degree; they print its training error."""
    return "\n".join([
        *_rows(rows),
        f"degree = {degree}",
        "z = 2 * (x - x.min()) / (x.max() - x.min()) - 1  # between -1 and 1, or powers lose their digits",
        "powers = z[:, None] ** torch.arange(degree + 1)",
        "c = torch.linalg.lstsq(powers, y[:, None]).solution[:, 0]",
        "print(((powers @ c - y) ** 2).mean().item() / 2)",
    ])  # fmt: skip


def descent_code(rows: CurveRows, found: CurveDescent) -> str:
    """Return the lines that train the same polynomial by gradient descent; they print its training error."""
    start = found.run.updates.before[0]
    return "\n".join([
        *_rows(rows),
        f"z = 2 * (x - {found.low!r}) / ({found.high!r} - {found.low!r}) - 1",
        f"X = torch.cos(torch.arange(1, {found.degree + 1}) * torch.acos(z)[:, None])  # Chebyshev polynomials",
        f"w = {_vector(start[:-1])}.requires_grad_()",
        "b = torch.tensor(0.0, requires_grad=True)",
        f"optimizer = torch.optim.SGD([w, b], lr={found.run.config.learning_rate!r})",
        f"for update in range({found.run.steps}):",
        "    optimizer.zero_grad()",
        "    loss = ((X @ w + b - y) ** 2).mean() / 2",
        "    loss.backward()",
        "    optimizer.step()",
        "print(((X @ w + b - y) ** 2).mean().item() / 2)",
    ])  # fmt: skip


def degree_traps() -> list[lesson.Trap]:
    """Return what goes wrong when curves are fitted and judged."""
    return [
        trap(
            _("Powers of a raw feature lose their digits."),
            _("The columns 1, x, x² … of x around 200 run nearly parallel. The condition number says how many digits "
              "are lost: its power of ten."),
            "x = torch.linspace(170, 230, 50, dtype=torch.float64)\npowers = x[:, None] ** torch.arange(7)\n"
            "condition = torch.linalg.cond(powers)",
            ["condition"],
        ),
        trap(
            _("The training loss cannot choose the degree."),
            _("It falls with every degree, so it always chooses the highest. Use rows that were held out."),
            "x = torch.linspace(-1, 1, 6).double()\ny = torch.tensor([1.0, 3, 2, 5, 4, 6]).double()\n"
            "powers = x[:, None] ** torch.arange(6)\nc = torch.linalg.solve(powers, y)\n"
            "loss = ((powers @ c - y) ** 2).mean().round(decimals=9)",
            ["loss"],
        ),
        lesson.Trap(
            _("A test set that chooses is no test set."),
            _("The degree with the least test error was chosen by the test rows, so that error is a little too good. A "
              "third part, for validation, chooses; the test rows judge once."),
        ),
    ]  # fmt: skip
