"""Norms: the answers are those of core and of torch, whatever is typed or stands in a link."""

import math

import numpy as np
import pytest
import torch

from core.formatting import format_number
from core.tensors import frobenius_norm, nuclear_norm, spectral_norm, vector_norm
from dashboard.visit.settings import POWERS

VIEWS = ["vector", "ball", "properties", "matrix", "distances"]
HOSTILE = [
    "", "[", "[[1, 2], [3]]", "a b", "nan", "inf 1", "1e400", "[]", "9" * 5000, "[" * 3000, "1 " * 90_000, "\x00",
    "__import__('os')", "[[[1]]]", "1e308 -1e308", "<b>1</b>", "eye(100000)", "ones(100, 100)",
]  # fmt: skip
FIELDS = [
    ("vector", "norms_x", "text_input"),
    ("ball", "norms_u", "text_input"),
    ("properties", "norms_y", "text_input"),
    ("matrix", "norms_matrix", "text_area"),
]


def lines(screen) -> str:
    """The lines of torch on the screen."""
    return next(code.value for code in screen.app.code if code.value.startswith("import torch"))


def ran(screen) -> dict:
    """What the lines of torch leave when they are run."""
    left: dict = {}
    exec(lines(screen), left)
    return left


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_a_picture_code_that_runs_and_traps(open_screen, view):
    screen = open_screen("norms", norms_view=view)
    assert screen.errors == []
    assert screen.app.get("bidi_component") or screen.app.get("vega_lite_chart")
    assert ran(screen)
    assert any("Traps" in str(expander.label) for expander in screen.app.expander)
    assert screen.app.get("page_link")


@pytest.mark.parametrize(("view", "key", "kind"), FIELDS)
def test_whatever_is_typed_ends_in_an_answer_or_one_sentence(open_screen, view, key, kind):
    screen = open_screen("norms", norms_view=view)
    for text in HOSTILE:
        screen.turn(kind, key, text)
        assert len(screen.errors) <= 1, text[:20]
        assert all(error.endswith(".") for error in screen.errors), screen.errors
        assert screen.app.get("bidi_component") or screen.boxes, text[:20]
        assert not any("nan" in value.lower() for value in screen.boxes.values()), text[:20]


def test_a_link_with_a_text_that_cannot_be_read_shows_the_usual_vector(open_screen):
    screen = open_screen("norms", norms_x="[[1, 2], [3]]")
    assert len(screen.errors) == 1
    assert screen.boxes["L2 norm"] == "5"


def test_the_vector_of_the_book_has_its_norms(open_screen):
    screen = open_screen("norms")
    assert screen.boxes == {"L1 norm": "7", "L2 norm": "5", "L∞ norm": "4"}
    assert "shape (2,) and 2 entries" in screen.words
    assert any(r"|{3}|^{2} + |{-4}|^{2}" in formula.value for formula in screen.app.latex)
    assert any(r"9 + 16" in formula.value and "= 5" in formula.value for formula in screen.app.latex)


@pytest.mark.parametrize("p", POWERS)
def test_the_lines_of_torch_give_the_answer_of_the_screen(open_screen, p):
    screen = open_screen("norms", norms_x="1 -2.5 0 4", norms_p=p)
    norm = ran(screen)["norm"].item()
    assert norm == pytest.approx(vector_norm([1, -2.5, 0, 4], p).item(), rel=1e-14)
    assert format_number(norm, 7) in screen.boxes.values()


def test_the_last_good_answer_stays(open_screen):
    screen = open_screen("norms", norms_x="6 8").turn("text_input", "norms_x", "6 8 !")
    assert len(screen.errors) == 1
    assert screen.boxes["L2 norm"] == "10"
    assert "last valid result" in screen.words
    screen.turn("text_input", "norms_x", "5 12")
    assert screen.errors == []
    assert screen.boxes["L2 norm"] == "13"


def test_nan_and_infinity_are_put_into_words(open_screen):
    assert open_screen("norms", norms_x="1 nan").boxes["L2 norm"] == "not a number"
    screen = open_screen("norms", norms_x="1 -inf")
    assert screen.boxes["L2 norm"] == "∞"
    assert "An entry of x is infinite" in screen.words


def test_what_is_beyond_float64_is_put_into_words(open_screen):
    screen = open_screen("norms", norms_x="1e308 1e308")
    assert screen.boxes["L1 norm"] == "∞"
    assert "exceeds the range of float64" in screen.words
    screen = open_screen("norms", norms_view="matrix", norms_matrix="[[1e308, 1e308], [1e308, 1e308]]")
    assert screen.boxes["Spectral"] == "∞"
    assert "exceeds the range of float64" in screen.words


def test_a_matrix_of_the_plane_is_turned_in_the_browser_and_others_are_bars(open_screen):
    turned = open_screen("norms", norms_view="matrix")
    assert len(turned.app.get("bidi_component")) == 1
    assert len(turned.turn("text_area", "norms_matrix", "ones(2, 3)").app.get("vega_lite_chart")) == 1


def test_entries_too_large_to_square_are_divided_first_and_it_says_so(open_screen):
    screen = open_screen("norms").press("Too large to square")
    assert screen.boxes["L2 norm"] == "5e+200"
    assert "first divided by the largest" in screen.words
    assert ran(screen)["norm"].item() != pytest.approx(5e200), "torch squares, and overflows"


def test_torch_itself_refuses_whole_numbers_and_its_words_are_shown(open_screen):
    with pytest.raises(RuntimeError) as refused:
        torch.linalg.vector_norm(torch.tensor([3, -4]))
    screen = open_screen("norms", traps=True)
    assert any(str(refused.value) in code.value for code in screen.app.code)


@pytest.mark.parametrize("p", [0.5, 0.99, 1.0, 2.0, math.inf])
def test_the_ball_says_whether_the_triangle_inequality_holds(open_screen, p):
    screen = open_screen("norms", norms_view="ball", norms_ball_p=p)
    holds = bool(ran(screen)["straight"] <= ran(screen)["detour"])
    assert holds == (p >= 1)
    assert any(r"\;>\;" in formula.value for formula in screen.app.latex) != holds
    assert ("gives no norm" in screen.words) != holds


def test_the_ball_needs_vectors_of_the_plane(open_screen):
    (error,) = open_screen("norms", norms_view="ball", norms_u="1 2 3").errors
    assert error == "x is drawn in a plane, so it needs 2 entries; got 3."


@pytest.mark.parametrize("p", [0.5, 1.0, 2.0, 7.3, math.inf])
def test_the_properties_are_those_that_torch_finds(open_screen, p):
    memory = {"norms_x": "1 -2 3", "norms_y": "2 -4 6", "norms_any_p": p, "norms_factor": -2.5}
    left = ran(open_screen("norms", norms_view="properties", **memory))
    assert (bool(left["scaling"]), bool(left["triangle"]), bool(left["positive"])) == (True, True, True)
    assert not ran(open_screen("norms", norms_view="properties", norms_x="1 0", norms_y="0 1", norms_any_p=0.5))[
        "triangle"
    ]


def test_a_second_vector_of_another_length_is_made_to_fit_and_it_says_so(open_screen):
    screen = open_screen("norms", norms_view="properties", norms_x="1 2 3")
    assert "x has 3 entries and y 2" in screen.words
    assert ran(screen)["y"].tolist() == [1.0, 2.5, 0.0]


@pytest.mark.parametrize("text", ["[[2, 1], [0, 1.5]]", "ones(4, 9)", "1 2; 2 4", "arange(12).reshape(3, 4)", "7;"])
def test_the_norms_of_a_matrix_are_those_of_core_and_torch(open_screen, text):
    screen = open_screen("norms", norms_view="matrix", norms_matrix=text)
    left = ran(screen)
    A = left["A"].numpy()
    for name, ours, order in (
        ("Frobenius", frobenius_norm, "fro"),
        ("Spectral", spectral_norm, 2),
        ("Nuclear", nuclear_norm, "nuc"),
    ):
        assert screen.boxes[name] == format_number(ours(A).item(), 7)
        assert ours(A).item() == pytest.approx(left["norm"](left["A"], order).item(), rel=1e-14)


def test_the_matrix_of_the_book_loads_with_a_click(open_screen):
    assert open_screen("norms", norms_view="matrix").press("ones(4, 9) from the book").boxes["Frobenius"] == "6"


@pytest.mark.parametrize("p", [0.5, 1.0, 2.0, 3.0, math.inf])
def test_the_nearest_rows_are_those_that_torch_finds(open_screen, p):
    screen = open_screen("norms", norms_view="distances", norms_p=p, norms_row=3)
    table = screen.table("distance")
    assert table["row"].iloc[0] == 3
    assert table["distance"].iloc[0] == 0
    assert table["distance"].is_monotonic_increasing
    left = ran(screen)
    X, found = left["X"], left["distances"]
    assert found.tolist() == pytest.approx([vector_norm(row - X[0], p).item() for row in X], rel=1e-12)


def test_scaling_changes_what_the_distances_are_made_of(open_screen):
    raw = open_screen("norms", norms_view="distances")
    standard = open_screen("norms", norms_view="distances", norms_scale="standardised")
    gaps = [screen.boxes["Label difference, nearest rows"] for screen in (raw, standard)]
    assert gaps[0] != gaps[1]
    assert raw.boxes["Label difference, any two rows"] == standard.boxes["Label difference, any two rows"]
    grid = raw.app.table[0].value
    assert [grid.loc["L2", f"label difference, {scale}"] for scale in ("as prepared", "standardised")] == gaps
    assert float(gaps[0]) < 0.5 * float(raw.boxes["Label difference, any two rows"])


def test_a_row_beyond_the_table_is_its_last(open_screen):
    screen = open_screen("norms", norms_view="distances", sample="longley", norms_row=99)
    assert "its last row is used" in screen.words
    assert screen.table("distance")["row"].iloc[0] == 15


@pytest.mark.parametrize("value", ["inf", "∞", "-1", "nan", "x", "1e999"])
def test_any_power_in_a_link_ends_in_a_good_screen(open_screen, value):
    for view, key in (("vector", "norms_p"), ("ball", "norms_ball_p"), ("properties", "norms_any_p")):
        assert open_screen("norms", norms_view=view, **{key: value}).errors == []
    assert np.isinf(max(POWERS))


def printed(screen) -> str:
    """Everything that stands on the screen as torch prints it."""
    return "\n".join(block.value for block in screen.app.code if block.value.startswith(">>>"))


def test_the_deprecation_of_torch_norm_stands_in_the_open_with_the_line_of_today(open_screen):
    assert "torch.norm is deprecated and may be removed in a future PyTorch release" in " ".join(
        torch.norm.__doc__.split()
    )
    for view, today in (("vector", "torch.linalg.vector_norm(x)"), ("matrix", "torch.linalg.matrix_norm(A)")):
        screen = open_screen("norms", norms_view=view)
        assert "**`torch.norm` is deprecated**" in screen.words
        assert f"Today's line is `{today}`" in screen.words
        assert f">>> {today}" in printed(screen)


def test_the_old_and_the_new_lines_give_the_length_of_the_notes_vector(open_screen):
    u = torch.tensor([3.0, -4.0])
    said = printed(open_screen("norms", norms_x="[3.0, -4.0]"))
    assert said.startswith(f">>> x  # float32, (2,)\n{u!r}")
    for line in ("torch.norm(x)", "torch.linalg.vector_norm(x)", "torch.linalg.norm(x)"):
        assert f">>> {line}  # float32, ()\n{torch.norm(u)!r}" in said
    assert f">>> torch.abs(x).sum()  # float32, ()\n{torch.abs(u).sum()!r}" in said
    assert (repr(torch.norm(u)), repr(torch.abs(u).sum())) == ("tensor(5.)", "tensor(7.)")


def test_whole_numbers_are_refused_by_the_line_itself_before_they_are_converted(open_screen):
    for view, name, whole in (("vector", "x", torch.tensor([3, -4])), ("matrix", "A", torch.tensor([[1, 2], [3, 4]]))):
        with pytest.raises(RuntimeError) as refused:
            torch.norm(whole)
        screen = open_screen("norms", norms_view=view, norms_x="3 -4", norms_matrix="[[1, 2], [3, 4]]")
        norm = torch.norm(whole.float())
        said = f">>> torch.norm({name})\nRuntimeError: {refused.value}\n>>> {name} = {name}.float()\n"
        assert f"{said}>>> torch.norm({name})  # float32, ()\n{norm!r}" in printed(screen)
        assert "A norm ends in a square root" in screen.words


def test_the_norm_of_the_notes_matrix_of_ones_is_six(open_screen):
    screen = open_screen("norms", norms_view="matrix", norms_matrix="ones(4, 9)")
    six = torch.norm(torch.ones((4, 9)))
    assert repr(six) == "tensor(6.)"
    assert f">>> torch.norm(A)  # float32, ()\n{six!r}" in printed(screen)
    screen.turn("text_area", "norms_matrix", "[[1.0, 2], [3, 4]]")
    A = torch.tensor([[1.0, 2], [3, 4]])
    for line in ("torch.norm(A, 2)", "torch.linalg.matrix_norm(A, 2)"):
        answer = eval(line, {"torch": torch, "A": A})
        assert f">>> {line}  # float32, ()\n{answer!r}" in printed(screen)
