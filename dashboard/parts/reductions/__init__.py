"""What the screen Reductions keeps, and its parts."""

from dashboard.parts.knob import Knob

KNOBS: dict[str, Knob] = {
    "reductions_view": Knob(default="collapse", options=("collapse", "running", "shares")),
    "reductions_how": Knob(default="sum", options=("sum", "mean", "max", "min", "prod", "var")),
    "reductions_axis": Knob(default="0", options=("0", "1", "2", "0,1", "0,2", "1,2", "all")),
    "reductions_keepdims": Knob(default=False),
    "reductions_correction": Knob(default="1", options=("1", "0")),
    "reductions_running_axis": Knob(default="0", options=("0", "1", "2")),
    "reductions_shares_axis": Knob(default="last", options=("0", "1", "last", "all")),
}

TEXTS: dict[str, str] = {"reductions_a": "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]"}
