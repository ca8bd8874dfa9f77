"""An experiment as data: rows, features, training."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.regression.sgd.config import SgdConfig

if TYPE_CHECKING:
    from core.preprocessing import FittedRecipe, FittedTarget
    from core.regression.data.polynomial_features import PolynomialFeatures


@dataclass(frozen=True, eq=False)
class TableData:
    """The rows of a file, prepared by a fitted recipe and split.

    Attributes:
        fitted: the recipe.
        file: its name.
        test_share: the share of test rows.
        seed: of the split.
    """

    fitted: "FittedRecipe"
    file: str
    test_share: float
    seed: int


@dataclass(frozen=True)
class SyntheticData:
    """Rows drawn as `make_synthetic` does.

    Attributes:
        rows: how many.
        weights: the true ones.
        bias: the true one.
        noise: its standard deviation.
        seed: of the draw.
        held_out: how many of the first rows are tested on.
    """

    rows: int
    weights: tuple[float, ...]
    bias: float
    noise: float
    seed: int
    held_out: int


@dataclass(frozen=True, eq=False)
class Experiment:
    """All that a script needs to repeat the run.

    Attributes:
        data: the source of the rows.
        config: how SGD is run; its early stopping needs test rows.
        rows: n, how many are trained on.
        feature_names (d,): of the columns trained on.
        label: what is predicted; of a transformed target, such as “log Price”.
        expansion: makes the features from the columns of the data, where powers or products are among them.
        runs_away: whether the run diverged, so that the script stops where the lab stopped.
        updates: how many were made when the run was stopped, None if it was not.
        truth (d + 1,): the true weights and the true bias, where they are known.
    """

    data: TableData | SyntheticData
    config: SgdConfig
    rows: int
    feature_names: tuple[str, ...]
    label: str
    expansion: "PolynomialFeatures | None" = None
    runs_away: bool = False
    updates: int | None = None
    truth: tuple[float, ...] | None = None

    @property
    def target(self) -> "FittedTarget | None":
        """The transform of the target, None if it stays as it is."""
        return self.data.fitted.target if isinstance(self.data, TableData) else None

    @property
    def minibatches(self) -> bool:
        """Whether an update uses only some of the rows, so that their order matters."""
        return self.config.batch_size < self.rows
