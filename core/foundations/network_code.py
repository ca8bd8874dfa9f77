"""The lines of PyTorch that build a trained network, count its parameters and give its output for one row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.foundations.network import LAYER_ACTIVATIONS, Layer, NetworkConfig, parameter_count

if TYPE_CHECKING:
    import torch

MOST_WRITTEN = 200  # parameters that are written out


def network_code(
    parameters: Sequence[Layer], config: NetworkConfig, x: torch.Tensor, output: Sequence[float] | None
) -> str:
    """Return the lines, which run as they stand; x (d,) is the row and `output` what it gives, written as a comment.

    Up to 200 parameters are written out with all their digits. Beyond that the network keeps the parameters that
    PyTorch draws, so the lines give the count and the shape of the output only.
    """
    count = parameter_count(len(x), config).total
    lines = ["import torch", "from torch import nn", "", "net = nn.Sequential(", *_modules(parameters, config)]
    lines += [").double()", f"sum(p.numel() for p in net.parameters())  # {count}"]
    if count > MOST_WRITTEN:
        lines += [
            "",
            f"x = torch.zeros(1, {len(x)}, dtype=torch.float64)  # a row",
            f"net(x).shape  # (1, {config.outputs})",
        ]
        return "\n".join(lines)
    lines += ["", "with torch.no_grad():"]
    place = 0
    for layer, name in zip(parameters, config.layer_activations, strict=True):
        for part, values in (("weight", layer.weights.T), ("bias", layer.bias)):
            lines.append(f"    net[{place}].{part}.copy_(torch.tensor({values.tolist()}, dtype=torch.float64))")
        place += 2 if LAYER_ACTIVATIONS[name].module else 1
    lines += ["", f"x = torch.tensor([{x.tolist()}], dtype=torch.float64)  # one row: (1, {len(x)})"]
    result = "" if output is None else "  # " + ", ".join(f"{value:.6g}" for value in output)
    return "\n".join([*lines, f"net(x){result}"])


def _modules(parameters: Sequence[Layer], config: NetworkConfig) -> list[str]:
    lines = []
    for layer, name in zip(parameters, config.layer_activations, strict=True):
        inputs, outputs = layer.weights.shape
        lines.append(f"    nn.Linear({inputs}, {outputs}),")
        if LAYER_ACTIVATIONS[name].module:
            lines.append(f"    nn.{LAYER_ACTIVATIONS[name].module}(),")
    return lines
