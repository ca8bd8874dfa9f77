"""The chapters up to the tensors: imports, the rows, powers and products."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from core.export.preprocessing_script.literals import literal, write_list
from core.export.preprocessing_script.writer import Steps, path_from_argument, write_steps
from core.export.training_script.chapter import Chapter, bind, join, source
from core.export.training_script.experiment import Experiment, SyntheticData, TableData
from core.language import _

if TYPE_CHECKING:
    from core.regression.data.polynomial_features import PolynomialFeatures

    pass


def open_chapters(experiment: Experiment, of_script: bool) -> Iterator[Chapter]:
    """Yield the chapters that set X_train, y_train, X_test, y_test and feature_names.

    A script takes the path of the file from its first argument, if given; a notebook sets it in a line.
    """
    data = experiment.data
    if isinstance(data, TableData):
        steps = write_steps(data.fitted, (data.test_share, data.seed))
        path = path_from_argument(data.file) if of_script else f"path = {literal(data.file)}"
        yield _imports(steps, ["sys"] if of_script else [])
        yield Chapter(
            _("The table becomes tensors"),
            _("Read the file, fill the gaps, encode the categories, scale the numbers, and hold out the test rows. All "
              "that is filled in and scaled with was learnt from the training rows alone."),
            bind(*steps.helpers, join(path, *steps.sections)),
        )  # fmt: skip
    else:
        yield _imports(Steps((), ("numpy as np", "torch"), (), (), ()), [])
        yield Chapter(
            _("The rows"),
            _("As in the book: features from the standard normal distribution, labels y = Xw + b + noise. The true "
              "weights and the true bias are known. The first fifth of the rows is held out."),
            _write_synthetic(data),
        )  # fmt: skip
    if experiment.expansion is not None and len(experiment.expansion.terms) == 1:
        yield Chapter(
            _("One feature"),
            _("A line is fitted to one feature alone."),
            _write_expansion(experiment.expansion),
        )
    elif experiment.expansion is not None:
        yield Chapter(
            _("Powers and products"),
            _("More features from the columns there are. What is taken off a column before it is raised or multiplied "
              "is its mean over the training rows."),
            _write_expansion(experiment.expansion),
        )  # fmt: skip


def _imports(steps: Steps, own: list[str]) -> Chapter:
    return Chapter("", "", "\n".join(steps.imports(own=[*own, "collections.abc", "math"])))


def _write_synthetic(data: SyntheticData) -> str:
    """Write how the rows are drawn: the same numbers as `make_synthetic`."""
    names = [f"x{place + 1}" for place in range(len(data.weights))]
    return join(
        [
            f"true_w, true_b = np.array({write_list(data.weights)}), {data.bias!r}",
            f"rng = np.random.default_rng({data.seed})",
            f"X = rng.standard_normal(({data.rows}, {len(data.weights)}))",
            f"y = X @ true_w + true_b + {data.noise!r} * rng.standard_normal({data.rows})",
            "X, y = torch.from_numpy(X), torch.from_numpy(y)",
            f"X_test, y_test, X_train, y_train = X[:{data.held_out}], y[:{data.held_out}], X[{data.held_out}:], "
            f"y[{data.held_out}:]",
            f"feature_names = {write_list(names)}",
        ]
    )


def write_terms(made: "PolynomialFeatures") -> list[str]:
    """Write the powers and products, and their names."""
    return [
        "# Each feature is a product of columns, by their places; a power names its column several times.",
        f"terms = {write_list(made.terms)}",
        f"off = torch.tensor({write_list(made.centre.tolist())}, dtype=torch.float64)",
        f"feature_names = {write_list(made.names)}",
    ]


def _write_expansion(made: "PolynomialFeatures") -> str:
    from core.export.training_script import script_functions

    lines = [*write_terms(made), "X_train, X_test = expand(X_train, terms, off), expand(X_test, terms, off)"]
    return bind(source(script_functions.expand), join(lines))
