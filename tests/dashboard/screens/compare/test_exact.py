"""How exact, on the screen: the digits of each method, and what a constant added to a column costs."""

import numpy as np
import pytest

LONGLEY = {"compare_view": "exact", "sample": "longley"}


def digits(screen):
    return screen.table("predictions").set_index("method")


def test_longley_breaks_float32_and_leaves_the_closed_form_all_digits(open_screen):
    screen = open_screen("compare", **LONGLEY)
    rows = digits(screen)
    assert rows.loc["float32 normal equations", "coefficient"] < 1
    assert 6 < rows.loc["float64 normal equations", "coefficient"] < 10
    assert rows.loc["exact closed form", "coefficient"] > 15.9
    assert screen.boxes["Guaranteed digits"] == "15.95"
    assert screen.boxes["Condition number"] == "39,180"
    assert rows.loc["SGD, as trained", "predictions"] < 6
    assert "Some columns are linearly dependent" not in screen.words


def test_with_spare_columns_it_is_said_how_answers_are_compared(open_screen):
    screen = open_screen("compare", compare_view="exact", sample="penguins")
    assert "each is compared without its component in the null space, which changes no prediction" in screen.words
    assert digits(screen).loc["torch lstsq, float64", "coefficient"] > 9


def test_exceptions_stand_in_the_table(open_screen):
    rows = digits(open_screen("compare", compare_view="exact", sample="house_tiny"))
    assert rows.loc["float64 normal equations", "said"] == "LinAlgError: Singular matrix"
    assert rows.loc["float64 normal equations", "coefficient"] == 0


def test_a_larger_constant_costs_the_normal_equations_their_digits(open_screen):
    screen = open_screen("compare", compare_view="exact", train_source="synthetic", compare_amount=1.0)
    before = float(screen.boxes["float64 normal equations"])
    screen.turn("select_slider", "compare_amount", 1e8)
    assert before > 12
    after = screen.boxes["float64 normal equations"]
    assert after == "raises" or float(after) < 2  # the processor's rounding decides whether a pivot is exactly 0
    assert screen.boxes["exact closed form"] == "16"
    screen.turn("segmented_control", "compare_change", "scale")
    assert float(screen.boxes["float64 normal equations"]) > 12
    assert "changes only its unit" in screen.words


def test_the_column_to_break_is_chosen_among_those_that_say_something(open_screen):
    screen = open_screen("compare", compare_view="exact", sample="penguins")
    assert screen.app.selectbox(key="compare_column").value == "bill_length_mm"
    options = screen.app.selectbox(key="compare_column").options
    assert "sex_nan" not in options
    assert "“year”" in screen.turn("selectbox", "compare_column", "year").words


def test_values_beyond_float32_overflow_in_words(open_screen):
    rng = np.random.default_rng(0)
    lines = "\n".join(f"{a:.4f}e60,{b:.4f}" for a, b in rng.uniform(1, 9, (30, 2)))
    opened = open_screen("data").upload("huge.csv", f"size,label\n{lines}\n".encode())
    kept = {key: opened.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("compare", compare_view="exact", **kept)
    rows = digits(screen)
    assert "overflow" in rows.loc["float32 normal equations", "said"]
    assert rows.loc["exact closed form", "coefficient"] > 15
    shown = " ".join([*screen.boxes.values(), screen.words])
    assert "nan" not in shown
    assert "∞" not in shown


@pytest.mark.parametrize("rows", [3, 40])
def test_few_rows_and_one_feature(open_screen, rows):
    lines = "\n".join(f"{j},{j * j + 1}" for j in range(rows))
    opened = open_screen("data").upload("small.csv", f"x,label\n{lines}\n".encode())
    kept = {key: opened.app.session_state[key] for key in ("_upload", "sample")}
    for view in ("exact", "rank"):
        assert open_screen("compare", compare_view=view, **kept).errors == []
