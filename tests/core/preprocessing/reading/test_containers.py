"""Compressed files: the table is complete, and other files in them do no harm."""

import gzip
import lzma
import random
import struct
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import InputError, LimitError
from core.preprocessing import limits
from core.preprocessing.reading.archives import SeveralTablesError
from core.preprocessing.reading.containers import unpack
from core.preprocessing.reading.file_format import detect_format
from tests.core.preprocessing.reading.packed_files import PACK, TABLE, workbook, zipped
from tests.examples import examples


@pytest.mark.parametrize("data", [b"", b"a", TABLE, b"\x00" * 100, bytes(range(256))])
def test_a_file_that_is_not_packed_comes_back_as_it_is(data):
    unpacked = unpack(data)
    assert (unpacked.data, unpacked.compression, unpacked.member, unpacked.notes) == (data, None, None, ())


@pytest.mark.parametrize("kind", PACK)
@pytest.mark.parametrize("data", [b"", TABLE, random.Random(0).randbytes(3_000_000)])
def test_each_compression_gives_the_bytes_back(kind, data):
    unpacked = unpack(PACK[kind](data))
    assert unpacked.data == data
    assert unpacked.compression == kind


@pytest.mark.parametrize("kind", PACK)
def test_files_that_were_packed_one_by_one_and_joined_are_one_file(kind):
    assert unpack(PACK[kind](TABLE) + PACK[kind](b"Bo,2\n") + PACK[kind](b"") + PACK[kind](b"Cy,3\n")).data == (
        TABLE + b"Bo,2\nCy,3\n"
    )


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_the_one_table_of_a_zip_file_is_found(method):
    unpacked = unpack(zipped({"table.csv": TABLE}, method))
    assert (unpacked.data, unpacked.compression, unpacked.member, unpacked.notes) == (TABLE, "zip", "table.csv", ())


@pytest.mark.parametrize(
    ("files", "member"),
    [
        (["__MACOSX/._data.csv", ".DS_Store", "data.csv", "more/.hidden.csv"], "data.csv"),
        (["folder/data.CSV", "folder/README.txt", "picture.png"], "folder/data.CSV"),
        (["data.txt", "README", "LICENSE.txt"], "data.txt"),
        (["data", "index.html"], "data"),
        (["data.csv.gz", "notes.txt"], "data.csv.gz"),
        (["table.2024"], "table.2024"),
        (["book.xlsx", "about.pdf"], "book.xlsx"),
        (["täble.parquet", "x.json"], "täble.parquet"),
    ],
)
def test_a_table_is_chosen_by_its_name_and_the_others_are_told(files, member):
    data = zipped(dict.fromkeys(files, b"no") | {member: TABLE})
    unpacked = unpack(data)
    assert unpacked.member == member
    assert unpacked.data == TABLE
    seen = [name for name in files if "/." not in name and not name.startswith((".", "__"))]
    assert bool(unpacked.notes) == (len(seen) > 1)
    assert all(f"“{member}” was read from the ZIP file; {len(seen) - 1} other" in note for note in unpacked.notes)


def test_of_two_tables_one_has_to_be_chosen():
    data = zipped({"train.csv": TABLE, "test.csv": b"x\n1\n", "a/readme.md": b""})
    with pytest.raises(SeveralTablesError, match=r"2 tables; choose one of them: “train.csv”, “test.csv”") as problem:
        unpack(data)
    assert problem.value.members == ("train.csv", "test.csv")
    chosen = unpack(data, member="test.csv")
    assert (chosen.data, chosen.member) == (b"x\n1\n", "test.csv")
    with pytest.raises(InputError, match=r"no file “no.csv”; it holds “train.csv”"):
        unpack(data, member="no.csv")


@pytest.mark.parametrize("data", [TABLE, gzip.compress(TABLE)], ids=["plain", "gzip"])
def test_a_member_of_what_is_no_archive_is_refused(data):
    with pytest.raises(InputError, match=r"“a.csv” cannot be extracted: this file is not a ZIP archive"):
        unpack(data, member="a.csv")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "holds no table.*it holds no files"),
        ({"a.png": b"", "b.jpg": b""}, "holds no table.*“a.png”, “b.jpg”"),
        ({".hidden.csv": TABLE, "__MACOSX/a.csv": TABLE}, "it holds no files"),
        ({"folder/": b""}, "it holds no files"),
    ],
)
def test_a_zip_file_without_a_table_is_named(files, words):
    with pytest.raises(InputError, match=words):
        unpack(zipped(files))


def with_flag(data, flag):
    """Return the archive with a flag set in each of its headers."""
    data = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= flag
    return bytes(data)


def test_a_zip_file_with_a_password_is_named():
    with pytest.raises(InputError, match="has a password"):
        unpack(with_flag(zipped({"a.csv": TABLE}), 1))


def test_an_unknown_way_of_packing_in_a_zip_file_is_named():
    data = bytearray(zipped({"a.csv": TABLE}))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.find(mark) + place] = 9  # Deflate64
    with pytest.raises(InputError, match="uses an unsupported compression"):
        unpack(bytes(data))


@pytest.mark.parametrize("kind", [*PACK, "zip"])
@pytest.mark.parametrize("keep", [0.3, 0.6, 0.99])
def test_a_file_that_is_cut_off_is_named(kind, keep):
    data = random.Random(1).randbytes(100_000)
    packed = zipped({"a.csv": data}) if kind == "zip" else PACK[kind](data)
    with pytest.raises(InputError, match=rf"damaged or truncated and cannot be decompressed \({kind}\)"):
        unpack(packed[: int(keep * len(packed))])


@pytest.mark.parametrize("kind", ["gzip", "bz2", "xz", "zip"])
def test_a_damaged_file_is_named(kind):
    packed = bytearray(zipped({"a.csv": TABLE}) if kind == "zip" else PACK[kind](TABLE))
    packed[len(packed) // 2] ^= 0x55
    with pytest.raises(InputError, match="damaged or truncated"):
        unpack(bytes(packed))


def test_a_table_packed_twice_is_unpacked_twice_and_no_further():
    unpacked = unpack(zipped({"a.csv.gz": gzip.compress(TABLE)}))
    assert (unpacked.data, unpacked.compression, unpacked.inner, unpacked.member) == (
        TABLE, "zip", "gzip", "a.csv.gz",
    )  # fmt: skip
    unpacked = unpack(gzip.compress(zipped({"a.csv": TABLE, "b.csv": b""})), member="a.csv")
    assert (unpacked.data, unpacked.compression, unpacked.inner, unpacked.member) == (TABLE, "gzip", "zip", "a.csv")
    assert len(unpacked.notes) == 1
    thrice = unpack(gzip.compress(gzip.compress(gzip.compress(TABLE))))
    with pytest.raises(InputError, match="looks like a file of kind GZIP"):
        detect_format(thrice.data)


def test_an_archive_whose_directory_would_lie_before_its_beginning_is_damaged():
    data = zipped({"a.csv": TABLE})
    directory = data.find(b"PK\x01\x02")
    with pytest.raises(InputError, match="damaged"):
        unpack(data[:-6] + struct.pack("<IH", directory + 256, 0))


class TestBombs:
    """The limit is lowered here, so that the bombs are quick to build."""

    LIMIT = 3_000_000

    @pytest.fixture(autouse=True)
    def _lower(self, monkeypatch):
        monkeypatch.setattr(limits, "MOST_UNPACKED", self.LIMIT)

    @pytest.mark.parametrize("kind", [*PACK, "zip"])
    def test_at_the_limit_it_is_unpacked_and_beyond_it_is_not(self, kind):
        def pack(data):
            return zipped({"a.csv": data}) if kind == "zip" else PACK[kind](data)

        assert len(unpack(pack(b"1" * self.LIMIT)).data) == self.LIMIT
        with pytest.raises(LimitError, match="decompresses to more than 3 MB") as problem:
            unpack(pack(b"1" * (self.LIMIT + 1)))
        assert (problem.value.limit, problem.value.most) == ("unpacked", self.LIMIT)
        assert problem.value.came > self.LIMIT

    @pytest.mark.parametrize("kind", [*PACK, "zip"])
    def test_memory_stays_near_the_limit_however_far_a_file_would_swell(self, kind):
        swollen = b"0" * 60_000_000
        packed = zipped({"a.csv": swollen}) if kind == "zip" else PACK[kind](swollen)
        del swollen
        tracemalloc.start()
        with pytest.raises(LimitError):
            unpack(packed)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 30_000_000

    def test_a_bomb_in_an_archive_goes_off_no_more_than_one_outside(self):
        bomb = gzip.compress(b"0" * 2 * self.LIMIT)
        with pytest.raises(LimitError):
            unpack(zipped({"a.csv.gz": bomb}))
        with pytest.raises(LimitError):
            unpack(gzip.compress(zipped({"a.csv": b"0" * 2 * self.LIMIT})))

    def test_an_archive_that_lies_about_the_size_gives_no_more_than_it_says(self):
        honest = zipped({"a.csv": b"0" * 100_000})
        lying = honest.replace(struct.pack("<I", 100_000), struct.pack("<I", 10))
        assert lying != honest
        with pytest.raises(InputError, match="damaged"):
            unpack(lying)

    def test_an_xz_header_cannot_ask_for_gigabytes(self):
        filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}]
        with pytest.raises(InputError, match="damaged"):
            unpack(lzma.compress(TABLE, filters=filters))


packed = st.sampled_from([*(pack(TABLE) for pack in PACK.values()), zipped({"a.csv": TABLE}), workbook(), TABLE])


@settings(max_examples=examples(150), deadline=None)
@given(packed, st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=4), st.integers(0, 5000))
@example(b"PK\x05\x06" + b"\x00" * 18, [], 22)
def test_any_damage_gives_bytes_or_an_input_error_and_soon(data, changes, length):
    mutable = bytearray(data)
    for place, value in changes:
        mutable[place % len(mutable)] = value
    start = time.process_time()
    try:
        kind = detect_format(unpack(bytes(mutable[:length])).data)
        assert kind in ("csv", "excel", "parquet")
    except InputError as problem:
        assert str(problem).endswith(".")
    assert time.process_time() - start < 2
