"""Trace: an entry of X is on screen on arrival, any other can be chosen, and the steps are those of `core`."""

import shutil

import pytest

from core.preprocessing import read_table, split_rows, suggest_recipe, trace_entry

TABLE = read_table("data/cars.csv")
RECIPE = suggest_recipe(TABLE.frame, "Miles_per_Gallon")
TRAIN, _TEST = split_rows(TABLE.frame, RECIPE, 0.2, 0)
FITTED = RECIPE.fit(TABLE.frame.loc[TRAIN])
PREPARED = FITTED.transform(TABLE.frame)


@pytest.fixture
def trace(open_screen):
    return open_screen("trace", sample="cars")


def values(screen) -> list[str]:
    """What stands in the boxes, top to bottom; the last block of code is the program."""
    return [code.value for code in screen.app.code][:-1]


def matrix(screen):
    """The part of X on the screen, without its colours."""
    shown = screen.app.dataframe[0].value
    return getattr(shown, "data", shown)


def test_the_first_filled_entry_is_there_on_arrival(trace):
    filled = FITTED.filled_cells(TABLE.frame.loc[PREPARED.rows])
    row = filled.any(axis=1).to_numpy().argmax()
    assert trace.app.number_input(key="trace_row").value == row
    assert trace.app.selectbox(key="trace_feature").value == "Horsepower"
    mean = float(TABLE.frame.loc[TRAIN, "Horsepower"].mean())
    assert values(trace) == ["''", "missing", repr(mean), repr(mean), repr(mean)]
    assert "The gap is filled with the mean of 313 training rows." in trace.words
    assert f"{mean:.8g}" in trace.app.latex[0].value
    assert "n = 313" in trace.app.latex[0].value


def test_another_entry_is_reached_without_a_mouse(trace):
    trace.turn("number_input", "trace_row", 250).turn("selectbox", "trace_feature", "Origin_Japan")
    found = trace_entry(TABLE, FITTED, PREPARED, 250, PREPARED.feature_names.index("Origin_Japan"))
    assert values(trace)[0] == repr(TABLE.frame.loc[found.label, "Origin"])
    assert values(trace)[-1] == repr(PREPARED.X[250, found.place].item())
    assert found.steps[-2].sentence in trace.words
    assert 250 in matrix(trace).index


def test_the_part_of_x_on_the_screen_is_x(trace):
    shown = matrix(trace)
    assert list(shown.columns) == PREPARED.feature_names
    assert len(shown) <= 200
    assert (shown.to_numpy() == PREPARED.X[shown.index.tolist()].numpy()).all()


def test_the_raw_row_stands_beside_the_steps(trace):
    cells = trace.table("Cell") if "Cell" in trace.app.dataframe[-1].value else trace.app.dataframe[-1].value.data
    label = PREPARED.rows[trace.app.number_input(key="trace_row").value]
    assert list(cells["Cell"]) == list(TABLE.raw.row(label))
    assert f"Line {label + 2} of the file" in trace.words


def test_another_table_begins_with_its_own_first_filled_entry(trace):
    trace.app.session_state["sample"] = "house_tiny"
    trace.run()
    assert trace.app.selectbox(key="trace_feature").value in ("NumRooms", "Alley_nan")
    assert "“Horsepower”" not in trace.words


def test_a_table_without_gaps_begins_at_the_corner(open_screen):
    screen = open_screen("trace", sample="longley")
    assert screen.app.number_input(key="trace_row").value == 0
    assert "There is a value, so nothing is filled." in screen.words


def test_a_changed_recipe_is_traced_through_its_scale(trace, monkeypatch):
    recipe = RECIPE.change("Horsepower", fill="median", scale="standard")
    monkeypatch.setattr("dashboard.pipeline.tables.suggested_recipe", lambda: recipe)
    trace.run()
    fitted = recipe.fit(TABLE.frame.loc[TRAIN])
    column = next(column for column in fitted.columns if column.plan.column == "Horsepower")
    value = (float(TABLE.frame.loc[TRAIN, "Horsepower"].median()) - column.centre) / column.spread
    assert values(trace)[-2:] == [repr(value)] * 2
    assert r"\frac{x - \text{mean}}{\text{std}}" in trace.app.latex[1].value
    assert f"{column.spread:.8g}" in trace.app.latex[1].value


def test_the_code_on_the_screen_runs_and_agrees(trace, tmp_path, monkeypatch):
    shutil.copy("data/cars.csv", tmp_path)
    (tmp_path / "recipe.json").write_text(RECIPE.to_json(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(trace.app.code[-1].value, "trace", "exec"), {})


def test_cells_that_look_like_markup_stay_text(open_screen):
    rows = b"".join(b"**<b>%d</b>**,%d\n" % (row % 3, row) for row in range(30))
    data = open_screen("data").upload("hostile.csv", b"$x$,y\n" + rows)
    screen = open_screen("trace", **{key: data.app.session_state[key] for key in ("_upload", "sample")})
    assert values(screen)[0] == "'**<b>0</b>**'"
    assert any("\\*\\*\\<b" in str(text.value) for text in screen.app.markdown)
