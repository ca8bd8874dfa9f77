"""Whatever the bytes, there is a table or a sentence, no row is lost, and time grows no faster than the file."""

from contextlib import suppress
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import Table, read_table
from tests.examples import examples

pieces = st.sampled_from(
    [b"a", b"1", b"0", b"-2.5", b"1,5", b"NA", b"inf", b"007", b"2020-01-31", b" ", b",", b";", b"\t", b"|", b":", b'"',
     b"'", b"\n", b"\r\n", b"\r", b"#", b"sep=;\n", b"Source: x\n", b"\n\n", "é".encode(), "姓".encode("gbk"), b"\xff",
     b"\x00"]
)  # fmt: skip
soup = st.lists(pieces, max_size=60).map(b"".join) | st.binary(max_size=200)


@settings(max_examples=examples(300), deadline=None)
@given(soup, st.sampled_from([{}, {}, {"header": "none"}, {"sample": 2}, {"delimiter": ";"}, {"skip_end": 1}]))
@example(b'"', {})
@example(b'a"\n"', {})
@example(b"\r\n,", {})
@example(b"a,b\n1,2\n\n\n,", {"sample": 1})
def test_any_bytes_give_a_table_or_one_sentence(data, arguments):
    try:
        table = read_table(data, **arguments)
    except InputError as problem:
        assert len(str(problem)) > 20
        return
    assert isinstance(table, Table)
    assert len(table.frame) > 0
    assert len(set(table.frame.columns)) == len(table.frame.columns)
    for label in {0, len(table.frame) - 1}:
        assert len(table.raw.row(label)) == len(table.frame.columns)


@settings(max_examples=examples(200), deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["a", "1", "2.5", "Source: x", "# y", "", "b c", "NA"]), min_size=1, max_size=4))
)
def test_rows_in_are_rows_out_and_rows_told(rows):
    text = "".join(",".join(row) + "\n" for row in rows)
    count = sum(len(row) > 1 or row[0] != "" for row in rows)
    try:
        table = read_table(text.encode(), delimiter=",")
    except InputError:
        return
    told = sum(change.count for change in table.changes if change.kind == "rows_left_out")
    assert len(table.frame) + told + (table.reading.header_row is not None) == count


LARGE = 3_000_000
HOSTILE = {
    "an unclosed quote": b'a,b\n1,"2\n' + b"1,2\n" * (LARGE // 4),
    "an unclosed quote late": b"a,b\n" + b"1,2\n" * (LARGE // 4) + b'1,"2\n',
    "one line": b"a,b\n" + b"x" * LARGE,
    "one line of delimiters": b"," * LARGE,
    "a hundred thousand delimiters": b"a,b\n1,2\n" + b"," * 100_000 + b"\n3,4\n",
    "all quotes": b'"' * LARGE,
    "all quotes, odd": b'"' * (LARGE + 1),
    "all newlines": b"\n" * LARGE,
    "all returns": b"\r" * LARGE,
    "all blanks": b" " * LARGE,
    "all zeros": b"0" * LARGE,
    "quotes and newlines": b'"\n' * (LARGE // 2),
    "short rows": b"a,b,c\n" + b"1\n" * (LARGE // 8),
    "long rows": b"a\n" + b"1,2,3,4\n" * (LARGE // 8),
    "growing rows": b"\n".join(b"," * count for count in range(2_000)),
    "stray quotes": b"a,b\n" + b'5" x,1\n' * (LARGE // 28),
    "leading zeros": b"a,b\n" + b"1,2\n" * 5_000 + b"007,2\n" * (LARGE // 12),
    "late surprises": b",".join(b"c%d" % place for place in range(300))
    + b"\n"
    + (b",".join([b"1"] * 300) + b"\n") * 3_000
    + b",".join([b"x"] * 300),
    "apostrophes": b"a,b\n" + b"'x,'\n" * (LARGE // 10),
    "sep lines": b"sep=;\n" * (LARGE // 12),
    "comments": b"# x\n" * (LARGE // 8) + b"a,b\n1,2\n",
    "remarks below": b"a,b\n1,2\n" + b"# x\n" * (LARGE // 8),
}


def time_of(data):
    start = process_time()
    with suppress(InputError):
        read_table(data)
    return process_time() - start


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_no_faster_than_the_file(name):
    """A few seconds for 3 MB are ten times what a busy machine needs; anything quadratic takes hours."""
    assert time_of(HOSTILE[name]) < 6
