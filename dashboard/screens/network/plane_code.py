"""The lines of PyTorch that train a small network over the plane, and solve for its output layer."""

from core.foundations import LAYER_ACTIVATIONS, NetworkConfig
from dashboard.screens.network.lesson_code import start_code


def plane_code(rows: str, config: NetworkConfig) -> str:
    """Return the lines for rows that the lines `rows` make as X and y; they give the losses that the screen shows."""
    count, module = config.hidden[0], LAYER_ACTIVATIONS[config.activations[0]].module or "Identity"
    return f"""import numpy as np
import torch

{rows}

net = torch.nn.Sequential(torch.nn.Linear(2, {count}), torch.nn.{module}(), torch.nn.Linear({count}, 1)).double()
{start_code(["net[0]", "net[2]"], config.seed)}

optimizer = torch.optim.SGD(net.parameters(), lr={config.learning_rate})
for step in range({config.steps}):
    optimizer.zero_grad()
    loss = ((net(X)[:, 0] - y) ** 2).mean() / 2
    loss.backward()
    optimizer.step()

with torch.no_grad():
    loss = ((net(X)[:, 0] - y) ** 2).mean() / 2
    hidden = torch.hstack([net[1](net[0](X)), torch.ones(len(X), 1, dtype=torch.float64)])
    exact = torch.linalg.lstsq(hidden, y[:, None], driver="gelsd").solution
    best = ((hidden @ exact - y[:, None]) ** 2).mean() / 2
print(loss, best)"""
