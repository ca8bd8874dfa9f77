"""What holds for every screen: it draws, on every sample and on awkward tables, without a stack trace or a NaN."""

from functools import cache

import pytest

from dashboard.screens import menu
from dashboard.visit.samples import samples
from tests.dashboard.conftest import Screen

SCREENS = [screen.path.replace("-", "_") or "welcome" for screens in menu().values() for screen in screens]
AWKWARD = {
    "one row": b"a,y\n1,2\n",
    "two rows": b"a,y\n1,2\n3,4\n",
    "one column": b"y\n1\n2\n3\n",
    "no column with numbers": b"a,b\nx,y\nz,w\n",
    "constant label": b"a,y\n1,5\n2,5\n3,5\n4,5\n5,5\n",
    "constant feature": b"a,y\n1,5\n1,6\n1,7\n1,8\n1,9\n",
    "column without a value": b"a,b,y\n1,,5\n2,,6\n3,,7\n4,,8\n",
    "repeated and blank names": b"a,a,,y\n1,2,3,5\n2,1,3,6\n3,5,1,7\n4,4,2,8\n",
    "names that look like markup": b"<b>x</b>,**y**,$z$\n1,2,3\n2,1,4\n4,4,5\n9,1,6\n",
    "more columns than rows": b"a,b,c,d,e,y\n1,2,3,4,5,6\n2,3,1,4,1,7\n3,1,2,2,2,9\n",
    "huge and tiny": b"a,b,y\n1e300,1e-300,1\n2e300,3e-300,2\n3e300,2e-300,3\n4e300,1e-300,5\n",
    "label mostly missing": b"a,y\n1,\n2,\n3,7\n4,\n5,9\n",
    "infinite": b"a,y\ninf,1\n2,2\n3,inf\n4,4\n",
}


@pytest.mark.parametrize("sample", samples())
@pytest.mark.parametrize("name", SCREENS)
def test_it_draws_on_every_sample_without_complaint(open_screen, name, sample):
    screen = open_screen(name, sample=sample)
    assert screen.errors == []
    assert not any("nan" in value.lower() for value in screen.boxes.values())


@cache
def uploaded(case):
    """What a visit remembers of a table that was brought; one visit brings it for all screens."""
    data = Screen("data", {}).upload("awkward.csv", AWKWARD[case])
    return {key: data.app.session_state[key] for key in ("_upload", "sample")}


@pytest.mark.parametrize("case", AWKWARD)
@pytest.mark.parametrize("name", SCREENS)
def test_awkward_tables_get_a_result_or_one_sentence(open_screen, name, case):
    screen = open_screen(name, **uploaded(case))
    assert len(screen.errors) <= 1
    for error in screen.errors:
        assert error.endswith(".")
        assert "Traceback" not in error
    assert not any("nan" in value.lower() for value in screen.boxes.values())


def test_the_front_screen_shows_a_trained_model_with_no_click(open_screen):
    screen = open_screen("welcome")
    assert "penguins.csv: predicting body_mass_g" in screen.words
    assert "updates the loss went from" in screen.words
    coefficients = screen.table("closed_form_standardised")
    assert len(coefficients) == 14
    assert len(screen.app.get("vega_lite_chart")) == 1
    assert len(screen.app.get("bidi_component")) == 1, "the stage"
    ways = [link.proto.page for link in screen.app.get("page_link")]
    assert ways[:4] == ["path", "data", "train", "compare"]
    assert {"tensors", "products", "reductions", "norms", "calculus", "autograd"} <= set(ways)
