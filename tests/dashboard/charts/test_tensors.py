"""The pictures of broadcasting: fields, titles, and that meaning is never in colour alone."""

import numpy as np
import pytest

from core.tensors.broadcasting import align, alignment_table, alignment_text
from core.tensors.loss_bug import descent_table
from dashboard.charts.tensors import alignment, learnt
from tests.dashboard.charts.spec import definitions, layers

CHARTS = {
    "fits": alignment(alignment_table(align((8, 1, 6, 1), (7, 1, 5)))),
    "apart": alignment(alignment_table(align((3, 4), (3,)))),
    "learnt": learnt(descent_table(np.array([1.0, 2.0]), np.array([3.0, 4.0]), 5)),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_of_the_data(name):
    checked = 0
    for layer in layers(CHARTS[name]):
        for channel, one in definitions(layer):
            if "field" in one and layer["rows"]:
                assert one["field"] in layer["rows"][0], (channel, one)
                checked += 1
    assert checked >= 6
    CHARTS[name].to_dict()


def test_a_tile_says_in_text_what_its_colour_says():
    said = {row["said"] for row in layers(CHARTS["fits"])[1]["rows"]}
    assert said == {"8", "1 → 7", "6", "1 → 5", "+ 1 → 8", "7", "1 → 6", "5"}
    assert {"✗ 4", "✗ 3", "✗ –"} <= {row["said"] for row in layers(CHARTS["apart"])[1]["rows"]}


def test_shapes_of_unequal_length_are_written_with_their_last_axes_below_each_other():
    lines = alignment_text(align((256, 256, 3), (3,))).splitlines()
    assert [line.rstrip()[-1] for line in lines] == ["3", "3", "3"]
    assert len({len(line) for line in lines}) == 1
    assert "✗" in alignment_text(align((2,), (3,)))
