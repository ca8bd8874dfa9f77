"""What the screen Tensors keeps, and its views."""

from core.tensors import conversions, dtypes, memory
from dashboard.parts.knob import Knob

AXES = ("0", "1", "2", "-1")

KNOBS: dict[str, Knob] = {
    "tensors_view": Knob(
        default="axes",
        options=("axes", "joining", "broadcasting", "slicing", "memory", "conversions", "dtypes"),
    ),
    "tensors_axes_along": Knob(default="0", options=AXES),
    "tensors_axes_transposed": Knob(default=False),
    "tensors_join_how": Knob(default="cat", options=("cat", "stack")),
    "tensors_join_axis": Knob(default="0", options=AXES),
    "tensors_broadcast_part": Knob(default="pair", options=("pair", "shapes", "bug")),
    "tensors_broadcast_by": Knob(default="add", options=("add", "subtract", "multiply", "divide", "equal", "greater")),
    "tensors_bug_updates": Knob(default=20, low=0, high=60),
    "tensors_memory_about": Knob(default="update", options=("update", "views")),
    "tensors_memory_way": Knob(default="new", options=tuple(memory.WAYS)),
    "tensors_memory_expression": Knob(default="column", options=tuple(memory.EXPRESSIONS)),
    "tensors_dtypes_about": Knob(default="mixing", options=("mixing", "storing", "dividing")),
    "tensors_dtypes_operation": Knob(default="add", options=tuple(dtypes.OPERATIONS)),
    "tensors_dtypes_scalar": Knob(default=False),
    "tensors_dtypes_left": Knob(default="int64", options=dtypes.DTYPES),
    "tensors_dtypes_right": Knob(default="float32", options=dtypes.DTYPES),
    "tensors_dtypes_in": Knob(default="float32", options=dtypes.REAL),
    "tensors_conversions_about": Knob(default="numpy", options=("numpy", "numbers")),
    "tensors_conversions_who": Knob(default="A", options=("X", *conversions.CHAIN)),
    "tensors_conversions_entry": Knob(default=0, high=9_999),
    "tensors_conversions_grad": Knob(default=False),
}

TEXTS: dict[str, str] = {
    "tensors_axes_a": "arange(12).reshape(3, 4)",
    "tensors_axes_shape": "2, 6",
    "tensors_join_x": "arange(12).reshape(3, 4)",
    "tensors_join_y": "[[2, 1, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1]]",
    "tensors_broadcast_a": "[[0], [1], [2]]",
    "tensors_broadcast_b": "[[0, 1]]",
    "tensors_shapes_a": "8, 1, 6, 1",
    "tensors_shapes_b": "7, 1, 5",
    "tensors_bug_predictions": "[[2.5], [3.5], [6.5], [7.5]]",
    "tensors_bug_labels": "[2, 4, 6, 8]",
    "tensors_slice_a": "arange(12).reshape(3, 4)",
    "tensors_slice_index": "1:3, ::2",
    "tensors_slice_value": "-1",
    "tensors_memory_x": "arange(12).reshape(3, 4)",
    "tensors_memory_y": "[[2, 1, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1]]",
    "tensors_conversions_x": "[1.0, 2.0, 3.0, 4.0]",
    "tensors_conversions_value": "99",
    "tensors_conversions_small": "[3.5]",
    "tensors_dtypes_a": "[1, 2]",
    "tensors_dtypes_b": "[0.5, 3]",
    "tensors_dtypes_number": "16777217",
    "tensors_dtypes_over": "[7, -7, 7, -7]",
    "tensors_dtypes_under": "[2, 2, -2, -2]",
}
