"""The kinds of problems as the screen has them, in the order of the map."""

from dashboard.screens.problems.kind import Kind

VIEWS_OF_KINDS: dict[str, Kind] = {}
