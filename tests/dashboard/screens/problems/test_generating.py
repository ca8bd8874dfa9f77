import pytest

from dashboard.screens.problems import generating


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "generating", "problems_generating_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_so(kind):
    for name, values in generating._examples().items():
        screen = kind(**values)
        assert not screen.errors, name
        assert "fresh classifier" in screen.words, name
        fails = "is made" in screen.words or "mode collapse" in screen.words or "beside the data" in screen.words
        if name.startswith("Fails"):
            assert fails or "collapsed" in screen.words, name


def test_noise_is_chosen_in_the_plane_and_the_exact_answer_says_how_exact_it_is(kind):
    plane = kind(problems_generating_updates=50, problems_exact=True)
    assert "estimate too" in plane.words
    assert plane.app.slider(key="problems_generating_noise").value == 2
    line = kind(problems_generating_updates=50, problems_generating_data="two", problems_exact=True)
    assert "exactly from the generator" in line.words
    assert not [slider for slider in line.app.slider if slider.key == "problems_generating_noise"]


def test_turning_a_rule_changes_the_run(kind):
    screen = kind(problems_generating_updates=50, problems_generating_data="one")
    before = screen.words
    screen.turn("select_slider", "problems_generating_generator_rate", 0.0005)
    assert not screen.errors and screen.words != before
