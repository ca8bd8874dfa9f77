"""What the screen Norms keeps, and its parts."""

import math

from dashboard.parts.knob import Knob

POWERS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 1.8, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0, 20.0, 50.0, math.inf)

KNOBS: dict[str, Knob] = {
    "norms_view": Knob(default="vector", options=("vector", "ball", "properties", "matrix", "distances")),
    "norms_p": Knob(default=2.0, options=POWERS),
    "norms_ball_p": Knob(default=0.5, low=0.5, high=math.inf),
    "norms_any_p": Knob(default=2.0, low=0.5, high=math.inf),
    "norms_factor": Knob(default=-1.5, low=-3.0, high=3.0),
    "norms_row": Knob(default=0, high=2**31 - 1),
    "norms_scale": Knob(default="raw", options=("raw", "standardised")),
}

TEXTS: dict[str, str] = {
    "norms_x": "3 -4",
    "norms_y": "1 2.5",
    "norms_u": "1 0",
    "norms_v": "0 1",
    "norms_matrix": "[[2, 1], [0, 1.5]]",
}
