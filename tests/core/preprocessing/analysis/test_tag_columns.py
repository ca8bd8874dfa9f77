import numpy as np
import pandas as pd
import pytest

from core.preprocessing import read_table
from core.preprocessing.analysis.tag_columns import tag_columns

FILE = (
    b"size,wet,warm,code,always,colour,flag\n"
    + b"1.5,yes,1,7,yes,red,true\n2.5,no,0,8,yes,blue,false\n3.5,,1,9,yes,red,true\n4.5,YES,,10,yes,blue,false\n"
)


def test_answers_and_zeros_and_ones_are_tags_and_missing_ones_stay_missing():
    found = tag_columns(read_table(FILE).frame)
    assert list(found) == ["wet", "warm", "flag"]
    np.testing.assert_array_equal(found["wet"], [1, 0, np.nan, 1])
    np.testing.assert_array_equal(found["warm"], [1, 0, 1, np.nan])
    np.testing.assert_array_equal(found["flag"], [1, 0, 1, 0])


@pytest.mark.parametrize("values", [[1, 2], [0, 0], ["yes", "yes"], ["red", "blue"], [None, None], [0.0, 0.5]])
def test_other_columns_are_no_tags(values):
    assert not tag_columns(pd.DataFrame({"a": values}))


def test_words_of_other_languages_and_booleans_are_answers():
    found = tag_columns(pd.DataFrame({"a": ["nein", "ja", "ja"], "b": [True, False, True]}))
    assert {name: values.tolist() for name, values in found.items()} == {"a": [0, 1, 1], "b": [1, 0, 1]}
