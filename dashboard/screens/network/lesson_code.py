"""How the lessons write tensors."""

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
