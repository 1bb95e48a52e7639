import pytest

from docextract.document import Document
from docextract.errors import EmptyInput, TooLargeInput
from docextract.readers import ReadOptions, Source, read


def document(html: str | bytes) -> Document:
    data = html if isinstance(html, bytes) else html.encode()
    found = read(Source("page.html", data=data), ReadOptions()).document
    assert found is not None
    return found


def test_blocks_and_breaks_are_lines_and_inline_marks_are_not():
    made = document("<h1>An <b>in</b>voice</h1><p>one\n  two<br>three</p><div>four<p>five</div>six")
    assert made.text == "An invoice\none two\nthree\nfour\nfive\nsix"
    assert made.pages[0].read_by == "html"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>no()</script>",
        "<style>no {}</style>",
        "<p style='display : none'>no</p>",
        "<p hidden>no</p>",
        "<template>no</template>",
        "<input type=hidden value=no>",
        "<!-- no -->",
        "<select><option>no</option><option selected>yes</option></select>",
    ],
)
def test_what_a_browser_does_not_show_is_left_out(hidden):
    words = document(
        f"<head><title>no</title></head><p>before</p>{hidden}<p>after</p>"
    ).text.split()
    assert "no" not in words
    assert {"before", "after"} <= set(words)


def test_a_table_is_a_grid_with_rows_on_printed_lines():
    (page,) = document(
        "<table><thead><tr><th>Item<th>Amount</thead>"
        "<tr><td>Nut<br>M6<td>1,50&nbsp;€<tr><td colspan=2>Thanks</table>"
    ).pages
    (table,) = page.tables
    assert [[bool(cell) for cell in row] for row in table.rows] == [[1, 1], [1, 1], [1, 0]]
    assert [" ".join(word.text for word in line) for line in page.lines] == [
        "Item Amount",
        "Nut 1,50 €",
        "M6",
        "Thanks",
    ]


def test_a_table_that_arranges_the_page_is_read_through():
    (page,) = document(
        "<table><tr><td><p>Shop</p><table><tr><td>Total<td>5.00</table></td><td>aside</td></table>"
    ).pages
    assert [" ".join(word.text for word in line) for line in page.lines] == [
        "Shop",
        "Total 5.00",
        "aside",
    ]
    assert len(page.tables) == 1


def test_preformatted_text_keeps_its_columns():
    (page,) = document("<pre>a      1\nbb     2</pre>").pages
    (first, second) = page.lines
    assert first[1].box.x0 == second[1].box.x0


def test_ordered_lists_have_the_numbers_that_a_browser_prints():
    assert document("<ol start=3><li>x<li>y</ol>").text == "3. x\n4. y"


@pytest.mark.parametrize(
    "data",
    [
        b"<html><meta charset=windows-1252><p>f\xfcr 5 \x80",
        b"<html><meta charset=iso-8859-1><p>f\xfcr 5 \x80",
        "<html><meta charset=iso-8859-1><p>für 5 €".encode(),
        "<html><p>für 5 €".encode("utf-16"),
        b"<html><meta http-equiv=x content='text/html; charset=cp1252'><p>f\xfcr 5 \x80",
        b"<html><meta charset=unicode_escape><p>f\xfcr 5 \x80",
    ],
)
def test_the_charset_is_found(data):
    assert document(data).text == "für 5 €"


def test_entities_are_characters_and_none_can_be_declared():
    assert document("<p>M&uuml;ller &amp; Co &euro;5").text == "Müller & Co €5"
    assert "boom" not in document('<!DOCTYPE html [<!ENTITY x "boom">]><html><p>a &x; b').text


@pytest.mark.parametrize("html", ["<html></html>", "<html><script>x</script>", "<!doctype html>"])
def test_a_page_without_text_is_empty(html):
    with pytest.raises(EmptyInput):
        document(html)


@pytest.mark.parametrize(
    "html",
    [
        "<html>" + "<div>" * 5000 + "deep",
        "<html><table><tr>" + "<td>" * 2000 + "x<tr><td>y" * 2000,
        "<html><table>" + "<tr><td>y<td colspan=1000>x" * 20_001,
    ],
    ids=["deep", "wide", "spanning"],
)
def test_a_page_that_grows_without_bound_is_too_large(html):
    with pytest.raises(TooLargeInput):
        document(html)
