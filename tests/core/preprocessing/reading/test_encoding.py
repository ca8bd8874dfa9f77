"""Encodings: text is decoded correctly, whatever program wrote the file."""

import codecs
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import Table, read_table
from core.preprocessing.reading.encoding import is_utf8, to_utf8
from tests.examples import examples

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


@pytest.mark.parametrize("data", [b"a,b\n1,\x00\x01\x02\x03\xff\xfe\n" * 9, b"\x80\x01\x02\x93,\x05\n\xff\xfe\x07,1\n"])
def test_bytes_that_are_no_text_are_told_from_a_table(data):
    with pytest.raises(InputError, match="A CSV or TSV text file is needed; this file is binary"):
        read_table(data)


EVERY = "name,città,名前,цена,🙂\nÅse,Forlì,東京,1,x\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
@pytest.mark.parametrize("text", [EVERY, "a,b\n1,2\n", "姓名\n张三\n", "一,二\n三,四\n"])
def test_every_form_of_unicode_is_told_by_its_mark_or_its_zeros(text, encoding):
    found = to_utf8(text.encode(encoding))
    assert found.data.decode() == text
    assert found.encoding == encoding
    assert (found.notes, found.replaced) == ((), 0)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "姓名,年龄\n㐀𠀀,20\n張三,21\n"),
        ("gb18030", "性别\n男\n女\n"),
        ("big5", "縣市,人口\n新北市,4000000\n臺中市,2800000\n"),
        ("shift_jis", "都道府県,人口\n北海道,5224614\n青森県,1237984\n"),
        ("euc_jp", "商品名,価格\nりんご,100\nバナナ,80\n"),
        ("euc_kr", "이름,나이\n김철수,20\n이영희,21\n"),
        ("cp949", "이름,메모\n김철수,뷁\n이영희,쀍\n"),
        ("cp1250", "Imię;Płeć\nJan;mężczyzna\nAnna;kobieta\n"),
        ("iso8859-2", "Příjmení;Jméno\nDvořák;Jiří\nŠťastný;Tomáš\n"),
        ("cp1251", "Имя;Возраст;Город\nИван;20;Москва\nАнна;25;Самара\n"),
        ("koi8-r", "Имя;Возраст;Город\nИван;20;Москва\nАнна;25;Самара\n"),
        ("cp866", "Имя;Возраст;Город\nИван;20;Москва\nАнна;25;Самара\n"),
        ("cp1252", "prénom,prix (€)\nFrançois,20\nZoë,21\n"),
        ("latin-1", "prénom,âge\nFrançois,20\nZoë,21\n"),
        ("cp1253", "Όνομα;Ηλικία\nΓιώργος;20\nΜαρία;25\n"),
        ("cp1254", "Adı;Soyadı;Doğum yılı\nAyşe;Yılmaz;1990\nÇağrı;Öztürk;1985\n"),
        ("cp1255", "עיר,מחיר\nירושלים,1\nחיפה,2\n"),
        ("cp1256", "المدينة,السعر\nالقاهرة,1\nدمشق,2\n"),
        ("cp874", "เมือง,ราคา\nกรุงเทพ,1\nเชียงใหม่,2\n"),
        ("iso2022_jp", "名前,値段\n東京,1\n大阪,2\n"),
    ],
)
@pytest.mark.parametrize("padding", [0, 100_000])
def test_older_encodings_are_guessed_wherever_in_the_file_their_letters_stand(encoding, text, padding):
    """Hundreds of thousands of figures before, between and after the letters change nothing."""
    header, end, body = text.partition("\n")
    text = header + end + "1,2\n" * padding + body + "3,4\n" * padding
    found = to_utf8(text.encode(encoding))
    assert found.data.decode() == text
    assert bool(found.notes) == (encoding != "iso2022_jp")
    assert all(f"read as {found.encoding}, a guess" in note for note in found.notes)


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_few_broken_characters_in_utf8_are_replaced_and_their_lines_named(mark, end):
    lines = [f"é{row},ü,姓".encode() for row in range(9)]
    lines[3] = b"\xff,\xfe,1"
    lines[7] = b"1,\xe5\xa7,3"
    found = to_utf8(mark + end.encode().join([b"a,b,c", *lines]))
    assert found.data.decode().split(end)[4] == "�,�,1"
    assert found.data.decode().split(end)[8] == "1,�,3"
    assert (found.encoding, found.replaced) == ("utf-8", 3)
    assert found.notes == ("3 characters are invalid UTF-8 and were replaced by “�”, in lines 5, 9.",)


def test_a_replacement_character_that_was_there_is_not_counted():
    found = to_utf8("a,b\n�,é\nö,ü\n".encode() + b"\xff,1\n")
    assert (found.replaced, found.data.decode().count("�")) == (1, 2)
    assert "1 character is invalid UTF-8 and was replaced by “�”, in line 4." in found.notes


def test_many_broken_lines_are_counted_and_the_first_named():
    text = "é,ü,ö,ä\n".encode() * 50 + b"\xff\n" * 20
    assert "20 characters" in to_utf8(text).notes[0]
    assert to_utf8(text).notes[0].endswith("in lines 51, 52, 53, 54, 55….")


def test_a_truncated_last_character_does_not_spoil_the_file():
    found = to_utf8("姓名,年龄\n张三,20\n李四".encode()[:-1])
    assert found.data.decode() == "姓名,年龄\n张三,20\n李�"


def test_latin_letters_among_few_others_are_not_taken_for_broken_utf8():
    found = to_utf8("name,x\nJosé,1\nZoë,2\n".encode("cp1252"))
    assert (found.encoding, found.replaced, found.data.decode()) == ("cp1252", 0, "name,x\nJosé,1\nZoë,2\n")


def test_utf8_is_neither_copied_nor_guessed():
    data = b"a,b\n" + "1,é\n".encode() * 1000
    assert to_utf8(data).data is data
    assert to_utf8(data, "utf-8").data is data


@settings(max_examples=examples(200), deadline=None)
@given(st.binary(max_size=400))
def test_utf8_is_what_python_decodes(data):
    try:
        data.decode()
        expected = True
    except UnicodeDecodeError:
        expected = False
    assert is_utf8(data) == expected


@settings(max_examples=examples(150), deadline=None)
@given(
    st.text(min_size=1, max_size=60), st.sampled_from(["cp1252", "gb18030", "cp932", "cp1251", "utf-16-le", "koi8-r"])
)
def test_any_text_comes_out_as_text_or_an_input_error(text, encoding):
    try:
        found = to_utf8(text.encode(encoding, errors="ignore"))
    except InputError:
        return
    assert "\x00" not in found.data.decode()
    assert codecs.lookup(found.encoding)


@settings(max_examples=examples(300), deadline=None)
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


@settings(max_examples=examples(60), deadline=None)
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


LONG = {
    "gb18030": ("编号,备注,分值", "山水风云日月星河花草树木春夏秋冬来去高低远近新旧好坏"),
    "big5hkscs": ("編號,備註,分值", "山水風雲日月星河花草樹木春夏秋冬來去高低遠近新舊好壞"),
    "cp949": ("이름,설명,값", "산과물바람구름해달별강꽃풀나무봄여름가을겨울오고가는높은낮은"),
    "cp932": ("番号,説明,値", "山と水や風にも雲は日と月の星が川で花も草をみる春夏秋冬"),
}


def long_table(encoding, length, rows=7):
    names, letters = LONG[encoding]
    draw = random.Random(length)
    cells = ["".join(draw.choices(letters, k=length)) for _ in range(rows)]
    return names.split(","), cells, "".join([names + "\n", *(f"{n},{cell},{n}.5\n" for n, cell in enumerate(cells))])


@pytest.mark.parametrize("encoding", LONG)
@pytest.mark.parametrize("length", [150, 210, 333, 1_000, 5_000])
def test_a_long_cell_without_blanks_does_not_spoil_the_encoding(encoding, length):
    names, cells, text = long_table(encoding, length)
    table = read_table(text.encode(encoding))
    assert list(table.frame.columns) == names
    assert table.frame[names[1]].tolist() == cells
    assert table.encoding == encoding


@pytest.mark.parametrize("encoding", LONG)
@pytest.mark.parametrize("length", [3, 12, 300])
def test_a_broken_byte_does_not_spoil_the_encoding_and_its_line_is_named(encoding, length):
    names, cells, text = long_table(encoding, length, rows=25)
    lines = text.encode(encoding).split(b"\n")
    broken = b",\x81!" if encoding == "cp932" else b",\xff"  # cp932 has a letter of its own for 0xFF
    lines[9] = lines[9].replace(b",", broken, 1)
    table = read_table(b"\n".join(lines))
    assert list(table.frame.columns) == names
    assert (table.frame[names[1]] == cells).sum() >= 24
    assert table.frame[names[2]].tolist() == [n + 0.5 for n in range(25)]
    assert table.encoding == encoding
    assert any("invalid" in note and "line 10" in note for note in table.notes)
    assert table.reading.mended


@pytest.mark.parametrize("encoding", LONG)
def test_a_file_cut_within_its_last_letter_is_read_to_there(encoding):
    names, cells, text = long_table(encoding, 40, rows=12)
    data = text.encode(encoding).removesuffix(b",11.5\n")[:-1]
    table = read_table(data)
    assert list(table.frame.columns) == names
    assert table.frame[names[1]].tolist()[:11] == cells[:11]
    assert table.encoding == encoding
