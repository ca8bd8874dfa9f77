"""The notes' own examples, each loaded with one click."""

from core.language import _

NINE = "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]"
SIX = "[[0, 1, 2], [3, 4, 5]]"


def examples() -> dict[str, dict[str, str | bool]]:
    """Return what each example sets, by what its button says."""
    plain: dict[str, str | bool] = {
        "reductions_view": "collapse",
        "reductions_how": "sum",
        "reductions_keepdims": False,
    }
    nine, six = plain | {"reductions_a": NINE}, plain | {"reductions_a": SIX}
    return {
        _("1…9 over axis 0"): nine | {"reductions_axis": "0"},
        _("1…9 over axis 1"): nine | {"reductions_axis": "1"},
        _("Mean"): six | {"reductions_how": "mean", "reductions_axis": "all"},
        _("Column means"): six | {"reductions_how": "mean", "reductions_axis": "0"},
        _("keepdims"): nine | {"reductions_axis": "1", "reductions_keepdims": True},
        _("cumsum"): six | {"reductions_view": "running", "reductions_running_axis": "0"},
        _("Shares of a row"): six | {"reductions_view": "shares", "reductions_shares_axis": "last"},
        _("Two of three axes"): plain | {"reductions_a": "arange(24).reshape(2, 3, 4)", "reductions_axis": "0,1"},
    }
