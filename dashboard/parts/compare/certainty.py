"""What the intervals of a problem are computed from, kept for the visit."""

from core.regression import ClosedForm, Leverage, fit_leverage
from dashboard.parts.cached import cache_resource
from dashboard.parts.training import Problem, Result


def leverage(problem: Problem, result: Result) -> Leverage:
    """Return the leverage of the problem's training rows."""
    return _leverage(problem.key, problem, result.fit)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _leverage(key: str, _problem: Problem, _fit: ClosedForm) -> Leverage:
    return fit_leverage(_problem.X_train, _fit)
