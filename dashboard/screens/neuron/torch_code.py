"""The lines of torch for the neuron: they run as printed, and give the numbers of the screen."""

import numpy as np
import numpy.typing as npt

from core.foundations.descent import Descent
from dashboard.scenes.drawn_rows import drawn_rows
from dashboard.screens.neuron.class_problem import ClassProblem

Array = npt.NDArray[np.float64]
MOST_VALUES = 4_000  # of the features that are printed


def printed_rows(X: Array, y: Array) -> tuple[str, bool]:
    """Return X and y as lines of torch, and whether they are all rows."""
    count = min(len(X), max(MOST_VALUES // X.shape[1], 2))
    rows = drawn_rows(len(X), count)
    values = ",\n    ".join(str([float(value) for value in row]) for row in X[rows])
    labels = str([int(value) for value in y[rows]])
    return f"X = torch.tensor([\n    {values},\n], dtype=torch.float64)\ny = torch.tensor({labels})\n", len(
        rows
    ) == len(X)


def training_code(problem: ClassProblem, rate: float, updates: int, run: Descent, standardise: bool) -> str:
    """Return the lines that train the neuron as the stage does."""
    data, whole = printed_rows(problem.X_train, problem.y_train)
    comment = "" if whole else "  # some of the training rows only, so the numbers differ a little"
    scale = "Z = (X - X.mean(0)) / X.std(0, correction=0)\n" if standardise else "Z = X\n"
    back = (
        "weights = model.weight[0].detach() / X.std(0, correction=0)\n"
        "bias = model.bias.item() - weights @ X.mean(0)  # in the units of the table\n"
        if standardise
        else "weights, bias = model.weight[0].detach(), model.bias.item()\n"
    )
    return (
        f"import torch{comment}\n\n{data}{scale}"
        f"model = torch.nn.Linear({problem.X_train.shape[1]}, 1, dtype=torch.float64)\n"
        "torch.nn.init.zeros_(model.weight)\n"
        "torch.nn.init.zeros_(model.bias)\n"
        "loss_of = torch.nn.BCEWithLogitsLoss()  # takes log-odds, not probabilities\n"
        f"descent = torch.optim.SGD(model.parameters(), lr={rate!r})\n"
        f"for update in range({updates}):\n"
        "    descent.zero_grad()\n"
        "    loss_of(model(Z)[:, 0], y.double()).backward()\n"
        "    descent.step()\n"
        "loss = loss_of(model(Z)[:, 0], y.double()).item()\n"
        f"{back}print(loss, weights, bias)"
    )
