"""The rows that a kind of problem learns from: a matrix, the names of its columns, and classes where there are some."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
SETS = ("iris", "wine", "breast_cancer")  # that scikit-learn ships


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of numbers, with their classes where there are some.

    Attributes:
        key: the name of these rows: two of the same key hold the same numbers.
        X: (n, d), finite.
        names: of the d columns, with their units.
        y: (n,), the place of each row's class in `classes`, or none.
        classes: their names.
        code: lines of Python that make the arrays X and y (numbers of the classes) with the same numbers.
    """

    key: str
    X: Array
    names: tuple[str, ...]
    y: Places | None = None
    classes: tuple[str, ...] = ()
    code: str = ""

    @cached_property
    def standardised(self) -> Array:
        """X with each column centred on 0 with spread 1; a column that never varies is 0."""
        spread = self.X.std(axis=0)
        standardised: Array = (self.X - self.X.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
        return standardised

    def need_classes(self, least: int = 2) -> Places:
        """Return y. Raises InputError if fewer than `least` classes have rows."""
        seen = 0 if self.y is None else len(np.unique(self.y))
        if self.y is None or seen < least:
            raise InputError(
                _("At least {least} classes are needed, but the rows have {seen}; choose another label or table.")
                .format(least=least, seen=seen)
            )  # fmt: skip
        return self.y


def load_rows(name: str = "iris") -> Rows:
    """Return a set of scikit-learn with classes: "iris", "wine" or "breast_cancer".

    >>> load_rows("iris").X.shape, load_rows("iris").classes
    ((150, 4), ('setosa', 'versicolor', 'virginica'))
    """
    from sklearn import datasets

    assert name in SETS, name
    loaded = getattr(datasets, f"load_{name}")()
    code = f"from sklearn.datasets import load_{name}\n\nX, y = load_{name}(return_X_y=True)\n"
    classes = tuple(str(each) for each in loaded.target_names)
    names = tuple(str(each) for each in loaded.feature_names)
    return Rows(name, np.asarray(loaded.data, dtype=np.float64), names, loaded.target.astype(np.int64), classes, code)
