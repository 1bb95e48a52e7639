import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docextract.document import Box, Document, Kind, Page, Word


def test_text_is_derived_from_the_words(doc):
    made = doc(["Invoice 7", "Total    12.50"], ["Thanks"])
    assert made.text == "Invoice 7\nTotal 12.50\fThanks"


def test_words_stand_where_the_text_says(doc):
    made = doc(["Invoice 7", "Total    12.50"], [], ["Thanks"])
    for placed in made.words:
        assert made.text[placed.start : placed.end] == placed.word.text


@given(st.lists(st.lists(st.lists(st.text("ab1", min_size=1), max_size=4), max_size=4), max_size=3))
def test_every_offset_leads_to_its_word(shape):
    pages = tuple(
        Page(n, 100, 100, tuple(tuple(Word(t, Box(0, 0, 1, 1)) for t in line) for line in page))
        for n, page in enumerate(shape, 1)
    )
    made = Document("made", pages=pages)
    assert [placed.word.text for placed in made.words] == made.text.split()
    for placed in made.words:
        assert made.words_of(placed.start, placed.end) == (placed,)


def test_a_stretch_takes_the_words_it_touches(doc):
    made = doc("one two three")
    assert [placed.word.text for placed in made.words_of(2, 5)] == ["one", "two"]
    assert made.words_of(3, 4) == ()  # the space between


def test_a_stretch_over_lines_and_pages_has_a_box_for_each_line(doc):
    made = doc(["a b", "c"], ["d"])
    places = made.places(0, len(made.text))
    assert [(place.page, place.box.top) for place in places] == [(1, 50), (1, 64), (2, 50)]
    assert places[0].box == Box(50, 50, 68, 60)


def test_add_gives_a_new_document_and_leaves_the_old(doc):
    made = doc("a b")
    words = made.words
    more = made.add(kind=Kind("letter", 0.9))
    assert made.kind is None
    assert more.kind is not None
    assert more.text == made.text
    assert more.words is words  # the pages are the same, so nothing is derived twice


def test_a_box_inside_out_is_refused():
    with pytest.raises(ValueError, match="inside out"):
        Box(2, 0, 1, 1)


def test_boxes_unite():
    assert Box(0, 1, 2, 3) | Box(1, 0, 5, 2) == Box(0, 0, 5, 3)


def test_documents_travel_between_processes(doc):
    made = doc("Total 12.50")
    assert pickle.loads(pickle.dumps(made)) == made
