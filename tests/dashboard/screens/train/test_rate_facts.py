"""The scale under the learning rate: its zones reach over every mark, and follow on each other."""

from types import SimpleNamespace

import pytest

from dashboard.screens.train.rate_facts import scale_tables


@pytest.mark.parametrize("rate", [1e-12, 0.03, 0.4, 0.5, 10.0])
@pytest.mark.parametrize(("limit", "working"), [(0.45, 0.45), (0.45, 0.0399), (1e-7, 2e-10), (1e6, 1e6)])
def test_the_zones_reach_over_all_marks_and_follow_on_each_other(rate, limit, working):
    ahead = SimpleNamespace(limit=limit, working=working)
    tables = scale_tables(rate, ahead)
    marks, zones = tables["marks"]["rate"], tables["zones"]
    assert list(marks[:2]) == [rate, limit]
    assert len(zones) == len(marks) == (2 if limit == working else 3)
    assert 0 < zones["low"].iloc[0] < marks.min() <= marks.max() < zones["high"].iloc[-1]
    assert zones["high"].tolist()[:-1] == zones["low"].tolist()[1:]
    assert (zones["low"] < zones["high"]).all()
