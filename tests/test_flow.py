import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docextract.document import Document, Page
from docextract.errors import EmptyInput, TooLargeInput
from docextract.readers import ReadOptions
from docextract.readers.typesetting.blocks import (
    MAX_CELLS,
    Break,
    Cell,
    Grid,
    Text,
    simple_grid,
    spanned_grid,
)
from docextract.readers.typesetting.monospace import split_lines, wrap_line
from docextract.readers.typesetting.page_flow import HEIGHT, WIDTH, typeset


def pages(*blocks, options=ReadOptions()) -> tuple[Page, ...]:  # noqa: B008
    return typeset(blocks, read_by="test", options=options)


def texts(page: Page) -> list[str]:
    return [" ".join(word.text for word in line) for line in page.lines]


def word(page: Page, text: str):
    (found,) = (word for line in page.lines for word in line if word.text == text)
    return found


def test_a_line_break_in_the_source_is_a_line_break():
    (page,) = pages(Text("one\ntwo\r\nthree"))
    assert texts(page) == ["one", "two", "three"]


def test_a_long_line_wraps_at_the_margin_and_keeps_its_indent():
    (page,) = pages(Text("   " + "word " * 60))
    assert len(page.lines) == 4
    assert {line[0].box.x0 for line in page.lines} == {50 + 3 * 6}
    assert all(line[-1].box.x1 <= WIDTH - 50 for line in page.lines)


def test_tabbed_columns_of_neighbouring_lines_stand_in_line():
    (page,) = pages(Text("Net\t10.00\nValue added tax\t1.90\n\nfar\taway"))
    assert word(page, "10.00").box.x0 == word(page, "1.90").box.x0
    assert word(page, "away").box.x0 < word(page, "1.90").box.x0
    assert word(page, "1.90").box.x0 - word(page, "tax").box.x1 >= 2 * 6


def test_columns_made_of_blanks_stay_in_line():
    (page,) = pages(Text("Item        12.50\nLonger one   7.50", preformatted=True))
    assert word(page, "12.50").box.x1 == word(page, "7.50").box.x1


def test_wide_preformatted_columns_are_set_smaller_not_wrapped():
    (page,) = pages(Text("a" + " " * 150 + "b", preformatted=True))
    assert texts(page) == ["a b"]
    assert word(page, "b").box.x1 <= WIDTH - 50 + 0.01


def test_a_word_longer_than_the_line_is_squeezed_into_it():
    url = "https://example.org/" + "a" * 150
    (page,) = pages(Text(f"see {url} there"))
    assert texts(page) == ["see", url, "there"]
    assert word(page, url).box.x1 <= WIDTH - 50 + 0.01


def test_data_without_blanks_is_cut_into_words():
    assert max(map(len, wrap_line("A" * 3000, 82))) <= 247


def test_label_and_value_of_a_row_stand_on_one_printed_line():
    (page,) = pages(simple_grid([["Invoice number", "R-17"], ["Date", "1 March 2026"]]))
    assert texts(page) == ["Invoice number R-17", "Date 1 March 2026"]
    assert word(page, "R-17").box.x0 == word(page, "1").box.x0


def test_the_words_of_a_cell_lie_in_it():
    (page,) = pages(simple_grid([["a", "some words"], ["b " * 80, "c"]]), Text("after"))
    (table,) = page.tables
    inside = table.rows[0][1]
    assert inside.contains(word(page, "words").box.x, word(page, "words").box.y)
    assert table.rows[1][1].contains(word(page, "c").box.x, word(page, "c").box.y)
    assert not table.box.contains(word(page, "after").box.x, word(page, "after").box.y)


def test_a_wrapped_cell_goes_on_below_the_line_of_its_row():
    (page,) = pages(simple_grid([["long " * 30, "12.50"]]))
    first, *rest = texts(page)
    assert first.endswith("12.50")
    assert rest
    assert "12.50" not in " ".join(rest)


def test_two_blocks_of_lines_side_by_side_are_read_one_after_the_other():
    (page,) = pages(simple_grid([["Seller\nKöln", "Buyer\nBonn"]]))
    assert texts(page) == ["Seller", "Köln", "Buyer", "Bonn"]
    assert word(page, "Seller").box.top == word(page, "Buyer").box.top


def test_covered_places_of_a_table_are_none():
    made = spanned_grid([[Cell("wide", across=2)], [Cell("tall", down=2), Cell("x")], [Cell("y")]])
    (page,) = pages(made)
    (table,) = page.tables
    assert [[bool(cell) for cell in row] for row in table.rows] == [
        [True, False],
        [True, True],
        [False, True],
    ]
    assert table.rows[1][0].bottom == table.rows[2][1].bottom
    assert table.rows[0][0].x1 == table.rows[1][1].x1


def test_a_table_over_a_page_break_has_a_part_on_each_page():
    first, second = pages(simple_grid([[f"row{n}", str(n)] for n in range(80)]))
    assert len(first.tables[0].rows) + len(second.tables[0].rows) == 80
    assert texts(second)[-1] == "row79 79"


def test_a_row_taller_than_a_page_goes_on_on_the_next():
    made = pages(simple_grid([["label", "\n".join(f"line{n}" for n in range(130))]]))
    assert [text for page in made for text in texts(page)][-1] == "line129"
    assert all(line[-1].box.bottom <= HEIGHT for page in made for line in page.lines)


def test_a_table_with_more_columns_than_a_line_has_letters_fits_the_page():
    (page,) = pages(simple_grid([[f"c{n}" for n in range(300)]]))
    assert page.tables[0].box.x1 <= WIDTH - 50 + 0.01


def test_page_breaks_count_once_and_make_no_empty_page():
    made = pages(Break.PAGE, Text("one"), Break.PAGE, Break.PAGE, Text("two"), Break.PAGE)
    assert [(page.number, texts(page)) for page in made] == [(1, ["one"]), (2, ["two"])]


def test_only_the_wanted_pages_are_made():
    blocks = [Text("one"), Break.PAGE, Text("two"), Break.PAGE, Text("three")]
    made = pages(*blocks, options=ReadOptions(page_range="2-"))
    assert [page.number for page in made] == [2, 3]
    with pytest.raises(EmptyInput, match="3 pages"):
        pages(*blocks, options=ReadOptions(page_range="7"))


def test_more_pages_than_allowed_are_refused():
    with pytest.raises(TooLargeInput, match="max_pages"):
        pages(Text("a\n" * 500), options=ReadOptions(max_pages=2))


def test_no_text_is_an_empty_input():
    with pytest.raises(EmptyInput):
        pages(Text(" \n\t\u200b\n"), simple_grid([[""]]), simple_grid([]))


def test_a_table_of_too_many_cells_is_refused():
    with pytest.raises(TooLargeInput):
        spanned_grid([[Cell("a", across=50)]] * (MAX_CELLS // 50 + 1))


def test_characters_that_print_nothing_are_dropped():
    assert split_lines("in\u00advoi\u200bce\x00\x07 \ud800") == ["invoice \ufffd"]


blocks = st.one_of(
    st.builds(Text, st.text(), st.sampled_from([1.0, 1.5, 2.0]), st.booleans()),
    st.just(Break.PAGE),
    st.lists(st.lists(st.text(max_size=30), max_size=4), max_size=4).map(simple_grid),
    st.lists(
        st.lists(
            st.builds(Cell, st.text(max_size=9), st.integers(1, 3), st.integers(1, 3)), max_size=3
        ),
        max_size=4,
    ).map(spanned_grid),
)


@settings(deadline=None)
@given(st.lists(blocks, max_size=5))
def test_every_word_is_set_once_in_order_of_its_block_and_on_the_page(made):
    try:
        found = pages(*made)
    except EmptyInput:
        found = ()
    words = sorted(
        word for placed in Document("x", pages=found).words for word in [placed.word.text]
    )
    assert words == sorted(_words_of(made))
    for page in found:
        for line in page.lines:
            assert all(w.box.x0 >= 0 and w.box.x1 <= WIDTH and w.box.bottom <= HEIGHT for w in line)


def _words_of(made) -> list[str]:
    said = []
    for block in made:
        if isinstance(block, Text):
            said.append(block.text)
        elif isinstance(block, Grid):
            said += [cell.text for row in block.rows for cell in row if cell]
    return [word for text in said for line in split_lines(text) for word in line.split()]
