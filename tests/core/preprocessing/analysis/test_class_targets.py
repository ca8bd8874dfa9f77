"""The labels with classes that a table offers."""

import numpy as np
import pandas as pd

from core.preprocessing.analysis.class_targets import class_targets


def test_categories_come_first_then_few_numbers_then_cuts_at_the_median():
    frame = pd.DataFrame(
        {
            "size": np.arange(30.0),
            "doors": [2, 4] * 15,
            "colour": ["red", "blue", None] * 10,
            "name": [f"car {number}" for number in range(30)],
        }
    )
    found = class_targets(frame)
    assert list(found) == ["colour", "doors", "size > 14.5", "doors > 3"]
    assert found["colour"].classes == ("blue", "red")
    assert found["colour"].labels.isna().sum() == 10
    assert found["doors"].classes == ("2", "4")


def test_a_cut_leaves_missing_cells_missing():
    cut = class_targets(pd.DataFrame({"y": [1.0, 2.0, np.nan, 10.0, *range(20, 30)]}))
    (name,) = cut
    values = pd.Series([1.0, 2.0, np.nan, 10.0, *range(20, 30)])
    expected = values > values.median()
    assert (cut[name].labels.dropna() == cut[name].classes[1]).tolist() == expected[values.notna()].tolist()
    assert cut[name].labels.isna().tolist() == values.isna().tolist()


def test_one_value_is_one_class_and_none_is_no_label():
    found = class_targets(pd.DataFrame({"a": ["x", "x"], "b": [np.nan, np.nan], "c": [5.0, 5.0]}))
    assert found["a"].classes == ("x",)
    assert "b" not in found
    assert found["c"].classes == ("5",)
    assert len(found["c > 5"].classes) == 1
    assert class_targets(pd.DataFrame()) == {}
