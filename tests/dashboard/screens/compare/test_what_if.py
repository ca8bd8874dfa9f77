"""A row typed in by hand: a field for every encoding, and a gap is filled as the plan says."""

from datetime import date, datetime

import pandas as pd
import pytest

from core.preprocessing import read_table, split_rows, suggest_recipe

ROWS = [
    f"{row if row % 4 else ''},{'SML'[row % 3] if row % 5 else ''},{('yes', 'no')[row % 2]},"
    f"2020-0{row % 9 + 1}-15,{row * 1.5 + row % 3}"
    for row in range(1, 41)
]
CONTENT = ("n,size,ok,day,y\n" + "\n".join(ROWS) + "\n").encode()


@pytest.fixture
def compare(open_screen):
    def opened(**changes):
        data = open_screen("data").upload("own.csv", CONTENT)
        memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
        prepare = open_screen("prepare", **memory)
        for column, (field, kind, value) in changes.items():
            prepare.turn("multiselect", "prepare_columns", [column]).turn(kind, f"prepare_{field}", value)
        assert prepare.errors == []
        choices = prepare.app.session_state.get("_choices", {})
        return open_screen("compare", **memory, compare_view="what_if", _choices=choices)

    return opened


def widget(screen, kind, column):
    return next(field for field in getattr(screen.app, kind) if field.label.replace("\\", "") == column)


def test_there_is_a_field_for_every_kind_of_column_and_it_begins_with_the_first_row(compare):
    screen = compare(size=("encode", "selectbox", "ordinal"))
    assert widget(screen, "number_input", "n").value == 1
    assert widget(screen, "selectbox", "size").value == "M"
    assert widget(screen, "selectbox", "size").options == ["L", "M", "S"]
    assert widget(screen, "selectbox", "ok").value == "no"
    assert widget(screen, "date_input", "day").value == date(2020, 2, 15)


def test_a_changed_field_changes_the_prediction_by_what_the_model_says(compare):
    screen = compare()
    frame = read_table(CONTENT).frame
    recipe = suggest_recipe(frame, "y")
    train, _test = split_rows(frame, recipe, test_share=0.2, seed=0)
    fitted = recipe.fit(frame.loc[train])
    before = screen.boxes["The closed form predicts"]
    widget(screen, "date_input", "day").set_value(date(2021, 1, 1))
    screen.run()
    assert screen.boxes["The closed form predicts"] != before
    row = frame.iloc[[0]].assign(day=pd.Timestamp("2021-01-01"))
    assert fitted.features(row).X[0, list(fitted.feature_names).index("day_days")] == 18628


def test_a_field_left_empty_is_a_gap_that_is_filled(compare):
    screen = compare()
    widget(screen, "date_input", "day").set_value(None)
    widget(screen, "selectbox", "ok").set_value(None)
    widget(screen, "number_input", "n").set_value(None)
    screen.run()
    assert screen.errors == []
    assert screen.boxes["The closed form predicts"] not in ("", "–")


def test_a_plan_with_hours_asks_for_the_time_of_day(compare):
    screen = compare(day=("parts", "multiselect", ["month", "hour"]))
    field = widget(screen, "datetime_input", "day")
    assert field.value == datetime(2020, 2, 15)
    field.set_value(datetime(2020, 2, 15, 18, 30))
    screen.run()
    assert screen.errors == []
