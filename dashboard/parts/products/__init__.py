"""What the screen Products keeps, and its views."""

from dashboard.parts.knob import Knob

KNOBS: dict[str, Knob] = {
    "products_view": Knob(
        default="matrix_matrix",
        options=("transpose", "clone", "hadamard", "scalar", "dot", "matrix_vector", "matrix_matrix"),
    ),
    "products_making": Knob(default="clone", options=("clone", "compute", "assign", "view", "transpose", "row")),
    "products_writing": Knob(default="entry", options=("entry", "in_place", "original", "rebind")),
    "products_operation": Knob(default="multiply", options=("add", "subtract", "multiply", "divide", "power")),
    "products_meaning": Knob(default="sum", options=("sum", "weights")),
    "products_vector_by": Knob(default="rows", options=("rows", "columns")),
    "products_matrix_by": Knob(default="entries", options=("entries", "outer")),
}

TEXTS: dict[str, str] = {
    "products_turned": "[[1, 2, 3], [4, 5, 6]]",
    "products_original": "arange(6).reshape(2, 3)",
    "products_first": "[[0, 1, 2], [3, 4, 5]]",
    "products_second": "[[1, 10, 100], [-1, 0.5, 2]]",
    "products_tensor": "arange(24).reshape(2, 3, 4)",
    "products_scalar": "2",
    "products_x": "[0, 1, 2, 3]",
    "products_y": "[1, 1, 1, 1]",
    "products_values": "[2, 4, 9]",
    "products_weights": "[1, 1, 2]",
    "products_matrix": "arange(20).reshape(5, 4)",
    "products_vector": "[0, 1, 2, 3]",
    "products_left": "[[1, 2, 3], [4, 5, 6]]",
    "products_right": "[[1, 0], [2, 1], [0, -3]]",
}
