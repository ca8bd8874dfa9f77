"""Random expressions over random inputs of compatible shapes, as texts."""

import random

import numpy as np

from core.autograd.engine import RULES

SHAPES = [(), (), (3,), (3,), (1,), (2, 3), (3, 2), (2, 1), (3, 3)]
ARITHMETIC = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**"}
REDUCING = ["sum", "mean", "norm"]
ENTRYWISE = sorted(set(RULES) - {*ARITHMETIC, *REDUCING, "negate", "dot", "matmul", "detach"})


class Maker:
    """Makes expressions: `text`, and `inputs` by name."""

    def __init__(self, seed: int, functions: list[str] = ENTRYWISE) -> None:
        self.functions = functions
        self.random = random.Random(seed)
        self.numbers = np.random.default_rng(seed)
        self.inputs: dict[str, np.ndarray] = {}
        self.text, self.shape = self.expression(self.random.randint(1, 5))

    def name(self) -> tuple[str, tuple[int, ...]]:
        if self.inputs and self.random.random() < 0.6:
            name = self.random.choice(sorted(self.inputs))
        else:
            name = f"x{len(self.inputs)}"
            self.inputs[name] = self.numbers.normal(scale=1.5, size=self.random.choice(SHAPES))
        return name, self.inputs[name].shape

    def expression(self, depth: int) -> tuple[str, tuple[int, ...]]:
        if depth == 0:
            return self.name() if self.random.random() < 0.8 else (str(self.random.choice([2, 0.5, 3, 1])), ())
        kind = self.random.random()
        text, shape = self.expression(depth - 1)
        if kind < 0.35:
            return f"{self.random.choice(self.functions)}({text})", shape
        if kind < 0.45:
            return f"{self.random.choice(REDUCING)}({text})", ()
        if kind < 0.5:
            return f"(-{text})", shape
        other, other_shape = self.expression(self.random.randint(0, depth - 1))
        if kind < 0.75 and len(shape) and len(other_shape) and shape[-1] == other_shape[0]:
            if shape == other_shape == (len(shape),) or (len(shape) == len(other_shape) == 1 and kind < 0.6):
                return f"dot({text}, {other})", ()
            return f"({text} @ {other})", (*shape[:-1], *other_shape[1:])
        try:
            fits = np.broadcast_shapes(shape, other_shape)
        except ValueError:
            return text, shape
        return f"({text} {self.random.choice(list(ARITHMETIC.values()))} {other})", fits
