"""Two layers and the one affine map that they are without an activation, in steps on one row."""

from collections.abc import Iterable

import numpy as np
import torch

from core.foundations import NetworkConfig, predict_network, start_parameters, unit_activations
from core.foundations.network_lessons import collapse_layers
from core.language import _
from core.regression.data.validation import Array
from dashboard.scenes.twin_tables.scene import Line, Part, Step, TwinTable, number

SHOWN = 5  # rows whose outputs are listed
CALLED = {"none": "", "relu": "ReLU", "tanh": "tanh"}


class Collapse:
    """Two layers beside the one affine map, on rows X (n, 2)."""

    def __init__(self, X: Array, config: NetworkConfig) -> None:
        """Compute both on all rows."""
        self.X, self.config = X, config
        self.parameters = start_parameters(2, config)
        self.one = collapse_layers(self.parameters)
        self.two = predict_network(self.parameters, config, X)[:, 0].numpy()
        self.single = (torch.from_numpy(X) @ self.one.weights + self.one.bias)[:, 0].numpy()
        self.apart = float(np.abs(self.two - self.single).max())

    def steps(self) -> list[Step]:
        """Return the lesson in steps, on the first row."""
        first, second, one = self._tables()
        return [
            Step(_("The first layer turns the two features of row 0 into three numbers."), self._hidden(), [first]),
            Step(_("The second layer turns these into one output."), [self._output()], [first, second]),
            Step(
                _("Multiply the matrices: each entry of W is a sum over the hidden units."),
                self._product(),
                [first, second, one],
            ),
            Step(_("The one layer on the same row, and on others."), [self._single()], [one, self._compared()]),
        ]

    @property
    def _units(self) -> range:
        return range(self.config.hidden[0])

    def _w(self, i: int, j: int, shade: bool = False) -> Part:
        first = self.parameters[0].weights
        return number(float(first[i, j]), f"w{i}{j}", float(first.abs().max()) if shade else 0)

    def _b(self, j: int) -> Part:
        return number(float(self.parameters[0].bias[j]), f"b{j}")

    def _v(self, j: int, shade: bool = False) -> Part:
        last = self.parameters[1].weights
        return number(float(last[j, 0]), f"v{j}", float(last.abs().max()) if shade else 0)

    def _c(self) -> Part:
        return number(float(self.parameters[1].bias[0]), "c")

    def _whole(self, i: int, strong: bool = False) -> Part:
        return number(float(self.one.weights[i, 0]), f"W{i}", strong=strong)

    def _bias(self, strong: bool = False) -> Part:
        return number(float(self.one.bias[0]), "B", strong=strong)

    def _x(self, i: int) -> Part:
        return number(float(self.X[0, i]), f"x{i}")

    def _tables(self) -> tuple[TwinTable, TwinTable, TwinTable]:
        heads = [_named(i) for i in (0, 1)]
        first = TwinTable(
            _("First layer: W₁ and b₁"),
            ["", *(f"h{j + 1}" for j in self._units)],
            [
                *([heads[i], *(self._w(i, j, shade=True) for j in self._units)] for i in (0, 1)),
                ["b₁", *(self._b(j) for j in self._units)],
            ],
        )
        second = TwinTable(
            _("Second layer: W₂ and b₂"),
            ["", "o"],
            [*([Part(f"h{j + 1}", f"h{j}"), self._v(j, shade=True)] for j in self._units), ["b₂", self._c()]],
        )
        one = TwinTable(
            _("One layer: W and b"), ["", "o"], [*([heads[i], self._whole(i)] for i in (0, 1)), ["b", self._bias()]]
        )
        return first, second, one

    def _answers(self) -> list[float]:
        answers: list[float] = unit_activations(self.parameters, self.config, self.X[:1])[0][0].tolist()
        return answers

    def _hidden(self) -> list[Line]:
        called, answers = CALLED[self.config.activations[0]], self._answers()
        return [
            [
                Part(f"h{j + 1}", f"h{j}"),
                f" = {called}(",
                *_sum((self._x(i), self._w(i, j)) for i in (0, 1)),
                " + ",
                self._b(j),
                ") = ",
                number(answers[j], f"h{j}", strong=True),
            ]
            for j in self._units
        ]

    def _output(self) -> Line:
        terms = _sum((number(answer, f"h{j}"), self._v(j)) for j, answer in enumerate(self._answers()))
        return ["o = ", *terms, " + ", self._c(), " = ", number(float(self.two[0]), "out", strong=True)]

    def _product(self) -> list[Line]:
        entries = [
            [Part(f"W{i + 1}", f"W{i}"), " = ", *_sum((self._w(i, j), self._v(j)) for j in self._units), " = ",
             self._whole(i, strong=True)]
            for i in (0, 1)
        ]  # fmt: skip
        bias = _sum((self._b(j), self._v(j)) for j in self._units)
        return [*entries, [Part("b", "B"), " = ", *bias, " + ", self._c(), " = ", self._bias(strong=True)]]

    def _single(self) -> Line:
        terms = _sum((self._x(i), self._whole(i)) for i in (0, 1))
        return ["x W + b = ", *terms, " + ", self._bias(), " = ", number(float(self.single[0]), "one", strong=True)]

    def _compared(self) -> TwinTable:
        rows = range(min(SHOWN, len(self.two)))
        twins = [("out", "one") if row == 0 else ("", "") for row in rows]
        return TwinTable(
            _("Outputs of the first rows"),
            [_("row"), _("two layers"), _("one layer"), _("difference")],
            [
                [
                    str(row),
                    number(float(self.two[row]), twins[row][0]),
                    number(float(self.single[row]), twins[row][1]),
                    number(float(self.two[row] - self.single[row])),
                ]
                for row in rows
            ],
        )


def _named(i: int) -> Part:
    return Part(f"x{i + 1}", f"x{i}")


def _sum(products: Iterable[tuple[Part, Part]]) -> list[Part | str]:
    """Return the terms of a sum of products, with their signs between them."""
    parts: list[Part | str] = []
    for one, other in products:
        parts += [*([" + "] if parts else []), one, " · ", other]
    return parts
