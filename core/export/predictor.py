"""A short script that loads the model and predicts the rows of a CSV file."""

from dataclasses import replace
from typing import TYPE_CHECKING

from core.export.preprocessing_script.literals import literal, write_list
from core.export.preprocessing_script.reading import is_cut_by_pandas
from core.export.preprocessing_script.target import target_functions, write_to_units
from core.export.preprocessing_script.writer import Steps, path_from_argument, write_steps
from core.export.training_script.chapter import bind, join, source
from core.export.training_script.data import write_terms
from core.export.training_script.experiment import Experiment, SyntheticData, TableData
from core.preprocessing.schema import ColumnReading, DateFormat, Reading

if TYPE_CHECKING:
    from core.preprocessing import FittedRecipe

TOLD = """Predict the rows of a CSV file with a trained model: the first argument names the file.

Printed is a CSV again: the place of each row in the file, counted from 0, and its prediction.
{needed}
"""
BY_NAME = """The columns are found by their names; the label need not be among them, nor columns that the model does
not use."""
BY_PLACE = """The file has to hold the same columns in the same order as the one that was learnt from, the label among
them; its cells may be empty."""


def write_predictor(experiment: Experiment, model_file: str) -> str:
    """Return the script; it needs pandas, numpy, torch, safetensors, and scikit-learn if a model fills missing values.

    It contains the recipe's steps with all that they learnt from the training rows; the parameters are loaded from the
    file of `model_safetensors`. Synthetic rows have no recipe: then the CSV file has to hold the features.
    """
    data = experiment.data
    reading = _reading(data.fitted) if isinstance(data, TableData) else None
    steps = write_steps(data.fitted, reading=reading, labelled=False) if isinstance(data, TableData) else _plain(data)
    target = experiment.target
    by_place = reading is not None and (reading.header_row is None or reading.renamed)
    docstring = TOLD.format(needed=BY_PLACE if by_place else BY_NAME)
    return bind(
        f'"""{docstring}"""',
        "\n".join(steps.imports(own=["json", "sys"], others=["safetensors"])),
        *steps.helpers,
        *target_functions(target, forward=False, inverse=True),
        *(["\n".join(write_to_units(target))] if target else []),
        path_from_argument("rows.csv"),
        _write_loading(model_file, has_imputer=isinstance(data, TableData) and data.fitted.imputer is not None),
        join(*steps.sections),
        _write_expansion(experiment),
        join(
            [
                'if feature_names != json.loads(told["feature_names"]):',
                '    sys.exit("The file of the model belongs to another experiment.")',
                f"predicted = {'to_units((X @ weights + bias).numpy())' if target else '(X @ weights + bias).numpy()'}",
                'rows = pd.DataFrame({"row": table.index, "predicted": predicted})',
                "rows.to_csv(sys.stdout, index=False)",
            ]
        ),
    )


def _plain(data: SyntheticData) -> Steps:
    """Return the steps for a file of features."""
    names = write_list([f"x{place + 1}" for place in range(len(data.weights))])
    lines = (
        "table = pd.read_csv(path)",
        f"feature_names = {names}",
        'X = torch.tensor(table[feature_names].to_numpy(dtype="float64"))',
    )
    return Steps((), ("pandas as pd", "torch"), (), (), (lines,))


def _write_loading(model_file: str, has_imputer: bool) -> str:
    lines = [
        f'with safetensors.safe_open({literal(model_file)}, framework="pt") as model:',
        '    weights, bias, told = model.get_tensor("weights"), model.get_tensor("bias"), model.metadata()',
    ]
    rows = ['    training = model.get_tensor("imputer_training").numpy()  # what gaps are filled from']
    return "\n".join([*lines, *(rows if has_imputer else [])])


def _write_expansion(experiment: Experiment) -> str:
    from core.export.training_script import script_functions

    if experiment.expansion is None:
        return ""
    return bind(source(script_functions.expand), join(write_terms(experiment.expansion), "X = expand(X, terms, off)"))


def _reading(fitted: "FittedRecipe") -> Reading | None:
    """Return how a CSV file with the same columns is read.

    It is read like the file of the training rows, if pandas alone can do it. Else the first row has to hold the names
    and every row as many cells; the formats of numbers and dates are the same.
    """
    reading = fitted.reading
    if reading is None:
        return None
    plain = replace(
        reading, columns=tuple(map(_spelled, reading.columns)), compression=None, member=None, inner=None, sheet=None,
        sample=None,
    )  # fmt: skip
    if is_cut_by_pandas(plain):
        return plain
    plain = replace(plain, header_row=0, skipped=(), regular=True, renamed=False, edits=())
    return plain if reading.format == "csv" else replace(plain, format="csv", decimal=".")


def _spelled(column: ColumnReading) -> ColumnReading:
    is_date = column.kind == "date" and column.conversion is None
    return replace(column, conversion=DateFormat("ISO8601")) if is_date else column
