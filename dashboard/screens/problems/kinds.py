"""The kinds of problems as the screen has them, in the order of the map."""

from dashboard.screens.problems import (
    bandit,
    causes,
    classes,
    clustering,
    components,
    contextual,
    decisions,
    generating,
    hierarchy,
    online,
    recommendation,
    regression,
    rewarded,
    search,
    sequences,
    tagging,
)
from dashboard.screens.problems.kind import Kind

VIEWS_OF_KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        regression,
        classes,
        hierarchy,
        tagging,
        search,
        recommendation,
        sequences,
        online,
        clustering,
        components,
        causes,
        generating,
        bandit,
        contextual,
        decisions,
        rewarded,
    )
}
