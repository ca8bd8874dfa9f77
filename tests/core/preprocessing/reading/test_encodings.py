"""Encodings: whatever program wrote the file, its text arrives."""

import codecs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import Table, read_table

CHINESE = (
    "姓名,年龄\n张三,20\n",
    "城市;房价\n北京;500\n上海;600\n",
    "价格\n1\n2\n",
    "房间数,面积,价格\n2,80,300\n3,120,500\n",
    "温度\n1\n",
    "a,b\n男,1\n女,0\n",
    "时间;气温（℃）\n1;2,5\n",
    "序号,学校名称,备注\n1,清华大学,无\n2,北京大学,无\n",
)
WESTERN = (
    "Größe;Straße\n1;Bäckerweg\n",
    "café,prix\nété,3\n",
    "año,ciudad\n1,Málaga\n",
    "price in €,x\n1,2\n",
    "name,x\nJosé,1\n",
    "n°,x\n1,2\n",
    "µg/m³,x\n1,2\n",
    "£,x\n1,2\n",
    "naïve – “quoted”,x\nçà,2\n",
    "påske,år\nÅrhus,1\nbrød,2\n",
)


def names_and_cells(text):
    return read_table(text.encode("utf-8")).frame


@pytest.mark.parametrize("text", CHINESE)
@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_chinese_tables_are_read_in_every_common_encoding_however_short(text, encoding):
    if encoding in ("utf-16-le", "utf-16-be") and text == "价格\n1\n2\n":
        text += "3\n"
    assert read_table(text.encode(encoding)).frame.equals(names_and_cells(text))


@pytest.mark.parametrize("text", WESTERN)
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_western_tables_are_read_in_every_common_encoding(text, encoding):
    assert read_table(text.encode(encoding)).frame.equals(names_and_cells(text))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("город,цена\nМосква,1\nКазань,2\n", "cp1251"),
        ("miasto,cena\nŁódź,1\nKraków,2\nWrocław,3\n", "cp1250"),
        ("名前,値段\n東京,1\n大阪,2\n", "shift_jis"),
        ("姓名,價格\n臺北,1\n高雄,2\n", "big5"),
        ("πόλη,τιμή\nΑθήνα,1\nΠάτρα,2\n", "cp1253"),
    ],
)
def test_other_encodings_are_guessed_with_the_help_of_a_library(text, encoding):
    assert read_table(text.encode(encoding)).frame.equals(names_and_cells(text))


@pytest.mark.parametrize(
    "mark", [codecs.BOM_UTF16_LE + "名,b\n1,2\n".encode("utf-16-le"), "\ufeff名,b\n1,2\n".encode()]
)
@pytest.mark.parametrize("encoding", [None, "given"])
def test_a_byte_order_mark_never_becomes_part_of_a_name(mark, encoding):
    given_encoding = ("utf-16-le" if mark[0] == 0xFF else "utf-8") if encoding else None
    table = read_table(mark, encoding=given_encoding)
    assert list(table.frame.columns) == ["名", "b"]
    assert table.encoding in ("utf-16", "utf-8-sig")


def test_a_given_encoding_is_believed():
    assert list(read_table("é,b\n1,2\n".encode("latin-1"), encoding="cp1251").frame.columns) == ["й", "b"]


def test_bytes_that_are_not_text_in_the_given_encoding_are_named():
    with pytest.raises(InputError, match="The file is not text in the encoding utf-8; choose another encoding"):
        read_table("姓名,a\n1,2\n".encode("gbk"), encoding="utf-8")


@pytest.mark.parametrize("encoding", ["no-such-code", "hex", "rot13", "a\x00b", "", "zip", "undefined"])
def test_an_unknown_encoding_is_refused(encoding):
    with pytest.raises(InputError, match="encoding"):
        read_table(b"a,b\n1,2\n", encoding=encoding)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 and the rest of a workbook", "looks like XLSX, ODS or ZIP"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "looks like PNG"),
        (b"\x1f\x8b\x08\x00", "looks like GZIP"),
        (b"a,b\n1,\x00\x01\x02\x03\xff\xfe\n" * 9, "holds other bytes than text"),
        (b"\x80\x01\x02\x93,\x05\n\xff\xfe\x07,1\n", "holds other bytes than text"),
    ],
)
def test_a_binary_file_is_told_from_a_table(data, words):
    with pytest.raises(InputError, match=f"A CSV or TSV text file is needed; .*{words}"):
        read_table(data)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet='a1.,;\t|"\n\r é-?\ufeff姓', max_size=120).map(str.encode))
@example(b'"')
@example(b"\r")
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b",\n,")
@example(b'a\n""')
@example(b"a,a\r\n\r\n1,\r2,3")
def test_any_bytes_give_a_table_or_an_input_error(data):
    try:
        table = read_table(data)
    except InputError as problem:
        assert str(problem)
        return
    assert isinstance(table, Table)
    frame = table.frame
    assert all(isinstance(name, str) and name for name in frame.columns)
    assert frame.columns.is_unique
    assert len(frame) > 0


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet='ab1., ;\t"\né-姓', max_size=60),
    st.sampled_from([",", ";", " ", "a", "1", ".", "-", "|"]),
    st.sampled_from([".", ",", None]),
    st.sampled_from(["utf-8", "latin-1", "utf-7", "unicode_escape", "cp037", "utf-16-le", None]),
)
def test_any_arguments_give_a_table_or_an_input_error(text, delimiter, decimal, encoding):
    try:
        read_table(text.encode(), delimiter=delimiter, decimal=decimal, encoding=encoding, missing=["a", "1"])
    except InputError as problem:
        assert str(problem)
