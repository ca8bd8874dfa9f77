"""Tables of cells: the drawn cells, and their sources, marks and texts."""

import json

import numpy as np
import pytest

from dashboard.scenes.cells.grid import MOST_CELLS, grid
from dashboard.scenes.cells.scene import Computed, Frame, Panel, cell_text, cells_scene, frames_scene

SHAPES = [(), (1,), (7,), (0,), (1000,), (3, 4), (0, 3), (100, 100), (1, 500), (2, 3, 4), (20, 30, 40), (3, 0, 2)]


def panels_of(scene, frame=0):
    return [item for item in scene["frames"][frame]["items"] if not isinstance(item, str)]


@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_cell_that_is_drawn_is_found_again_by_its_index(shape, upright):
    where = grid(shape, upright)
    cells = list(where.cells())
    assert [where.number(index) for index in cells if index is not None] == [
        number for number, index in enumerate(cells) if index is not None
    ]
    assert where.drawn == min(where.drawn, int(np.prod(shape)), MOST_CELLS)
    if np.prod(shape) <= 40:
        assert [index for index in cells if index is not None] == list(np.ndindex(*shape))


@pytest.mark.parametrize("shape", SHAPES)
def test_an_index_that_is_not_drawn_is_found_in_the_gap_that_stands_for_it(shape):
    where = grid(shape)
    cells = list(where.cells())
    for index in np.ndindex(*shape):
        assert cells[where.number(index)] in (index, None)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_first_and_the_last_cell_are_always_drawn_and_what_is_left_out_is_said(shape):
    values = np.arange(np.prod(shape), dtype=int).reshape(shape)
    (panel,) = panels_of(cells_scene([Panel("T", values)]))
    texts = [text for text, label in zip(panel["texts"], panel["labels"], strict=True) if label]
    if values.size:
        assert texts[0] == str(values.flat[0])
        assert texts[-1] == cell_text(values.flat[-1])
    assert panel["empty"] == (values.size == 0)
    assert bool(panel["notes"]) == (len(texts) < values.size)
    if panel["notes"]:
        assert panel["notes"][0].startswith(f"{len(texts)} of {values.size:,} cells are drawn")


def test_the_sources_of_an_entry_of_a_matrix_product_are_its_row_and_its_column():
    A, B = np.arange(6).reshape(2, 3), np.arange(12).reshape(3, 4)
    sources = Computed(
        lambda index: [("A", (index[0], k)) for k in range(3)] + [("B", (k, index[1])) for k in range(3)]
    )
    left, right, product = panels_of(
        cells_scene([Panel("A", A), "@", Panel("B", B), "=", Panel("C", A @ B, sources=sources)])
    )
    number = product["labels"].index("C[1, 2]")
    lit = [(left, right)[panel]["labels"][cell] for panel, cell in product["sources"][number]]
    assert lit == ["A[1, 0]", "A[1, 1]", "A[1, 2]", "B[0, 2]", "B[1, 2]", "B[2, 2]"]
    assert left["sources"] == {}


def test_sources_in_what_is_left_out_light_its_gap_once():
    long = np.arange(1000)
    every = {(): [("x", (i,)) for i in range(1000)]}
    x, total = panels_of(cells_scene([Panel("x", long), Panel("s", long.sum(), sources=every)]))
    lit = [cell for _panel, cell in total["sources"][0]]
    assert lit == list(range(len(x["texts"])))


def test_a_source_in_a_panel_that_is_not_there_lights_nothing():
    (panel,) = panels_of(cells_scene([Panel("x", np.arange(2), sources={(0,): [("y", (0,))]})]))
    assert panel["sources"] == {}


def test_only_the_workings_of_cells_that_are_drawn_are_computed():
    asked = []

    def work(index):
        asked.append(index)
        return "worked"

    cells_scene([Panel("A", np.zeros((300, 300)), working=Computed(work))])
    assert len(asked) <= MOST_CELLS


def test_a_cell_without_a_working_says_its_value_to_every_digit():
    (panel,) = panels_of(cells_scene([Panel("x", np.array([1 / 3, 2.0]), working={(1,): "one plus one"})]))
    assert panel["texts"] == ["0.3333", "2"]
    assert panel["working"] == {0: "0.333333333333", 1: "one plus one"}


def test_marks_are_told_only_if_they_are_used_and_in_the_words_of_the_screen():
    mark = np.array(["copy", ""])
    scene = cells_scene([Panel("x", np.arange(2), mark=mark)], legend={"copy": "repeated", "new": "never used"})
    assert panels_of(scene)[0]["marks"] == {0: "copy"}
    assert scene["legend"] == {"copy": "repeated"}
    with pytest.raises(ValueError, match="marks of shape"):
        cells_scene([Panel("x", np.arange(3), mark=mark)])


def test_shape_and_dtype_stand_beside_the_name_as_python_writes_them():
    facts = [panel["facts"] for panel in panels_of(cells_scene(
        [Panel("s", np.array(1.5)), Panel("x", np.arange(3)), Panel("b", np.ones((2, 1), bool)),
         Panel("t", np.array(["a"])), Panel("h", np.ones(1), dtype="torch.float16")]))]  # fmt: skip
    assert facts == [
        "shape () · float64", "shape (3,) · int64", "shape (2, 1) · bool", "shape (1,)", "shape (1,) · torch.float16",
    ]  # fmt: skip


def test_nan_and_infinity_are_explained_where_they_stand():
    (panel,) = panels_of(cells_scene([Panel("x", np.array([np.nan, -np.inf, 1]))]))
    assert panel["texts"] == ["nan", "−∞", "1"]
    assert len(panel["notes"]) == 2


def test_huge_and_long_values_stay_short_in_a_cell_and_whole_below():
    values = np.array([2**62, -(2**40)])
    (panel,) = panels_of(cells_scene([Panel("x", values)]))
    assert all(len(text) < 12 for text in panel["texts"])
    assert panel["working"][0] == str(2**62)
    assert len(cell_text("a" * 5000)) < 20


def test_frames_keep_their_labels_and_begin_where_asked():
    A = np.arange(4).reshape(2, 2)
    scene = frames_scene([Frame("before", [Panel("A", A)]), Frame("after", [Panel("s", A.sum(0))])], start=1)
    assert [frame["label"] for frame in scene["frames"]] == ["before", "after"]
    assert scene["start"] == 1
    assert cells_scene([Panel("A", A)], point_at=("A", (1, 0)))["point"] == [0, 2]
    assert cells_scene([Panel("A", A)], point_at=("B", (1, 0)))["point"] is None


@pytest.mark.parametrize("shape", SHAPES)
def test_a_scene_can_be_written_as_json_without_nan(shape):
    values = np.full(shape, np.nan)
    json.dumps(cells_scene([Panel("x", values), "=", Panel("y", np.full(shape, np.inf))]), allow_nan=False)


def test_more_than_three_axes_cannot_be_drawn():
    with pytest.raises(ValueError, match="at most 3 axes"):
        cells_scene([Panel("x", np.zeros((1, 1, 1, 1)))])
