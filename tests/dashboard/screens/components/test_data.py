"""Bad data: each fault with its sentence, its counts, and lines that give the numbers of the screen."""

import contextlib
import io
import json
import re

import pytest

from dashboard.screens.components.class_code import bad_traps

FAULTS = ["labels", "imbalance", "leak", "few"]


def open_fault(open_screen, fault, **more):
    return open_screen("components", components_view="data", components_bad=fault, **more)


def counts(screen) -> list[dict]:
    return json.loads(screen.app.get("bidi_component")[0].proto.json)["models"]


def printed(screen) -> list[float]:
    code = next(code.value for code in screen.app.code if "import torch" in code.value)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(code, {})
    return [float(number) for number in out.getvalue().split()]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(("button", "said"), [("A setting that works", "This works:"),
                                              ("A setting that fails, and why", "This fails:")])  # fmt: skip
def test_both_buttons_do_what_they_say(open_screen, fault, button, said):
    screen = open_fault(open_screen, fault).press(button)
    assert said in screen.words
    assert screen.app.caption


def test_always_the_larger_class_looks_good_and_finds_nothing(open_screen):
    screen = open_fault(open_screen, "imbalance")
    constant, plain, weighted = counts(screen)
    assert constant["tp"] == constant["fp"] == 0
    assert constant["tn"] / (constant["tn"] + constant["fn"]) > 0.94
    assert weighted["tp"] >= plain["tp"]
    accuracy = (plain["tp"] + plain["tn"]) / sum(plain[name] for name in ("tp", "fp", "tn", "fn"))
    assert printed(screen)[0] == pytest.approx(accuracy)
    assert f"{100 * accuracy:.1f}%" in screen.words


def test_a_leak_is_worse_in_use_than_in_the_test(open_screen):
    screen = open_fault(open_screen, "leak")
    tested, used = printed(screen)
    assert tested > used
    assert f"{100 * tested:.1f}%" in screen.words
    assert f"{100 * used:.1f}%" in screen.words


def test_the_lines_of_wrong_labels_give_the_flips_and_the_expected_accuracy(open_screen):
    screen = open_fault(open_screen, "labels", components_bad_flipped=30)
    flipped, expected = printed(screen)
    rows = int(re.search(r"(\d+) training rows", screen.words)[1])
    assert flipped == round(0.3 * rows)
    assert f"&= {expected:.4g} " in screen.app.latex[0].value


@pytest.mark.parametrize("sample", ["cars", "longley", "house_tiny"])
def test_any_table_has_its_classes_or_a_sentence(open_screen, sample):
    for fault in FAULTS:
        screen = open_fault(open_screen, fault, sample=sample)
        said = ("This works:", "This fails:", "This works so far:", "This fails, though", "is right on")
        if not any(each in screen.words for each in said) and not screen.app.info:
            assert screen.errors[0].endswith(".")


def test_flips_of_one_class_do_not_cancel_and_their_lines_expect_nothing(open_screen):
    screen = open_fault(open_screen, "labels", components_bad_flipped=10, components_bad_which="ones")
    assert "This works so far: 10% of class 1 are labelled 0, all in one direction" in screen.words.replace("**", "")
    assert "cancel" not in screen.words
    (flipped,) = printed(screen)
    assert flipped > 0
    assert "a * (1 - s)" not in next(code.value for code in screen.app.code if "import torch" in code.value)


def test_a_leak_that_carries_the_largest_weight_is_no_success_even_where_no_score_shows_it(open_screen):
    screen = open_fault(open_screen, "leak", components_bad_class="species = Adelie", components_bad_leak=0.1)
    tested, used = printed(screen)
    assert used >= tested - 0.03
    assert "This fails, though no score shows it:" in screen.words.replace("**", "")
    assert "so much noise" not in screen.words


@pytest.mark.parametrize(
    ("share", "said"), [(50, "says about the same"), (25, "less than it seems"), (5, "says little")]
)
def test_an_accuracy_means_as_much_as_it_is_above_the_larger_class(open_screen, share, said):
    screen = open_fault(open_screen, "imbalance", components_bad_rare=share)
    assert said in screen.words
    assert "training rows are of class 1." in screen.words


def test_a_class_with_too_few_rows_has_a_sentence_and_the_last_one_stays(open_screen):
    rows = "".join(f"{'x' if n < 55 else 'y'},{'p' if n % 2 else 'q'},{n * n % 7},{n % 5}\n" for n in range(60))
    data = open_screen("data").upload("few.csv", f"rare,kind,a,b\n{rows}".encode())
    kept = {name: data.app.session_state[name] for name in ("sample", "_upload")}
    for seed in range(12):
        screen = open_fault(open_screen, "imbalance", components_bad_class="rare = y", seed=seed, **kept)
        if screen.errors:
            break
    assert "at least two rows" in screen.errors[0]
    assert "Showing the last valid result, kind = q." in screen.words
    assert "Class 1 is kind = q, class 0 is kind = p." in screen.words
    assert len(counts(screen)) == 3


def test_both_classes_of_a_column_of_two_numbers_have_their_names(open_screen):
    rows = "".join(f"{n % 2},{n * n % 7},{n % 5}\n" for n in range(60))
    data = open_screen("data").upload("two.csv", f"own,a,b\n{rows}".encode())
    kept = {name: data.app.session_state[name] for name in ("sample", "_upload")}
    assert "Class 1 is own = 1, class 0 is own = 0." in open_fault(open_screen, "leak", **kept).words


def test_names_of_classes_are_never_markdown(open_screen):
    rows = "".join(f"{'*yes*' if n % 2 else '[no](x)'},{n % 7},{n % 5}\n" for n in range(60))
    screen = open_screen("data").upload("names.csv", f"**kind**,a,b\n{rows}".encode())
    kept = {name: screen.app.session_state[name] for name in ("sample", "_upload")}
    screen = open_fault(open_screen, "imbalance", components_bad_rare=20, **kept)
    assert not screen.errors
    assert all("[no](x)" not in element.value for element in screen.app.markdown)


def test_traps_have_what_torch_gives():
    accuracy, precision, _doubled = bad_traps()
    assert "0.95" in accuracy.error
    assert "nan" in precision.error
