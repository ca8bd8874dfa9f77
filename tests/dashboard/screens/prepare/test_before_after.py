"""What stands before and after: dates as the preview on Data has them."""

import pandas as pd

from dashboard.screens.prepare.before_after import _painted


def test_dates_before_are_written_without_midnight():
    days = pd.to_datetime(["2020-01-05", None, "2020-01-06"])
    frame = pd.DataFrame({"day": days, "moment": days + pd.Timedelta(hours=10)})
    (_head, *rows) = [line.split() for line in _painted(frame, frame.isna()).to_string().strip().splitlines()]
    assert rows == [["0", "2020-01-05", "2020-01-05", "10:00:00"], ["1"], ["2", "2020-01-06", "2020-01-06", "10:00:00"]]
