import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docextract.document import Document
from docextract.errors import EmptyInput, InputError, MalformedInput
from docextract.readers import ReadOptions, Source, read


def document(data: bytes, name: str) -> Document:
    found = read(Source(name, data=data), ReadOptions()).document
    assert found is not None
    return found


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_kept_whichever_way_they_end(ending):
    assert document(ending.join(["one", "two"]).encode(), "a.txt").text == "one\ntwo"


def test_a_form_feed_begins_a_page():
    made = document(b"one\n\x0ctwo\n\x0c", "a.txt")
    assert [page.number for page in made.pages] == [1, 2]
    assert made.pages[0].read_by == "text"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "cp1252", "mac_roman"])
def test_umlauts_are_read_in_any_common_encoding(encoding):
    assert document("Grüße aus Köln".encode(encoding), "a.txt").text == "Grüße aus Köln"


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\ufeff".encode(), b"\xff\xfe"])
def test_nothing_but_white_space_is_empty(data):
    with pytest.raises(EmptyInput):
        document(data, "a.txt")


def test_broken_json_is_text():
    assert document(b'{"total": 12.50,', "a.json").text == '{"total": 12.50,'


def test_markdown_loses_its_marks_and_keeps_its_words():
    made = document(
        b"# An *offer*\n\n**Price**: `5 EUR`, [shop](https://example.org/a_b), snake_case_name\n"
        b"> quoted\n\n---\n\n```\n*code*  kept\n```\n",
        "a.md",
    )
    assert made.text.split("\n") == [
        "An offer",
        "Price: 5 EUR, shop (https://example.org/a_b), snake_case_name",
        "quoted",
        "*code* kept",
    ]


def test_a_markdown_table_is_a_table():
    (page,) = document(b"| Item | Amount |\n|:--|--:|\n| Nut | 1.50 |\n", "a.md").pages
    (table,) = page.tables
    assert [len(row) for row in table.rows] == [2, 2]
    assert [[word.text for word in line] for line in page.lines] == [
        ["Item", "Amount"],
        ["Nut", "1.50"],
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_a_table_whichever_its_delimiter(delimiter):
    rows = [["Item", "Amount"], ["Nut", "3"], ["Bolt", "4"]]
    data = "\n".join(delimiter.join(row) for row in rows).encode()
    (page,) = document(data, "a.csv").pages
    assert [[word.text for word in line] for line in page.lines] == rows
    assert len(page.tables[0].rows) == 3


def test_csv_without_a_delimiter_is_lines():
    assert document(b"just words\nand more", "a.csv").text == "just words\nand more"


def test_xml_is_read_as_names_and_texts():
    made = document(b"<?xml version='1.0'?><a:r xmlns:a='urn:a' id='7'><b>one  two</b></a:r>", "x")
    assert made.text == "r id 7\nb one two"


@pytest.mark.parametrize(
    "data",
    [
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'boom'>]><a>&x;</a>",
        b"<?xml version='1.0'?><!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        b"<?xml version='1.0'?><a><b></a>",
    ],
)
def test_xml_with_declarations_or_damage_is_refused(data):
    with pytest.raises(MalformedInput):
        document(data, "a.xml")


@settings(deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.csv", "a.xml", "a.html", "a.eml"])
)
def test_any_bytes_give_a_document_or_an_input_error(data, name):
    try:
        found = read(Source(name, data=data), ReadOptions(ocr_mode="never"))
    except InputError:
        return
    assert found.document is None or found.document.text


@settings(deadline=None)
@given(st.text(min_size=1), st.sampled_from(["a.md", "a.csv", "a.xml", "a.html", "a.eml", "a.txt"]))
def test_any_text_gives_a_document_or_an_input_error(text, name):
    test_any_bytes_give_a_document_or_an_input_error.hypothesis.inner_test(
        text.encode("utf-8", "replace"), name
    )
