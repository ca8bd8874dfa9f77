"""Format strings against matplotlib: its documented meaning, and its answers to every short string."""

import hashlib
import itertools

import pytest

from core.calculus.plot_colours import CYCLE, NAMES, read_colour, to_hex
from core.calculus.plot_format import MARKERS, MOST_CHARACTERS, parse_format
from core.errors import InputError, PointedError

SIGNS = "bgrcmykwC-.:,ov^<>12348sp*hH+xDd|_PX 05#zeé"  # every sign of a format string, and some that are none
FEW = "bmC-.:,o18x05# ze"  # one or two of each kind
# What `_process_plot_format` of matplotlib 3.11.2 makes of all strings of up to two signs, and of three of the few: the
# SHA-256 of the lines "string line marker colour" that it accepts, and how many there are of each length.
ANSWERS = "3cc5d1ef0f5a7596a0cd135722c2a88da10b349dd6999500ce8355d9afb9d6e5"
ACCEPTED = [1, 36, 622, 389]
# The same of the lines "name #rrggbb" of its colours, those of the xkcd survey and the single letters aside.
COLOURS = "c22ae3b34a494ba93af718405c388db9022723e408fd17b7edfc0760c6153efe"


def meaning(text: str) -> str | None:
    """Return a line for an accepted string, as it was written of matplotlib's answer; None for a refused one."""
    try:
        found = parse_format(text)
    except InputError:
        return None
    colour = "next" if found.colour is None else " ".join(f"{part:.6f}" for part in found.colour)
    return f"{text!r} {found.line!r} {found.marker!r} {colour}"


def test_every_short_string_means_what_matplotlib_makes_of_it():
    digest, accepted = hashlib.sha256(), []
    for length, known in enumerate((SIGNS, SIGNS, SIGNS, FEW)):
        lines = [line for signs in itertools.product(known, repeat=length) if (line := meaning("".join(signs)))]
        digest.update("".join(f"{line}\n" for line in lines).encode())
        accepted.append(len(lines))
    assert accepted == ACCEPTED
    assert digest.hexdigest() == ANSWERS


def test_every_named_colour_is_matplotlibs():
    assert len(NAMES) == 159
    lines = [f"{name} {to_hex(read_colour(name))}" for name in sorted(NAMES)]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == COLOURS
    assert all(read_colour(name.upper()) == read_colour(name) for name in NAMES)


@pytest.mark.parametrize(
    ("text", "colour", "line", "marker"),
    [
        ("-", None, "-", ""),  # the book's four
        ("m--", (0.75, 0, 0.75, 1), "--", ""),
        ("g-.", (0, 0.5, 0, 1), "-.", ""),
        ("r:", (1, 0, 0, 1), ":", ""),
        ("g.-", (0, 0.5, 0, 1), "-", "."),  # not the same the other way round
        ("", None, "-", ""),
        ("o", None, "", "o"),
        ("--m", (0.75, 0, 0.75, 1), "--", ""),
        ("^k:", (0, 0, 0, 1), ":", "^"),
        ("1", None, "", "1"),  # a marker, though 1.0 is white
        ("1.0", (1, 1, 1, 1), "-", ""),
        ("0.5", (0.5, 0.5, 0.5, 1), "-", ""),
        ("red", (1, 0, 0, 1), "-", ""),
        ("RED", (1, 0, 0, 1), "-", ""),
        ("none", (0, 0, 0, 0), "-", ""),
        ("#f00", (1, 0, 0, 1), "-", ""),
        ("#ff000000", (1, 0, 0, 0), "-", ""),
        ("b ", (0, 0, 1, 1), "", ""),  # the space is the line style of no line
    ],
)
def test_a_string_has_the_meaning_that_matplotlib_documents(text, colour, line, marker):
    found = parse_format(text)
    assert (found.colour, found.line, found.marker) == (colour, line, marker)


@pytest.mark.parametrize("number", [0, 1, 9, 10, 25, 123456789])
def test_a_place_in_the_cycle_begins_again_after_ten(number):
    found = parse_format(f"C{number}--")
    assert to_hex(found.colour) == f"#{CYCLE[number % 10]}"
    assert found.typed("colour") == f"C{number}"


def test_every_order_of_the_three_parts_means_the_same_and_says_which_characters_did_what():
    for order in itertools.permutations(["C2", "--", "D"]):
        found = parse_format("".join(order))
        assert (found.typed("colour"), found.typed("line"), found.typed("marker")) == ("C2", "--", "D")
        assert (found.line, found.marker) == ("--", "D")
        assert [found.text[part.start : part.end] for part in found.parts] == list(order)


def test_a_colour_of_the_cycle_replaces_a_colour_before_it_as_in_matplotlib():
    found = parse_format("rC0")
    assert to_hex(found.colour) == f"#{CYCLE[0]}"
    assert [part.replaced for part in found.parts] == [True, False]


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        ("m--z", 3, "character z means nothing"),
        ("z", 0, "lines - -- -. :"),
        ("mm--", 1, "second colour: m after m"),
        ("C0r", 2, "second colour: r after C0"),
        ("m---", 3, "second line style: - after --"),
        ("-.-", 2, "second line style: - after -."),
        ("ox", 1, "second marker: x after o"),
        ("  ", 1, "“ ” after “ ”"),
        ("C", 1, "needs a number"),
        ("--C", 3, "needs a number"),
        ("C٣", 1, "needs a number"),
        ("red--", 1, "red cannot be joined"),
        ("#12345", 0, "3, 4, 6 or 8 digits"),
        ("#f00--", 0, "3, 4, 6 or 8 digits"),
        ("xkcd:sky blue", 2, "xkcd survey"),
        ("green:", 1, "green cannot be joined"),
        ("m--\n", 3, "U+000A"),
        ("\x00", 0, "U+0000"),
        ("😀", 0, "😀"),
        ("m--<script>", 4, "second marker: s after <"),
        ("-" * 2_000_000, MOST_CHARACTERS, "2,000,000"),
        ("0", 0, "character 0"),
    ],
)
def test_what_matplotlib_refuses_is_pointed_at(text, position, said):
    with pytest.raises(PointedError) as raised:
        parse_format(text)
    assert raised.value.position == position
    assert said in str(raised.value)
    assert raised.value.pointing.splitlines()[-1].endswith("^")


def test_each_marker_is_one_sign_and_its_only_part():
    assert len(set(MARKERS)) == len(MARKERS) == 25
    for marker in MARKERS:
        found = parse_format(f"r{marker}")
        assert (found.marker, found.line, found.typed("marker")) == (marker, "", marker)


@pytest.mark.parametrize(
    ("text", "visible"), [("", True), ("o", True), ("r ", False), ("none", False), ("#ff000000", False)]
)
def test_a_string_that_draws_nothing_is_known(text, visible):
    assert parse_format(text).is_visible is visible
