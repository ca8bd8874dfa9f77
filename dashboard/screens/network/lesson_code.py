"""How the lessons write tensors, and the start of a network, as lines of torch."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.regression.data.validation import ArrayLike


def tensor_line(values: "ArrayLike") -> str:
    """Return the line of torch that makes this array or tensor, to the last digit.

    >>> tensor_line([1.0, 0.5])
    'torch.tensor([1.0, 0.5], dtype=torch.float64)'
    """
    return f"torch.tensor({np.asarray(values).tolist()}, dtype=torch.float64)"


def start_code(layers: Sequence[str], seed: int) -> str:
    """Return the lines that give these layers, such as "net[0]", the random start of `start_parameters`.

    They need `np` and `torch`, and stand at the left margin.
    """
    listed = f"({', '.join(layers)}{',' if len(layers) == 1 else ''})"
    return f"""# the start, drawn within ±1/√inputs
rng = np.random.default_rng({seed})
with torch.no_grad():
    for layer in {listed}:
        n, reach = layer.in_features, 1 / np.sqrt(layer.in_features)
        layer.weight.copy_(torch.tensor(rng.uniform(-reach, reach, (n, layer.out_features)).T))
        layer.bias.copy_(torch.tensor(rng.uniform(-reach, reach, layer.out_features)))"""
