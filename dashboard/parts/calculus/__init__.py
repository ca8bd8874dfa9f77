"""What the screen Calculus keeps, and its views."""

from dashboard.parts.knob import Knob

KNOBS: dict[str, Knob] = {
    "calculus_view": Knob(
        default="limit", options=("limit", "valley", "tangent", "rules", "two_variables", "layouts", "identities")
    ),
    "calculus_rows": Knob(default=5, low=2, high=12),
    "calculus_dtype": Knob(default="both", options=("both", "float32", "float64")),
    "calculus_kind": Knob(default="components", options=("components", "tensors")),
    "calculus_layout": Knob(default="numerator", options=("numerator", "denominator", "torch")),
    "calculus_side": Knob(default="denominator", options=("numerator", "denominator")),
    "calculus_identity": Knob(default="Ax", options=("Ax", "xA", "xAx", "xx", "XX", "product", "chain")),
    "calculus_h": Knob(default=1.0, low=-2.0, high=2.0),
    "calculus_row": Knob(default=1, low=1, high=12),
    "calculus_px": Knob(default=2.0, low=-3.0, high=3.0, step=0.1),
    "calculus_py": Knob(default=1.0, low=-3.0, high=3.0, step=0.1),
    "calculus_out": Knob(default=0.001, options=(0.1, 0.01, 0.001, 0.0001, 0.00001)),
}

TEXTS: dict[str, str] = {
    "calculus_f": "3*x**2 - 4*x",
    "calculus_x": "1",
    "calculus_components": "x1**2 + x2\nsin(x1)*x2",
    "calculus_at": "1 2",
    "calculus_y": "A @ x",
    "calculus_tensor": "1 2 3",
    "calculus_with": "1 2 0; 0 3 1",
    "calculus_matrix": "1 2 0\n0 3 1\n4 0 2",
    "calculus_vector": "1 2 3",
    "calculus_xy": "x**2 + 3*y**2",
}
