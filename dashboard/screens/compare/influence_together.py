"""Rows that are far from all others together: none may look influential alone, since the others hold the fit there."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.formatting import format_count, format_list, format_number
from core.language import _
from core.preprocessing.column_types.outliers import far_from_others
from core.regression.data.minibatches import Rows
from core.regression.diagnostics.influence import refit_without
from dashboard.pipeline.training import Problem, Result
from dashboard.visit.cache import cache_resource

MOST_COLUMNS = 3
MOST_NAMED = 5
FAR_MOVED = 1.0  # standard errors


@dataclass(frozen=True, eq=False)
class Group:
    """Two or more training rows that are far from all others in a column, and what the fit would be without them.

    Attributes:
        column: in which they are far, a feature or the label.
        rows (k,): their positions.
        name: of the coefficient that moves most without them.
        moved: how far, in its standard errors.
    """

    column: str
    rows: Rows
    name: str
    moved: float

    def sentence(self, numbers: pd.Index) -> str:
        """Return what the group does; `numbers` (n,) are those of the training rows in the table."""
        named = numbers[self.rows[:MOST_NAMED]].astype(str)
        return _(
            "{count} rows ({rows}) are far from all others in “{column}”. Each hides the others, so Cook's distance, "
            "which leaves out one row, may not show them: without all of them the coefficient of {name} moves by "
            "{moved} of its standard errors."
        ).format(
            count=format_count(len(self.rows)),
            rows=format_list([*named, *(["…"] if len(self.rows) > MOST_NAMED else [])]),
            column=self.column,
            name=self.name,
            moved=format_number(self.moved, 3),
        )


def find_groups(problem: Problem, result: Result) -> list[Group]:
    """Return the groups of rows, a column each, that move a coefficient by more than its standard error."""
    return _found(problem.key, problem, result)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _found(key: str, _problem: Problem, _result: Result) -> list[Group]:
    X, y = _problem.X_train.numpy(), _problem.y_train.numpy()
    columns = [*zip(_problem.feature_names, X.T, strict=True), (_problem.label, y)]
    seen: set[bytes] = set()
    groups: list[Group] = []
    for name, values in columns:
        far = np.flatnonzero(far_from_others(np.asarray(values)))
        if len(far) < 2 or far.tobytes() in seen or len(seen) == MOST_COLUMNS:
            continue
        seen.add(far.tobytes())
        again = refit_without(X, y, far.tolist(), _result.fit, _problem.feature_names).coefficients
        moved = again["change_in_errors"].abs().fillna(0.0).to_numpy()
        most = int(moved.argmax())
        if moved[most] > FAR_MOVED:
            groups.append(Group(name, far, str(again["coefficient"].iloc[most]), float(moved[most])))
    return groups
