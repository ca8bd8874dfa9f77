"""The scenes of products: every entry has its source cells, and its working equals its value."""

import re

import numpy as np
import pytest

from core.tensors.cloning import MAKINGS, WRITINGS, try_clone
from core.tensors.products import dot, hadamard, matrix_matrix, matrix_vector, transpose, weighted_mean, with_scalar
from dashboard.scenes.cells import products as scenes
from dashboard.scenes.cells.clone import clone_scene

DRAW = np.random.default_rng(3)
A, B, x = DRAW.integers(-9, 9, (4, 3)), DRAW.integers(-9, 9, (3, 5)), DRAW.integers(-9, 9, 3)


def panels_of(scene, frame=0):
    return [item for item in scene["frames"][frame]["items"] if not isinstance(item, str)]


def worked(text):
    """Compute the left side of a working such as “2 · (−3) + 4 · 1 = −2”, and return both sides."""
    left, _mark, right = (text.replace("−", "-").replace("·", "*")).rpartition(" = ")
    assert re.fullmatch(r"[-\d.()+*/ ]+", left), left
    return eval(left), float(right)


def check(scene, frame=0, panel=-1):
    """Check that every entry of a panel has sources, and a working equal to its value."""
    made = panels_of(scene, frame)[panel]
    for number, text in made["working"].items():
        left, right = worked(text)
        assert left == pytest.approx(right, abs=1e-4)
        assert float(made["texts"][number].replace("−", "-").replace(",", "")) == pytest.approx(right, rel=1e-3)
        assert made["sources"][number]
    return made


def test_every_entry_of_a_matrix_product_is_lit_from_its_row_and_its_column():
    scene = scenes.entries_scene(matrix_matrix(A, B), "")
    left, right, made = panels_of(scene)
    check(scene)
    for number, label in enumerate(made["labels"]):
        row, column = map(int, re.findall(r"\d+", label))
        lit = [(left, right)[panel]["labels"][cell] for panel, cell in made["sources"][number]]
        assert lit == [f"A[{row}, {k}]" for k in range(3)] + [f"B[{k}, {column}]" for k in range(3)]


def test_large_matrices_leave_out_the_same_rows_and_columns_so_that_they_stay_in_line():
    left, right, made = panels_of(scenes.entries_scene(matrix_matrix(np.ones((60, 40)), np.ones((40, 50))), ""))
    assert left["rows"] == made["rows"]
    assert right["columns"] == made["columns"]
    assert left["columns"] == right["rows"]
    assert len(made["texts"]) == 49
    lit = {(left, right)[panel]["labels"][cell] for panel, cell in made["sources"][0]}
    assert {"A[0, 39]", "B[39, 0]", ""} <= lit


def test_by_rows_and_by_columns_a_matrix_times_a_vector_is_the_same():
    of = matrix_vector(A, x)
    by_rows, by_columns = check(scenes.rows_scene(of, "")), check(scenes.columns_scene(of, ""))
    assert by_rows["texts"] == by_columns["texts"] == [str(value).replace("-", "−") for value in of.result]
    assert [len(sources) for sources in by_columns["sources"].values()] == [3] * 4


def test_a_sum_of_columns_times_rows_grows_to_the_product():
    of = matrix_matrix(A, B)
    scene = scenes.outer_scene(of, "")
    assert len(scene["frames"]) == 3
    for frame in range(3):
        made = check(scene, frame)
        so_far = A[:, : frame + 1] @ B[: frame + 1]
        assert made["texts"] == [str(value).replace("-", "−") for value in so_far.ravel()]
        left, right, _made = panels_of(scene, frame)
        assert [left["labels"][cell] for cell in left["marks"]] == [f"A[{row}, {frame}]" for row in range(4)]
        assert [right["labels"][cell] for cell in right["marks"]] == [f"B[{frame}, {column}]" for column in range(5)]


def test_of_many_columns_some_frames_are_shown_the_last_among_them():
    of = matrix_matrix(np.ones((2, 300)), np.ones((300, 2)))
    scene = scenes.outer_scene(of, "")
    assert len(scene["frames"]) == scenes.MOST_FRAMES
    assert panels_of(scene, -1)[-1]["texts"] == ["300"] * 4


def test_dot_products_and_weighted_means_are_worked_out():
    check(scenes.dot_scene(dot(x, x[::-1]), ""))
    check(scenes.dot_scene(dot(x, x[::-1]), ""), panel=-2)
    check(scenes.weighted_scene(weighted_mean([2, 4, 9], [1, 1, 2]), ""))
    check(scenes.weighted_scene(weighted_mean([2, 4, 9], [1, 1, 2]), ""), panel=1)


def test_entries_meet_entries_and_a_scalar_meets_them_all():
    made = check(scenes.entrywise_scene(hadamard(A, A), "*", ("A", "B", "A * B"), ""))
    assert made["sources"][5] == [[0, 5], [1, 5]]
    made = check(scenes.entrywise_scene(with_scalar(A, "multiply", -2.5), "*", ("X", "a", "X * a"), ""))
    assert made["sources"][5] == [[0, 5], [1, 0]]


def test_a_transposed_entry_comes_from_the_other_side_of_the_diagonal():
    scene = scenes.transposed_scene(transpose(A), "")
    before, after = panels_of(scene)
    assert after["labels"][1] == "A.T[0, 1]"
    assert before["labels"][after["sources"][1][0][1]] == "A[1, 0]"
    assert before["texts"][3] == after["texts"][1]
    assert [before["labels"][cell] for cell in before["marks"]] == ["A[0, 0]", "A[1, 1]", "A[2, 2]"]


def test_long_sums_leave_out_their_middle_and_empty_ones_say_so():
    text = scenes.summed([(1, 1)] * 50, 50)
    assert text.count("1 · 1") == scenes.MOST_TERMS
    assert "…" in text
    assert scenes.summed([], 0) == "0, the sum of nothing"


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("making", MAKINGS)
def test_changed_cells_are_lit_and_shared_ones_lead_to_their_place(making, writing):
    of = try_clone(np.arange(1, 7).reshape(2, 3), making, writing)
    scene = clone_scene(of, "")
    _start, made, end = (panels_of(scene, frame) for frame in range(3))
    lit = [number for number, mark in end[0]["marks"].items() if mark == "lit"]
    assert lit == np.flatnonzero(of.A_after != of.A).tolist()
    assert bool(made[1]["sources"]) == of.shared
    assert bool(end[1]["sources"]) == (of.shared and not of.apart)
    for number, sources in end[1]["sources"].items():
        assert end[0]["texts"][sources[0][1]] == end[1]["texts"][number]


@pytest.mark.parametrize(
    "scene",
    [
        scenes.entries_scene(matrix_matrix(np.zeros((0, 3)), np.zeros((3, 2))), ""),
        scenes.entries_scene(matrix_matrix(np.zeros((2, 0)), np.zeros((0, 2))), ""),
        scenes.rows_scene(matrix_vector(np.zeros((0, 3)), np.zeros(3)), ""),
        scenes.columns_scene(matrix_vector(np.zeros((2, 0)), np.zeros(0)), ""),
        scenes.dot_scene(dot([], []), ""),
        scenes.transposed_scene(transpose(np.zeros((0, 2))), ""),
        scenes.outer_scene(matrix_matrix(np.full((2, 2), np.inf), np.array([[np.nan, 0], [1, 1]])), ""),
    ],
)
def test_empty_and_infinite_tensors_have_scenes_too(scene):
    assert panels_of(scene)
