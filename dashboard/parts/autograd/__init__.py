"""What the screen Autograd keeps, and its views."""

from dashboard.parts.knob import Knob

KNOBS: dict[str, Knob] = {
    "autograd_view": Knob(default="graph", options=("graph", "modes", "lessons")),
    "autograd_direction": Knob(default=2, low=1, high=10_000),
    "autograd_depth": Knob(default=10, low=1, high=50),
    "autograd_count": Knob(default=5, low=1, high=100),
    "autograd_outputs": Knob(default=1, low=1, high=100),
    "autograd_lesson": Knob(default="dot", options=("none", "dot", "accumulate", "vector", "detach", "twice", "flow")),
    "autograd_lessons_zero": Knob(default=False),
    "autograd_lessons_retain": Knob(default=False),
}

TEXTS: dict[str, str] = {
    "autograd_text": "2*dot(x, x)",
    "autograd_inputs": "x = [0, 1, 2, 3]",
    "autograd_lessons_x": "[0, 1, 2, 3]",
    "autograd_lessons_v": "[1, 1, 1, 1]",
    "autograd_lessons_a": "[0.7, -1.3, 3, -40]",
}
